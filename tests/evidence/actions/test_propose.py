import datetime as dt
from collections.abc import Sequence

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.evidence.actions.asking import (
    EARLIER,
    LATER,
    column,
)
from tests.evidence.records import a_partnership, a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    READ_ON,
    alike,
    make_proposal,
    make_snapshot,
    make_source,
    make_statement,
)
from tests.factories.parties import make_party
from twinhall.evidence.actions import (
    Proposal,
    accept,
    propose,
    reject,
)
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.settling import subject_type
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.models import Name
from twinhall.partnerships.models import Act

pytestmark = pytest.mark.django_db


def test_what_a_source_states_is_kept_whole() -> None:
    act, snapshot = a_signing(), make_snapshot()
    proposal = make_proposal(
        subject=act,
        field="date",
        stated="1993",
        value="1992",
        why="The agreement itself says 1992.",
        source=snapshot.source,
        snapshot=snapshot,
        as_printed="1993",
        quote="Koostööleping 1993",
        quote_start=17,
        origin="reader/partnerships@3",
        confidence=0.8,
        seen=LATER,
    )
    (statement,) = propose([proposal])
    statement.refresh_from_db()
    assert (statement.subject_type, statement.subject_id) == ("partnerships.act", act.pk)
    assert (statement.field, statement.language) == ("date", "")
    assert (statement.stated, statement.value, statement.why) == ("1993", "1992", proposal.why)
    assert (statement.as_printed, statement.quote, statement.quote_start) == ("1993", proposal.quote, 17)
    assert (statement.source, statement.snapshot) == (snapshot.source, snapshot)
    assert (statement.origin, statement.confidence) == ("reader/partnerships@3", 0.8)
    assert (statement.first_seen, statement.last_seen) == (LATER, LATER)
    assert (statement.verdict, statement.in_force) == (Verdict.PROPOSED, False)
    assert (statement.decided_by, statement.decided_at) == (None, None)


def test_without_a_correction_the_value_is_what_is_stated() -> None:
    statement = make_statement(subject=make_party(), field="population", stated=" 12000 ")
    assert (statement.stated, statement.value, statement.printed_in_error) == ("12000", "12000", False)


def test_without_a_day_of_its_own_a_fact_is_seen_when_its_source_was_read() -> None:
    statement = make_statement(subject=make_party(), field="population", stated=12000)
    assert (statement.first_seen, statement.last_seen) == (READ_ON, READ_ON)


def test_proposing_writes_no_column() -> None:
    party = make_party(name="Valga")
    make_statement(subject=party, field="name", stated="Walk")
    assert column(party, "name") == "Valga"


def test_statements_come_back_in_the_order_of_their_proposals() -> None:
    party, source = make_party(), make_source()
    make_statement(subject=party, field="country", stated="EE", source=source)
    said = [("name", "Valga"), ("country", "EE"), ("population", 12000), ("name", "Valga")]
    statements = propose(
        make_proposal(subject=party, field=field, stated=stated, source=source) for field, stated in said
    )
    assert [(s.field, s.stated) for s in statements] == [(field, str(stated)) for field, stated in said]
    assert statements[0] is statements[3]
    assert all(statement.pk for statement in statements)


def test_nothing_proposed_is_nothing_kept() -> None:
    assert propose([]) == []
    assert Statement.objects.count() == 0


def test_a_text_keeps_its_language() -> None:
    partnership = a_partnership()
    statement = make_statement(subject=partnership, field="history", stated="Kopš 1991. gada.", language="lv")
    assert statement.language == "lv"
    assert not statement.is_member


def test_a_translation_says_what_it_is_a_translation_of() -> None:
    partnership = a_partnership()
    original = make_statement(subject=partnership, field="history", stated="Kopš 1991.", language="lv")
    translated = make_statement(
        subject=partnership,
        field="history",
        stated="Since 1991.",
        language="en",
        translation_of=original,
    )
    translated.refresh_from_db()
    assert (original.translation_of, translated.translation_of) == (None, original)


