"""Pages where each partner has a heading of its own, with prose below: "Gliwice (Poland)", then its story."""

from collections.abc import Iterator
from typing import NamedTuple

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.entries import OPEN, Section
from twinhall.reader.extract.listing import is_place, listed
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.extract.telling import kind_of

_NAME_WORDS = 8  # of a heading that is a name with its country and years
_BODY = 6  # lines below a heading that tell of its town, at most
_SENTENCE = 6  # words of a line that is no heading


def headed(scene: Scene, subject: Subject) -> dict[int, Section]:
    """The numbers of the lines that are such headings, with the section that each opens for itself.

    One whose text tells of a tie is one; the others of the page are too, where most of them do.
    """
    if not subject.is_town:
        return {}
    bodies = {number: body for number in _short_lines(scene) if (body := _body(scene, number)) is not None}
    if all(_told(scene, body) is None for body in bodies.values()):
        return {}
    heads = list(_heads(scene, subject, bodies))
    told = {head.number: kind for head in heads if (kind := _told(scene, head.body)) is not None}
    if len(told) > 1 and 2 * len(told) > len(heads):
        told = {head.number: told.get(head.number, "") for head in heads}
    else:
        told = {head.number: told[head.number] for head in heads if head.has_country and head.number in told}
    return {number: Section(OPEN, kind) for number, kind in told.items()}


class _Head(NamedTuple):
    number: int
    body: Span
    has_country: bool


def _short_lines(scene: Scene) -> Iterator[int]:
    """The numbers of the lines that stand apart and are short enough for a name."""
    for number, line in enumerate(scene.lines):
        if line.words <= _NAME_WORDS and not line.bullet and (line.gap or not number):
            yield number


def _heads(scene: Scene, subject: Subject, bodies: dict[int, Span]) -> Iterator[_Head]:
    """Lines that are the name of a place elsewhere and nothing more, and the text below each."""
    for number, body in bodies.items():
        line = scene.lines[number]
        found = listed(scene, line.start, line.end)
        if len(found.items) != 1 or found.rest < found.end:
            continue
        item = found.items[0]
        if item.other or subject.is_meant(item.written):
            continue
        if is_place(scene, item):
            yield _Head(number, body, bool(item.country))


def _body(scene: Scene, number: int) -> Span | None:
    """The sentences below a line, up to the next that is none; None where there are none."""
    end = 0
    for line in scene.lines[number + 1 : number + 1 + _BODY]:
        if line.bullet or line.words < _SENTENCE or line.text.rstrip()[-1:] not in '.!?…"”“)':
            break
        if end and line.gap:
            break
        end = line.end
    return (scene.lines[number + 1].start, end) if end else None


def _told(scene: Scene, span: Span) -> str | None:
    """The kind of tie that a text tells, "" where it tells of one but not which; None where of none."""
    if scene.has(*span, *NAMED_TIES):
        return kind_of(scene, [span])
    if scene.has(*span, "tie.agreement") and scene.has(*span, "act.sign"):
        return ""
    return None
