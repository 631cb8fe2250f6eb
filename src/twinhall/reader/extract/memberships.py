"""Memberships: who belongs to which network, since when, or not yet and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from twinhall.core.dates import PartialDate
from twinhall.core.text import fold
from twinhall.reader.extract.listing import Item, listed
from twinhall.reader.extract.networks import (
    Body,
    heading_network,
    is_same,
    name_after,
    networks_in,
    own_network,
)
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.telling import Span, dated
from twinhall.reader.facts import Membership, Named
from twinhall.reader.layout import Line
from twinhall.reader.mentions import Mention

_HEADING_WORDS = 14
_LISTED_WORDS = 40  # the most of a line in a list of members
_NETWORK_WORDS = 30  # likewise in a list of networks
_NETWORK_SENTENCES = 2
_SHORT_LABEL, _LONG_LABEL = 2, 90  # letters before a colon: between them it may be a network's name
_SHORT_SENTENCE = 12  # words: one that says no more than that the town is a member
_SURE, _SURE_PLACE = 0.3, 0.6  # of a place in a list of members, and of one word after "member of"
_JOINED = {"joined", "sign", "start", "agreement", "plain", "member", "founded", "head"}


@dataclass(slots=True)
class Section:
    """What headings above a line say: the list is of networks of the subject, or of members of ``body``."""

    is_networks: bool = False
    body: Body | None = None
    is_members: bool = False
    since: PartialDate | None = None
    founders: bool = False


def memberships(scene: Scene, subject: Subject) -> list[Membership]:
    """The memberships that a page states, each member of each network once."""
    if not scene.has(0, len(scene.text), "net") and not scene.bodies(0, len(scene.text), "network"):
        return []
    found: list[Membership] = []
    own = own_network(scene, subject)
    section = Section(body=own)
    for line in scene.lines:
        section = _section(scene, subject, line, section, own)
        if section.is_members and section.body:
            of_list = [*_listed_members(scene, line, section, section.body)]
            if of_list:
                found += [fact for fact in of_list if fact is not None]
                continue
        if section.is_networks and subject.is_town:
            named_here = [*_listed_networks(scene, subject, line)]
            if named_here:
                found += named_here
                body = Body(line.start, line.end, named_here[0].network_written, named_here[0].network)
                section = replace(section, body=body)
                if line.words <= _HEADING_WORDS:
                    continue
        fresh, section = _of_line(scene, subject, line, section, own)
        found += fresh
    return _once(found)


def _of_line(
    scene: Scene, subject: Subject, line: Line, section: Section, own: Body | None
) -> tuple[list[Membership], Section]:
    """The memberships that a line of prose tells, and the section with the network it spoke of last."""
    span = (line.start, line.end)
    found: list[Membership] = []
    if (_is_title(line) and not scene.dates(*span)) or line.text.rstrip().endswith(":"):
        return found, section
    for sentence in scene.sentences(*span):
        found += _of_sentence(scene, subject, sentence, section)
        named = networks_in(scene, *sentence)
        if (named and section.body is None) or (
            named and own is None and (named[0].known or not (section.body and section.body.known))
        ):
            section = replace(section, body=named[0])
    return found, section


def _is_title(line: Line) -> bool:
    return line.words <= _HEADING_WORDS and line.text.rstrip()[-1:] not in ".;!?:"


def _section(scene: Scene, subject: Subject, line: Line, before: Section, own: Body | None) -> Section:
    """The section that a line opens, if it is a heading or leads a list."""
    span = (line.start, line.end)
    leads = line.text.rstrip().endswith(":")
    if not leads and (line.words > _HEADING_WORDS or line.text.rstrip()[-1:] in ".;,"):
        return before
    member, network = scene.has(*span, "net.member", "net.founder"), scene.has(*span, "net.network")
    body = heading_network(scene, line)
    about = own or body or before.body
    of_networks = network and not body and subject.is_town and not leads
    if member and about and not of_networks and (not subject.is_town or leads or body):
        dates = scene.dates(*span)
        return Section(
            body=about,
            is_members=True,
            since=dates[0].date if dates and leads else None,
            founders=scene.has(*span, "net.founder"),
        )
    if network and not body and subject.is_town and not scene.has(*span, "project"):
        return Section(is_networks=True, body=before.body)
    if body and (body.known or before.body is None or not before.body.known):
        return replace(before, body=own or body, is_members=False)
    if scene.has(*span, "tie.twin", "tie.partner", "project.project", "word.close"):
        return Section(body=own)
    return before


def _listed_members(scene: Scene, line: Line, section: Section, body: Body) -> Iterator[Membership | None]:
    """The members that a line of a list names; None for each that is told not to be one."""
    found = listed(scene, line.start, line.end)
    whole = found.rest >= found.end or found.with_country
    is_table = line.text.count("|") > 1 or "    " in line.text
    if not found.items or not whole or line.words > _LISTED_WORDS or is_table:
        return
    for item in found.items:
        for each in [item, item.other] if item.other else [item]:
            if _is_member(scene, each):
                yield _member_of_list(scene, line, each, first=item, section=section, body=body)


def _is_member(scene: Scene, item: Item) -> bool:
    if item.country:
        return True
    named = scene.named(item.written)
    return bool(named.candidates) and named.candidates[0].confidence >= _SURE


def _member_of_list(
    scene: Scene, line: Line, item: Item, *, first: Item, section: Section, body: Body
) -> Membership | None:
    reason = _not_yet(scene, item) if item.starred else None
    if reason:
        return _not_yet_member(scene, scene.named(item.written, item.country), body, reason)
    until = _until(scene, (line.start, line.end))
    dates = [told.date for told in [*item.dates, *first.dates]]
    return Membership(
        member=scene.named(item.written, item.country), network=body.name, network_written=body.written,
        since=None if until else (dates[0] if dates else section.since), until=until,
        role="founding member" if section.founders else "member",
        **scene.quoted(line.start, line.end), confidence=0.85,
    )  # fmt: skip


def _until(scene: Scene, span: Span) -> PartialDate | None:
    ends = [each for each in dated(scene, span) if each.role in {"end", "until"}]
    return ends[0].told.date if ends else None


def _not_yet(scene: Scene, item: Item) -> Span | None:
    """The sentence that tells why a starred town is no member yet: one of its name or country, else any."""
    text = scene.text
    sentences = [
        span
        for line in scene.lines
        if scene.has(line.start, line.end, "net.notyet")
        for span in scene.sentences(line.start, line.end)
        if scene.has(*span, "net.notyet")
    ]
    for span in sentences:
        if fold(item.written)[:5] in fold(text[slice(*span)]) or any(
            each.code == item.country for each in scene.countries(*span)
        ):
            return span
    return sentences[0] if len(sentences) == 1 else None


def _not_yet_member(scene: Scene, member: Named, body: Body, span: Span) -> Membership:
    return Membership(
        member=member, network=body.name, network_written=body.written, status="not-yet",
        reason=_reason(scene, span), **scene.quoted(*span), confidence=0.8,
    )  # fmt: skip


def _reason(scene: Scene, span: Span) -> str:
    """The words after "because", or the whole sentence."""
    text = scene.text[span[0] : span[1]]
    because = scene.hits(*span, "net.because")
    return (scene.text[because[0].end : span[1]] if because else text).strip(" ,.:*")[:200]


def _listed_networks(scene: Scene, subject: Subject, line: Line) -> Iterator[Membership]:
    """The networks that a line under "Memberships" names."""
    span = (line.start, line.end)
    if line.text.rstrip().endswith(":") and not scene.bodies(*span, "network"):
        return
    named = networks_in(scene, *span)
    if line.words > _NETWORK_WORDS or len(scene.sentences(*span)) > _NETWORK_SENTENCES:
        return
    head, sign, _ = line.text.partition(":")
    if (
        sign
        and _SHORT_LABEL < len(head) < _LONG_LABEL
        and (scene.has(line.start, line.start + len(head), "net.network") or named)
    ):
        known = next((body for body in named if body.known and body.end <= line.start + len(head) + 1), None)
        named = [
            Body(line.start, line.start + len(head), head.strip(), known.name if known else head.strip())
        ]
    elif (
        not named
        and _is_title(line)
        and _is_told_below(scene, line)
        and not scene.has(*span, "net", "tie", "word.close")
    ):
        named = [Body(line.start, line.end, line.text, line.text)]
    if not named:
        return
    if scene.has(*span, "net.notyet"):
        yield _not_yet_member(scene, subject.named, named[0], span)
        return
    until = _until(scene, span)
    dates = [told.date for told in scene.dates(*span)]
    yield Membership(
        member=subject.named, network=named[0].name, network_written=named[0].written,
        since=None if until or not dates else dates[0], until=until, role=_role(scene, span),
        **scene.quoted(*span), confidence=0.75,
    )  # fmt: skip


def _is_told_below(scene: Scene, line: Line) -> bool:
    """Whether the line below a heading speaks of a membership."""
    after = next((each for each in scene.lines if each.start > line.end), None)
    return (
        after is not None
        and not after.gap
        and scene.has(after.start, after.end, "net.member", "net.founder", "net.notyet")
    )


def _of_sentence(scene: Scene, subject: Subject, span: Span, section: Section) -> list[Membership]:
    """The memberships that a sentence tells."""
    notyet = scene.has(*span, "net.notyet")
    if not (
        scene.has(*span, "net.member", "net.founder")
        or (notyet and (section.body or networks_in(scene, *span)))
    ) or scene.has(*span, "project.project", "word.stop"):
        return _left(scene, subject, span, section)
    named = networks_in(scene, *span)
    if len(named) > 1:
        named = [body for body in named if body.known] or named
    body = named[0] if named else section.body
    if not named and (hits := scene.hits(*span, "net.member", "net.founder")):
        after = name_after(scene, hits[-1].end, span[1])
        is_town = after is not None and " " not in after.written and _is_place(scene, after.written)
        if after and not is_town and not subject.is_meant(after.written) and subject.is_town:
            named, body = [after], after
    if body is None:
        return []
    members = _members(scene, subject, span, named, is_own=not subject.is_town)
    if (
        not members
        and subject.is_town
        and (
            named
            or scene.has(*span, "word.town", "net.network")
            or section.is_networks
            or _says_it(scene, span)
        )
    ):
        members = [subject.named]
    if not members:
        return []
    if notyet:
        return [_not_yet_member(scene, member, body, span) for member in members]
    since, until = _since(scene, span), _until(scene, span)
    return [
        Membership(
            member=member, network=body.name, network_written=body.written, since=since, until=until,
            role=_role(scene, span), **scene.quoted(*span), confidence=0.85 if named else 0.7,
        )
        for member in members
    ]  # fmt: skip


def _is_place(scene: Scene, written: str) -> bool:
    named = scene.named(written)
    return bool(named.candidates) and named.candidates[0].confidence > _SURE_PLACE


def _says_it(scene: Scene, span: Span) -> bool:
    return len(scene.text[span[0] : span[1]].split()) <= _SHORT_SENTENCE


def _left(scene: Scene, subject: Subject, span: Span, section: Section) -> list[Membership]:
    """Who left a network: a member no more."""
    named = networks_in(scene, *span)
    body = named[0] if named else section.body
    if (
        body is None
        or not scene.has(*span, "act.end")
        or scene.has(*span, "tie.twin", "tie.partner", "tie.agreement")
    ):
        return []
    until = _until(scene, span)
    if until is None or not (named or section.is_networks or not subject.is_town):
        return []
    members = _members(scene, subject, span, named, is_own=not subject.is_town) or (
        [subject.named] if subject.is_town else []
    )
    return [
        Membership(
            member=member, network=body.name, network_written=body.written, until=until, role="member",
            **scene.quoted(*span), confidence=0.7,
        )
        for member in members
    ]  # fmt: skip


def _members(scene: Scene, subject: Subject, span: Span, named: list[Body], *, is_own: bool) -> list[Named]:
    """The towns that a sentence says are members: the subject, or on a network's page those it names."""
    found: list[Named] = []
    for mention in scene.mentions(*span):
        if any(body.start <= mention.start < body.end for body in named):
            continue
        if subject.is_town and subject.is_meant(mention.text, mention.candidates):
            return [subject.named]
        if is_own and _is_town(scene, span, mention):
            country = next(
                (
                    c.code
                    for c in scene.countries(mention.end, min(span[1], mention.end + 30))
                    if not c.is_adjective
                ),
                "",
            )
            found.append(scene.named(mention.text, country))
    return found


