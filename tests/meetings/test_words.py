"""When a meeting is, in words of the site's languages."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from twinhall.meetings import words
from twinhall.meetings.models import Meeting

THIN, NARROW = "\u2009", "\u202f"
WHOLE_DAY: dict[str, Any] = {"ends_on": dt.date(2026, 3, 12)}
DAYS: dict[str, Any] = {"ends_on": dt.date(2026, 3, 14)}
INTO_APRIL: dict[str, Any] = {"starts_on": dt.date(2026, 3, 30), "ends_on": dt.date(2026, 4, 2)}
OVER_NEW_YEAR: dict[str, Any] = {"starts_on": dt.date(2026, 12, 30), "ends_on": dt.date(2027, 1, 2)}
HOURS: dict[str, Any] = {"starts_at": dt.time(10), "ends_at": dt.time(16)}
IN_SUMMER: dict[str, Any] = {
    "starts_on": dt.date(2026, 7, 12),
    "starts_at": dt.time(9, 30),
    "ends_on": dt.date(2026, 7, 14),
    "ends_at": dt.time(16),
}


def at(**told: Any) -> Meeting:
    usual = {"starts_on": dt.date(2026, 3, 12), "ends_on": dt.date(2026, 3, 12), "zone": "Europe/Riga"}
    return Meeting(**{**usual, **told})


@pytest.mark.parametrize(
    ("language", "told", "said"),
    [
        ("en", WHOLE_DAY, "Thursday, 12 March 2026"),
        ("en", DAYS, "12–14 Mar 2026"),
        ("en", INTO_APRIL, f"30 Mar{THIN}–{THIN}2 Apr 2026"),
        ("en", OVER_NEW_YEAR, f"30 Dec 2026{THIN}–{THIN}2 Jan 2027"),
        ("en", HOURS, "Thursday, 12 March 2026, 10:00 – 16:00 (Eastern European Standard Time)"),
        (
            "en",
            IN_SUMMER,
            "Sunday, 12 July 2026, 09:30 – Tuesday, 14 July 2026, 16:00 (Eastern European Summer Time)",
        ),
        ("et", WHOLE_DAY, "neljapäev, 12. märts 2026"),
        ("et", DAYS, "12.–14. märts 2026"),
        ("et", INTO_APRIL, f"30. märts{THIN}–{THIN}2. apr 2026"),
        ("et", HOURS, "neljapäev, 12. märts 2026, 10:00 – 16:00 (Ida-Euroopa standardaeg)"),
        ("lv", WHOLE_DAY, "ceturtdiena, 2026. gada 12. marts"),
        ("lv", DAYS, "2026. gada 12.–14. marts"),
        ("lv", OVER_NEW_YEAR, f"2026. gada 30. dec.{THIN}–{THIN}2027. gada 2. janv."),
        ("lv", HOURS, "ceturtdiena, 2026. gada 12. marts, 10:00 – 16:00 (Austrumeiropas ziemas laiks)"),
        ("bg", WHOLE_DAY, f"четвъртък, 12 март 2026{NARROW}г."),
        ("bg", DAYS, f"12 – 14 март 2026{NARROW}г."),
        ("bg", INTO_APRIL, f"30 март – 2 април 2026{NARROW}г."),
        (
            "bg",
            HOURS,
            f"четвъртък, 12 март 2026{NARROW}г., 10:00 – 16:00 (Източноевропейско стандартно време)",
        ),
    ],
)
def test_when_it_is(language: str, told: dict[str, Any], said: str) -> None:
    with translation.override(language):
        assert words.when(at(**told)) == said


def test_english_is_european() -> None:
    """Days come before months and the clock has 24 hours, also where no language was chosen."""
    with translation.override(None):
        assert words.day(dt.date(2026, 3, 12)) == "Thursday, 12 March 2026"
        assert words.clock(dt.time(16)) == "16:00"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "Coordinated Universal Time"),
        ("Europe/London", "British Summer Time"),
        ("Atlantic/Reykjavik", "Greenwich Mean Time"),
        ("Europe/Sofia", "Eastern European Summer Time"),
        ("Europe/Kyiv", "GMT+03:00"),
        ("America/Argentina/Buenos_Aires", "GMT-03:00"),
        ("Asia/Kathmandu", "GMT+05:45"),
    ],
)
def test_whose_clock_it_is(zone: str, said: str) -> None:
    """By its name where CLDR has one for it, else by how far it is from Greenwich."""
    assert words.zone_name(at(**{**IN_SUMMER, "zone": zone})) == said
