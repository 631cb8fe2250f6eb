from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import ProtectedError

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.networks import make_network
from tests.factories.parties import make_party
from tests.factories.projects import (
    make_activity,
    make_output,
    make_participation,
    make_programme,
    make_project,
    make_project_size,
)
from twinhall.projects.models import (
    Activity,
    Output,
    Participation,
    ParticipationRole,
    Project,
    ProjectSize,
)

pytestmark = pytest.mark.django_db


def a_project(
    *, cost: str = "", cofinancing_rate: str = "", currency: str = "", withdrawn_why: str = ""
) -> Project:
    return Project(
        slug="green-border",
        cost=Decimal(cost) if cost else None,
        cofinancing_rate=Decimal(cofinancing_rate) if cofinancing_rate else None,
        currency=currency,
        withdrawn_why=withdrawn_why,
    )


def _the_same_size() -> ProjectSize:
    kept = make_project_size(partners=14, as_of="2013")
    return ProjectSize(project=kept.project, partners=14, as_of=kept.as_of)


def _the_same_number() -> Participation:
    kept = make_participation()
    return Participation(project=kept.project, number=1, country="LV", role=ParticipationRole.PARTNER)


def _the_same_partner() -> Participation:
    kept = make_participation()
    return Participation(project=kept.project, number=2, party=kept.party, role=ParticipationRole.ASSOCIATED)


def _another_lead() -> Participation:
    kept = make_participation(role=ParticipationRole.LEAD)
    return Participation(
        project=kept.project, number=2, party=make_party(name="Valka"), role=ParticipationRole.LEAD
    )


def _a_partner(*, named: bool, country: str, role: str = ParticipationRole.PARTNER) -> Participation:
    party = make_party() if named else None
    return Participation(project=make_project(), number=1, party=party, country=country, role=role)


BREACHES = {
    "projects_project_cost": Breach(lambda: a_project(cost="-1"), "A cost is not negative."),
    "projects_project_rate": Breach(
        lambda: a_project(cofinancing_rate="100.01"), "A share lies between 0 and 100 per cent."
    ),
    "projects_project_withdrawn": Breach(
        lambda: a_project(withdrawn_why="Entered twice."), "A withdrawal needs its reason."
    ),
    "projects_size_once": Breach(_the_same_size, "This size of the project is kept already."),
    "projects_size_of_something": Breach(
        lambda: ProjectSize(project=make_project()), "A size counts partners, or countries, or both."
    ),
    "projects_participation_number_once": Breach(
        _the_same_number, "The project has a partner with this number already."
    ),
    "projects_participation_party_once": Breach(
        _the_same_partner, "This party takes part in the project already."
    ),
    "projects_participation_one_lead": Breach(_another_lead, "The project has a lead partner already."),
    "projects_participation_party_or_country": Breach(
        lambda: _a_partner(named=False, country=""),
        "A partner is a party, or, where none is named, a country.",
    ),
    "projects_participation_role": Breach(
        lambda: _a_partner(named=True, country="", role="friend"), "This is not a role in a project."
    ),
    "projects_activity_once": Breach(
        lambda: Activity(project=make_activity().project, number=1),
        "The project has an activity with this number already.",
    ),
    "projects_output_once": Breach(
        lambda: Output(project=make_output().project, number=1, kind="news"),
        "The project has an output with this number already.",
    ),
    "projects_output_kind": Breach(
        lambda: Output(project=make_project(), number=1, kind="rumour"), "This is not a kind of output."
    ),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("projects"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


@pytest.mark.parametrize("rate", ["-0.01", "100.01"])
def test_a_share_beyond_the_whole_is_refused(rate: str) -> None:
    message = BREACHES["projects_project_rate"].message
    assert_refused(Breach(lambda: a_project(cofinancing_rate=rate), message))


@pytest.mark.parametrize("rate", ["0", "100"])
def test_a_share_of_nothing_or_of_all_is_kept(rate: str) -> None:
    project = a_project(cost="0", cofinancing_rate=rate)
    project.full_clean()
    project.save()
    assert Project.objects.get().cofinancing_rate == Decimal(rate)


def test_a_named_partner_has_no_country_of_its_own() -> None:
    message = BREACHES["projects_participation_party_or_country"].message
    assert_refused(Breach(lambda: _a_partner(named=True, country="LV"), message))


@pytest.mark.parametrize("currency", ["eur", "EURO", "€"])
def test_a_currency_is_three_letters(currency: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_project(currency=currency).full_clean()
    messages = refusal.value.message_dict["currency"]
    assert messages[0] == "A currency is three letters of ISO 4217, such as EUR."


def test_a_size_is_kept_once_and_several_stand_side_by_side() -> None:
    project = make_project()
    make_project_size(project=project, partners=14, countries=11)
    make_project_size(project=project, partners=14, countries=11, at_least=True)
    make_project_size(project=project, partners=14, countries=11, as_of="2013")
    make_project_size(project=make_project(), partners=14, countries=11)
    assert project.sizes.count() == 3
    with pytest.raises(IntegrityError):
        make_project_size(project=project, partners=14, countries=11)


def test_partners_of_whom_only_the_country_is_known_may_be_many() -> None:
    project = make_project()
    for _n in range(3):
        make_participation(project=project, country="IT")
    assert [partner.of_country for partner in project.participations.all()] == ["IT"] * 3


def test_a_partner_is_of_its_partys_country() -> None:
    assert make_participation(party=make_party(country="LV")).of_country == "LV"


def test_what_a_project_rests_on_is_not_deleted() -> None:
    programme, network = make_programme(), make_network()
    project = make_project(programme=programme, led_to=network)
    partner = make_participation(project=project)
    for record in (programme, network, network.party, partner.party):
        assert record is not None
        with pytest.raises(ProtectedError):
            record.delete()


def test_records_are_called_by_what_people_know_them_by() -> None:
    project = make_project(slug="green-border")
    named = make_participation(project=project, party=make_party(name="Valga"))
    records: list[tuple[models.Model, str]] = [
        (project, "green-border"),
        (named, "green-border 1: Valga"),
        (make_participation(project=project, country="IT"), "green-border 2: IT"),
        (make_activity(project=project), "green-border: activity 1"),
        (make_output(project=project), "green-border: news 1"),
        (make_project_size(project=project, partners=14, countries=11), "green-border: 14 / 11"),
        (make_programme(slug="interreg", name="Interreg IIIC"), "Interreg IIIC"),
        (make_programme(slug="life", name=""), "life"),
    ]
    assert [str(record) for record, _ in records] == [text for _, text in records]
