"""Lines that look like rows of a list of parties and are none: heads of tables, guests, paths to a page."""

import re

from twinhall.reader.extract.scene import Scene
from twinhall.reader.layout import Line

_ROW_WORDS = 12
_COUNT, _COUNT_SIGNS = re.compile(r"(?<!\d)(?<!\d[., ])[1-9]\d{0,2} $"), 6  # a number of guests
_PATH_WORDS, _PATH_SIGNS = 25, 2  # of the path to a page, which has no fewer signs between its steps


def heads_table(scene: Scene, line: Line) -> bool:
    """Whether a row says what the columns below it hold: "Town | Country | Agreement of"."""
    span = (line.start, line.end)
    if "|" not in line.text or scene.dates(*span) or scene.countries(*span):
        return False
    cells = [part for part in scene.parts(*span) if part.text]
    heads = [
        hit
        for hit in scene.hits(*span, "word.town", "tie.agreement", "word.opener", "word.guests")
        if any(hit.start == part.start for part in cells)
    ]
    return len(cells) > 1 and bool(heads) and not any(letter.isdigit() for letter in line.text)


def is_of_guests(scene: Scene, line: Line) -> bool:
    """Whether a row tells how many came from a town, as of a meeting: "Bonn, Germany – 12 guests"."""
    if line.words > _ROW_WORDS or scene.has(line.start, line.end, "tie", "act.sign"):
        return False
    return any(
        _COUNT.search(scene.text, max(line.start, hit.start - _COUNT_SIGNS), hit.start)
        for hit in scene.hits(line.start, line.end, "word.guests")
    )


def is_path(line: Line) -> bool:
    """Whether a line is the path to the page: "Home > The town > Twin towns"."""
    text = line.text
    return line.words <= _PATH_WORDS and (
        any(text.count(f" {sign} ") >= _PATH_SIGNS for sign in ">»›/")
        or (any(sign in text for sign in ">»›") and text[-1:] not in ".;")
    )
