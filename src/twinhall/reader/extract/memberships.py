"""Memberships: who belongs to which network, since when, or not yet and why."""

from dataclasses import replace

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.joining import role_of, since_of, until_of
from twinhall.reader.extract.member_lists import (
    Section,
    is_title,
    listed_members,
    listed_networks,
    not_yet_member,
)
from twinhall.reader.extract.network_names import Body, is_same, name_after, networks_in
from twinhall.reader.extract.networks import heading_network, own_network
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.facts import Membership, Named
from twinhall.reader.layout import Line
from twinhall.reader.mentions import Mention

_HEADING_WORDS = 14
_SHORT_SENTENCE = 12  # words: one that says no more than that the town is a member
_SURE, _SURE_PLACE = 0.3, 0.6  # of a place in a list of members, and of one word after "member of"


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
            of_list = [*listed_members(scene, line, section, section.body)]
            if of_list:
                found += [fact for fact in of_list if fact is not None]
                continue
        if section.is_networks and subject.is_town:
            named_here = [*listed_networks(scene, subject, line)]
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
    if (is_title(line) and not scene.dates(*span)) or line.text.rstrip().endswith(":"):
        return found, section
    for sentence in scene.sentences(*span):
        found += _of_sentence(scene, subject, sentence, section)
        named = networks_in(scene, *sentence)
        if (named and section.body is None) or (
            named and own is None and (named[0].known or not (section.body and section.body.known))
        ):
            section = replace(section, body=named[0])
    return found, section


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
    if not named and scene.bodies(*span, "other"):
        return []
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
        return [not_yet_member(scene, member, body, span) for member in members]
    since, until = since_of(scene, span), until_of(scene, span)
    return [
        Membership(
            member=member, network=body.name, network_written=body.written, since=since, until=until,
            role=role_of(scene, span), **scene.quoted(*span), confidence=0.85 if named else 0.7,
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
    until = until_of(scene, span)
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
