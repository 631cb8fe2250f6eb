"""Two records that are one, merged at the desk, and taken apart again."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, address, filled, of_record, population_of, said, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_accepted
from tests.factories.exchange import make_merge
from tests.factories.parties import make_name, make_network_party, make_officer, make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.reading import page
from twinhall.exchange.models import Merge
from twinhall.finder.actions import index_all
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def admin(db: None) -> Desk:  # noqa: ARG001
    return Desk(make_administrator(name="Ilze Ozola"))


@pytest.fixture
def walk(valka: Party) -> Party:
    """Valga entered twice, with a tie of its own."""
    party = make_party(name="Walk")
    make_name(party=party, text="Валга", language="ru")
    make_accepted(subject=party, field="population", stated=12182, source=make_own_page(party))
    make_act(partnership=make_partnership(parties=[party, valka], address="valka-walk"))
    index_all()
    return party


def test_a_party_is_merged_and_the_merge_undone(
    admin: Desk, valga: Party, walk: Party, client: Client
) -> None:
    where = of_record("merge", walk)
    shown = admin.open(where)
    assert shown.heading == "Merge Walk into another"
    found = page(admin.post(where, shown, find="kept", kept_q="Valga"))
    shown = admin.send(where, found, kept=f"party:{valga.pk}", why="Entered twice.")
    assert said(shown) == ["Merged. It can be undone in the list of merges."]
    assert (shown.heading, "Валга" in shown.section("Names").text) == ("Valga", True)
    assert population_of(valga) == 12182
    answer = client.get(address("web:party", "walk"))
    assert (answer.status_code, answer.headers["Location"]) == (301, address("web:party", "valga"))
    assert valga in {s.party for s in Partnership.objects.get().signatories.all()}
    (row,) = admin.open(address("merges")).main.rows
    assert row[:3] == ["Walk", "Valga", "Entered twice."]
    assert row[3].startswith("Ilze Ozola")
    undoing = admin.open(address("merges")).main.one("tbody").one("a").attributes["href"]
    assert admin.open(undoing).heading == "Undo the merge of Walk into Valga"
    shown = admin.send(undoing)
    assert said(shown) == ["Undone. Both records stand again."]
    assert shown.main.rows[0][4] == "undone"
    assert client.get(address("web:party", "walk")).status_code == 200
    assert population_of(valga) is None
    admin.open(undoing, 404)


def test_what_is_two_is_not_merged(admin: Desk, valka: Party, walk: Party) -> None:
    league = make_network_party(name="League")
    index_all()
    where = of_record("merge", walk)
    for kept, wrong in (
        (walk, "A record is not merged with itself."),
        (valka, "They are two sides of one partnership, “valka-walk”."),
        (league, "Only parties of one kind are merged; "),
    ):
        refused = admin.refused(where, kept=f"party:{kept.pk}", why="Entered twice.")
        assert wrongs(refused)[0].startswith(wrong)
        assert filled(refused)["why"] == ["Entered twice."]
    assert wrongs(admin.refused(where)) == [
        "The party that is kept: Find it first: type its name and press “Find”.",
        "Reason: Give the reason.",
    ]
    assert not Merge.objects.exists()


def test_a_partnership_is_merged_by_its_address(
    admin: Desk, valga: Party, valka: Party, client: Client
) -> None:
    kept = make_partnership(parties=[valga, valka], address="valga-valka")
    gone = make_partnership(parties=[valga, valka], address="valga-valka-2", kind="friendship")
    where = of_record("merge", gone)
    refused = admin.refused(where, kept="nowhere", why="One and the same.")
    assert wrongs(refused) == [
        "Address of the partnership that is kept: There is no partnership at this address."
    ]
    shown = admin.send(where, refused, kept="https://twinhall.example/en/partnerships/valga-valka/")
    assert shown.heading == "Valga and Valka"
    public = client.get(address("web:partnership", gone.slug))
    assert public.headers["Location"] == address("web:partnership", kept.slug)


def test_what_was_merged_is_not_restored_nor_merged_again(admin: Desk, valga: Party, walk: Party) -> None:
    admin.send(of_record("merge", walk), kept=f"party:{valga.pk}", why="Entered twice.")
    admin.open(of_record("merge", walk), 404)
    refused = admin.refused(of_record("restore", walk))
    assert wrongs(refused) == ["It was merged into another record. Undo the merge instead."]


def test_a_record_with_ties_is_not_withdrawn(admin: Desk, walk: Party) -> None:
    (wrong,) = wrongs(admin.refused(of_record("withdraw", walk), why="Not a town."))
    assert wrong.startswith("It still has ties: ")


def test_only_who_runs_the_register_merges(valga: Party, walk: Party) -> None:
    officer = Desk(make_officer(valga, walk))
    assert "Merge into another" not in officer.open(address("party", walk.slug)).main.text
    for where in (of_record("merge", walk), address("merges")):
        officer.open(where, 403)
    merge = make_merge(kept_id=valga.pk, gone_id=walk.pk)
    officer.open(address("merge-undo", merge.pk), 403)


def test_nothing_merged_says_so(admin: Desk) -> None:
    assert (
        admin.open(address("merges")).main.one("p", class_="empty-title").text == "Nothing has been merged."
    )


@pytest.mark.parametrize("kind", ["partnerships.act", "parties.name", "nothing"])
def test_other_records_are_not_merged(admin: Desk, walk: Party, kind: str) -> None:
    admin.open(address("merge", kind, walk.pk), 404)
