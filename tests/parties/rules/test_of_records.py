"""What a person may do with a record, as tables: who asks, and of which record."""

import datetime as dt

import pytest
from django.db import models

from tests.factories.documents import make_document
from tests.factories.letters import make_letter
from tests.factories.parties import make_filing
from tests.parties.rules.cast import Parties, parties, people, records, sourced_models, table
from twinhall.accounts.models import User
from twinhall.letters.models import Letter
from twinhall.parties import rules
from twinhall.parties.actions import mail_for
from twinhall.parties.rules import Person, may

pytestmark = pytest.mark.django_db

PUBLISHED = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)

# Whose record it is: of a membership the network, of a project the lead partner.
KEEPS = [
    table("""
                       | Valga | Walk | name | contact | succession | tie | act | Walk's tie
anonymous              | –     | –    | –    | –       | –          | –   | –   | –
signed in              | –     | –    | –    | –       | –          | –   | –   | –
inactive officer       | –     | –    | –    | –       | –          | –   | –   | –
former officer         | –     | –    | –    | –       | –          | –   | –   | –
officer of Walk        | –     | –    | –    | –       | –          | –   | –   | –
officer of Tartu       | –     | –    | –    | –       | –          | –   | –   | –
officer                | yes   | –    | yes  | yes     | yes        | yes | yes | –
secretary              | yes   | –    | yes  | yes     | yes        | yes | yes | –
coordinator            | –     | –    | –    | –       | –          | –   | –   | –
editor                 | –     | –    | –    | –       | –          | –   | –   | –
officer of Valka       | –     | –    | –    | –       | –          | yes | yes | –
network secretary      | –     | –    | –    | –       | –          | –   | –   | –
inactive administrator | –     | –    | –    | –       | –          | –   | –   | –
"""),
    table("""
                       | network | network size | body | membership | admission | Valka's post | programme
anonymous              | –       | –            | –    | –          | –         | –            | –
signed in              | –       | –            | –    | –          | –         | –            | –
inactive officer       | –       | –            | –    | –          | –         | –            | –
former officer         | –       | –            | –    | –          | –         | –            | –
officer of Walk        | –       | –            | –    | –          | –         | –            | –
officer of Tartu       | –       | –            | –    | –          | –         | –            | –
officer                | –       | –            | –    | –          | –         | –            | –
secretary              | –       | –            | –    | –          | –         | –            | –
coordinator            | –       | –            | –    | –          | –         | –            | –
editor                 | –       | –            | –    | –          | –         | –            | –
officer of Valka       | –       | –            | –    | –          | –         | –            | –
network secretary      | yes     | yes          | yes  | yes        | yes       | yes          | –
inactive administrator | –       | –            | –    | –          | –         | –            | –
"""),
    table("""
                       | led | joined | Valka's part | Latvia's part | size | activity | output
anonymous              | –   | –      | –            | –             | –    | –        | –
signed in              | –   | –      | –            | –             | –    | –        | –
inactive officer       | –   | –      | –            | –             | –    | –        | –
former officer         | –   | –      | –            | –             | –    | –        | –
officer of Walk        | –   | –      | –            | –             | –    | –        | –
officer of Tartu       | –   | yes    | –            | –             | –    | –        | –
officer                | yes | –      | –            | –             | yes  | yes      | yes
secretary              | yes | –      | –            | –             | yes  | yes      | yes
coordinator            | yes | –      | –            | –             | yes  | yes      | yes
editor                 | –   | –      | –            | –             | –    | –        | –
officer of Valka       | –   | –      | yes          | –             | –    | –        | –
network secretary      | –   | –      | –            | –             | –    | –        | –
inactive administrator | –   | –      | –            | –             | –    | –        | –
"""),
]

# Of which side one may speak: besides those who keep it, the member and the other partners.
STATES_BESIDES = {
    "officer of Tartu": set[str](),
    "officer": {
        "membership", "admission", "joined", "Valka's part", "Latvia's part",
    },
    "secretary": {
        "membership", "admission", "joined", "Valka's part", "Latvia's part",
    },
    "coordinator": {"joined", "Valka's part", "Latvia's part"},
    "officer of Valka": {
        "Valka's post", "led", "Latvia's part", "size", "activity", "output",
    },
}  # fmt: skip


def kept(who: str) -> dict[str, bool]:
    """What the tables say of a person, all in one."""
    return {record: answer for part in KEEPS for record, answer in part[who].items()}


def asked(person: Person, permission: str, of: dict[str, models.Model]) -> dict[str, bool]:
    return {name: may(person, permission, record) for name, record in of.items()}


@pytest.mark.parametrize("who", KEEPS[0])
def test_whose_record_it_is(who: str) -> None:
    of = parties()
    person, found = people(of)[who], records(of)
    assert asked(person, "parties.keep_record", found) == kept(who)
    assert {name: rules.keeps(person, record) for name, record in found.items()} == kept(who)


@pytest.mark.parametrize("who", KEEPS[0])
def test_who_speaks_for_a_side_of_a_record(who: str) -> None:
    of = parties()
    person, found = people(of)[who], records(of)
    besides = STATES_BESIDES.get(who, set())
    expected = {name: answer or name in besides for name, answer in kept(who).items()}
    assert asked(person, "parties.state_fact", found) == expected
    assert {name: rules.speaks_for(person, record) for name, record in found.items()} == expected


def test_the_administrator_may_do_everything_with_every_record_and_speaks_for_none() -> None:
    of = parties()
    person, found = people(of)["administrator"], records(of)
    for permission in ("parties.keep_record", "parties.state_fact"):
        assert asked(person, permission, found) == dict.fromkeys(found, True)
    assert not any(rules.speaks_for(person, record) for record in found.values())
    assert not any(rules.keeps(person, record) for record in found.values())


