"""The day on which news was written, and the place that stands before it."""

import re

from twinhall.core.dates import PartialDate
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.scene import Scene

_DATELINE_WORDS = 8
_DATELINE, _PLACE_WORDS = 60, 4  # characters and words of the place before the date of news
_AFTER_DATELINE = re.compile(r"\s?\w{0,4}(?:\.|\s[-–—])")
_DASH = re.compile(r"\s?\w{0,4}\.?\s[-–—]")


def day_of_news(scene: Scene) -> PartialDate | None:
    """The day on which a piece of news was written, as a whole date at the head of one of its lines tells.

    Either the line has hardly more than that, or a stop or a dash parts it from what follows.
    """
    for line in scene.lines[:6]:
        dates = scene.dates(line.start, line.end)
        if not dates or not dates[0].date.day:
            continue
        is_alone = len(dates) == 1 and line.words <= _DATELINE_WORDS
        end = line.end if is_alone else dates[0].end
        if (
            (is_alone or _AFTER_DATELINE.match(scene.text, end))
            and len(scene.text[line.start : end].split()) <= _DATELINE_WORDS
            and not scene.has(line.start, end, "tie", "act")
        ):
            return dates[0].date
    return None


def past_dateline(scene: Scene, span: Span) -> int:
    """Where a paragraph begins after "Place, 28 June 2019 –": the place is where news was written."""
    start, end = span
    told = next((each for each in scene.dates(start, min(end, start + _DATELINE)) if each.date.day), None)
    if told is None or told.start == start or scene.has(start, told.start, "tie", "act", "word.in"):
        return start
    sign = _DASH.match(scene.text, told.end)
    if scene.countries(start, told.start) or "," not in scene.text[start : told.start]:
        return start  # "Town, Country, 12.05.1996 – …" is an entry
    is_line = sign and sign.end() < end and len(scene.text[start : told.start].split()) <= _PLACE_WORDS
    return sign.end() if sign and is_line else start
