import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker, Settings

from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.places import make_gazetteer, make_town
from tests.factories.projects import make_project
from twinhall.finder.actions import index_all
from twinhall.finder.keys import key_of
from twinhall.finder.models import Word
from twinhall.finder.queries import FEW, MOST, Hit, entries, find, named, search
from twinhall.parties.models import Party
from twinhall.projects.models import Project

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
TOWNS = [
    "Valmiera",
    "Guterslohe",
    "Saint Petersburg",
    "Rome",
    "Kuressaare",
    "Pasewalk Land",
    "Zduńska Wola",
    "Черкаси",
]


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


@pytest.mark.parametrize("query", ["", "  ", "–", "…!", "atlantis", "\x00", "a\x00b", "x" * 5000, "2024"])
def test_what_nothing_is_called_finds_nothing(cherkasy: Party, query: str) -> None:
    assert cherkasy.pk
    assert search(query) == []


@pytest.mark.parametrize("query", ["%", "_", "c%", "c_erkasy", "'", "\\"])
def test_signs_of_the_query_language_are_only_signs(cherkasy: Party, query: str) -> None:
    names = {"c%": ["Черкаси"]}  # folds to “c”, which begins “cherkasi”
    assert cherkasy.name == "Черкаси"
    assert found(query) == names.get(query, [])


@pytest.mark.parametrize(
    "query", ["union of", "of the", "the Baltic", "balt", "Cities", "BALTIC CITIES", "u", "ci"]
)
def test_the_beginning_of_any_word_finds_the_name(query: str) -> None:
    make_network_party(name="Union of the Baltic Cities")
    index_all()
    assert found(query) == ["Union of the Baltic Cities"]


@pytest.mark.parametrize("query", ["cities baltic", "baltic union", "citi uni", "the cities of the union"])
def test_words_are_found_in_any_order(query: str) -> None:
    make_network_party(name="Union of the Baltic Cities")
    make_network_party(name="Union of the Capitals")
    index_all()
    assert found(query) == ["Union of the Baltic Cities"]


def test_words_may_stand_in_several_names_of_a_record() -> None:
    petersburg = make_party(name="Saint Petersburg")
    make_name(party=petersburg, text="Leningrad", language="de")
    make_party(name="Saint Leonhard")
    index_all()
    assert search("leningrad saint") == [Hit(petersburg, "Leningrad", "de")]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (
            "Sankt-Peterburg",
            ["sanktpeterburg", "Sankt Peterburg", "санкт-петербург", "санктпетербург", "sankt p"],
        ),
        ("St.Gallen", ["st gallen", "St. Gallen", "stgallen", "gallen"]),
        ("Köln", ["köln", "koln", "koeln", "KOELN"]),
        ("Görlitz", ["gorlitz", "goerl"]),
        ("北京", ["北京", "beijing", "北"]),
    ],
)
def test_spaces_accents_and_scripts_do_not_matter(name: str, queries: list[str]) -> None:
    party = make_party(name=name)
    index_all()
    assert [search(query) for query in queries] == [[Hit(party, name, "")]] * len(queries)


def test_a_party_is_found_by_what_geonames_calls_it(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER = tmp_path
    make_gazetteer(tmp_path, make_town(498817, "Saint Petersburg", "Ленинград", "Αγία Πετρούπολη"))
    party = make_party(name="Санкт-Петербург", language="ru")
    make_identifier(party=party, scheme="geonames", value="498817")
    index_all()
    assert search("Ленинград") == [Hit(party, "Ленинград", "")]
    assert search("Αγία Πετ") == [Hit(party, "Αγία Πετρούπολη", "")]


# The order ---------------------------------------------------------------------------------------------


def test_whole_names_come_first_then_beginnings_then_words_within() -> None:
    for name in ("New Valga Town", "Old Valga", "Valgamaa", "Valga", "Valga County"):
        make_party(name=name)
    index_all()
    assert found("valga") == ["Valga", "Valgamaa", "Valga County", "New Valga Town", "Old Valga"]
    assert found("valgam")[: find("valgam").similar] == ["Valgamaa"]


@pytest.mark.parametrize("query", ["s", "sa", "sai", "saint p"])
def test_among_them_those_of_most_ties_come_first_and_then_the_larger(query: str) -> None:
    make_party(name="Saint Paul", address="small", population=500)
    larger = make_party(name="Saint Paul", address="large", population=5000)
    petersburg = make_party(name="Saint Petersburg")
    make_partnership(parties=[petersburg, make_party(name="Turku")])
    index_all()
    records = [hit.record for hit in search(query)]
    assert [record.slug for record in records] == [petersburg.slug, larger.slug, "small"]
    assert [hit.ties for hit in search(query)] == [1, 0, 0]


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
    assert {hit.record for hit in search("green")} == {project, network, town}


def test_what_was_withdrawn_since_is_not_found() -> None:
    valga, project = make_party(name="Valga"), make_project(title="Valga and Valka")
    index_all()
    for record in (valga, project):
        record.withdrawn_at, record.withdrawn_why = WITHDRAWN_AT, "Entered twice."
        record.save()
    assert search("valga") == []


@pytest.mark.parametrize("query", ["v", "vi", "village"])
def test_the_best_are_looked_through_when_there_are_very_many(query: str) -> None:
    for n in range(4):
        make_party(name=f"Village {n}")
    index_all()
    some = find(query, limit=3)
    assert (len(some.spots), some.similar, some.is_cut) == (3, 3, True)
    assert len(find(query, limit=4).spots) == 4
    assert not find(query, limit=4).is_cut


# Slips in typing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Valmeira", "Valmiera"),
        ("Vlamiera", "Valmiera"),
        ("almiera", "Valmiera"),
        ("Valmieraa", "Valmiera"),
        ("valmieqqa", "Valmiera"),  # two slips in a long word
        ("valmei", "Valmiera"),  # not yet finished
        ("Sankt petersbrug", None),
        ("saint petresburg", "Saint Petersburg"),
        ("petersbrug saint", "Saint Petersburg"),
        ("cherkazi", "Черкаси"),
        ("Ром", "Rome"),
        ("rmoe", "Rome"),
        ("rom3", None),
        ("xy", None),
    ],
)
def test_a_misspelt_name_is_found(query: str, name: str | None) -> None:
    for town in TOWNS:
        make_party(name=town)
    index_all()
    assert found(query)[:1] == ([name] if name else [])


