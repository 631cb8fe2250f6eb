import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from tests.factories.projects import make_activity, make_output, make_participation, make_project
from twinhall.accounts.models import LogEntry
from twinhall.parties.models import Party
from twinhall.projects.actions import add_activity, add_output, add_partner, add_project
from twinhall.projects.models import Activity, Output, OutputKind, Participation, ParticipationRole, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga")


def log() -> list[tuple[str, str, str, str]]:
    lines = LogEntry.objects.order_by("pk")
    return [(line.deed, line.label, line.record_type, line.record_id) for line in lines]


# Projects --------------------------------------------------------------------------------------------------


def test_a_project_is_added_with_its_lead_partner_and_without_facts(valga: Party) -> None:
    project = add_project(title="Green border", lead=valga, by=make_user())
    assert (project.slug, project.title, project.withdrawn_at) == ("green-border", {}, None)
    lead = project.participations.get()
    assert (lead.number, lead.party, lead.role, lead.country) == (1, valga, "lead", "")
    assert log() == [("project added", "green-border", "projects.project", str(project.pk))]


def test_the_address_of_a_project_is_free_and_never_empty(valga: Party) -> None:
    titles = ["Green border", "Green Border!", "Зелена граница", "—", "—", "x" * 300]
    slugs = [add_project(title=title, lead=valga, by=make_user()).slug for title in titles]
    assert slugs == ["green-border", "green-border-2", "zelena-granitsa", "project", "project-2", "x" * 120]


# Partners --------------------------------------------------------------------------------------------------


def test_partners_stand_in_the_order_in_which_they_came(valga: Party) -> None:
    project = make_project(slug="green-border")
    make_participation(project=project, party=valga, role=ParticipationRole.LEAD)
    make_participation(project=project, country="FI", number=7)
    valka = make_party(name="Valka", country="LV")
    named = add_partner(project, party=valka, role=ParticipationRole.PARTNER, by=make_user())
    unnamed = add_partner(
        project, party=None, country="BG", role=ParticipationRole.ASSOCIATED, by=make_user()
    )
    assert [(p.number, p.party, p.country, p.role) for p in (named, unnamed)] == [
        (8, valka, "", "partner"),
        (9, None, "BG", "associated"),
    ]
    assert log() == [
        ("partner added", "green-border 8: Valka", "projects.project", str(project.pk)),
        ("partner added", "green-border 9: BG", "projects.project", str(project.pk)),
    ]


def test_a_partner_that_is_named_needs_no_country(valga: Party) -> None:
    part = add_partner(
        make_project(), party=valga, country="FI", role=ParticipationRole.PARTNER, by=make_user()
    )
    assert (part.number, part.country, part.of_country) == (1, "", "EE")


def test_a_party_takes_part_once(valga: Party) -> None:
    part = make_participation(party=valga)
    with pytest.raises(ValidationError) as refusal:
        add_partner(part.project, party=valga, role=ParticipationRole.ASSOCIATED, by=make_user())
    assert refusal.value.message_dict == {"party": ["This party takes part in the project already."]}
    assert list(Participation.objects.all()) == [part]


def test_several_partners_of_one_country_need_no_names() -> None:
    project = make_project()
    for _ in range(2):
        add_partner(project, party=None, country="FI", role=ParticipationRole.PARTNER, by=make_user())
    assert [part.number for part in project.participations.all()] == [1, 2]


@pytest.mark.parametrize(
    ("country", "role", "message"),
    [
        ("", "partner", "A partner is a party, or, where none is named, a country."),
        ("XX", "partner", "“XX” is not a country code of ISO 3166-1, such as LV or BG."),
        ("FI", "lead", "The project has a lead partner already."),
        ("FI", "friend", "Value 'friend' is not a valid choice."),
    ],
)
def test_a_partner_that_cannot_be_is_refused(valga: Party, country: str, role: str, message: str) -> None:
    lead = make_participation(party=valga, role=ParticipationRole.LEAD)
    with pytest.raises(ValidationError) as refusal:
        add_partner(lead.project, party=None, country=country, role=role, by=make_user())
    assert message in refusal.value.messages
    assert (list(Participation.objects.all()), LogEntry.objects.count()) == ([lead], 0)


# Activities and outputs ------------------------------------------------------------------------------------


def test_an_activity_stands_after_the_others() -> None:
    kept = make_activity(number=3)
    activity = add_activity(kept.project, by=make_user())
    assert (activity.number, activity.text) == (4, {})
    assert add_activity(make_project(), by=make_user()).number == 1
    assert Activity.objects.count() == 3
    assert log()[0] == (
        "activity added",
        f"{kept.project}: activity 4",
        "projects.project",
        str(kept.project_id),
    )


@pytest.mark.parametrize("kind", OutputKind)
def test_an_output_stands_after_the_others(kind: OutputKind) -> None:
    kept = make_output(number=3)
    output = add_output(kept.project, kind=kind, by=make_user())
    assert (output.number, output.kind, output.title, output.url) == (4, kind, {}, "")
    assert log() == [("output added", f"{kept.project}: {kind} 4", "projects.project", str(kept.project_id))]


def test_an_output_of_a_kind_that_nobody_knows_is_refused() -> None:
    project = make_project()
    with pytest.raises(ValidationError) as refusal:
        add_output(project, kind="rumour", by=make_user())
    assert list(refusal.value.message_dict) == ["kind"]
    assert (Output.objects.count(), Project.objects.count(), LogEntry.objects.count()) == (0, 1, 0)
