"""Rows of tables that wait: an administrator says at the desk who is meant, or leaves the row out."""

import pytest

from tests.desk.conftest import Desk, address, filled, pills, said, wrongs
from tests.exchange.tables.conftest import TIE, Load, load, operator
from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_source
from tests.factories.exchange import make_row_finding
from tests.factories.parties import make_identifier, make_network_party, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.projects import make_project
from tests.web.reading import page
from tests.web.test_pages import wrong_markup
from twinhall.exchange.models import Reference, RowDecision, RowFinding
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

__all__ = ["load", "operator"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

DOUBTFUL = {**TIE, "a_lat": "57.78", "a_lon": "26.3", "a_qid": ""}
"""Its Valga has a place of its own, 16 km off the register's."""
LIST = address("rows")


@pytest.fixture
def admin(db: None) -> Desk:  # noqa: ARG001
    return Desk(make_administrator(name="Ilze Ozola"))


@pytest.fixture
def valga(db: None) -> Party:  # noqa: ARG001
    return make_party(name="Valga", country="EE", latitude=57.7769, longitude=26.0311, population=12182)


@pytest.fixture
def waits(load: Load, valga: Party) -> RowFinding:  # noqa: ARG001
    load([DOUBTFUL])
    return RowFinding.objects.get()


def where(row: RowFinding, **query: str) -> str:
    return address("row", row.pk, **query)


def test_the_list_tells_what_waits_and_why(admin: Desk, waits: RowFinding) -> None:
    make_row_finding(candidates={"0": [1, 2]}, name="Halle", table="Other", why="only the name tells")
    listed = admin.open(LIST)
    assert listed.main.rows == [
        ["Halle", "Other", "2", "only the name tells", "2"],
        ["Valga – Valka", "Pairs", "2", waits.why, "1"],
    ]
    assert wrong_markup(listed) == []
    assert [row[0] for row in admin.open(address("rows", table="Other")).main.rows] == ["Halle"]
    assert [row[0] for row in admin.open(address("rows", why=waits.why)).main.rows] == ["Valga – Valka"]
    nothing = admin.open(address("rows", table="Other", why=waits.why))
    assert nothing.main.one("p", class_="empty-title").text == "Nothing here fits."
    admin.open(address("rows", table="Nowhere"), 400)
    (waiting,) = admin.open(address("dashboard")).all("section", aria_labelledby="w-rows")
    assert waiting.text.split() == ["Rows", "of", "tables", "that", "wait", "2"]


def test_where_no_row_waits_the_list_says_so(admin: Desk) -> None:
    assert admin.open(LIST).main.one("p", class_="empty-title").text == "No row waits."
    assert admin.open(address("dashboard")).all("section", aria_labelledby="w-rows") == []


def test_a_row_shows_what_it_tells_and_who_may_be_meant(admin: Desk, waits: RowFinding, valga: Party) -> None:
    make_identifier(party=valga, scheme="wikidata", value="Q216877")
    make_partnership(parties=[valga, make_party(name="Hallsberg")])
    shown = admin.open(where(waits))
    assert shown.heading == "Valga – Valka"
    assert shown.main.facts["Source"].startswith("A list of twin towns September 2016 · read on ")
    told = {"Country": "Estonia", "Position": "57.78°, 26.3°"}
    assert told.items() <= shown.section("Valga").facts.items()
    assert shown.section("Valka").facts["Identifiers"] == "wikidata Q736591"
    one, new = (label.text for label in shown.main.one("fieldset").all("label"))
    assert one == (
        "Valga · municipality · Estonia · 12,182 inhabitants · 1 tie · 15.9 km away · wikidata Q216877"
    )
    assert new == "None of these: a new party"
    (link,) = [a for a in shown.main.all("a") if a.attributes.get("target") == "_blank"]
    assert link.attributes["href"] == address("web:party", valga.slug)
    assert "Not in the register: it will be added." in shown.main.text
    assert wrong_markup(shown) == []


def test_who_is_meant_is_said_and_the_next_row_follows(admin: Desk, waits: RowFinding, valga: Party) -> None:
    following = make_row_finding(candidates={"0": [valga.pk]}, country="EE")
    shown = admin.send(where(waits, why=waits.why), deed="take", who_0=str(valga.pk))
    assert said(shown) == ["Taken in. 0 more wait."]
    assert [row[0] for row in shown.main.rows] == ["Valga"]  # no other waits for this reason: the list again
    assert valga in {signatory.party for signatory in Partnership.objects.get().signatories.all()}
    shown = admin.open(where(waits))
    assert pills(shown) == ["matched"]
    assert "Taken in by Ilze Ozola on" in shown.section("Decision").text
    assert shown.main.all("form") == []
    another = make_row_finding(candidates={"0": [valga.pk]}, row=3)
    shown = admin.send(where(following), deed="take", who_0="new")
    assert said(shown) == ["Taken in. 1 more waits."]
    assert shown.main.all("form", method="post") != []
    assert another.label == shown.heading


def test_without_a_choice_nothing_is_taken(admin: Desk, waits: RowFinding) -> None:
    refused = admin.refused(where(waits), deed="take")
    assert wrongs(refused) == ["Valga: Choose who is meant."]
    refused = admin.refused(where(waits), deed="take", who_0="999999")
    assert wrongs(refused) == ["Valga: Choose one of those that are offered."]
    assert not Partnership.objects.exists()


def test_leaving_a_row_out_is_asked_first(admin: Desk, waits: RowFinding, valga: Party) -> None:
    asked = admin.open(where(waits))
    answer = admin.post(where(waits), asked, deed="leave", who_0=str(valga.pk))
    assert answer.status_code == 200
    waits.refresh_from_db()
    assert waits.decision == RowDecision.OPEN
    asking = page(answer)
    assert "Leave this row out for good?" in asking.headings
    assert filled(asking)["who_0"] == [str(valga.pk)]
    shown = admin.send(where(waits), asking, deed="leave indeed")
    assert said(shown) == ["Left out. 0 more wait."]
    assert "Left out by Ilze Ozola on" in admin.open(where(waits)).section("Decision").text


def test_what_another_decided_meanwhile_is_said(admin: Desk, waits: RowFinding, valga: Party) -> None:
    opened = admin.open(where(waits))
    Desk(make_administrator(name="Anna Aboltina")).send(where(waits), deed="leave indeed")
    refused = admin.refused(where(waits), opened, deed="take", who_0=str(valga.pk))
    assert wrongs(refused) == ["This row has been decided already."]
    assert "Left out by Anna Aboltina on" in refused.section("Decision").text
    assert not Partnership.objects.exists()


def test_a_namesake_that_came_since_is_offered_too(admin: Desk, waits: RowFinding, valga: Party) -> None:
    since = make_party(name="Valga", country="EE", address="valga-2")
    values = [i.attributes["value"] for i in admin.open(where(waits)).main.all("input", type="radio")]
    assert values == [str(valga.pk), str(since.pk), "new"]


def test_whom_a_merged_candidate_lives_on_in_is_offered(admin: Desk, waits: RowFinding, valga: Party) -> None:
    kept = make_party(name="Valga linn", country="EE")
    valga.merged_into, valga.withdrawn_at, valga.withdrawn_why = kept, waits.at, "Entered twice."
    valga.save()
    admin.send(where(waits), deed="take", who_0=str(kept.pk))
    assert kept in {signatory.party for signatory in Partnership.objects.get().signatories.all()}


def test_of_several_projects_one_is_chosen(admin: Desk) -> None:
    one, other = (make_project(title=title, starts="2012") for title in ("Bridges", "Bridges II"))
    for key, project in (("p1", one), ("p2", other)):
        Reference.objects.create(key=key, subject_type="projects.project", subject_id=project.pk)
    network, source = make_network_party(name="League"), make_source()
    row = make_row_finding(candidates={"project": [one.pk, other.pk]}, source=source)
    party = {"name": "League", "kind": "association"}
    row.kind, row.told = "Participation", {"projects": ["p1", "p2"], "party": party, "sources": [source.key]}
    row.save()
    shown = admin.open(where(row))
    which, who = shown.main.all("fieldset")
    assert [label.text for label in which.all("label")] == ["Bridges · 2012", "Bridges II · 2012"]
    assert [radio.attributes["value"] for radio in who.all("input")] == [str(network.pk)]
    assert "The table tells too little of it to make a new party of it." in who.text
    admin.refused(where(row), shown, deed="take", who_0=str(network.pk), who_project="new")
    admin.send(where(row), shown, deed="take", who_0=str(network.pk), who_project=str(other.pk))
    assert [part.party for part in other.participations.all()] == [network]


def test_no_page_asks_more_for_more(admin: Desk, waits: RowFinding, valga: Party) -> None:
    few = [len(admin.asks(LIST)), len(admin.asks(where(waits)))]
    for number in range(4):
        twin = make_party(name="Valga", country="EE", address=f"valga-{number + 2}")
        make_identifier(party=twin, scheme="nuts", value=f"EE00{number}")
        make_partnership(parties=[valga, twin], address=f"a-{number}")
        make_row_finding(candidates={"0": [valga.pk, twin.pk]}, row=number + 9)
    assert len(admin.open(where(waits)).main.all("input", type="radio")) == 6
    assert [len(admin.asks(LIST)), len(admin.asks(where(waits)))] == few
    assert max(few) <= 24
