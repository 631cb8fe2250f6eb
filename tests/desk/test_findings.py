"""The desk's pages of what readers report."""

from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted
from tests.factories.findings import make_finding
from tests.factories.parties import make_party
from tests.web.reading import Page, page
from tests.web.test_pages import wrong_markup
from tests.working import work_off
from twinhall.accounts.models import User
from twinhall.exchange.findings import decide
from twinhall.exchange.models import Finding
from twinhall.exchange.models.findings import FindingDecision
from twinhall.parties.actions import affiliate
from twinhall.parties.models import Party, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def town() -> Party:
    return make_party(name="Valga")


@pytest.fixture
def officer(town: Party, client: Client) -> User:
    """An officer of the town, signed in."""
    user = make_user()
    affiliate(user, town, role=Role.OFFICER, by=user)
    client.force_login(user)
    return user


def address(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def shown(client: Client, finding: Finding | None = None) -> Page:
    where = address("desk:finding", finding.pk) if finding else address("desk:findings")
    return page(client.get(where))


@pytest.mark.usefixtures("officer")
def test_the_list_shows_what_lies_on_the_persons_desks(client: Client, town: Party) -> None:
    make_finding(about=town, told="Too many.", page_language="et", decision=FindingDecision.DISMISSED)
    make_finding(about=town, told="Too few.")
    make_finding(about=make_party(name="Elva"))
    listed = shown(client)
    assert [(row[0], row[1], row[2], row[4]) for row in listed.main.rows] == [
        ("Valga Population", "Too few.", "Valga", "open"),
        ("Valga Population", "Too many.", "Valga", "dismissed"),
    ]
    assert listed.main.one("span", lang="et").text == "Too many."
    assert wrong_markup(listed) == []


@pytest.mark.usefixtures("officer")
def test_an_empty_list_says_what_would_stand_there(client: Client) -> None:
    assert shown(client).main.one("p", class_="empty-title").text == "No error has been reported."


@pytest.mark.parametrize("many", [2, 9])
@pytest.mark.usefixtures("officer")
def test_the_list_asks_no_more_for_more(
    client: Client, town: Party, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        make_finding(about=make_party(name=f"Town {number}"), told=f"No. {number}", desks=[town])
    shown(client)
    # session, person, roles (twice); how many, which, their desks; records, their names, those of the desks
    with django_assert_max_num_queries(10):
        assert len(shown(client).main.rows) == many


@pytest.mark.usefixtures("officer")
def test_a_report_is_shown_with_its_fact(client: Client, town: Party) -> None:
    make_accepted(subject=town, field="population", stated=12000)
    finding = make_finding(
        about=town,
        told="Too many.\n\nSee the census.",
        should_read="11 000",
        evidence_url="https://stat.example/valga",
        email="reader@example.org",
    )
    report = shown(client, finding)
    assert report.heading == "Valga open"
    assert [p.text for p in report.section("What the reader says").all("p")] == [
        "Too many.",
        "See the census.",
    ]
    assert report.main.facts == {
        "Matter": "Population",
        "The register says": "12,000",
        "Should read": "11 000",
        "Seen at": "https://stat.example/valga",
        "Wants an answer at": "reader@example.org",
    }
    fact = address("desk:fact", "parties.party", town.pk, "population")
    assert report.main.one("a", href=fact).text == "Population"
    assert wrong_markup(report) == []


def test_a_report_is_decided_on_and_answered(client: Client, town: Party, officer: User) -> None:
    finding = make_finding(about=town, email="reader@example.org")
    answer = client.post(address("desk:finding", finding.pk), {"decision": "taken up", "answer": "Mended."})
    work_off()
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        address("desk:fact", "parties.party", town.pk, "population"),
    )
    finding.refresh_from_db()
    assert (finding.decision, finding.decided_by, finding.email) == ("taken up", officer, "")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["reader@example.org"], "Your report: Valga, population")
    decided = shown(client, finding)
    assert decided.section("Decision").all("p")[1].text == "Mended."
    assert decided.main.all("form") == []


@pytest.mark.usefixtures("officer")
def test_a_dismissal_leads_back_to_the_list(client: Client, town: Party) -> None:
    finding = make_finding(about=town)
    answer = client.post(address("desk:finding", finding.pk), {"decision": "dismissed"})
    assert (answer.status_code, answer.headers["Location"]) == (302, address("desk:findings"))
    assert mail.outbox == []


@pytest.mark.usefixtures("officer")
def test_a_form_without_a_decision_loses_nothing(client: Client, town: Party) -> None:
    finding = make_finding(about=town)
    answer = client.post(address("desk:finding", finding.pk), {"answer": "We will look."})
    assert page(answer, 422).main.one("textarea").text == "We will look."


@pytest.mark.usefixtures("officer")
def test_what_has_been_decided_stays_so(client: Client, town: Party) -> None:
    finding = make_finding(about=town)
    decide(finding, decision=FindingDecision.DISMISSED, answer="No.", by=make_user(name="Aivar"), about="x")
    answer = client.post(address("desk:finding", finding.pk), {"decision": "taken up"})
    refused = page(answer, 422)
    assert "This finding has been decided already." in refused.main.text
    assert "Dismissed by Aivar on" in refused.section("Decision").text


@pytest.mark.usefixtures("officer")
def test_a_report_on_others_is_not_open(client: Client) -> None:
    finding = make_finding(about=make_party(name="Elva"))
    assert client.get(address("desk:finding", finding.pk)).status_code == 403
    assert client.get(address("desk:finding", 10**9)).status_code == 404


@pytest.mark.usefixtures("officer")
def test_a_report_on_a_record_that_is_no_longer_kept_is_still_shown(client: Client, town: Party) -> None:
    finding = make_finding(about=town)
    Finding.objects.update(subject_id=10**9)
    assert shown(client).main.rows[0][0] == "a record that is no longer kept Population"
    assert shown(client, finding).heading == "a record that is no longer kept open"


def test_nobody_comes_in_without_signing_in(client: Client, town: Party) -> None:
    finding = make_finding(about=town)
    for where in (address("desk:findings"), address("desk:finding", finding.pk)):
        assert client.get(where).headers["Location"].startswith("/en/account/login/")
