import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.parties import make_name, make_network_party, make_party
from tests.factories.projects import make_project
from twinhall.finder.actions import index_all
from twinhall.finder.queries import MOST, Hit, search
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def found(query: str) -> list[str]:
    return [str(hit.record) for hit in search(query)]


@pytest.fixture
def cherkasy() -> Party:
    party = make_party(name="Черкаси", language="uk", country="UA")
    make_name(party=party, text="Cherkasy", language="en")
    make_name(party=party, text="Čerkasi", language="lv")
    make_name(party=party, text="Tšerkassõ", language="et")
    make_party(name="Valga")
    index_all()
    return party


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("Черкаси", "Черкаси", "uk"),
        ("черк", "Черкаси", "uk"),
        ("cherkasy", "Cherkasy", "en"),
        ("  CHERKASY ", "Cherkasy", "en"),
        ("Čerkasi", "Čerkasi", "lv"),
        ("cerkasi", "Čerkasi", "lv"),
        ("Tserkasso", "Tšerkassõ", "et"),
    ],
)
def test_a_party_is_found_by_any_of_its_names_in_any_script(
    cherkasy: Party, query: str, text: str, language: str
) -> None:
    assert search(query) == [Hit(cherkasy, text, language)]


@pytest.mark.parametrize("query", ["", "  ", "–", "…!", "Cherkasyy", "erkasi", "\x00", "a\x00b", "x" * 5000])
def test_what_is_no_beginning_of_a_name_finds_nothing(cherkasy: Party, query: str) -> None:
    assert cherkasy.pk
    assert search(query) == []


@pytest.mark.parametrize("query", ["%", "_", "c%", "c_erkasy", "'", "\\"])
def test_signs_of_the_query_language_are_only_signs(cherkasy: Party, query: str) -> None:
    names = {"c%": ["Черкаси"]}  # folds to “c”, which begins “cherkasi”
    assert cherkasy.name == "Черкаси"
    assert found(query) == names.get(query, [])


@pytest.mark.parametrize("query", ["union of", "of the", "the Baltic", "balt", "Cities", "BALTIC CITIES"])
def test_the_beginning_of_any_word_finds_the_name(query: str) -> None:
    make_network_party(name="Union of the Baltic Cities")
    index_all()
    assert found(query) == ["Union of the Baltic Cities"]


def test_whole_names_come_first_then_beginnings_then_words_within() -> None:
    for name in ("New Valga Town", "Old Valga", "Valgamaa", "Valga", "Valga County"):
        make_party(name=name)
    index_all()
    assert found("valga") == ["Valga", "Valga County", "Valgamaa", "Old Valga", "New Valga Town"]
    assert found("valgam") == ["Valgamaa"]


def test_a_record_is_found_once_by_its_best_name() -> None:
    valga = make_party(name="Valga", language="et")
    make_name(party=valga, text="Old Valga", language="en")
    make_name(party=valga, text="Valga linn", language="et")
    index_all()
    assert search("valga") == [Hit(valga, "Valga", "et")]
    assert search("valga l") == [Hit(valga, "Valga linn", "et")]


def test_networks_and_projects_are_found_beside_towns() -> None:
    town, network = make_party(name="Green Town"), make_network_party(name="Green Cities")
    project = make_project(title="Green border")
    index_all()
    assert [hit.record for hit in search("green")] == [project, network, town]


def test_what_was_withdrawn_since_is_not_found() -> None:
    valga, project = make_party(name="Valga"), make_project(title="Valga and Valka")
    index_all()
    for record in (valga, project):
        record.withdrawn_at, record.withdrawn_why = WITHDRAWN_AT, "Entered twice."
        record.save()
    assert search("valga") == []


def test_the_best_are_looked_through_when_there_are_very_many() -> None:
    for n in range(MOST + 20):
        make_party(name=f"Village {n:03}", address=f"village-{n}")
    make_party(name="Village")
    index_all()
    names = found("village")
    assert len(names) == MOST
    assert names[:3] == ["Village", "Village 000", "Village 001"]


def test_the_number_of_queries_is_the_same_for_two_records_and_for_thirty() -> None:
    asked = []
    for records in (2, 30):
        for n in range(Party.objects.count(), records):
            make_party(name=f"Green Town {n}")
            make_project(title=f"Green border {n}")
        index_all()
        with CaptureQueriesContext(connection) as captured:
            assert len(search("green")) == 2 * records
        asked.append(len(captured))
    assert asked == [3, 3]


@given(query=st.text())
def test_any_text_may_be_asked(query: str) -> None:
    assert search(query) == []
