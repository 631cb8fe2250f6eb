import datetime as dt

import pytest

from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.parties.models import Party
from twinhall.partnerships.counting import with_ties
from twinhall.partnerships.queries import ties_in_force

pytestmark = pytest.mark.django_db

BEFORE, AFTER = dt.date(2000, 1, 1), dt.date(2020, 1, 1)


def test_ties_in_force_on_the_day_are_counted() -> None:
    ada, bea, cia = (make_party(name=name) for name in ("Ada", "Bea", "Cia"))
    for other, year in ((bea, "1990"), (cia, "2010")):
        make_act(partnership=make_partnership(parties=[ada, other]), date=year)
    gone = make_partnership(
        parties=[bea, cia], withdrawn_at=dt.datetime.now(tz=dt.UTC), withdrawn_why="never signed"
    )
    make_act(partnership=gone, date="1990")
    alone = make_party(name="Dea")

    def counted(day: dt.date) -> dict[str, int]:
        return {party.name: party.ties for party in with_ties(Party.objects.all(), day)}  # type: ignore[attr-defined]

    assert counted(BEFORE) == {"Ada": 1, "Bea": 1, "Cia": 0, "Dea": 0}
    assert counted(AFTER) == {"Ada": 2, "Bea": 1, "Cia": 1, "Dea": 0}
    assert ties_in_force([ada, bea, alone], AFTER) == {ada.pk: 2, bea.pk: 1}