def test_the_members_of_a_set_are_marked() -> None:
    assert make_statement(subject=a_partnership(), field="fields", stated="youth").is_member


def test_the_same_fact_read_again_is_one_statement_seen_later() -> None:
    party, source = make_party(), make_source()
    first = make_statement(subject=party, field="name", stated="Valga", source=source, quote="Valga linn")
    again = make_statement(
        subject=party, field="name", stated=" Valga", source=source, quote="Valga", seen=LATER
    )
    assert again.pk == first.pk
    kept = Statement.objects.get()
    assert (kept.first_seen, kept.last_seen, kept.quote) == (READ_ON, LATER, "Valga linn")


def test_a_fact_read_from_an_older_copy_is_not_seen_earlier() -> None:
    party, source = make_party(), make_source()
    make_statement(subject=party, field="name", stated="Valga", source=source)
    make_statement(subject=party, field="name", stated="Valga", source=source, seen=EARLIER)
    kept = Statement.objects.get()
    assert (kept.first_seen, kept.last_seen) == (READ_ON, READ_ON)


def test_the_same_fact_twice_in_one_reading_is_one_statement_seen_on_the_later_day() -> None:
    party, source = make_party(), make_source()
    for days in ([READ_ON, LATER], [LATER, READ_ON]):
        Statement.objects.all().delete()
        propose(
            make_proposal(subject=party, field="name", stated="Valga", source=source, seen=day)
            for day in days
        )
        assert Statement.objects.get().last_seen == LATER


@pytest.mark.parametrize("decide", [accept, reject])
def test_the_same_fact_read_again_keeps_its_verdict(decide: object) -> None:
    party, source, user = make_party(), make_source(), make_user()
    first = make_statement(subject=party, field="name", stated="Walk", source=source)
    decision = accept if decide is accept else reject
    decision([first], by=user, rank=alike)
    before = Statement.objects.values().get()
    make_statement(subject=party, field="name", stated="Walk", source=source, seen=LATER)
    assert Statement.objects.values().get() == before | {"last_seen": LATER}


def test_another_value_source_field_record_or_language_is_another_statement() -> None:
    partnership, other, source = a_partnership(), make_party(name="Tartu"), make_source()
    party = make_party()
    for subject, field, stated, said_by, language in [
        (party, "name", "Valga", source, ""),
        (party, "name", "Walk", source, ""),
        (party, "name", "Valga", make_source(), ""),
        (party, "website", "https://valga.example/", source, ""),
        (other, "name", "Valga", source, ""),
        (partnership, "history", "Valga", source, "lv"),
        (partnership, "history", "Valga", source, "et"),
    ]:
        make_statement(subject=subject, field=field, stated=stated, source=said_by, language=language)
    assert Statement.objects.count() == 7


def test_the_same_number_of_another_kind_of_record_is_another_record() -> None:
    party = make_party()
    name = Name.objects.create(pk=party.pk, party=party, text="Walk")
    source = make_source()
    make_statement(subject=party, field=EXISTS, stated="yes", source=source)
    make_statement(subject=name, field=EXISTS, stated="yes", source=source)
    assert list(Statement.objects.values_list("subject_type", flat=True)) == ["parties.party", "parties.name"]


def test_reading_again_asks_no_more_of_the_database_for_more_facts(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    parties, source = [make_party(name=f"Town {n}") for n in range(20)], make_source()

    def proposals(day: dt.date) -> Sequence[Proposal]:
        return [
            make_proposal(subject=party, field="name", stated=party.name, source=source, seen=day)
            for party in parties
        ]

    propose(proposals(READ_ON))
    with django_assert_max_num_queries(6):
        propose(proposals(LATER))
    assert set(Statement.objects.values_list("last_seen", flat=True)) == {LATER}


def test_a_model_is_called_by_its_app_and_name() -> None:
    assert subject_type(Act) == subject_type(Act()) == "partnerships.act"
    assert subject_type(Source) == "evidence.source"
