from collections.abc import Callable

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

from tests.evidence.records import a_partnership, a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_accepted, make_source, make_statement
from tests.factories.networks import make_membership, make_membership_act
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act
from twinhall.core.acts import Act
from twinhall.evidence import values
from twinhall.evidence.actions import reject
from twinhall.evidence.models import SourceKind, Statement
from twinhall.evidence.queries import (
    contradictions,
    disagree,
    disagreements,
    disputed_places,
    matters_of,
    printed_in_error,
    said_at,
    statements_about,
    statements_of,
)
from twinhall.evidence.sorts import EXISTS

pytestmark = pytest.mark.django_db


def rejected(subject: models.Model, field: str, stated: object) -> Statement:
    statement = make_statement(subject=subject, field=field, stated=stated)
    reject([statement], by=make_user(), rank=alike)
    return statement


# What is said of records ---------------------------------------------------------------------------------


def test_what_is_said_of_records_stands_under_their_kind_and_number() -> None:
    party, act = make_party(), a_signing()
    name = make_statement(subject=party, field="name", stated="Valga")
    country = make_accepted(subject=party, field="country", stated="EE")
    date = make_statement(subject=act, field="date", stated="1991")
    make_statement(subject=make_party(), field="name", stated="Tartu")
    assert statements_about([party, act]) == {
        ("parties.party", party.pk): [name, country],
        ("partnerships.act", act.pk): [date],
    }


def test_what_was_rejected_is_said_no_more() -> None:
    party = make_party()
    rejected(party, "name", "Walk")
    assert statements_about([party]) == {}


def test_of_no_records_nothing_is_said() -> None:
    make_statement(subject=make_party(), field="name", stated="Valga")
    assert statements_about([]) == {}


def test_what_is_said_of_any_number_of_records_is_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    parties = [make_party(name=f"Town {n}") for n in range(5)]
    for party in parties:
        make_accepted(subject=party, field="name", stated=party.name, source=make_source(title=party.name))
    with django_assert_num_queries(1):
        about = statements_about(parties)
        titles = [s.source.title for said in about.values() for s in said]
        deciders = {s.decided_by for said in about.values() for s in said}
    assert titles == [party.name for party in parties]
    assert None not in deciders


def test_what_a_source_states_stands_record_by_record() -> None:
    source, party, act = make_source(), make_party(), a_signing()
    date = make_statement(subject=act, field="date", stated="1991", source=source)
    name = make_statement(subject=party, field="name", stated="Valga", source=source)
    country = make_statement(subject=party, field="country", stated="EE", source=source)
    make_statement(subject=party, field="country", stated="EE")
    assert list(statements_of(source)) == [country, name, date]
    assert list(statements_of(source, kind="parties.party", field="name")) == [name]
    assert matters_of(source) == {
        ("parties.party", "country"): 1,
        ("parties.party", "name"): 1,
        ("partnerships.act", "date"): 1,
    }


# Disagreements -------------------------------------------------------------------------------------------


def groups() -> list[list[str]]:
    return [sorted(s.stated for s in group) for group in disagreements()]


def test_two_sources_that_state_different_dates_disagree() -> None:
    act = a_signing()
    first = make_accepted(subject=act, field="date", stated="1992")
    second = make_statement(subject=act, field="date", stated="1993")
    assert disagreements() == [[first, second]]


def test_what_is_in_force_stands_first_in_a_disagreement() -> None:
    act = a_signing()
    proposed = make_statement(subject=act, field="date", stated="1992")
    accepted = make_accepted(subject=act, field="date", stated="1993")
    assert disagreements() == [[accepted, proposed]]


def test_a_month_and_a_day_in_it_agree() -> None:
    act = a_signing()
    for date in ("2006", "2006-12", "2006-12-13"):
        make_accepted(subject=act, field="date", stated=date)
    assert disputed_places().count() == 1
    assert disagreements() == []


def test_a_date_that_agrees_with_each_of_two_others_does_not_reconcile_them() -> None:
    act = a_signing()
    for date in ("2006", "2006-12", "2006-11"):
        make_accepted(subject=act, field="date", stated=date)
    assert groups() == [["2006", "2006-11", "2006-12"]]


def test_sources_that_state_the_same_agree() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1992")
    make_accepted(subject=act, field="date", stated="1992")
    assert disputed_places().count() == 0
    assert disagreements() == []


