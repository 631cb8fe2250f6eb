"""What the API tells of the shipped register."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import Ask
from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.house.test_templates import inline
from twinhall.evidence.actions import reject
from twinhall.evidence.models import Source, Statement
from twinhall.finder import queries
from twinhall.finder.queries import Hit, Spot
from twinhall.networks.models import Membership
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Project

pytestmark = pytest.mark.usefixtures("register")

SITE = "http://testserver"
API = f"{SITE}/api/v1"


def source(key: str = "valga-city-twins-association") -> Source:
    return Source.objects.get(key=key)


# The way in --------------------------------------------------------------------------------------------


def test_the_way_in_leads_to_every_collection(ask: Ask) -> None:
    found = ask("")
    assert found["parties"] == f"{API}/parties/"
    lists = [where for name, where in found.items() if name not in {"search", "openapi", "docs"}]
    assert [list(ask(where)) for where in lists] == [["count", "next", "results"]] * 7
    assert ask(found["openapi"])["openapi"] == "3.1.0"


def test_the_description_for_people_names_every_operation_without_scripts(client: Client, ask: Ask) -> None:
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()
    operations = [methods["get"] for methods in ask("openapi.json")["paths"].values()]
    assert answer.status_code == 200
    assert [o["operationId"] for o in operations if f'id="{o["operationId"]}"' not in page] == []
    assert inline(page) == []
    assert 'id="bad-cursor"' in page


# Parties -----------------------------------------------------------------------------------------------


def test_a_party_is_told_with_its_names_identifiers_and_sources(ask: Ask) -> None:
    valmiera = ask("parties/valmiera/")
    assert {name: valmiera[name] for name in ("slug", "name", "language", "country", "kind", "network")} == {
        "slug": "valmiera",
        "name": "Valmiera",
        "language": "lv",
        "country": "LV",
        "kind": "municipality",
        "network": None,
    }
    assert (valmiera["url"], valmiera["page"]) == (f"{API}/parties/valmiera/", f"{SITE}/en/parties/valmiera/")
    assert valmiera["identifiers"] == {"geonames": ["453754"], "wikidata": ["Q108037"]}
    assert ("Wolmar", "de", "former") in [(n["text"], n["language"], n["kind"]) for n in valmiera["names"]]
    population = next(s for s in valmiera["statements"] if s["field"] == "population")
    assert (population["value"], population["in_force"], population["verdict"]) == (
        str(valmiera["population"]),
        True,
        "accepted",
    )
    cited = {cited["id"]: cited for cited in valmiera["sources"]}
    assert cited[population["source"]["id"]]["licence"] == "CC BY 4.0"


def test_its_ties_are_lists_of_their_own(ask: Ask) -> None:
    valmiera = ask("parties/valmiera/")
    for name in ("partnerships", "memberships", "projects"):
        assert valmiera[name] == f"{API}/{name}/?party=valmiera"
        assert ask(valmiera[name])["count"] == len(ask(valmiera[name])["results"])
    assert ask(valmiera["partnerships"])["count"] > 5


def test_parties_are_filtered_and_ordered(ask: Ask) -> None:
    latvian = ask("parties/", country="LV", order="-population")
    assert {party["country"] for party in latvian["results"]} == {"LV"}
    sizes = [party["population"] or 0 for party in latvian["results"]]
    assert sizes == sorted(sizes, reverse=True)
    assert "valga" in [party["slug"] for party in ask("parties/", q="Валга")["results"]]
    members = ask("parties/", network="city-twins-association", country="LV")["results"]
    assert [party["slug"] for party in members] == ["valka"]
    assert ask("parties/", kind="association")["results"][0]["kind"] == "association"


def test_a_party_is_listed_with_its_ties_on_the_day(ask: Ask) -> None:
    def ties(**query: str) -> int:
        found = ask("parties/", q="Valmiera", order="-ties", **query)["results"]
        return int(next(party["ties"] for party in found if party["slug"] == "valmiera"))

    in_force = ask("partnerships/", party="valmiera", status="in force")
    assert (ties(), ties(as_of="1980-01-01")) == (in_force["count"], 0)


# Partnerships ------------------------------------------------------------------------------------------


def test_a_partnership_is_told_with_its_acts_sides_and_statements(ask: Ask) -> None:
    tie = ask("partnerships/solna-valmiera/", as_of="2026-12-01")
    assert [party["slug"] for party in tie["parties"]] == ["solna", "valmiera"]
    assert (tie["status"], tie["since"], tie["since_kind"], tie["as_of"]) == (
        "in force",
        "1991",
        "begun",
        "2026-12-01",
    )
    assert tie["sides"] == {
        "said": "said by one",
        "saying": ["valmiera"],
        "confirming": [],
        "unread": ["solna"],
    }
    begun = tie["acts"][0]
    date = next(s for s in begun["statements"] if s["field"] == "date")
    assert (begun["kind"], begun["date"], date["as_printed"], date["stated"]) == (
        "begun",
        "1991",
        "1991.gadā",
        "1991",
    )
    assert (date["source"]["publisher"], set(tie["history"])) == ("valmiera", {"en", "et", "lv", "bg"})


def test_its_status_is_that_of_the_day(ask: Ask) -> None:
    statuses = [
        ask("partnerships/solna-valmiera/", as_of=day)["status"] for day in ("1990-12-31", "1991-12-31")
    ]
    assert statuses == ["unknown", "in force"]


def test_partnerships_are_filtered(ask: Ask) -> None:
    def slugs(**query: str | int) -> list[str]:
        return [tie["slug"] for tie in ask("partnerships/", **query)["results"]]

    assert slugs(country="LV", partner_country="SE") == ["solna-valmiera"]
    assert "solna-valmiera" in slugs(party="valmiera", field="culture", decade="1990")
    assert slugs(party="solna", kind="friendship") == []
    assert slugs(as_of="1980-01-01", status="in force") == []
    assert set(slugs(network="city-twins-association", kind="city twins")) >= {"valga-valka"}
    assert slugs(party="solna", sources="2") == []


def test_a_listed_partnership_has_its_acts(ask: Ask) -> None:
    tie = ask("partnerships/", party="solna")["results"][0]
    assert (tie["acts"][0]["kind"], tie["acts"][0]["date"]) == ("begun", "1991")


# Networks, projects, sources ---------------------------------------------------------------------------


def test_a_network_is_told_and_its_members_on_a_day(ask: Ask) -> None:
    association = ask("networks/city-twins-association/")
    assert association["party"]["url"] == f"{API}/parties/city-twins-association/"
    assert ask(association["party"]["url"])["network"]["slug"] == "city-twins-association"
    assert association["founded"] == "2006-12-13"
    assert {s["field"] for s in association["statements"]} >= {"founded", "exists"}
    members = ask(association["memberships"], status="member")
    every = ask("memberships/", network="city-twins-association", status="member")
    assert members["results"] == every["results"] != []
    assert ask(association["memberships"], as_of="2000-01-01", status="member")["count"] == 0


def test_a_membership_is_told_with_its_reason(ask: Ask) -> None:
    listed = ask("memberships/", network="city-twins-association", status="cooperating")["results"]
    slubice = ask(next(m["url"] for m in listed if m["party"]["slug"] == "slubice"))
    assert any(act["reason"] for act in slubice["acts"])
    assert {s["stated"] for s in slubice["statements"] if s["field"] == "category"} == {
        "cooperating",
        "member",
    }
    assert slubice["pair"]["url"].startswith(f"{API}/partnerships/")


def test_a_project_is_told_with_its_partners_and_by_which_rule_they_are_counted(ask: Ask) -> None:
    project = ask("projects/cities-of-change/")
    with_lead, without = project["counts"]
    assert (with_lead["lead"], without["lead"]) == (True, False)
    assert with_lead["partners"] == without["partners"] + 1 == len(project["participations"])
    assert {part["role"] for part in project["participations"]} >= {"lead", "partner"}
    lead = next(part["party"]["slug"] for part in project["participations"] if part["role"] == "lead")
    assert [p["slug"] for p in ask("projects/", party=lead)["results"]] == ["cities-of-change"]
    assert ask("projects/", as_of="1990-01-01")["count"] == 0


def test_a_source_is_told_with_what_it_states(ask: Ask) -> None:
    told = ask(f"sources/{source().pk}/")
    assert (told["kind"], told["language"], told["publisher"]["slug"]) == ("page", "et", "valga")
    stated = ask(told["statements"], limit=200)
    assert stated["count"] == told["statement_count"] > 10
    urls = {statement["subject"]["url"] for statement in stated["results"]}
    assert all(ask(url) for url in sorted(urls - {None})[:3])


def test_what_was_rejected_is_not_told_and_who_judged_neither(client: Client, db: None) -> None:  # noqa: ARG001
    party = Party.objects.get(slug="valmiera")
    judge = make_user(name="Kadri Kask", email="kadri@valga.example")
    page = make_source(title="A third page")
    make_accepted(subject=party, field="website", stated="https://valmiera.example", source=page, by=judge)
    wrong = make_statement(subject=party, field="population", stated="1", source=page)
    reject([wrong], by=judge, why="No.", rank=lambda statements: {s.pk: 0 for s in statements})
    answers = [
        client.get(f"/api/v1/{where}") for where in ("parties/valmiera/", f"sources/{page.pk}/statements/")
    ]
    for answer in answers:
        assert b"https://valmiera.example" in answer.content
        assert [word in answer.content.decode() for word in ("Kadri", "kadri@", '"1"')] == [False] * 3
    assert Statement.objects.filter(source=page).count() == 2


def test_disagreements_are_told_with_both_words(ask: Ask) -> None:
    found = ask("disagreements/")
    category = [d for d in found["results"] if d["field"] == "category"]
    assert found["count"] == len(found["results"])
    assert {s["stated"] for s in category[0]["statements"]} == {"cooperating", "member"}
    assert {s["id"] for s in category[0]["sources"]} == {s["source"]["id"] for s in category[0]["statements"]}
    assert ask(category[0]["subject"]["url"])["id"]


def test_the_search_finds_in_any_script(ask: Ask) -> None:
    def found(words: str) -> list[tuple[str, str]]:
        return [(hit["type"], hit["slug"]) for hit in ask("search/", q=words)["results"]]

    assert ("party", "valmiera") in found("Валмиера")
    assert found("City Twins Association")[0] == ("network", "city-twins-association")
    assert found("Cities of change")[0] == ("project", "cities-of-change")
    assert (ask("search/")["results"], len(ask("search/", q="v", limit=2)["results"])) == ([], 2)


def test_the_search_reads_no_more_records_than_it_gives(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    read, hits = [], queries.hits

    def counted(spots: Sequence[Spot]) -> list[Hit]:
        read.append(len(spots))
        return hits(spots)

    monkeypatch.setattr(queries, "hits", counted)
    assert len(ask("search/", q="v", limit=2)["results"]) == 2
    assert read == [2]


# Withdrawn and merged ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "where"),
    [
        (Party, "parties/valmiera/"),
        (Party, "networks/city-twins-association/"),
        (Party, "networks/city-twins-association/memberships/"),
        (Partnership, "partnerships/solna-valmiera/"),
        (Project, "projects/cities-of-change/"),
    ],
)
def test_what_was_withdrawn_is_gone_and_says_why(
    ask: Ask, model: type[Party | Partnership | Project], where: str
) -> None:
    day = timezone.now().replace(2024, 3, 1, 12)
    slug = where.split("/")[1]
    model.objects.filter(slug=slug).update(withdrawn_at=day, withdrawn_why="Entered twice.")
    assert ask(where, answers=410)["detail"] == "Withdrawn on 2024-03-01: Entered twice."


def test_a_withdrawn_membership_is_gone(ask: Ask) -> None:
    membership = Membership.objects.earliest("pk")
    Membership.objects.filter(pk=membership.pk).update(
        withdrawn_at=timezone.now(), withdrawn_why="Entered twice."
    )
    assert ask(f"memberships/{membership.pk}/", answers=410)["title"] == "The record was withdrawn"


def test_what_was_merged_leads_to_what_was_kept(client: Client, db: None) -> None:  # noqa: ARG001
    kept = Partnership.objects.get(slug="solna-valmiera")
    Partnership.objects.filter(slug="valga-valka").update(
        merged_into=kept, withdrawn_at=timezone.now(), withdrawn_why="The same."
    )
    answer = client.get("/api/v1/partnerships/valga-valka/?as_of=2001-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"{API}/partnerships/solna-valmiera/?as_of=2001-01-01",
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
