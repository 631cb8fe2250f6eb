"""Memberships: who belongs to which network, since when, or not yet and why."""

from dataclasses import replace
from itertools import pairwise

from twinhall.core.dates import PartialDate
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.joining import role_of, since_of, until_of
from twinhall.reader.extract.member_lists import (
    Section,
    is_title,
    listed_members,
    listed_networks,
    not_yet_member,
)
from twinhall.reader.extract.network_names import Body, name_after, networks_in
from twinhall.reader.extract.networks import heading_network, networks, own_network
from twinhall.reader.extract.same_networks import once
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.facts import Membership, Named
from twinhall.reader.layout import Line
from twinhall.reader.mentions import Mention

_HEADING_WORDS = 14
_SHORT_SENTENCE = 12  # words: one that says no more than that the town is a member
_TELLING = ("net.member", "join.enter", "net.founder", "join.left", "net.notyet", "act.end")
_LEAST_SURE, _NAMED, _MENTIONED = 0.65, 0.1, 0.12  # how sure a sentence is, and more by what it names
_NO_TOWN = ("net.network", "net.member", "net.founder", "net.notyet", "net.seat", "net.joined", "act", "word")
_WHOLE = 0.7  # of a heading that is a network's name
_OUT = 18  # characters before a network's name in which "out of" stands
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
    return _of_founders(scene, subject, once(found))


def _of_founders(scene: Scene, subject: Subject, found: list[Membership]) -> list[Membership]:
    """The memberships, those of founding members since the network's founding where the page tells that."""
    if not any(fact.role == "founding member" and not fact.since for fact in found):
        return found
    founded = {fact.name: fact.founded for fact in networks(scene, subject) if fact.founded}
    return [
        replace(fact, since=founded.get(fact.network))
        if fact.role == "founding member" and not fact.since
        else fact
        for fact in found
    ]


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
        named = networks_in(scene, *sentence, subject)
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
    if body and (body.known or before.body is None or not before.body.known or _is_whole(line, body)):
        return replace(before, body=own or body, is_members=False)
    if scene.has(*span, "tie.twin", "tie.partner", "project.project", "word.close"):
        return Section(body=own)
    return before


def _is_whole(line: Line, body: Body) -> bool:
    """Whether a heading is a network's name and nothing else."""
    return body.end - body.start > _WHOLE * len(line.text.strip())


def _of_sentence(scene: Scene, subject: Subject, span: Span, section: Section) -> list[Membership]:
    """The memberships that a sentence tells: who is in a network, is not yet, or has left it."""
    return [
        fact
        for piece in _pieces(scene, span, networks_in(scene, *span, subject))
        for fact in _of_piece(scene, subject, piece, section, span)
    ]


def _pieces(scene: Scene, span: Span, named: list[Body]) -> list[tuple[Span, list[Body]]]:
    """The stretches of a sentence that tell each of other networks, with the networks that each names."""
    pieces: list[tuple[Span, list[Body]]] = [(span, named[:1])]
    for before, body in pairwise(named):
        (start, end), bodies = pieces[-1]
        signs = [
            before.end + i for i, sign in enumerate(scene.text[before.end : body.start]) if sign in ".;,"
        ]
        joins = [hit.start for hit in scene.hits(before.end, body.start, "word.and")]
        cut = (signs or joins or [0])[-1]
        if cut and scene.has(start, cut, *_TELLING) and scene.has(cut, end, *_TELLING):
            pieces[-1:] = [((start, cut), bodies), ((cut + 1, end), [body])]
        else:
            bodies.append(body)
    return [(piece, [each for each in bodies if each.known] or bodies[:1]) for piece, bodies in pieces]


