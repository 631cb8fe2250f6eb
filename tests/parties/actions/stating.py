"""Two towns, their tie and what they state of it here."""

import datetime as dt
from typing import NamedTuple

from django.db import models

from tests.factories.evidence import make_proposal, place_of
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.accounts.models import User
from twinhall.evidence.models import Source, Statement
from twinhall.parties.actions import own_source, state
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act

DAY = dt.date(2024, 5, 1)


class Towns(NamedTuple):
    """Valga and Valka with an officer each, and the act by which they signed."""

    valga: Party
    valka: Party
    kadri: User
    maris: User
    signing: Act

    def officer(self, town: Party) -> User:
        """Who speaks for the town."""
        return self.kadri if town == self.valga else self.maris


def two_towns() -> Towns:
    valga, valka = make_party(name="Valga"), make_party(name="Valka", country="LV")
    act = make_act(partnership=make_partnership(parties=[valga, valka]))
    return Towns(valga, valka, make_officer(valga), make_officer(valka, name="Māris Mednis"), act)


def stated(
    subject: models.Model,
    text: object,
    *,
    source: Source,
    by: User,
    field: str = "date",
    language: str = "",
) -> Statement:
    """What a person states at the desk, as the database holds it."""
    proposal = make_proposal(subject=subject, field=field, stated=text, source=source, language=language)
    (statement,) = state([proposal], by=by)
    statement.refresh_from_db()
    return statement


def said(
    towns: Towns, town: Party, text: str, *, day: int = 0, field: str = "date", language: str = ""
) -> Statement:
    """What a town states itself of the signing, so many days after the first."""
    source = own_source(town, day=DAY + dt.timedelta(days=day))
    return stated(towns.signing, text, source=source, by=towns.officer(town), field=field, language=language)


def told(subject: models.Model, field: str = "date") -> dict[str, str]:
    """What is stated of a field, with its verdict; the one in force is marked."""
    return {
        s.stated: f"{s.verdict}, in force" if s.in_force else s.verdict
        for s in Statement.objects.filter(place_of(subject, field))
    }
