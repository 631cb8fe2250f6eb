"""Wall times and instants, in zones of which each has its own way with clocks."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from twinhall.meetings.times import check_zone, instant, moment, zones

ZONES = [
    "Europe/Riga",
    "Europe/Lisbon",
    "Europe/Dublin",  # calls its winter the exception
    "Africa/Cairo",  # leaves out midnight
    "America/Santiago",
    "Australia/Lord_Howe",  # half an hour
    "Pacific/Apia",  # left out a whole day
    "Asia/Kathmandu",
    "Europe/Istanbul",  # gave it up
    "UTC",
]
days = st.dates(dt.date(1970, 1, 2), dt.date(2037, 12, 30))
times = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))


def shows(day: dt.date, time: dt.time, zone: str) -> list[dt.datetime]:
    """Every instant at which clocks show this, found without asking what Python takes it for."""
    clocks, wall = ZoneInfo(zone), dt.datetime.combine(day, time, tzinfo=dt.UTC)
    near = [wall + dt.timedelta(hours=hours) for hours in range(-30, 31)]
    offsets = {each.astimezone(clocks).utcoffset() for each in near}
    tried = [wall - offset for offset in offsets if offset is not None]
    return sorted(each for each in tried if each.astimezone(clocks).replace(tzinfo=dt.UTC) == wall)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[dt.date, dt.time, str]:
    """A wall time within three hours of a change of clocks, where there is one in the year; else any."""
    zone, day = draw(st.sampled_from(ZONES)), draw(days)
    clocks = ZoneInfo(zone)
    hours = [dt.datetime(day.year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=n) for n in range(365)]
    turns = [a for a, b in pairwise(hours) if _offset(a, clocks) != _offset(b, clocks)]
    if not turns:
        return day, draw(times), zone
    turn = draw(st.sampled_from(turns))
    wall = turn.replace(tzinfo=None) + dt.timedelta(minutes=draw(st.integers(-24 * 60, 48 * 60)))
    return wall.date(), wall.time(), zone


def _offset(at: dt.datetime, clocks: ZoneInfo) -> dt.timedelta | None:
    return at.astimezone(clocks).utcoffset()


@given(near_a_change() | st.tuples(days, times, st.sampled_from(ZONES)))
def test_an_instant_is_the_first_at_which_clocks_show_the_time(told: tuple[dt.date, dt.time, str]) -> None:
    day, time, zone = told
    found = shows(day, time, zone)
    if found:
        assert instant(day, time, zone) == found[0] == moment(day, time, zone)
    else:
        with pytest.raises(ValidationError, match="are put forward"):
            instant(day, time, zone)
        assert shows_later(day, time, zone)


def shows_later(day: dt.date, time: dt.time, zone: str) -> bool:
    """Whether what is taken for a time that is left out comes after the change, and on the clocks as well."""
    local = moment(day, time, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return local > dt.datetime.combine(day, time)


@given(near_a_change())
def test_instants_are_in_utc(told: tuple[dt.date, dt.time, str]) -> None:
    assert moment(*told).tzinfo is dt.UTC


@given(st.sampled_from(ZONES), days, times, times)
def test_what_is_later_on_the_clock_is_later(zone: str, day: dt.date, one: dt.time, two: dt.time) -> None:
    """Of times that exist: the first of a double hour comes before everything after that hour."""
    if one < two and shows(day, one, zone) and shows(day, two, zone):
        assert instant(day, one, zone) < instant(day, two, zone)


def test_an_hour_that_comes_twice_is_taken_for_the_first() -> None:
    day, time = dt.date(2026, 10, 25), dt.time(3, 30)
    assert [each.hour for each in shows(day, time, "Europe/Riga")] == [0, 1]
    assert instant(day, time, "Europe/Riga") == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_an_hour_that_is_left_out_is_refused_in_words() -> None:
    with pytest.raises(ValidationError) as refusal:
        instant(dt.date(2026, 3, 29), dt.time(3), "Europe/Riga")
    assert refusal.value.messages == [
        (
            "On 2026-03-29 the clocks of Europe/Riga are put forward: 03:00 does not exist there. "
            "Choose another time."
        )
    ]
    assert instant(dt.date(2026, 3, 29), dt.time(4), "Europe/Riga").hour == 1


def test_a_day_that_was_left_out_is_refused() -> None:
    with pytest.raises(ValidationError):
        instant(dt.date(2011, 12, 30), dt.time(12), "Pacific/Apia")


@pytest.mark.parametrize("name", ["Europe/Riga", "Europe/Kyiv", "America/Argentina/Buenos_Aires", "UTC"])
def test_zones_of_places_are_taken(name: str) -> None:
    check_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Riga", "EET", "EST5EDT", "europe/riga", "Europe/Walk", "../etc/passwd", "posix/Europe/Riga"]
)
def test_what_belongs_to_no_place_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=f"“{name}” is not a time zone"):
        check_zone(name)
    assert name not in zones()
