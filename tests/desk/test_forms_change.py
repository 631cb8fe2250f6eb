"""Several facts of one record changed in one form, on one source; nobody's words are lost."""

from collections.abc import Callable

import pytest
from django.db.models import Model

from tests.desk.conftest import Desk, address, filled, of_record, said, waiting, wrongs
from tests.factories.evidence import make_accepted
from tests.factories.networks import (
    make_body,
    make_membership,
    make_membership_act,
    make_network,
    make_network_size,
    make_post,
)
from tests.factories.parties import make_contact, make_name, make_officer, make_own_words
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import (
    make_activity,
    make_output,
    make_participation,
    make_programme,
    make_project,
    make_project_size,
)
from twinhall.desk.records import KINDS
from twinhall.evidence.models import SourceKind, Statement
from twinhall.evidence.sorts import PER_LANGUAGE
from twinhall.parties.models import Party, Role, Succession
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

MEANWHILE = (
    "{field}: Somebody changed this meanwhile: it now reads “{now}”. "
    "What you typed is kept here; save again if it is to stand."
)


def test_several_facts_are_changed_at_once(kadri: Desk, valga: Party) -> None:
    where = of_record("change", valga)
    shown = kadri.send(where, population="12182", website="www.valga.ee", quote="Counted on 1 January.")
    assert said(shown) == ["Saved. What was said before is kept in the history."]
    valga.refresh_from_db()
    assert (valga.population, valga.website, valga.name) == (12182, "https://www.valga.ee", "Valga")
    told = Statement.objects.order_by("field")
    assert [(s.field, s.source.kind, s.quote, str(s.decided_by)) for s in told] == [
        ("population", SourceKind.OWN_STATEMENT, "Counted on 1 January.", "Kadri Kask"),
        ("website", SourceKind.OWN_STATEMENT, "Counted on 1 January.", "Kadri Kask"),
    ]


def test_nothing_changed_is_said(kadri: Desk, valga: Party) -> None:
    refused = kadri.refused(of_record("change", valga), quote="As before.")
    assert wrongs(refused) == ["Nothing was changed."]
    assert filled(refused)["quote"] == ["As before."]
    assert not Statement.objects.exists()


def test_what_a_column_does_not_take_is_said_beside_its_field(kadri: Desk, valga: Party) -> None:
    where = of_record("change", valga)
    refused = kadri.refused(where, population="many", population_year="last year", latitude="58")
    assert wrongs(refused) == [
        "Population: Enter a whole number.",
        "Year of the population: “last year” is not a date. Write 1991, 2013-06 or 2006-12-13.",
    ]
    assert refused.main.one("div", id="id_population_error").text == "Error: Enter a whole number."
    assert [filled(refused)[name] for name in ("population", "latitude")] == [["many"], ["58"]]


def test_a_value_of_ones_own_is_taken_away(kadri: Desk, valga: Party) -> None:
    make_accepted(subject=valga, field="population", stated=12000, source=make_own_words(valga))
    kadri.send(of_record("change", valga), population="")
    valga.refresh_from_db()
    assert valga.population is None
    assert [s.verdict for s in Statement.objects.all()] == ["rejected"]


def test_the_other_sides_own_word_is_not_taken_away(kadri: Desk, tie: Partnership, valka: Party) -> None:
    act = make_act(partnership=tie)
    make_accepted(subject=act, field="place", stated="Valka", source=make_own_words(valka))
    refused = kadri.refused(of_record("change", act), place="")
    assert wrongs(refused) == ["Place: This is the other side’s own word; you can state your own beside it."]
    act.refresh_from_db()
    assert act.place == "Valka"


def test_a_set_gains_and_loses_members(kadri: Desk, tie: Partnership) -> None:
    where = of_record("change", tie)
    kadri.send(where, fields=["culture", "sport"])
    kadri.send(where, fields=["culture", "tourism"])
    assert {field.code for field in tie.fields.all()} == {"culture", "tourism"}
    verdicts = {s.value: s.verdict for s in Statement.objects.all()}
    assert verdicts == {"culture": "accepted", "sport": "rejected", "tourism": "accepted"}


# Two at once -------------------------------------------------------------------------------------------


def test_the_later_of_two_sees_both_versions_and_wins_knowingly(kadri: Desk, valga: Party) -> None:
    where, other = of_record("change", valga), Desk(make_officer(valga, name="Peeter Puu"))
    mine, theirs = kadri.open(where), other.open(where)
    other.send(where, theirs, population="12100", website="https://valga.ee/")
    late = kadri.refused(where, mine, population="12182")
    assert wrongs(late) == [MEANWHILE.format(field="Population", now="12,100")]
    assert filled(late)["population"] == ["12182"]
    kadri.send(where, late)
    valga.refresh_from_db()
    assert (valga.population, valga.website) == (12182, "https://valga.ee/")
    kept = Statement.objects.filter(field="population").order_by("pk")
    assert [(s.value, s.verdict) for s in kept] == [("12100", "rejected"), ("12182", "accepted")]


