"""Sentences that lead to a tie: in what year they are, when it began before it was signed."""

from collections.abc import Sequence

from twinhall.core.dates import PartialDate
from twinhall.core.text import fold
from twinhall.reader.dates import day_without_year
from twinhall.reader.extract.dating import Span, dated
from twinhall.reader.extract.parties import Party
from twinhall.reader.extract.scene import Scene
from twinhall.reader.lexicon import words

_TO_SIGNING = 40  # years from a first contact to the signing, at most
_YEAR_WORDS = 2  # words beside a year that stands alone, at most: "The year 1990"
_STEM = 4  # letters by which a name is known again in another case
_ENDING = 3  # letters that a name's cases have of their own, at most
_NO_CONTACT = frozenset({"founded", "anniversary", "end", "suspend", "inactive", "renew", "plan", "decide"})


def year_alone(scene: Scene, span: Span) -> PartialDate | None:
    """The year that is all that a sentence says, as a chronicle's: "The year 1990."."""
    dates = scene.dates(*span)
    if len(dates) != 1 or (dates[0].date.precision != 1 and dates[0].end <= span[1]):
        return None  # "2009. In July" is one date, which reaches into the next sentence
    rest = scene.text[span[0] : dates[0].start] + scene.text[dates[0].end : span[1]]
    return dates[0].date if len(rest.strip(" .:–-").split()) <= _YEAR_WORDS else None


def in_year(scene: Scene, span: Span, year: PartialDate) -> PartialDate:
    """The day or the month that a sentence tells without its year, in that year; else the year."""
    text = scene.text[slice(*span)]
    if day := day_without_year(text, scene.lexicon, PartialDate(year.year, 12, 31)):
        return day
    found = {scene.lexicon.month(word.plain) for word in words(text, scene.language)} - {None}
    return PartialDate(year.year, found.pop()) if len(found) == 1 else year


def contact_before(
    scene: Scene, leads: Sequence[Span], party: Party, since: PartialDate | None
) -> PartialDate | None:
    """The earliest date of the sentences before a tie's that name its party, where it was signed later."""
    if since is None:
        return None
    found: list[PartialDate] = []
    year: PartialDate | None = None
    for lead in leads:
        year = year_alone(scene, lead) or year
        if _is_named(scene, lead, party):
            dates = dated(scene, lead)
            found += [each.told.date for each in dates if each.role not in _NO_CONTACT]
            found += [year] if year and not dates else []
    found = [date for date in found if date.last_day < since.first_day]
    return min(
        (date for date in found if since.first_day.year - date.first_day.year <= _TO_SIGNING), default=None
    )


def _is_named(scene: Scene, span: Span, party: Party) -> bool:
    name = fold(party.named.written)
    stem = name[: max(_STEM, len(name) - _ENDING)]
    return len(stem) >= _STEM and stem in fold(scene.text[slice(*span)])
