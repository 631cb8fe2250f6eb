"""The people of the demo: one for each role, so that every door of the workroom can be tried."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log, open_account
from twinhall.accounts.models import SYSTEM_DOMAIN, User
from twinhall.parties.actions import affiliate
from twinhall.parties.models import Party, Role


@dataclass(frozen=True)
class DemoPerson:
    """Somebody made up; who acts for no party runs the register."""

    email: str
    name: str
    party: str = ""
    """The address of a party of the facts that ship."""
    role: str = ""


SECRETARY = "secretary@citytwins.example"
PEOPLE = (
    DemoPerson("officer@valmiera.example", "Ilze Kalniņa", "valmiera", Role.OFFICER),
    DemoPerson(SECRETARY, "Aino Lehtonen", "city-twins-association", Role.SECRETARY),
    DemoPerson("coordinator@poznan.example", "Marek Zieliński", "poznan", Role.COORDINATOR),
    DemoPerson("officer@solna.example", "Karin Lindgren", "solna", Role.OFFICER),
    DemoPerson("admin@twinhall.example", "Kadri Tamm"),
)


@transaction.atomic
def make_demo_people(*, by: User) -> list[tuple[User, str]]:
    """Make those of the demo's people who are not there, each with their password, which is kept nowhere.

    The parties that they act for must be there. Raises Party.DoesNotExist.
    """
    there = {user.email for user in _there()}
    return [_make(person, by=by) for person in PEOPLE if person.email not in there]


@transaction.atomic
def new_passwords(*, by: User) -> list[tuple[User, str]]:
    """Give those of the demo's people who are there new passwords, which are kept nowhere."""
    return [(user, _renew(user, by=by)) for user in _there()]


def has_people_of_its_own() -> bool:
    """Whether others than the demo's people have an account: then it is no demo."""
    # No address ends in .example but those made up for examples (RFC 2606, 2), as ours are.
    return User.objects.exclude(email__endswith=SYSTEM_DOMAIN).exclude(email__endswith=".example").exists()


def _there() -> Iterator[User]:
    """The demo's people who have an account, in the order of PEOPLE."""
    users = {user.email: user for user in User.objects.filter(email__in=[p.email for p in PEOPLE])}
    return (users[person.email] for person in PEOPLE if person.email in users)


def _make(person: DemoPerson, *, by: User) -> tuple[User, str]:
    password = _password()
    user = open_account(email=person.email, name=person.name, password=password)
    if person.party:
        affiliate(user, Party.objects.get(slug=person.party), role=person.role, by=by)
    else:
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        log(gettext_noop("administrator made"), str(user), by=by, record=user)
    return user, password


def _renew(user: User, *, by: User) -> str:
    password = _password()
    user.set_password(password)
    user.save(update_fields=["password"])
    log(gettext_noop("password set anew"), str(user), by=by, record=user)
    return password


def _password() -> str:
    return secrets.token_urlsafe(12)
