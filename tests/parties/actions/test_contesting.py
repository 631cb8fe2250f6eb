"""What one side states here against the other side's word does not displace it: the field is disputed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.actions.asking import column
from tests.factories.accounts import make_administrator, make_user
from tests.factories.evidence import make_source, place_of
from tests.factories.networks import make_membership, make_network
from tests.factories.parties import make_network_party, make_officer, make_own_page, make_party
from tests.factories.projects import make_participation, make_project
from tests.parties.actions.stating import DAY, Towns, said, stated, told, two_towns
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import prefer, reject, release, reopen
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import disagreements
from twinhall.evidence.sorts import EXISTS
from twinhall.parties import precedence
from twinhall.parties.actions import own_source
from twinhall.projects.models import ParticipationRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> Towns:
    return two_towns()


@pytest.mark.parametrize("day", [-1, 0, 1])
def test_the_second_word_is_accepted_and_takes_no_force_however_new_it_is(towns: Towns, day: int) -> None:
    said(towns, towns.valga, "1991")
    said(towns, towns.valka, "1992", day=day)
    assert told(towns.signing) == {"1991": "accepted, in force", "1992": "accepted"}
    assert column(towns.signing, "date") == PartialDate(1991)
    assert [[s.stated for s in group] for group in disagreements()] == [["1991", "1992"]]


def test_who_contests_can_correct_the_own_word_and_still_displaces_nobody(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    said(towns, towns.valka, "1992")
    said(towns, towns.valka, "1993", day=1)
    assert told(towns.signing) == {"1991": "accepted, in force", "1992": "rejected", "1993": "accepted"}


def test_whose_word_stands_can_correct_it_and_it_stands(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    said(towns, towns.valka, "1993", day=2)
    said(towns, towns.valga, "1992", day=1)
    assert told(towns.signing) == {"1991": "rejected", "1993": "accepted", "1992": "accepted, in force"}


def test_what_the_other_sides_page_says_is_not_displaced_either(towns: Towns) -> None:
    page = make_own_page(towns.valga, dated=PartialDate(2001))
    stated(towns.signing, "1991", source=page, by=towns.kadri)
    said(towns, towns.valka, "1992")
    assert told(towns.signing) == {"1991": "accepted, in force", "1992": "accepted"}


def test_a_third_partys_word_is_displaced(towns: Towns) -> None:
    stated(towns.signing, "1991", source=make_source(), by=towns.kadri)
    said(towns, towns.valka, "1992")
    assert told(towns.signing) == {"1991": "accepted", "1992": "accepted, in force"}


def test_a_third_party_that_agrees_does_not_help_who_contests(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    stated(towns.signing, "1992", source=make_own_page(make_party(name="Tartu")), by=towns.maris)
    said(towns, towns.valka, "1992")
    assert column(towns.signing, "date") == PartialDate(1991)


def test_a_side_that_agrees_ends_the_dispute(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    said(towns, towns.valka, "1992")
    said(towns, towns.valka, "1991-06-01", day=1)
    assert disagreements() == []
    assert column(towns.signing, "date") == PartialDate(1991, 6, 1)


def test_what_was_agreed_on_stays_when_one_side_changes_its_mind(towns: Towns) -> None:
    said(towns, towns.valga, "1991-06")
    said(towns, towns.valka, "1991-06-01")
    said(towns, towns.valka, "2001", day=1)
    assert told(towns.signing) == {
        "1991-06": "accepted, in force",
        "1991-06-01": "rejected",
        "2001": "accepted",
    }


@pytest.mark.parametrize("decide", ["reject", "reopen"])
def test_when_the_word_that_stood_is_gone_the_other_takes_force(towns: Towns, decide: str) -> None:
    first = said(towns, towns.valga, "1991")
    said(towns, towns.valka, "1992")
    (reject if decide == "reject" else reopen)([first], by=towns.kadri, rank=precedence.rank)
    assert column(towns.signing, "date") == PartialDate(1992)


def test_that_a_tie_exists_can_be_denied_and_both_words_stand(towns: Towns) -> None:
    tie = towns.signing.partnership
    stated(tie, "yes", source=own_source(towns.valga, day=DAY), by=towns.kadri, field=EXISTS)
    stated(tie, "no", source=own_source(towns.valka, day=DAY), by=towns.maris, field=EXISTS)
    assert told(tie, EXISTS) == {"yes": "accepted, in force", "no": "accepted"}


def test_a_persons_choice_stands_until_it_is_taken_back(towns: Towns) -> None:
    page = make_own_page(towns.valga)
    stated(towns.signing, "1991", source=page, by=towns.kadri)
    second = said(towns, towns.valka, "1992")
    person = make_administrator()
    prefer(second, by=person, rank=precedence.rank, why="The minutes say so.")
    assert column(towns.signing, "date") == PartialDate(1992)
    said(towns, towns.valga, "1993", day=1)
    assert column(towns.signing, "date") == PartialDate(1992)
    release(second, by=person, rank=precedence.rank)
    assert not Statement.objects.filter(preferred=True).exists()


@settings(max_examples=30)
@given(
    words=st.lists(
        st.tuples(st.booleans(), st.sampled_from(["1991", "1992", "1993"]), st.integers(0, 2)), max_size=6
    )
)
def test_whose_word_stands_keeps_its_place_until_it_leaves_what_both_agreed_on(
    words: list[tuple[bool, str, int]],
) -> None:
    towns, said_last = two_towns(), {True: "", False: ""}
    stands = None
    for is_valga, text, day in words:
        said(towns, towns.valga if is_valga else towns.valka, text, day=day)
        agreed = said_last[True] == said_last[False] != ""
        if stands is None:
            stands = is_valga
        elif agreed:
            stands = not is_valga
        said_last[is_valga] = text
        assert str(column(towns.signing, "date")) == said_last[stands]
        accepted = Statement.objects.filter(place_of(towns.signing, "date"), verdict="accepted")
        assert sorted(s.stated for s in accepted) == sorted(word for word in said_last.values() if word)


# Sides that are not equal ----------------------------------------------------------------------------------


def test_a_networks_word_on_a_membership_displaces_the_members_and_is_not_displaced_by_it() -> None:
    valga, of_network = make_party(), make_network_party()
    membership = make_membership(network=make_network(party=of_network), party=valga, category="")
    member, secretary = make_officer(valga), make_officer(of_network, role="secretary")
    for party, person, text in [
        (valga, member, "observer"),
        (of_network, secretary, "associate"),
        (valga, member, "honorary"),
    ]:
        stated(membership, text, source=own_source(party, day=DAY), by=person, field="category")
    assert told(membership, "category") == {
        "observer": "rejected",
        "associate": "accepted, in force",
        "honorary": "accepted",
    }


def test_a_lead_partners_word_displaces_the_others_and_a_partners_that_of_nobody() -> None:
    lead, first, second = (make_party(name=name) for name in ("Valga", "Valka", "Tartu"))
    project = make_project()
    make_participation(project=project, party=lead, role=ParticipationRole.LEAD)
    for party in (first, second):
        make_participation(project=project, party=party)
    for party, text, expected in [
        (first, "2010", "2010"),
        (second, "2011", "2010"),
        (lead, "2012", "2012"),
        (second, "2013", "2012"),
    ]:
        person = make_officer(party, role="coordinator")
        stated(project, text, source=own_source(party, day=DAY), by=person, field="starts")
        assert str(column(project, "starts")) == expected


def test_who_speaks_for_nobody_here_displaces_nobody(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    stated(towns.signing, "1990", source=make_source(), by=make_user())
    assert column(towns.signing, "date") == PartialDate(1991)