def _is_town(scene: Scene, span: Span, mention: Mention) -> bool:
    if not mention.candidates or mention.candidates[0].confidence < _SURE:
        return False
    if scene.hits(mention.start, mention.end, "net", "act", "word"):
        return False
    if any(each.start <= mention.start < each.end for each in scene.countries(*span)):
        return False
    before = scene.hits(max(span[0], mention.start - 12), mention.start, "word.in")
    return not (before and not scene.text[before[-1].end : mention.start].strip())


def _since(scene: Scene, span: Span) -> PartialDate | None:
    """When the subject joined: a date beside the word for membership, not the network's founding alone."""
    dates = dated(scene, span)
    joined = [each for each in dates if each.role in _JOINED - {"founded"}]
    if joined:
        return joined[0].told.date
    founded = [each for each in dates if each.role == "founded"]
    if founded and scene.has(*span, "net.founder"):
        return founded[0].told.date
    return (
        founded[0].told.date
        if founded and len(dates) == 1 and _member_near(scene, founded[0].told.start)
        else None
    )


def _member_near(scene: Scene, at: int) -> bool:
    return scene.has(max(0, at - 60), at, "net.member")


_ROLES = (
    ("akt", "active member"),
    ("act", "active member"),
    ("актив", "active member"),
    ("ενεργ", "active member"),
    ("atyv", "active member"),
)


def _role(scene: Scene, span: Span) -> str:
    if scene.has(*span, "net.founder"):
        return "founding member"
    for hit in scene.hits(*span, "net.observer"):
        text = scene.text[hit.start : hit.end].casefold()
        for beginning, role in _ROLES:
            if text.startswith(beginning):
                return role
    return "member"


def _once(found: list[Membership]) -> list[Membership]:
    best: list[Membership] = []
    for fact in found:
        at = next((i for i, each in enumerate(best) if _is_one(each, fact)), None)
        if at is None:
            best.append(fact)
        elif fact.status == "not-yet" and best[at].status != "not-yet":
            best[at] = fact
        else:
            told = best[at] if best[at].since or not fact.since else fact
            best[at] = replace(
                best[at], quote=told.quote, quote_start=told.quote_start,
                since=best[at].since or fact.since, until=best[at].until or fact.until,
                role=fact.role if fact.role == "founding member" else best[at].role,
            )  # fmt: skip
    return best


def _is_one(one: Membership, other: Membership) -> bool:
    same = (
        one.member.geonames == other.member.geonames
        if one.member.geonames and other.member.geonames
        else one.member.name == other.member.name
    )
    return same and is_same(one.network, other.network)