def test_what_was_corrected_still_disagrees_as_it_is_stated() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1992")
    make_accepted(subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992.")
    assert groups() == [["1992", "1993"]]


def test_what_was_rejected_disagrees_no_more() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1992")
    rejected(act, "date", "1993")
    assert disagreements() == []


@pytest.mark.parametrize(
    ("act", "kind"),
    [(make_act, "attested"), (make_membership_act, "attested"), (make_membership_act, "not yet")],
)
def test_days_on_which_sources_saw_a_tie_do_not_contradict_each_other(
    act: Callable[..., Act], kind: str
) -> None:
    seen = act(kind=kind)
    for date in ("2022-07-22", "2024-05-01"):
        make_accepted(subject=seen, field="date", stated=date)
    assert not disputed_places().exists()
    assert disagreements() == []
    for place in ("Valga", "Valka"):
        make_accepted(subject=seen, field="place", stated=place)
    assert groups() == [["Valga", "Valka"]]


def test_what_is_compared_depends_on_the_row() -> None:
    signed, seen = make_act(), make_act(kind="attested")
    compared = [values.is_compared(act, field) for act in (signed, seen) for field in ("date", "place")]
    assert compared == [True, True, False, True]


def test_members_of_a_set_and_texts_do_not_contradict_each_other() -> None:
    partnership = a_partnership()
    for code in ("youth", "sport"):
        make_statement(subject=partnership, field="fields", stated=code)
    for text in ("Since 1991.", "Since 1992."):
        make_statement(subject=partnership, field="history", stated=text, language="en")
    assert disagreements() == []


def test_that_a_record_exists_can_be_denied() -> None:
    partnership = a_partnership()
    make_accepted(subject=partnership, field=EXISTS, stated="yes")
    make_statement(subject=partnership, field=EXISTS, stated="no")
    assert groups() == [["no", "yes"]]


def test_each_field_of_each_record_is_a_disagreement_of_its_own() -> None:
    first, second = a_signing(), a_signing()
    for act, field, stated in [
        (first, "date", "1992"),
        (first, "date", "1993"),
        (first, "place", "Valga"),
        (second, "date", "2001"),
        (second, "date", "2002"),
        (second, "place", "Valka"),
    ]:
        make_statement(subject=act, field=field, stated=stated)
    assert sorted(groups()) == [["1992", "1993"], ["2001", "2002"]]


def test_any_number_of_disagreements_is_found_in_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # More than the conditions that SQLite takes in one question.
    source, other, party = make_source(), make_source(), make_party()
    example = make_statement(subject=party, field="country", stated="EE", source=source)
    values = {
        name: getattr(example, name)
        for name in ("origin", "first_seen", "last_seen", "subject_type", "field")
    }
    Statement.objects.bulk_create(
        Statement(
            **values, subject_id=subject, stated=stated, value=stated, stated_hash=stated, source=said_by
        )
        for subject in range(party.pk + 1, party.pk + 1101)
        for stated, said_by in (("EE", source), ("LV", other))
    )
    with django_assert_num_queries(1):
        found = disagreements()
    assert len(found) == 1100
    assert {len(group) for group in found} == {2}


# What stands against each other, as the database finds it ------------------------------------------------

SAID: list[tuple[Callable[[], models.Model], str, list[str]]] = [
    (a_signing, "date", ["1992", "1993"]),
    (a_signing, "date", ["2006", "2006-12", "2006-12-13"]),
    (a_signing, "date", ["2006", "2006-11", "2006-12"]),
    (a_signing, "date", ["2006", "2006-11-01", "2006-12"]),
    (a_signing, "date", ["2006-12-13", "2006-12-14"]),
    (a_signing, "place", ["Valga", "Valka"]),
    (a_signing, EXISTS, ["yes", "no"]),
    (make_membership, "category", ["member", "founding member"]),
    (make_membership, "category", ["founding member", "observer"]),
    (make_party, "website", ["https://www.valga.ee/", "http://valga.ee", "https://valga.ee"]),
    (make_party, "website", ["https://valga.ee", "https://valka.lv"]),
    (make_party, "population", ["12000", "12001"]),
    (make_party, "latitude", ["57.7", "57.8"]),
]


def test_the_database_finds_what_disagrees_and_no_more() -> None:
    apart = set()
    for make, field, said in SAID:
        subject = make()
        group = [make_statement(subject=subject, field=field, stated=stated) for stated in said]
        if values.is_compared(subject, field) and disagree(group):
            apart.add((subject._meta.label_lower, subject.pk, field))
    assert contradictions() == sorted(apart)
    assert len(apart) == 8
    assert {(g[0].subject_type, g[0].subject_id, g[0].field) for g in disagreements()} == apart


def test_a_correction_that_reconciles_ends_a_contradiction() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1992")
    make_accepted(subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992.")
    rejected(act, "date", "1994")
    assert contradictions() == []


def label(town: models.Model, stated: str) -> Statement:
    table = make_source(kind=SourceKind.DATASET)
    return make_accepted(subject=town, field="name", stated=stated, source=table)


def test_the_labels_of_two_data_sets_do_not_contradict_each_other() -> None:
    town = make_party()
    group = [label(town, "München"), label(town, "Munich")]
    assert contradictions() == []
    assert disagreements() == []
    assert not disagree(group)


@pytest.mark.parametrize("kind", [SourceKind.PAGE, SourceKind.OWN_STATEMENT])
def test_a_name_in_print_contradicts_the_label_of_a_data_set(kind: SourceKind) -> None:
    town = make_party()
    labels = [label(town, "Valga"), label(town, "Walk")]
    own = make_statement(subject=town, field="name", stated="Valka", source=make_source(kind=kind))
    assert contradictions() == [("parties.party", town.pk, "name")]
    assert [set(group) for group in disagreements()] == [{own, *labels}]


def test_a_name_in_print_that_a_data_set_has_too_contradicts_nobody() -> None:
    town = make_party()
    group = [label(town, "Valga"), make_statement(subject=town, field="name", stated="Valga")]
    assert contradictions() == []
    assert not disagree(group)


def test_a_name_printed_in_error_disagrees_with_a_label_until_it_is_corrected() -> None:
    town = make_party()
    label(town, "Český Těšín")
    make_accepted(subject=town, field="name", stated="Cesky Tiesin", value="Český Těšín", why="Misprinted.")
    assert groups() == [["Cesky Tiesin", "Český Těšín"]]
    assert contradictions() == []


def test_its_other_words_contradict_as_all_do() -> None:
    town = make_party()
    make_accepted(subject=town, field="country", stated="LV", source=make_source(kind=SourceKind.DATASET))
    make_accepted(subject=town, field="country", stated="EE")
    assert contradictions() == [("parties.party", town.pk, "country")]


def test_what_is_said_at_some_places_is_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    act, other = a_signing(), a_signing()
    proposed = make_statement(subject=act, field="date", stated="1992")
    accepted = make_accepted(subject=act, field="date", stated="1993")
    place = make_statement(subject=other, field="place", stated="Valga")
    make_statement(subject=other, field="date", stated="1999")
    asked = [("partnerships.act", other.pk, "place"), ("partnerships.act", act.pk, "date")]
    with django_assert_num_queries(1):
        assert said_at(asked) == [[place], [accepted, proposed]]
    assert said_at([]) == []


def test_contradictions_are_found_in_as_many_questions_however_many_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        act = a_signing()
        make_statement(subject=act, field="date", stated="1992")
        make_statement(subject=act, field="date", stated="1993")
    with django_assert_max_num_queries(6):
        assert len(contradictions()) == 3


def test_a_group_that_states_one_thing_does_not_disagree() -> None:
    act = a_signing()
    group = [make_statement(subject=act, field="place", stated="Valga") for _ in range(2)]
    assert not disagree(group)
    assert disagree([*group, make_statement(subject=act, field="place", stated="Valka")])


# Printed in error ----------------------------------------------------------------------------------------


def test_what_was_corrected_is_printed_in_error() -> None:
    act = a_signing()
    make_accepted(subject=act, field="place", stated="Valga")
    wrong = make_accepted(
        subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992."
    )
    assert list(printed_in_error()) == [wrong]
    assert [s.printed_in_error for s in printed_in_error()] == [True]


def test_a_rejected_correction_is_not_printed_in_error() -> None:
    act = a_signing()
    wrong = make_accepted(
        subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992."
    )
    reject([wrong], by=make_user(), rank=alike)
    assert list(printed_in_error()) == []
