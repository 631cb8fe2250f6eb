import datetime as dt

import pytest

from tests.factories.parties import make_name, make_network_party, make_party
from tests.factories.projects import make_project
from twinhall.finder import actions
from twinhall.finder.actions import index_all, index_records
from twinhall.finder.models import Entry

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def rows() -> list[tuple[str, int, str, str, str, bool]]:
    return list(
        Entry.objects.order_by("subject_type", "subject_id", "pk").values_list(
            "subject_type", "subject_id", "text", "language", "key", "is_head"
        )
    )


def test_a_name_is_entered_from_each_of_its_words_on() -> None:
    union = make_network_party(name="Union of Baltic Cities")
    assert index_all() == 4
    kind, text = "parties.party", "Union of Baltic Cities"
    assert rows() == [
        (kind, union.pk, text, "", "union of baltic cities", True),
        (kind, union.pk, text, "", "of baltic cities", False),
        (kind, union.pk, text, "", "baltic cities", False),
        (kind, union.pk, text, "", "cities", False),
    ]


def test_all_names_of_a_party_are_entered_and_those_that_fold_alike_once() -> None:
    cherkasy = make_party(name="Черкаси", language="uk", country="UA")
    make_name(party=cherkasy, text="Черкаси", language="bg")
    make_name(party=cherkasy, text="Čerkasi", language="lv")
    make_name(party=cherkasy, text="cerkasi", language="pl")
    index_all()
    kind = "parties.party"
    assert rows() == [
        (kind, cherkasy.pk, "Черкаси", "uk", "cherkasi", True),
        (kind, cherkasy.pk, "Čerkasi", "lv", "cerkasi", True),
    ]


def test_projects_are_entered_by_all_their_titles() -> None:
    project = make_project(title="Green border")
    project.title["lv"] = "Zaļā robeža"
    project.short = {"en": "Green"}
    project.save()
    index_all()
    assert {(row[3], row[4]) for row in rows()} == {
        ("en", "green border"),
        ("en", "border"),
        ("lv", "zala robeza"),
        ("lv", "robeza"),
        ("en", "green"),
    }
    assert {row[:2] for row in rows()} == {("projects.project", project.pk)}


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
    assert [row[4] for row in rows()] == ["walk"]


def test_a_title_longer_than_the_index_is_cut() -> None:
    make_project(title="border " * 100)
    assert index_all() == 100
    entry = Entry.objects.get(is_head=True)
    assert (entry.text, entry.key) == (("border " * 100)[:500], ("border " * 100)[:500])


# Some records only -------------------------------------------------------------------------------------


def test_records_are_indexed_anew_and_others_left_as_they_are() -> None:
    renamed, project, other = make_party(name="Valga"), make_project(title="Border"), make_party(name="Valka")
    index_all()
    renamed.name, other.name, project.title = "Walk", "Walka", {"en": "Green border"}
    for record in (renamed, other, project):
        record.save()
    assert index_records([renamed, project, renamed]) == 3
    assert {row[4] for row in rows()} == {"walk", "green border", "border", "valka"}


def test_what_was_withdrawn_leaves_the_index() -> None:
    party, project, name = make_party(name="Valga"), make_project(), make_name(text="Walk")
    index_all()
    for record in (party, project, name):
        record.withdrawn_at, record.withdrawn_why = WITHDRAWN_AT, "Entered twice."
        record.save()
    assert index_records([party, project, name.party]) == 1
    assert [row[:3] for row in rows()] == [("parties.party", name.party.pk, "Valga")]


def test_indexing_records_gives_what_indexing_all_gives() -> None:
    party, project = make_network_party(name="Union of Baltic Cities"), make_project()
    make_name(party=party, text="Союз", language="bg")
    index_all()
    found = rows()
    index_records([project, party])
    assert rows() == found


def test_no_records_are_indexed_without_a_word() -> None:
    assert index_records([]) == 0


def test_many_records_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ASKED_FOR", 2)
    parties = [make_party(name=f"Town{n}") for n in range(5)]
    assert index_records(parties) == 5
    assert len(rows()) == 5
