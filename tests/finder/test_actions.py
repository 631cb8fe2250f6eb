import datetime as dt

import pytest

from tests.factories.parties import make_name, make_network_party, make_party
from tests.factories.projects import make_project
from twinhall.finder.actions import index_all
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