def _of_piece(
    scene: Scene, subject: Subject, piece: tuple[Span, list[Body]], section: Section, sentence: Span
) -> list[Membership]:
    span, named = piece
    if not _tells(scene, subject, span, named, section) or scene.has(*span, "project.project", "word.stop"):
        return []
    if not named and scene.bodies(*span, "other"):
        return []
    if not named and scene.has(*span, "net.member", "net.founder"):
        named = _named_after(scene, subject, span)
    bodies = named or ([section.body] if section.body else [])
    members = _members(
        scene, subject, sentence if subject.is_town else span, named, is_own=not subject.is_town
    )
    sure = _LEAST_SURE + (_NAMED if named else 0) + (_MENTIONED if members else 0)
    if not members and subject.is_town and _is_of_subject(scene, span, named, section):
        members = [subject.named]
    if scene.has(*span, "net.notyet") and not scene.has(*span, "join.left"):
        return [not_yet_member(scene, member, body, span, sure=sure) for member in members for body in bodies]
    until = _left_on(scene, span, named) or until_of(scene, span)
    since = since_of(scene, span, but=until)
    return [
        Membership(
            member=member, network=body.name, network_written=body.written, since=since, until=until,
            role=role_of(scene, span), **scene.quoted(*span), confidence=sure,
        )
        for member in members for body in bodies
    ]  # fmt: skip


def _tells(scene: Scene, subject: Subject, span: Span, named: list[Body], section: Section) -> bool:
    """Whether a sentence tells of a membership: by a word for members, or by a verb beside a network."""
    if scene.has(*span, "net.member", "net.founder"):
        return True
    if not (named or section.body):
        return False
    if scene.has(*span, "net.notyet"):
        return True
    if _has_left(scene, span, named):
        of_tie = scene.has(*span, "tie.twin", "tie.partner", "tie.agreement")
        when = until_of(scene, span) or _left_on(scene, span, named)
        return bool(when and not of_tie and (named or section.is_networks or not subject.is_town))
    goes_on = section.is_networks or scene.has(*span, "net.network")
    return scene.has(*span, "join.enter") and bool(named or (goes_on and scene.dates(*span)))


def _named_after(scene: Scene, subject: Subject, span: Span) -> list[Body]:
    """A name in capitals after "a member of", whatever it is called."""
    after = name_after(scene, scene.hits(*span, "net.member", "net.founder")[-1].end, span[1])
    if after is None or not subject.is_town or subject.is_meant(after.written):
        return []
    named = any(subject.is_meant(each.text, each.candidates) for each in scene.mentions(*span))
    if not named and not _is_of_subject(scene, span, [], Section()):
        return []  # of people, who are members of a club
    is_town = " " not in after.written and _is_place(scene, after.written)
    return [] if is_town else [after]


def _is_of_subject(scene: Scene, span: Span, named: list[Body], section: Section) -> bool:
    """Whether a sentence that names no member can only mean the town whose page it is."""
    told = scene.has(*span, "word.town", "net.network") or section.is_networks
    return bool(named) or told or len(scene.text[slice(*span)].split()) <= _SHORT_SENTENCE


def _has_left(scene: Scene, span: Span, named: list[Body]) -> bool:
    return scene.has(*span, "join.left", "act.end") or _left_on(scene, span, named) is not None


def _left_on(scene: Scene, span: Span, named: list[Body]) -> PartialDate | None:
    """The date of a sentence that says "out of" right before a network's name."""
    out = [
        hit for body in named for hit in scene.hits(max(span[0], body.start - _OUT), body.start, "join.out")
    ]
    dates = sorted(scene.dates(*span), key=lambda told: abs(told.start - out[0].start)) if out else []
    return dates[0].date if dates else None


def _is_place(scene: Scene, written: str) -> bool:
    named = scene.named(written)
    return bool(named.candidates) and named.candidates[0].confidence > _SURE_PLACE


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
    if scene.has(mention.start, mention.end, *_NO_TOWN) or scene.dates(mention.start, mention.end + 1):
        return False
    if any(each.start <= mention.start < each.end for each in scene.countries(*span)):
        return False
    before = scene.hits(max(span[0], mention.start - 12), mention.start, "word.in")
    return not (before and not scene.text[before[-1].end : mention.start].strip())
