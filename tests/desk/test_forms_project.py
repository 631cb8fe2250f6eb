"""Projects at the desk: added by their lead partner, and filled in part by part."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, address, filled, of_record, said, words_on, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_accepted
from tests.factories.parties import make_officer, make_own_page, make_party
from tests.factories.projects import make_participation, make_programme, make_project
from tests.web.reading import page
from twinhall.evidence.models import Statement
from twinhall.finder.actions import index_all
from twinhall.parties.models import Party, Role
from twinhall.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def mari(valga: Party) -> Desk:
    """Valga's coordinator of projects."""
    return Desk(make_officer(valga, role=Role.COORDINATOR, name="Mari Mets"))


@pytest.fixture
def border(valga: Party) -> Project:
    project = make_project(slug="border", title="Green border")
    make_participation(project=project, party=valga, role="lead")
    return project


def test_a_project_is_added_with_its_lead_partner(mari: Desk, valga: Party) -> None:
    make_programme(slug="interreg", name="Interreg")
    typed = {"title": "Green border", "title_language": "en", "programme": "interreg", "starts": "05/2005"}
    shown = mari.send(address("project-add"), basis=f"own:{valga.pk}", **typed)
    assert said(shown) == ["Added. Now its partners, aim and money."]
    project = Project.objects.get()
    assert (project.slug, project.title) == ("green-border", {"en": "Green border"})
    assert (str(project.programme), str(project.starts)) == ("Interreg", "2005-05")
    (lead,) = project.participations.all()
    assert (lead.party, lead.role) == (valga, "lead")
    assert {s.field for s in Statement.objects.filter(in_force=True)} == {
        *("exists", "title", "programme", "starts")
    }
    assert "Green border" in mari.open(address("projects")).main.text


def test_who_runs_the_register_finds_the_lead_partner_by_its_name(valga: Party) -> None:
    index_all()
    admin, form = Desk(make_administrator()), address("project-add")
    shown = admin.open(form)
    assert not shown.main.all("select", name="lead")
    found = page(admin.post(form, shown, lead_q="Valg", find="lead"))
    typed = {"title": "Green border", "title_language": "en", "basis": "page", "url": "https://valga.ee/"}
    assert said(admin.send(form, found, **typed)) == ["Added. Now its partners, aim and money."]
    assert Project.objects.get().participations.get().party == valga


def test_what_is_missing_in_a_new_project_is_said(mari: Desk, valga: Party) -> None:
    refused = mari.refused(address("project-add"), title="Green border", starts="soon")
    assert wrongs(refused) == [
        "Language of the title: This field is required.",
        "Starts: “soon” is not a date. Write 1991, 2013-06 or 2006-12-13.",
    ]
    assert filled(refused)["lead"] == [str(valga.pk)]
    assert not Project.objects.exists()


def test_partners_activities_and_outputs_are_added(mari: Desk, border: Project, valka: Party) -> None:
    index_all()
    partner, activity, output = (
        address(f"{part}-add", border.slug) for part in ("partner", "activity", "output")
    )
    mari.send(partner, partner=f"party:{valka.pk}")
    shown = mari.send(partner, country="FI", role="associated")
    partners = [li.text for li in shown.section("Partners").one("ol").all("li")]
    known = ["Valga lead partner", "Valka partner", "Finland associated partner"]
    assert [told[: len(name)] for told, name in zip(partners, known, strict=True)] == known
    mari.send(activity, text="Cleaning the river", text_language="en")
    shown = mari.send(output, kind="report", title="The river", title_language="en", address="example.org/r")
    assert "Cleaning the river" in shown.section("Activities").text
    assert "The river report" in shown.section("Outputs").text
    border.refresh_from_db()
    assert (border.activities.get().text, border.outputs.get().url) == (
        {"en": "Cleaning the river"},
        "https://example.org/r",
    )


def test_a_part_that_cannot_be_is_refused(mari: Desk, border: Project, valga: Party) -> None:
    index_all()
    partner = address("partner-add", border.slug)
    assert wrongs(mari.refused(partner)) == ["Choose a partner, or the country of one that is not named."]
    assert wrongs(mari.refused(partner, partner=f"party:{valga.pk}")) == [
        "Partner: This party takes part in the project already."
    ]
    assert wrongs(mari.refused(partner, country="FI", role="lead")) == [
        "The project has a lead partner already."
    ]
    refused = mari.refused(address("output-add", border.slug), title="News", address="not an address")
    assert wrongs(refused) == [
        "Language: This field is required.",
        "Address in the web: Enter a valid URL.",
    ]
    assert border.participations.count() == 1


def test_a_corrected_budget_keeps_the_old_one_in_sight(
    mari: Desk, border: Project, valga: Party, client: Client
) -> None:
    own_page = make_own_page(valga, title="Our projects")
    make_accepted(
        subject=border,
        field="cost",
        stated="104000",
        source=own_page,
        as_printed="104 000 euro",
        by=mari.user,
    )
    mari.send(of_record("change", border), cost="140000.00", currency="EUR", quote="Digits were swapped.")
    border.refresh_from_db()
    assert (str(border.cost), border.currency) == ("140000.00", "EUR")
    facts = mari.open(of_record("fact", border, "cost"))
    assert words_on(facts) == [("140,000", ["in force"]), ("104,000", [])]
    public = page(client.get(address("web:project", border.slug)))
    assert "140,000" in public.main.text
    assert "104 000 euro" in public.main.text
    assert "Digits were swapped." in public.main.text


def test_the_partners_word_does_not_displace_the_lead_partners(
    mari: Desk, liga: Desk, border: Project, valka: Party
) -> None:
    make_participation(project=border, party=valka)
    mari.send(of_record("change", border), cost="140000")
    facts = liga.send(of_record("fact", border, "cost"), value="139000")
    assert words_on(facts) == [("140,000", ["in force"]), ("139,000", [])]
    liga.open(address("partner-add", border.slug), 403)


@pytest.mark.parametrize("part", ["partner", "activity", "output"])
def test_others_add_nothing(border: Project, valga: Party, part: str) -> None:
    where = address(f"{part}-add", border.slug)
    for person in (make_officer(valga, role=Role.EDITOR), make_officer(make_party(name="Elva"))):
        Desk(person).open(where, 403)
        assert "Add a" not in Desk(person).open(address("project", border.slug)).main.text
    Desk(make_officer(valga)).open(where)
    Desk(make_officer(valga)).open(address(f"{part}-add", "nowhere"), 404)
