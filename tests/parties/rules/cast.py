"""A small register with a record of every kind, and the people who ask to do something with it."""

from typing import NamedTuple

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from tests.factories.accounts import make_administrator, make_user
from tests.factories.networks import (
    make_body,
    make_membership,
    make_membership_act,
    make_network,
    make_network_size,
    make_post,
)
from tests.factories.parties import (
    make_affiliation,
    make_contact,
    make_name,
    make_network_party,
    make_officer,
    make_party,
    make_succession,
)
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import (
    make_activity,
    make_output,
    make_participation,
    make_programme,
    make_project,
    make_project_size,
)
from twinhall.accounts.models import User
from twinhall.parties.models import Party, Role
from twinhall.parties.rules import Person
from twinhall.projects.models import ParticipationRole


class Parties(NamedTuple):
    """Valga and Valka have people and a tie; Ape has nobody; Walk was withdrawn."""

    valga: Party
    valka: Party
    tartu: Party
    ape: Party
    walk: Party
    network: Party


def parties() -> Parties:
    return Parties(
        valga=make_party(name="Valga"),
        valka=make_party(name="Valka", country="LV"),
        tartu=make_party(name="Tartu"),
        ape=make_party(name="Ape", country="LV"),
        walk=make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="A second record of Valga."),
        network=make_network_party(),
    )


def people(of: Parties) -> dict[str, Person]:
    """Everybody who may come to the door, by what they are; a person of Valga where nothing else is said."""
    asleep = make_user(is_active=False)
    make_affiliation(user=asleep, party=of.valga)
    gone = make_user()
    make_affiliation(user=gone, party=of.valga, ended_at=timezone.now())
    return {
        "anonymous": AnonymousUser(),
        "signed in": make_user(),
        "inactive officer": asleep,
        "former officer": gone,
        "officer of Walk": make_officer(of.walk),
        "officer of Tartu": make_officer(of.tartu),
        "officer": make_officer(of.valga),
        "secretary": make_officer(of.valga, role=Role.SECRETARY),
        "coordinator": make_officer(of.valga, role=Role.COORDINATOR),
        "editor": make_officer(of.valga, role=Role.EDITOR),
        "officer of Valka": make_officer(of.valka),
        "network secretary": make_officer(of.network, role=Role.SECRETARY),
        "administrator": make_administrator(),
        "inactive administrator": make_administrator(is_active=False),
    }


def records(of: Parties) -> dict[str, models.Model]:
    """A record of every kind that facts are stated of."""
    tie = make_partnership(parties=[of.valga, of.valka])
    network = make_network(party=of.network)
    membership = make_membership(network=network, party=of.valga)
    led, joined = make_project(), make_project()
    make_participation(project=led, party=of.valga, role=ParticipationRole.LEAD)
    make_participation(project=joined, party=of.tartu, role=ParticipationRole.LEAD)
    make_participation(project=joined, party=of.valga)
    return {
        "Valga": of.valga,
        "Walk": of.walk,
        "name": make_name(party=of.valga),
        "contact": make_contact(party=of.valga),
        "succession": make_succession(predecessor=of.ape, successor=of.valga),
        "tie": tie,
        "act": make_act(partnership=tie),
        "Walk's tie": make_partnership(parties=[of.walk, of.ape]),
        "network": network,
        "network size": make_network_size(network=network),
        "body": make_body(network=network),
        "membership": membership,
        "admission": make_membership_act(membership=membership),
        "Valka's post": make_post(network=network, party=of.valka),
        "programme": make_programme(),
        "led": led,
        "joined": joined,
        "Valka's part": make_participation(project=led, party=of.valka),
        "Latvia's part": make_participation(project=led, country="LV"),
        "size": make_project_size(project=led),
        "activity": make_activity(project=led),
        "output": make_output(project=led),
    }


def sourced_models() -> list[type[models.Model]]:
    """Every model that facts are stated of."""
    return [model for model in apps.get_models() if hasattr(model, "sourced_fields")]


def anew(person: Person) -> Person:
    """The same person as a new request sees them."""
    return User.objects.get(pk=person.pk) if isinstance(person, User) else AnonymousUser()


Table = dict[str, dict[str, bool]]


def table(text: str) -> Table:
    """A table in words: its first line names the columns, every other begins with whom it is about.

    Columns are parted by ``|``; ``yes`` is yes, ``–`` is no.
    """
    head, *rows = (
        [cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()
    )
    meaning = {"yes": True, "–": False}
    return {who: dict(zip(head[1:], (meaning[c] for c in cells), strict=True)) for who, *cells in rows}
