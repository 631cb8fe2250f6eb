"""What the rules are told of a word: who speaks, who publishes, whose word stands, who is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.networks import make_membership
from tests.factories.parties import make_affiliation, make_officer, make_own_page, make_own_words, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation, make_project
from twinhall.evidence.models import Statement
from twinhall.parties.models import Party, Role
from twinhall.parties.rules import Word, may, words
from twinhall.partnerships.models import Act
from twinhall.projects.models import ParticipationRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga")


@pytest.fixture
def valka() -> Party:
    return make_party(name="Valka", country="LV")


@pytest.fixture
def signing(valga: Party, valka: Party) -> Act:
    return make_act(partnership=make_partnership(parties=[valga, valka]))


def test_a_word_knows_its_record_its_speakers_and_its_publisher(
    signing: Act, valga: Party, valka: Party
) -> None:
    statement = make_statement(subject=signing, field="date", stated="1991", source=make_own_page(valka))
    assert words([statement]) == [
        Word(
            statement=statement,
            model=Act,
            speakers=frozenset({valga.pk, valka.pk}),
            publisher=valka.pk,
            standing_publisher=None,
            has_people=False,
        )
    ]


def test_what_nobody_publishes_has_no_publisher_and_nobody_speaks_for_it(signing: Act) -> None:
    (word,) = words([make_statement(subject=signing, field="date", stated="1991", source=make_source())])
    assert (word.publisher, word.has_people) == (None, False)


def test_everybody_who_speaks_for_a_record_is_among_its_speakers() -> None:
    membership = make_membership()
    (word,) = words([make_statement(subject=membership, field="category", stated="member")])
    assert word.speakers == {membership.network_id, membership.party_id}


def test_a_word_knows_whose_word_stands_on_its_field_and_no_other(
    signing: Act, valga: Party, valka: Party
) -> None:
    said = [
        make_accepted(subject=signing, field="date", stated="1991", source=make_own_page(valga)),
        make_statement(subject=signing, field="date", stated="1992", source=make_own_page(valka)),
        make_accepted(subject=signing, field="place", stated="Valka", source=make_own_page(valka)),
        make_statement(subject=signing, field="note", stated="Kopš 1991.", language="lv"),
        make_accepted(
            subject=signing, field="note", stated="Aastast 1991.", language="et", source=make_own_page(valga)
        ),
        make_statement(subject=make_act(), field="date", stated="1991"),
    ]
    found = {word.statement: word.standing_publisher for word in words(said)}
    assert [found[s] for s in said] == [valga.pk, valga.pk, valka.pk, None, valga.pk, None]


def test_words_come_in_the_order_of_their_statements(signing: Act) -> None:
    said = [make_statement(subject=signing, field="date", stated=f"199{n}") for n in range(3)][::-1]
    assert [word.statement for word in words(said)] == said
    assert words([]) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [(Role.OFFICER, True), (Role.SECRETARY, True), (Role.COORDINATOR, False), (Role.EDITOR, False)],
)
def test_officers_and_secretaries_are_there_to_decide(valga: Party, role: Role, expected: object) -> None:
    make_officer(valga, role=role)
    statement = make_statement(subject=valga, field="name", stated="Valga", source=make_own_page(valga))
    assert [word.has_people for word in words([statement])] == [expected]


def test_who_has_gone_or_may_not_sign_in_or_acts_for_a_withdrawn_party_is_not_there(
    signing: Act, valga: Party
) -> None:
    asleep = make_party(name="Tartu")
    withdrawn = make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="Entered twice.")
    make_affiliation(party=valga, ended_at=timezone.now())
    make_affiliation(party=asleep, user=make_user(is_active=False))
    make_affiliation(party=withdrawn)
    said = [
        make_statement(subject=signing, field="date", stated="1991", source=make_own_page(party))
        for party in (valga, asleep, withdrawn)
    ]
    assert [word.has_people for word in words(said)] == [False, False, False]


def asked_for(said: list[Statement]) -> int:
    """How many questions the words of some statements take."""
    with CaptureQueriesContext(connection) as queries:
        found = words(said)
    assert len(found) == len(said)
    return len(queries)


def test_any_number_of_words_takes_the_same_number_of_questions() -> None:
    said: list[Statement] = []
    counts = []
    for n in range(4):
        valga, valka = make_party(name=f"Valga {n}"), make_party(name=f"Valka {n}")
        make_officer(valga)
        act = make_act(partnership=make_partnership(parties=[valga, valka]))
        said += [
            make_statement(subject=act, field="date", stated="1991", source=make_own_words(party))
            for party in (valga, valka)
        ]
        said.append(make_statement(subject=act.partnership, field="fields", stated="youth"))
        counts.append(asked_for(said))
    assert counts == [counts[0]] * 4
    assert counts[0] == 4  # publishers, the sides of acts, those of ties, who acts for publishers


# Projects are spoken for by coordinators too ------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [
        (Role.OFFICER, True, False),
        (Role.SECRETARY, True, False),
        (Role.COORDINATOR, True, False),
        (Role.EDITOR, False, False),
    ],
)
def test_a_coordinator_decides_on_the_words_of_the_own_side_of_a_project(
    valga: Party, valka: Party, role: Role, own: object, others: object
) -> None:
    make_officer(valka)
    project = make_project()
    make_participation(project=project, party=valka, role=ParticipationRole.LEAD)
    make_participation(project=project, party=valga)
    person = make_officer(valga, role=role)
    of_valga, of_valka = words(
        [
            make_statement(subject=project, field="starts", stated="2010", source=make_own_page(party))
            for party in (valga, valka)
        ]
    )
    assert [may(person, f"parties.{deed}_word", of_valga) for deed in ("accept", "reject")] == [own, own]
    assert [may(person, f"parties.{deed}_word", of_valka) for deed in ("accept", "reject")] == [others] * 2
    assert may(person, "parties.prefer_word", of_valga) is own
