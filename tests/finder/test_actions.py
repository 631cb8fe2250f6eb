import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.factories.networks import make_membership, make_network
from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.places import make_gazetteer, make_town
from tests.factories.projects import make_participation, make_project
from twinhall.finder import actions
from twinhall.finder.actions import (
    index_all,
    index_parties,
    index_projects,
    index_records,
    weigh_parties,
)
from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.models import Entry, Word
from twinhall.finder.weights import ties_in, weight

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _no_gazetteer(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER = tmp_path / "none"


def rows() -> list[tuple[str, int, str, str, str, bool]]:
    return list(
        Entry.objects.order_by("subject_type", "subject_id", "pk").values_list(
            "subject_type", "subject_id", "text", "language", "key", "is_head"
        )
    )


def keys() -> list[str]:
    return [row[4] for row in rows()]


def test_a_name_is_entered_from_each_of_its_words_on() -> None:
    union = make_network_party(name="Union of Baltic Cities")
    assert index_all() == 4
    text = "Union of Baltic Cities"
    assert rows() == [
        (PARTY, union.pk, text, "", "unionofbalticcities", True),
        (PARTY, union.pk, text, "", "ofbalticcities", False),
        (PARTY, union.pk, text, "", "balticcities", False),
        (PARTY, union.pk, text, "", "cities", False),
    ]
    assert [e.word for e in Entry.objects.order_by("pk")] == ["union", "of", "baltic", "cities"]


def test_all_names_of_a_party_are_entered_and_those_that_fold_alike_once() -> None:
    cherkasy = make_party(name="Черкаси", language="uk", country="UA")
    make_name(party=cherkasy, text="Черкаси", language="bg")
    make_name(party=cherkasy, text="Čerkasi", language="lv")
    make_name(party=cherkasy, text="cerkasi", language="pl")
    index_all()
    assert rows() == [
        (PARTY, cherkasy.pk, "Черкаси", "uk", "cherkasi", True),
        (PARTY, cherkasy.pk, "Čerkasi", "lv", "cerkasi", True),
    ]


def test_a_name_of_its_own_comes_before_the_same_word_within_another() -> None:
    party = make_party(name="New York")
    make_name(party=party, text="York", language="en")
    index_all()
    assert rows() == [
        (PARTY, party.pk, "New York", "", "newyork", True),
        (PARTY, party.pk, "York", "en", "york", True),
    ]


def test_the_best_entry_of_a_letter_and_of_two_letters_leads() -> None:
    party = make_party(name="Stara Sagora")
    make_name(party=party, text="Stadt Alt-Sagora", language="de")
    index_all()
    leading = Entry.objects.order_by("pk").values_list("key", "one", "two")
    assert list(leading) == [
        ("starasagora", "s", "st"),
        ("stadtaltsagora", None, None),
        ("sagora", None, "sa"),
        ("altsagora", "a", "al"),
    ]


def test_umlauts_are_entered_spelled_out_too() -> None:
    make_party(name="Görlitz")
    index_all()
    assert keys() == ["gorlitz", "goerlitz"]


def test_projects_are_entered_by_all_their_titles() -> None:
    project = make_project(title="Green border")
    project.title["lv"] = "Zaļā robeža"
    project.short = {"en": "Green"}
    project.save()
    index_all()
    assert {(row[3], row[4]) for row in rows()} == {
        ("en", "greenborder"),
        ("en", "border"),
        ("lv", "zalarobeza"),
        ("lv", "robeza"),
        ("en", "green"),
    }
    assert {row[:2] for row in rows()} == {(PROJECT, project.pk)}


def test_what_was_withdrawn_is_not_entered() -> None:
    gone = make_party(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    make_name(party=gone, text="Walk")
    make_project(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    assert index_all() == 0
    assert rows() == []


def test_making_the_index_anew_replaces_it() -> None:
    party = make_party(name="Valga")
    index_all()
    party.name = "Walk"
    party.save()
    assert index_all() == 1
    assert keys() == ["walk"]
    assert [word.text for word in Word.objects.all()] == ["walk"]


def test_a_title_longer_than_the_index_is_cut() -> None:
    make_project(title="border " * 100)
    index_all()
    entry = Entry.objects.get(word="border", is_head=True)
    assert (entry.text, entry.key) == (("border " * 100)[:500], ("border" * 100)[:80])


# Spellings of GeoNames ---------------------------------------------------------------------------------


def test_what_geonames_calls_a_party_is_entered_without_a_language(
    settings: Settings, tmp_path: Path
) -> None:
    settings.GAZETTEER = tmp_path / "towns"
    make_gazetteer(settings.GAZETTEER, make_town(498817, "Saint Petersburg", "Ленинград", "sheng bi de bao"))
    party = make_party(name="Sankt-Peterburg", language="ru")
    make_identifier(party=party, scheme="geonames", value="498817")
    make_party(name="Valga")
    index_all()
    assert [row[2:] for row in rows() if row[1] == party.pk and row[4] != "peterburg"] == [
        ("Sankt-Peterburg", "ru", "sanktpeterburg", True),
        ("Saint Petersburg", "", "saintpetersburg", True),
        ("Saint Petersburg", "", "petersburg", False),
        ("Ленинград", "", "leningrad", False),
    ]


def test_no_gazetteer_is_compiled_for_it(settings: Settings) -> None:
    make_identifier(party=make_party(name="Valga"), scheme="geonames", value="587591")
    assert index_all() == 1
    assert not settings.GAZETTEER.exists()


# Weights -----------------------------------------------------------------------------------------------


def weights() -> dict[str, int]:
    return {entry.key: ties_in(entry.weight) for entry in Entry.objects.all()}


def test_a_weight_is_the_ties_and_then_the_population() -> None:
    ordered = [weight(0, None), weight(0, 400), weight(0, 4_000_000), weight(1, None), weight(120, 5)]
    assert ordered == sorted(set(ordered))
    assert [ties_in(weighed) for weighed in ordered] == [0, 0, 0, 1, 120]
    assert weight(10**9, 10**12) < 2**31


def test_ties_members_and_partners_are_counted() -> None:
    ada, bea, league = make_party(name="Ada"), make_party(name="Bea"), make_network_party(name="League")
    make_partnership(parties=[ada, bea])
    make_partnership(parties=[ada, make_party(name="Cis")])
    gone = make_partnership(parties=[bea, make_party(name="Dee")])
    gone.withdrawn_at, gone.withdrawn_why = WITHDRAWN_AT, "Entered twice."
    gone.save()
    make_membership(network=make_network(party=league), party=ada)
    make_participation(project=make_project(title="Border"), party=ada, number=1)
    index_all()
    assert weights() == {"ada": 2, "bea": 1, "cis": 1, "dee": 0, "league": 1, "border": 1}


def test_weights_alone_are_brought_up_to_date() -> None:
    ada, bea = make_party(name="Ada Town"), make_party(name="Bea")
    index_all()
    make_partnership(parties=[ada, bea])
    assert weigh_parties([ada.pk, bea.pk, ada.pk]) == 2
    assert weigh_parties([ada.pk, bea.pk]) == 0
    assert weights() == {"adatown": 1, "town": 1, "bea": 1}


# Some records only -------------------------------------------------------------------------------------


def test_records_are_indexed_anew_and_others_left_as_they_are() -> None:
    renamed, project, other = make_party(name="Valga"), make_project(title="Border"), make_party(name="Valka")
    index_all()
    renamed.name, other.name, project.title = "Walk", "Walka", {"en": "Green border"}
    for record in (renamed, other, project):
        record.save()
    assert index_records([renamed, project, renamed]) == 3
    assert set(keys()) == {"walk", "greenborder", "border", "valka"}


def test_what_was_withdrawn_leaves_the_index() -> None:
    party, project, name = make_party(name="Valga"), make_project(), make_name(text="Walk")
    index_all()
    for record in (party, project, name):
        record.withdrawn_at, record.withdrawn_why = WITHDRAWN_AT, "Entered twice."
        record.save()
    assert index_records([party, project, name.party]) == 1
    assert [row[:3] for row in rows()] == [(PARTY, name.party.pk, "Valga")]


def test_indexing_some_gives_what_indexing_all_gives() -> None:
    party, project = make_network_party(name="Union of Baltic Cities"), make_project()
    make_name(party=party, text="Союз", language="bg")
    index_all()
    found, words = rows(), set(Word.objects.values_list("text", "reverse", "length", "weight"))
    Word.objects.all().delete()
    index_records([project, party])
    assert rows() == found
    assert set(Word.objects.values_list("text", "reverse", "length", "weight")) == words
    assert index_parties([party.pk]) + index_projects([project.pk]) == len(found)
    assert rows() == found


def test_a_word_is_kept_once_and_grows_with_the_heaviest() -> None:
    ada, bea = make_party(name="Border Ada"), make_party(name="Border Bea")
    index_all()
    make_partnership(parties=[ada, bea])
    index_records([ada])
    word = Word.objects.get(text="border")
    assert (word.reverse, word.length, ties_in(word.weight)) == ("redrob", 6, 1)


def test_no_records_are_indexed_without_a_word() -> None:
    assert index_records([]) == 0


def test_many_records_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ASKED_FOR", 2)
    parties = [make_party(name=f"Town{n}") for n in range(5)]
    assert index_records(parties) == 5
    assert len(rows()) == 5
    assert index_all() == 5


def test_the_command_makes_the_index_anew(capsys: pytest.CaptureFixture[str]) -> None:
    make_party(name="Valga")
    call_command("reindex")
    assert capsys.readouterr().out.startswith("1 entries in ")
    assert keys() == ["valga"]
