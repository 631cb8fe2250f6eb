"""What a page tells of a network: when it was founded, its seat, how many are in it."""

import re

from twinhall.core.text import fold
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.joining import founded_in
from twinhall.reader.extract.network_names import Body, bracketed, networks_in
from twinhall.reader.extract.same_networks import is_same
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.facts import Network
from twinhall.reader.layout import Line

_HEADING_WORDS = 12
_BEGINNING = 8  # letters by which a network's own name is known again
_ACRONYM = re.compile(r"\(\w{2,10}\)\s*\Z")
_NO_NAME = ("net.member", "join.enter", "net.founder", "net.because", "tie")
_QUOTE = 400
_OPENING = 18  # characters of a sentence in which its first word stands
_SEAT_NEAR = 45  # characters between "seat" and the town, at most


def networks(scene: Scene, subject: Subject) -> list[Network]:
    """The networks of which a page tells when they were founded, where they sit or how many are in them."""
    found: dict[str, Network] = {}
    current = own_network(scene, subject)
    for line in scene.lines:
        heading = heading_network(scene, line)
        current = heading or current
        for span in scene.sentences(line.start, line.end):
            named = networks_in(scene, *span, subject)
            body = named[0] if named else None
            current = body or current
            fact = _told(scene, subject, span, body, current)
            if fact:
                known = found.get(fact.name)
                found[fact.name] = fact if known is None else _merged(known, fact)
    return [*found.values()]


def own_network(scene: Scene, subject: Subject) -> Body | None:
    """The network whose own page it is, if it is one's."""
    if subject.is_town or not subject.named.name:
        return None
    for line in scene.lines[:12]:
        start = fold(subject.named.name)[:_BEGINNING]
        in_brackets = [*bracketed(scene, line.start, line.end)]
        if in_brackets and start in fold(line.text):
            return in_brackets[0]
    named = [
        body
        for line in scene.lines[:12]
        for body in networks_in(scene, line.start, line.end)
        if is_same(body.name, subject.named.name) or is_same(body.written, subject.named.name)
    ]
    if named:
        return named[0]
    return Body(0, 0, subject.named.name, subject.named.name)


def heading_network(scene: Scene, line: Line) -> Body | None:
    """The network that a heading names."""
    if line.words > _HEADING_WORDS or line.text.rstrip()[-1:] in ".;,":
        return None
    if scene.has(line.start, line.end, "project.project"):
        return None
    named = networks_in(scene, line.start, line.end)
    return _titled(scene, line) or (named[0] if named else None)


def _titled(scene: Scene, line: Line) -> Body | None:
    """The network whose name is a heading: its acronym follows in brackets, or the line below tells of it."""
    span = (line.start, line.end)
    if not scene.has(*span, "net.network") or scene.has(*span, *_NO_NAME) or scene.bodies(*span, ""):
        return None
    acronym = _ACRONYM.search(line.text)
    name = line.text[: acronym.start()].strip() if acronym else ""
    if not name or scene.dates(*span) or not name[0].isupper():
        return None
    start = line.start + line.text.index(name)
    return Body(start, start + len(name), name, name)


def _told(
    scene: Scene, subject: Subject, span: Span, body: Body | None, current: Body | None
) -> Network | None:
    if current is None or (scene.has(*span, "project.project") and body is None):
        return None
    founded = founded_in(scene, span)
    about = body is not None or scene.has(*span, "net.network") or not subject.is_town or _opens(scene, span)
    count = _count(scene, span) if about else ""
    seat = _seat(scene, span, names_one=body is not None) if about else ""
    if not about or not (founded or count or seat):
        return None
    after = [told for told in founded if body is None or told.start >= body.start or len(founded) == 1]
    date = after[0].date if after else None
    if date is None and not count and not seat:
        return None
    start, end = span
    end = min(end, start + _QUOTE)
    return Network(
        name=current.name, name_written=current.written, founded=date, seat=seat, members_count=count,
        quote=scene.text[start:end], quote_start=start, confidence=0.8,
    )  # fmt: skip


def _opens(scene: Scene, span: Span) -> bool:
    """Whether a sentence begins with "founded": of the network that the one before it named."""
    return scene.has(span[0], min(span[1], span[0] + _OPENING), "net.founded", "join.born")


def _seat(scene: Scene, span: Span, *, names_one: bool) -> str:
    """The town in which a sentence says that a network sits, as it is written."""
    seats = scene.hits(*span, "net.seat") if scene.has(*span, "net.network") or names_one else []
    for hit in seats:
        near = scene.mentions(hit.end, min(span[1], hit.end + _SEAT_NEAR))
        for mention in near:
            countries = scene.countries(mention.start, mention.end)
            if mention.candidates and not any(not each.is_adjective for each in countries):
                return scene.named(mention.text).name
    return ""


def _count(scene: Scene, span: Span) -> str:
    """How many members a sentence tells, in its words: "more than 70"."""
    for match in re.finditer(r"(?<![\d.,/])\d{1,4}(?![\d/]|[.,]\d)", scene.text[span[0] : span[1]]):
        at, stop = match.start() + span[0], match.end() + span[0]
        if any(told.start <= at < told.end for told in scene.dates(*span)) or _is_of_item(scene, at, stop):
            continue
        if not scene.has(stop, min(span[1], stop + 28), "word.town", "net.member"):
            continue
        lead = scene.hits(max(span[0], at - 18), at, "net.many")
        return scene.text[lead[0].start if lead else at : stop]
    return ""


def _is_of_item(scene: Scene, at: int, stop: int) -> bool:
    """Whether a number is an entry's of a list: "3. …"."""
    before = scene.text[scene.text.rfind("\n", 0, at) + 1 : at]
    return scene.text[stop : stop + 1] in {".", ")"} and not before.strip(" \t-•*")


def _merged(one: Network, other: Network) -> Network:
    return Network(
        name=one.name, name_written=one.name_written,
        founded=one.founded or other.founded, seat=one.seat or other.seat,
        members_count=one.members_count or other.members_count,
        quote=one.quote, quote_start=one.quote_start, confidence=one.confidence,
    )  # fmt: skip