def test_every_person_and_a_record_of_every_kind_are_in_the_tables() -> None:
    of = parties()
    found = records(of)
    assert {*kept("officer")} == {*found}
    assert {type(record) for record in found.values()} == {*sourced_models()}
    assert [list(part) for part in KEEPS] == [[who for who in people(of) if who != "administrator"]] * 3


# Inviting ------------------------------------------------------------------------------------------------

INVITE = table("""
                       | Valga | Valka | Walk
anonymous              | –     | –     | –
signed in              | –     | –     | –
inactive officer       | –     | –     | –
former officer         | –     | –     | –
officer of Walk        | –     | –     | –
officer of Tartu       | –     | –     | –
officer                | yes   | –     | –
secretary              | yes   | –     | –
coordinator            | –     | –     | –
editor                 | –     | –     | –
officer of Valka       | –     | yes   | –
network secretary      | –     | –     | –
administrator          | yes   | yes   | yes
inactive administrator | –     | –     | –
""")


@pytest.mark.parametrize("who", INVITE)
def test_who_invites_people_to_act_for_a_party(who: str) -> None:
    of = parties()
    person = people(of)[who]
    towns = {"Valga": of.valga, "Valka": of.valka, "Walk": of.walk}
    assert {name: may(person, "parties.invite", town) for name, town in towns.items()} == INVITE[who]
    colleagues = {name: rules.is_colleague(person, town) for name, town in towns.items()}
    assert colleagues == (INVITE[who] if who != "administrator" else dict.fromkeys(towns, False))


# Documents -----------------------------------------------------------------------------------------------

DOCUMENTS = table("""
                       | read private | read public | read loose | keep private | keep public | keep loose
anonymous              | –            | yes         | –          | –            | –           | –
signed in              | –            | yes         | –          | –            | –           | –
inactive officer       | –            | yes         | –          | –            | –           | –
former officer         | –            | yes         | –          | –            | –           | –
officer of Walk        | –            | yes         | –          | –            | –           | –
officer of Tartu       | –            | yes         | –          | –            | –           | –
officer                | yes          | yes         | –          | yes          | yes         | –
secretary              | yes          | yes         | –          | yes          | yes         | –
coordinator            | yes          | yes         | –          | yes          | yes         | –
editor                 | yes          | yes         | –          | –            | –           | –
officer of Valka       | –            | yes         | –          | –            | –           | –
network secretary      | –            | yes         | –          | –            | –           | –
administrator          | yes          | yes         | yes        | yes          | yes         | yes
inactive administrator | –            | yes         | –          | –            | –           | –
""")
KEPT_CLOSE = table("""
                       | read kept close | keep kept close
anonymous              | –               | –
signed in              | –               | –
inactive officer       | –               | –
former officer         | –               | –
officer of Walk        | –               | –
officer of Tartu       | –               | –
officer                | yes             | yes
secretary              | yes             | yes
coordinator            | –               | –
editor                 | –               | –
officer of Valka       | –               | –
network secretary      | –               | –
administrator          | yes             | yes
inactive administrator | –               | –
""")


def documents(of: Parties) -> dict[str, models.Model]:
    """Three in Valga's files, of which one is for everyone and one kept close, and one in nobody's."""
    return {
        "private": make_filing(document=make_document(), party=of.valga).document,
        "public": make_filing(document=make_document(published_at=PUBLISHED), party=of.valga).document,
        "loose": make_document(),
        "kept close": make_filing(document=make_document(), party=of.valga, is_close=True).document,
    }


@pytest.mark.parametrize("who", DOCUMENTS)
def test_who_reads_and_keeps_a_document(who: str) -> None:
    of = parties()
    person = people(of)[who]
    found = {
        f"{deed} {name}": may(person, f"parties.{deed}_document", document)
        for deed in ("read", "keep")
        for name, document in documents(of).items()
    }
    assert found == DOCUMENTS[who] | KEPT_CLOSE[who]


def test_a_document_is_for_everyone_from_when_it_is_published() -> None:
    of = parties()
    found = documents(of)
    anybody = people(of)["anonymous"]
    assert {name: rules.is_published(anybody, document) for name, document in found.items()} == {
        "private": False,
        "public": True,
        "loose": False,
        "kept close": False,
    }


# Letters -------------------------------------------------------------------------------------------------

LETTERS = table("""
                       | their own | Valga's | Walk's | nobody's
signed in              | yes       | –       | –      | –
inactive officer       | –         | –       | –      | –
former officer         | yes       | –       | –      | –
officer of Walk        | yes       | –       | –      | –
officer of Tartu       | yes       | –       | –      | –
officer                | yes       | yes     | –      | –
secretary              | yes       | yes     | –      | –
coordinator            | yes       | –       | –      | –
editor                 | yes       | –       | –      | –
network secretary      | yes       | –       | –      | –
administrator          | yes       | yes     | yes    | yes
inactive administrator | –         | –       | –      | –
""")


@pytest.mark.parametrize("who", LETTERS)
def test_who_sees_a_letter_and_decides_on_it(who: str) -> None:
    of = parties()
    person = people(of)[who]
    assert isinstance(person, User)
    letters = {
        "their own": make_letter(by=person),
        "Valga's": mail_for(of.valga, make_letter()).letter,
        "Walk's": mail_for(of.walk, make_letter()).letter,
        "nobody's": make_letter(),
    }
    assert {name: may(person, "parties.keep_letter", one) for name, one in letters.items()} == LETTERS[who]
    if person.is_active:
        seen = set(rules.letters_kept_by(person, Letter.objects.all()))
        assert {name: one in seen for name, one in letters.items()} == LETTERS[who]
