"""Lists of a network's members, and of the networks in which a town is."""

from collections.abc import Iterator
from dataclasses import dataclass

from twinhall.core.dates import PartialDate
from twinhall.core.text import fold
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.items import Item
from twinhall.reader.extract.joining import reason_of, role_of, since_of, until_of
from twinhall.reader.extract.listing import listed
from twinhall.reader.extract.network_names import Body, networks_in
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.facts import Membership, Named
from twinhall.reader.layout import Line

_HEADING_WORDS = 14
_SURE = 0.3  # of a place in a list of members
_SHORT_LABEL, _LONG_LABEL = 2, 90  # letters before a colon: between them it may be a network's name
_LISTED_WORDS = 40  # the most of a line in a list of members
_NETWORK_WORDS = 30  # likewise in a list of networks
_NETWORK_SENTENCES = 2
_NO_NAME = ("net.network", "net.member", "net.founder", "net.notyet", "net.joined", "tie", "word.close")


@dataclass(slots=True)
class Section:
    """What headings above a line say: the list is of networks of the subject, or of members of ``body``."""

    is_networks: bool = False
    body: Body | None = None
    is_members: bool = False
    since: PartialDate | None = None
    founders: bool = False


def is_title(line: Line) -> bool:
    return line.words <= _HEADING_WORDS and line.text.rstrip()[-1:] not in ".;!?:"


def listed_members(scene: Scene, line: Line, section: Section, body: Body) -> Iterator[Membership | None]:
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
        return not_yet_member(scene, scene.named(item.written, item.country), body, reason)
    until = until_of(scene, (line.start, line.end))
    dates = [told.date for told in [*item.dates, *first.dates]]
    return Membership(
        member=scene.named(item.written, item.country), network=body.name, network_written=body.written,
        since=None if until else (dates[0] if dates else section.since), until=until,
        role="founding member" if section.founders else "member",
        **scene.quoted(line.start, line.end), confidence=0.85,
    )  # fmt: skip


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


def not_yet_member(scene: Scene, member: Named, body: Body, span: Span, sure: float = 0.8) -> Membership:
    return Membership(
        member=member, network=body.name, network_written=body.written, status="not-yet",
        reason=reason_of(scene, span), **scene.quoted(*span), confidence=sure,
    )  # fmt: skip


def listed_networks(scene: Scene, subject: Subject, line: Line) -> Iterator[Membership]:
    """The networks that a line under "Memberships" names."""
    span = (line.start, line.end)
    if line.text.rstrip().endswith(":") and not scene.bodies(*span, "network"):
        return
    named = networks_in(scene, *span, subject)
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
    elif not named and is_title(line) and _is_told_below(scene, line) and not scene.has(*span, *_NO_NAME):
        named = [Body(line.start, line.end, line.text, line.text)]
    if not named:
        return
    if scene.has(*span, "net.notyet"):
        yield not_yet_member(scene, subject.named, named[0], span)
        return
    until = until_of(scene, span)
    yield Membership(
        member=subject.named, network=named[0].name, network_written=named[0].written,
        since=since_of(scene, span, but=until), until=until, role=role_of(scene, span),
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