def test_what_is_called_nearly_so_comes_after_what_is_called_so() -> None:
    make_party(name="Parsippany")
    make_party(name="Paris")
    index_all()
    assert found("parsi") == ["Parsippany", "Paris"]
    assert find("parsi").similar == 1
    assert len(find("parsi", is_exact=True).spots) == 1
    assert find("pasri", is_exact=True).spots == []


def test_nothing_else_is_meant_by_a_name_that_is_known_or_by_the_beginning_of_many() -> None:
    for name in ("Walk", "Walka", "Valka", *(f"Parsi {n}" for n in range(FEW)), "Paris"):
        make_party(name=name)
    index_all()
    assert found("walk") == ["Walk", "Walka"]
    assert len(found("parsi")) == FEW


def test_the_likelier_word_comes_first() -> None:
    for name in ("Parsberg", "Pari", "Paris"):
        make_party(name=name)
    make_partnership(parties=[Party.objects.get(name="Paris"), Party.objects.get(name="Parsberg")])
    index_all()
    assert found("parsi") == ["Paris", "Pari", "Parsberg"]


def test_a_word_that_no_name_has_any_more_leads_nowhere() -> None:
    make_party(name="Valga")
    index_all()
    Party.objects.all().delete()
    Word.objects.create(text="valka", reverse="aklav", length=5)
    assert search("vaklaa") == []


# Lists of the desk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["petersburg", "petersburg saint", "petersbrug"])
def test_lists_are_narrowed_to_what_a_query_finds(query: str) -> None:
    party, project = make_party(name="Saint Petersburg"), make_project(title="Petersburg by boat")
    make_party(name="Turku")
    index_all()
    assert list(Party.objects.filter(named(query, Party))) == [party]
    expected = [] if "saint" in query else [project]
    assert list(Project.objects.filter(named(query, Project))) == expected


def test_entries_are_given_best_first() -> None:
    make_party(name="Old Valga")
    make_party(name="Valgamaa")
    make_party(name="Valga")
    index_all()
    assert [entry.text for entry in entries("valga")] == ["Valga", "Valgamaa", "Old Valga"]
    assert list(entries("…")) == []


# Any text ----------------------------------------------------------------------------------------------


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


@pytest.fixture(scope="module")
def _towns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001
    with django_db_blocker.unblock():
        for name in TOWNS:
            make_party(name=name)
        index_all()
        yield
        Party.objects.all().delete()
        index_all()


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and one of its words with one slip."""
    name = draw(st.sampled_from(TOWNS))
    word = draw(st.sampled_from([w for w in map(key_of, name.split()) if len(w) >= 4]))
    place, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slip = draw(st.sampled_from(["drop", "add", "change", "swap"]))
    rest = {"drop": word[place + 1 :], "add": letter + word[place:], "change": letter + word[place + 1 :]}
    swapped = word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    return name, word[:place] + rest.get(slip, swapped)


@pytest.mark.usefixtures("_towns")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slip=slips())
def test_any_one_slip_in_any_word_of_four_letters_or_more_finds_the_record(slip: tuple[str, str]) -> None:
    name, query = slip
    assert name in found(query)


@pytest.mark.usefixtures("_towns")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text())
def test_any_text_may_be_asked(query: str) -> None:
    assert len(search(query)) <= min(MOST, len(TOWNS))
    list(Party.objects.filter(named(query, Party)))


def test_fewer_are_asked_for_and_they_are_the_first_of_all() -> None:
    for name in ("Valga", "Valgamaa", "Valka", "Walga", "New Valga", "Valga on the border", "Vallga"):
        make_party(name=name)
    index_all()
    for query in ("v", "va", "valga", "vallga", "border valga", "valgs"):
        found_all = search(query)
        for limit in range(1, len(found_all) + 2):
            assert search(query, limit=limit) == found_all[:limit], (query, limit)
