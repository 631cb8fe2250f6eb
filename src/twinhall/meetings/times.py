"""When a meeting is: days and times as the clock shows them at its place, and the instants that they mean.

Wall time and zone are kept, not the instant: if a country changes its rules, the meeting stays at ten
o'clock (RFC 5545, 3.3.5, form 3).
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@cache
def zones() -> frozenset[str]:
    """The names of all time zones of the IANA database that belong to a place, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def check_zone(name: str) -> None:
    """Refuse what is no time zone."""
    if name not in zones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Zones are called like Europe/Riga."), params={"zone": name}
        )


def instant(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """The instant at which clocks in the zone show this time on this day; of two such, the first.

    Raises ValidationError for a time that the clocks leave out when they are put forward.
    """
    found = moment(day, time, zone)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != dt.datetime.combine(day, time):
        raise ValidationError(
            _(
                "On %(day)s the clocks of %(zone)s are put forward: %(time)s does not exist there. "
                "Choose another time."
            ),
            params={"day": day.isoformat(), "zone": zone, "time": f"{time:%H:%M}"},
        )
    return found


def moment(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Like ``instant``, also for a time that the clocks leave out: as much later as they are put forward.

    For what is kept already: some clocks leave out midnight, and a country may change its rules afterwards.
    """
    return dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