def test_who_changes_other_fields_is_not_in_anybodys_way(kadri: Desk, valga: Party) -> None:
    where, other = of_record("change", valga), Desk(make_officer(valga))
    mine = kadri.open(where)
    other.send(where, population="12100")
    kadri.send(where, mine, website="https://valga.ee/")
    valga.refresh_from_db()
    assert (valga.population, valga.website) == (12100, "https://valga.ee/")


@pytest.mark.parametrize("theirs", [["sport"], []])
def test_the_later_of_two_sees_both_versions_of_a_set(
    kadri: Desk, valga: Party, tie: Partnership, theirs: list[str]
) -> None:
    where, other = of_record("change", tie), Desk(make_officer(valga))
    kadri.send(where, fields=["culture"])
    mine = kadri.open(where)
    other.send(where, fields=theirs)
    late = kadri.refused(where, mine, fields=["culture", "tourism"])
    now = "Sport" if theirs else "nothing"
    assert wrongs(late) == [MEANWHILE.format(field="Fields", now=now)]
    kadri.send(where, late)
    assert {field.code for field in tie.fields.all()} == {"culture", "tourism"}


def test_the_later_of_two_sees_the_name_of_what_was_chosen(kadri: Desk, valga: Party) -> None:
    project = make_project()
    make_participation(project=project, party=valga, role="lead")
    one, other = make_programme(slug="one", name="Phare"), make_programme(slug="other", name="Interreg")
    where = of_record("change", project)
    mine = kadri.open(where)
    kadri.send(where, programme=one.slug)
    late = kadri.refused(where, mine, programme=other.slug)
    assert wrongs(late) == [MEANWHILE.format(field="Programme", now="Phare")]


# Every kind of record ----------------------------------------------------------------------------------


def _succession() -> Succession:
    records = make_partnership().signatories.all()
    return Succession.objects.create(predecessor=records[0].party, successor=records[1].party)


CHANGED: dict[str, tuple[Callable[[], Model], dict[str, str]]] = {
    "parties.party": (lambda: make_name().party, {"country": "LV"}),
    "parties.contact": (make_contact, {"address": "Kesk 11, Valga"}),
    "parties.succession": (_succession, {"date": "2017-10"}),
    "partnerships.partnership": (make_partnership, {"fields": "culture"}),
    "partnerships.act": (make_act, {"date": "13.12.2006"}),
    "networks.network": (make_network, {"founded": "1991"}),
    "networks.body": (make_body, {"place": "Narva"}),
    "networks.post": (make_post, {"until": "2008"}),
    "networks.membership": (make_membership, {"category": "observer"}),
    "networks.membershipact": (make_membership_act, {"deciding_body": "General assembly"}),
    "projects.project": (make_project, {"cost": "104000.50"}),
    "projects.participation": (make_participation, {"left_on": "2008-01"}),
    "projects.output": (make_output, {"url": "https://example.org/news"}),
}
ONLY_TEXTS: dict[str, Callable[[], Model]] = {
    "parties.name": make_name,
    "networks.networksize": make_network_size,
    "projects.projectsize": make_project_size,
    "projects.activity": make_activity,
}


def test_all_kinds_are_tried() -> None:
    assert {model._meta.label_lower for model in KINDS} == {*CHANGED, *ONLY_TEXTS}


@pytest.mark.parametrize("kind", CHANGED)
def test_every_kind_of_record_is_opened_and_saved(valga: Party, kind: str) -> None:
    make, typed = CHANGED[kind]
    record, admin = make(), Desk(make_officer(valga))
    admin.user.is_superuser = True
    admin.user.save()
    shown = admin.open(of_record("change", record))
    sorts = getattr(type(record), "sourced_fields", {})
    asked = {e.attributes.get("name") for e in shown.main} & set(sorts)
    assert asked == {name for name, sort in sorts.items() if sort is not PER_LANGUAGE}
    admin.send(of_record("change", record), shown, basis=f"own:{valga.pk}", **typed)
    (statement,) = Statement.objects.all()
    assert (statement.subject_type, statement.subject_id, [statement.field]) == (kind, record.pk, [*typed])
    assert statement.in_force


@pytest.mark.parametrize("kind", ONLY_TEXTS)
def test_a_record_of_texts_alone_has_no_such_form(kadri: Desk, kind: str) -> None:
    kadri.open(of_record("change", ONLY_TEXTS[kind]()), 404)


def test_what_there_is_not_is_not_found(kadri: Desk) -> None:
    for kind, pk in (("parties.party", 10**9), ("accounts.user", kadri.user.pk), ("nothing", 1)):
        kadri.open(address("change", kind, pk), 404)


def test_an_editors_changes_wait(valga: Party, kadri: Desk) -> None:
    editor = Desk(make_officer(valga, role=Role.EDITOR))
    shown = editor.send(of_record("change", valga), population="12182")
    assert said(shown) == ["Proposed. It waits for those who speak for the record to accept it."]
    valga.refresh_from_db()
    assert valga.population is None
    assert waiting(kadri, "proposed") == ["Valga Population: 12,182 · Valga"]
