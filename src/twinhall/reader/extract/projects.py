"""Projects: sheets with labels ("Lead partner: …"), and sentences that name a project with its facts."""

import re
from decimal import Decimal

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.reader.dates import Told
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.money import amount_in
from twinhall.reader.extract.scene import Scene
from twinhall.reader.extract.sheets import Sheet, sheets
from twinhall.reader.facts import Project
from twinhall.reader.lexicon import plain

_TWO_DAYS = re.compile(r"\d{1,2}\.?\s*(?:[-–—]|[^\W\d_]{1,3})\s*(\d{1,2})\.?\s*[^\W\d_]")
_DAY_AFTER = re.compile(r"\.?\s*[-–—]\s*(\d{1,2})(?!\d|[./]\d)")
_ENDS_ON_DAY = re.compile(r"(?<!\d)\d{1,2}\.?\Z")
_DAY_BEFORE = re.compile(r"(\d{1,2})\.? ([^\W\d_]{3,})\s*[-–—]\s*\Z")
_BEFORE, _AFTER = 26, 8  # characters around one day of an event in which the other stands
_ATTACHED = re.compile(r"-[A-ZА-ЯΑ-Ω]{2,4}\b")
_QUOTE, _LONGEST = 400, 120
_SHORT_TITLE = 4  # letters: what has fewer is none
_BESIDE = 3  # characters between a place and its country
_ABOVE = 300  # characters above a sheet in which the programme may be named
_TAIL_WORDS = 9  # of a programme's name after "Interreg"
_SAID = 8  # letters of what tells of co-financing, where it has no number


def projects(scene: Scene) -> list[Project]:
    """The projects that a page describes."""
    return [fact for sheet in sheets(scene) if (fact := _project(scene, sheet))]


def _project(scene: Scene, sheet: Sheet) -> Project | None:
    if len(sheet.title) < _SHORT_TITLE:
        return None
    start, end = _period(scene, sheet)
    budget, currency = _budget(scene, sheet)
    lead = _names(scene, sheet.values.get("lead"))
    partners = [name for name in _names(scene, sheet.values.get("partners")) if name not in lead[:1]]
    quote_end = min(sheet.end, sheet.start + _QUOTE)
    return Project(
        title=sheet.title, programme=_programme(scene, sheet), lead=lead[0] if lead else "",
        partners=tuple(dict.fromkeys(partners)), start=start, end=end, budget=budget, currency=currency,
        cofinancing=_cofinancing(scene, sheet),
        quote=scene.text[sheet.start : quote_end], quote_start=sheet.start, confidence=0.7,
    )  # fmt: skip


def _names(scene: Scene, span: Span | None) -> list[str]:
    """The places of a stretch: names that are known, and others right before the country they are in."""
    if span is None:
        return []
    countries = [each for each in scene.countries(*span) if not each.is_adjective]
    found: list[str] = []
    for mention in scene.mentions(*span):
        if any(each.start <= mention.start < each.end for each in countries):
            continue
        country = next((c.code for c in countries if 0 <= c.start - mention.end <= _BESIDE), "")
        if mention.candidates or country:
            found.append(scene.named(mention.text, country).name)
    return found


def _period(scene: Scene, sheet: Sheet) -> tuple[PartialDate | None, PartialDate | None]:
    dates = scene.dates(*sheet.values["period"]) if "period" in sheet.values else []
    ends = scene.dates(*sheet.values["end"]) if "end" in sheet.values else []
    dates = [*dates, *ends] or scene.dates(sheet.start, sheet.end)
    if not dates:
        return None, None
    days = _days(scene, dates[0])
    if days:
        return days
    last = next((told.date for told in dates[1:] if told.date >= dates[0].date), None)
    return (None, dates[0].date) if ends and dates[0] is ends[0] else (dates[0].date, last)


def _days(scene: Scene, told: Told) -> tuple[PartialDate, PartialDate] | None:
    """The first and last day of an event: "4 to 8 May 2022", "2016. július 7–10", "29 May – 2 June 2019"."""
    date = told.date
    text = scene.text[told.start : told.end]
    other = _TWO_DAYS.match(text)
    if other is None and _ENDS_ON_DAY.search(text):
        other = _DAY_AFTER.match(scene.text[told.end : told.end + _AFTER])
    before = _DAY_BEFORE.search(scene.text[max(0, told.start - _BEFORE) : told.start])
    try:
        if date.day and other:
            last = PartialDate(date.year, date.month, int(other[1]))
            return (date, last) if date < last else None
        month = scene.lexicon.month(plain(before[2], scene.language)) if before else None
        first = PartialDate(date.year, month, int(before[1])) if before and month and date.day else None
    except NotADateError:
        return None
    return (first, date) if first and first < date else None


def _budget(scene: Scene, sheet: Sheet) -> tuple[Decimal | None, str]:
    """The amount after the label of a budget, and its currency: a grant's where there is no budget."""
    for key in ("budget", "grant"):
        if key in sheet.values:
            amount, currency = amount_in(scene, sheet.values[key])
            if currency or amount:
                return (amount if key == "budget" else None), currency
    amount, currency = amount_in(scene, (sheet.start, sheet.end))
    return (amount, currency) if currency else (None, "")


def _cofinancing(scene: Scene, sheet: Sheet) -> str:
    """The words after the label of a grant: a share, an amount or who gives it."""
    text = scene.text[slice(*sheet.values["grant"])].strip(" .,:;") if "grant" in sheet.values else ""
    return text[:_LONGEST] if len(text) > _SAID or any(sign.isdigit() for sign in text) else ""


def _programme(scene: Scene, sheet: Sheet) -> str:
    """The programme that pays, by the name that all languages know, else as it is printed after its label."""
    label = sheet.values.get("programme")
    near = (max(0, sheet.start - _ABOVE), sheet.end)
    for span in [*([label] if label else []), (sheet.start, sheet.end), near]:
        hits = scene.bodies(*span, "programme")
        if hits:
            name = hits[0].sort.partition(".")[2]
            return name + (_tail(scene.text[hits[0].end : span[1]]) if name == "Interreg" else "")
    return scene.text[slice(*label)].strip(" .:;,")[:_LONGEST] if label else ""


def _tail(text: str) -> str:
    """What goes on with the name of a programme of several: "Interreg V-A Italy–Slovenia"."""
    attached = _ATTACHED.match(text)
    kept = [attached[0]] if attached else []
    rest = text[attached.end() :] if attached else text
    if not rest.startswith(" "):
        return "".join(kept)
    for word in rest.split(" ")[1 : _TAIL_WORDS + 1]:
        bare = word.split("\n")[0].rstrip('.,;:)"“”»')
        if bare in {"–", "-"} or bare[:1].isupper() or bare[:1].isdigit():
            kept.append(f" {bare}")
        if bare != word or not (bare in {"–", "-"} or bare[:1].isupper() or bare[:1].isdigit()):
            break
    return "".join(kept).rstrip(" –-")
