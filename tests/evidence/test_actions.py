import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.core.strategies import partial_dates
from tests.evidence.records import a_partnership, a_programme, a_project, a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    READ_ON,
    alike,
    make_accepted,
    make_proposal,
    make_snapshot,
    make_source,
    make_statement,
)
from tests.factories.parties import make_name, make_party
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import (
    Proposal,
    Ranker,
    RefusedError,
    accept,
    place_of,
    propose,
    reject,
    subject_type,
)
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.models import Name
from twinhall.partnerships.models import Act, Partnership

pytestmark = pytest.mark.django_db

LATER = READ_ON + dt.timedelta(days=30)
EARLIER = READ_ON - dt.timedelta(days=30)


def fresh(record: models.Model) -> models.Model:
    """The record as the database holds it."""
    return type(record)._default_manager.get(pk=record.pk)


def column(record: models.Model, field: str) -> object:
    return getattr(fresh(record), field)


def in_force(record: models.Model, field: str, language: str = "") -> list[str]:
    found = Statement.objects.filter(place_of(record, field, language), in_force=True)
    return sorted(found.values_list("value", flat=True))


def ranked(*order: Statement) -> Ranker:
    """A ranker that puts these first, in this order."""
    places = {statement.pk: place for place, statement in enumerate(order)}
    return lambda statements: {s.pk: places.get(s.pk, len(order)) for s in statements}


def refused(*proposals: Proposal) -> list[tuple[Proposal, str]]:
    with pytest.raises(RefusedError) as refusal:
        propose(proposals)
    return list(refusal.value.refusals)


# Proposing: what is kept ---------------------------------------------------------------------------------


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


def test_the_members_of_a_set_are_marked() -> None:
    assert make_statement(subject=a_partnership(), field="fields", stated="youth").is_member


# Proposing: the same fact again --------------------------------------------------------------------------


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


# Proposing: what is refused ------------------------------------------------------------------------------


def test_every_refused_proposal_is_named_with_its_reason_and_nothing_is_written() -> None:
    party = make_party()
    good = make_proposal(subject=party, field="name", stated="Valga")
    country = make_proposal(subject=party, field="country", stated="XX")
    slug = make_proposal(subject=party, field="slug", stated="valga")
    assert refused(good, country, slug) == [
        (country, "“XX” is not a country code of ISO 3166-1, such as LV or BG."),
        (slug, "“slug” of a party is no fact that takes a source."),
    ]
    assert Statement.objects.count() == 0


def test_a_refusal_reads_as_a_list_of_reasons() -> None:
    proposal = make_proposal(subject=make_party(name="Valga"), field="population", stated="many")
    with pytest.raises(RefusedError) as refusal:
        propose([proposal])
    assert str(refusal.value) == "Valga – population: “many” value must be an integer."


def test_a_correction_is_cleaned_as_what_is_stated_is() -> None:
    proposal = make_proposal(subject=make_party(), field="population", stated=1, value="many", why="A slip.")
    assert refused(proposal) == [(proposal, "“many” value must be an integer.")]


def test_a_correction_needs_its_reason() -> None:
    proposal = make_proposal(subject=a_signing(), field="date", stated="1993", value="1992")
    assert refused(proposal) == [(proposal, "The value differs from what the source states: say why.")]


def test_a_correction_that_changes_nothing_needs_no_reason() -> None:
    statement = make_statement(subject=make_party(), field="population", stated="12000", value=12000)
    assert not statement.printed_in_error


@pytest.mark.parametrize(
    ("field", "language", "reason"),
    [
        ("history", "", "This text needs its language."),
        ("history", "qq", "“qq” is not a language code."),
        ("fields", "lv", "This field has no language."),
        (EXISTS, "lv", "This field has no language."),
    ],
)
def test_only_a_text_has_a_language_and_it_is_one(field: str, language: str, reason: str) -> None:
    proposal = make_proposal(subject=a_partnership(), field=field, stated="yes", language=language)
    assert refused(proposal) == [(proposal, reason)]


def test_a_record_that_is_not_kept_yet_has_no_facts() -> None:
    proposal = make_proposal(subject=Partnership(), field=EXISTS, stated="yes")
    assert refused(proposal) == [(proposal, "This field cannot be null.")]


def test_what_does_not_fit_beside_the_value_is_refused_too() -> None:
    party = make_party()
    long = make_proposal(subject=party, field="name", stated="Valga", as_printed="V" * 501)
    nul = make_proposal(subject=party, field="name", stated="Valga", quote="Val\0ga")
    nameless = make_proposal(subject=party, field="name", stated="Valga", origin="")
    assert refused(long, nul, nameless) == [
        (long, "Ensure this value has at most 500 characters (it has 501)."),
        (nul, "The text holds characters that cannot be kept, such as NUL."),
        (nameless, "This field cannot be blank."),
    ]


# Accepting: one value ------------------------------------------------------------------------------------


def test_accepting_writes_the_column_and_says_who_decided_and_when() -> None:
    party, user = make_party(name=""), make_user()
    statement = make_statement(subject=party, field="name", stated="Valga")
    assert accept([statement], by=user, rank=alike) == 1
    assert column(party, "name") == "Valga"
    statement.refresh_from_db()
    assert (statement.verdict, statement.in_force, statement.decided_by) == (Verdict.ACCEPTED, True, user)
    assert statement.decided_at is not None


def test_a_decision_is_one_line_of_the_log() -> None:
    party, user = make_party(), make_user()
    statements = [
        make_statement(subject=party, field="name", stated="Valga"),
        make_statement(subject=party, field="country", stated="EE"),
    ]
    accept(statements, by=user, rank=alike)
    reject(statements[:1], by=user, rank=alike)
    lines = LogEntry.objects.order_by("pk").values_list("deed", "label", "by")
    assert list(lines) == [("statements accepted", "2", user.pk), ("statements rejected", "1", user.pk)]


def test_accepting_what_is_accepted_already_changes_nothing() -> None:
    party, user = make_party(), make_user()
    statement = make_accepted(subject=party, field="name", stated="Valga", by=user)
    before = list(Statement.objects.values())
    assert accept([statement], by=make_user(), rank=alike) == 0
    assert list(Statement.objects.values()) == before
    assert LogEntry.objects.count() == 1


def test_accepting_nothing_does_nothing() -> None:
    assert accept([], by=make_user(), rank=alike) == 0
    assert LogEntry.objects.count() == 0


def test_the_column_takes_the_corrected_value() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992.")
    assert column(act, "date") == PartialDate(1992)


@pytest.mark.parametrize("best", [0, 1, 2])
def test_of_several_values_the_best_ranked_is_in_force_whatever_came_first(best: int) -> None:
    party = make_party(name="")
    said = [make_statement(subject=party, field="name", stated=name) for name in ("Valga", "Walk", "Valka")]
    accept(said, by=make_user(), rank=ranked(said[best]))
    assert column(party, "name") == said[best].value
    assert in_force(party, "name") == [said[best].value]


def test_force_passes_from_one_statement_to_a_better_ranked_one() -> None:
    party = make_party(name="")
    old = make_accepted(subject=party, field="name", stated="Walk")
    new = make_statement(subject=party, field="name", stated="Valga")
    accept([new], by=make_user(), rank=ranked(new, old))
    old.refresh_from_db()
    assert (old.verdict, old.in_force) == (Verdict.ACCEPTED, False)
    assert in_force(party, "name") == ["Valga"]
    assert column(party, "name") == "Valga"


def test_a_worse_ranked_statement_is_accepted_without_taking_force() -> None:
    party = make_party(name="")
    old = make_accepted(subject=party, field="name", stated="Valga")
    new = make_statement(subject=party, field="name", stated="Walk")
    accept([new], by=make_user(), rank=ranked(old, new))
    new.refresh_from_db()
    assert (new.verdict, new.in_force) == (Verdict.ACCEPTED, False)
    assert column(party, "name") == "Valga"


def test_the_ranker_is_shown_every_accepted_statement_on_the_field_and_no_other() -> None:
    party = make_party()
    accepted = make_accepted(subject=party, field="name", stated="Valga")
    make_accepted(subject=party, field="country", stated="EE")
    make_accepted(subject=make_party(), field="name", stated="Valga")
    make_statement(subject=party, field="name", stated="Walk")
    wrong = make_statement(subject=party, field="name", stated="Vlaga")
    reject([wrong], by=make_user(), rank=alike)
    new = make_statement(subject=party, field="name", stated="Valka")
    shown: list[int] = []

    def rank(statements: Sequence[Statement]) -> dict[int, int]:
        shown.extend(s.pk for s in statements)
        return dict.fromkeys(shown, 0)

    accept([new], by=make_user(), rank=rank)
    assert sorted(shown) == [accepted.pk, new.pk]


@pytest.mark.parametrize(
    ("sources", "winner"),
    [
        ([{"dated": PartialDate(2020)}, {"dated": PartialDate(2021)}], 1),
        ([{"dated": PartialDate(2021)}, {"dated": PartialDate(2020)}], 0),
        ([{"dated": PartialDate(2021, 6)}, {"dated": PartialDate(2021)}], 1),
        ([{"dated": None, "read_on": READ_ON}, {"dated": None, "read_on": LATER}], 1),
        ([{"dated": None, "read_on": READ_ON}, {"dated": PartialDate(2021), "read_on": LATER}], 0),
        ([{"dated": PartialDate(2020)}, {"dated": PartialDate(2020)}], 0),
    ],
)
def test_within_a_rank_the_newest_source_is_in_force_and_of_equals_the_first(
    sources: list[dict[str, PartialDate | dt.date | None]], winner: int
) -> None:
    party, names = make_party(name=""), ["Valga", "Walk"]
    said = [
        make_statement(subject=party, field="name", stated=name, source=make_source(**dating))  # type: ignore[arg-type]
        for name, dating in zip(names, sources, strict=True)
    ]
    accept(said, by=make_user(), rank=alike)
    assert column(party, "name") == names[winner]


def test_rank_goes_before_age() -> None:
    party = make_party(name="")
    old = make_statement(
        subject=party, field="name", stated="Valga", source=make_source(dated=PartialDate(1991))
    )
    new = make_statement(
        subject=party, field="name", stated="Walk", source=make_source(dated=PartialDate(2024))
    )
    accept([old, new], by=make_user(), rank=ranked(old, new))
    assert column(party, "name") == "Valga"


# Accepting: dates of different exactness -----------------------------------------------------------------


def dated(act: Act, *dates: str) -> list[Statement]:
    return [make_statement(subject=act, field="date", stated=date) for date in dates]


@pytest.mark.parametrize(
    ("by_rank", "taken"),
    [
        (["2006-12", "2006-12-13"], "2006-12-13"),
        (["2006-12-13", "2006-12"], "2006-12-13"),
        (["2006", "2006-12", "2006-12-13"], "2006-12-13"),
        (["2006-12", "2007-01-05"], "2006-12"),
        (["2006", "2006-12-13", "2006-11-01"], "2006-12-13"),
        (["2006", "2006-12", "2006-11-01"], "2006-12"),
        (["2006", "2007", "2006-12", "2007-01-01"], "2006-12"),
    ],
)
def test_a_finer_date_that_agrees_with_the_best_ranked_ones_takes_force(
    by_rank: list[str], taken: str
) -> None:
    for order in (1, -1):
        act = a_signing()
        kept = dated(act, *by_rank[::order])
        accept(kept, by=make_user(), rank=ranked(*kept[::order]))
        assert in_force(act, "date") == [taken]
        assert str(column(act, "date")) == taken


def test_of_equally_fine_dates_the_best_ranked_takes_force() -> None:
    act = a_signing()
    worse, better = dated(act, "2006-12-13", "2006-12-14")
    accept([worse, better], by=make_user(), rank=ranked(better, worse))
    assert in_force(act, "date") == ["2006-12-14"]


def test_a_finer_date_that_is_rejected_gives_force_back_to_the_coarser() -> None:
    act = a_signing()
    month, day = dated(act, "2006-12", "2006-12-13")
    accept([month, day], by=make_user(), rank=alike)
    reject([day], by=make_user(), rank=alike)
    assert column(act, "date") == PartialDate(2006, 12)


# Accepting: sets, texts, references and existence -----------------------------------------------------


def members(partnership: Partnership) -> list[str]:
    return sorted(partnership.fields.values_list("code", flat=True))


def test_every_accepted_member_of_a_set_is_in_force() -> None:
    partnership = a_partnership()
    said = [make_statement(subject=partnership, field="fields", stated=code) for code in ("youth", "sport")]
    accept(said[:1], by=make_user(), rank=alike)
    assert members(partnership) == ["youth"]
    accept(said[1:], by=make_user(), rank=alike)
    assert members(partnership) == in_force(partnership, "fields") == ["sport", "youth"]


def test_rejecting_a_member_removes_it_from_the_set_and_leaves_the_others() -> None:
    partnership = a_partnership()
    youth = make_accepted(subject=partnership, field="fields", stated="youth")
    make_accepted(subject=partnership, field="fields", stated="sport")
    reject([youth], by=make_user(), rank=alike)
    assert members(partnership) == in_force(partnership, "fields") == ["sport"]


def test_a_member_stays_while_another_source_states_it() -> None:
    partnership = a_partnership()
    said = [make_accepted(subject=partnership, field="fields", stated="youth") for _ in range(2)]
    assert members(partnership) == ["youth"]
    reject(said[:1], by=make_user(), rank=alike)
    assert members(partnership) == ["youth"]
    reject(said[1:], by=make_user(), rank=alike)
    assert members(partnership) == []


def test_one_text_is_in_force_for_each_language() -> None:
    partnership = a_partnership()
    latvian = make_accepted(subject=partnership, field="history", stated="Kopš 1991.", language="lv")
    make_accepted(subject=partnership, field="history", stated="Aastast 1991.", language="et")
    newer = make_statement(subject=partnership, field="history", stated="Kopš 1992.", language="lv")
    accept([newer], by=make_user(), rank=ranked(newer, latvian))
    assert column(partnership, "history") == {"lv": "Kopš 1992.", "et": "Aastast 1991."}
    assert in_force(partnership, "history", "lv") == ["Kopš 1992."]
    assert in_force(partnership, "history", "et") == ["Aastast 1991."]


def test_a_rejected_text_leaves_no_trace_of_its_language() -> None:
    partnership = a_partnership()
    latvian = make_accepted(subject=partnership, field="history", stated="Kopš 1991.", language="lv")
    make_accepted(subject=partnership, field="history", stated="Aastast 1991.", language="et")
    reject([latvian], by=make_user(), rank=alike)
    assert column(partnership, "history") == {"et": "Aastast 1991."}


def test_a_reference_is_written_by_the_key_it_is_stated_with() -> None:
    project, programme = a_project(), a_programme(slug="urbact")
    statement = make_accepted(subject=project, field="programme", stated="urbact")
    assert column(project, "programme") == programme
    reject([statement], by=make_user(), rank=alike)
    assert column(project, "programme") is None


def test_that_a_record_exists_is_accepted_and_writes_no_column() -> None:
    name = make_name()
    before = fresh(name).__dict__ | {"_state": None}
    statement = make_accepted(subject=name, field=EXISTS, stated="yes")
    assert statement.in_force
    assert fresh(name).__dict__ | {"_state": None} == before


def test_several_fields_of_several_records_are_decided_at_once() -> None:
    party, act, partnership = make_party(name="", country=""), a_signing(), a_partnership()
    said = [
        make_statement(subject=party, field="name", stated="Valga"),
        make_statement(subject=party, field="country", stated="EE"),
        make_statement(subject=act, field="date", stated="1991"),
        make_statement(subject=act, field="place", stated="Valga"),
        make_statement(subject=partnership, field="fields", stated="youth"),
        make_statement(subject=partnership, field="history", stated="Since 1991.", language="en"),
    ]
    assert accept(said, by=make_user(), rank=alike) == 6
    assert (column(party, "name"), column(party, "country")) == ("Valga", "EE")
    assert (column(act, "date"), column(act, "place")) == (PartialDate(1991), "Valga")
    assert members(partnership) == ["youth"]
    assert column(partnership, "history") == {"en": "Since 1991."}
    assert Statement.objects.filter(in_force=True).count() == 6


def test_the_other_columns_of_a_record_stay_as_they_are() -> None:
    party = make_party(name="Valga", country="EE", population=12000)
    make_accepted(subject=party, field="population", stated=13000)
    kept = fresh(party)
    assert {field: getattr(kept, field) for field in ("name", "country", "population")} == {
        "name": "Valga",
        "country": "EE",
        "population": 13000,
    }


# Rejecting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "stated", "empty"),
    [("name", "Valga", ""), ("population", 12000, None), ("population_year", "2021", None)],
)
def test_rejecting_the_only_statement_empties_the_column(field: str, stated: object, empty: object) -> None:
    party = make_party(name="", country="")
    statement = make_accepted(subject=party, field=field, stated=stated)
    assert str(column(party, field)) == str(stated)
    assert reject([statement], by=make_user(), rank=alike) == 1
    assert column(party, field) == empty
    statement.refresh_from_db()
    assert (statement.verdict, statement.in_force) == (Verdict.REJECTED, False)


def test_rejecting_what_is_in_force_gives_force_to_the_next_best() -> None:
    party = make_party(name="")
    best, next_best, last = (
        make_statement(subject=party, field="name", stated=name) for name in ("Valga", "Walk", "Valka")
    )
    accept([best, next_best, last], by=make_user(), rank=ranked(best, next_best, last))
    reject([best], by=make_user(), rank=ranked(best, next_best, last))
    assert column(party, "name") == "Walk"
    assert in_force(party, "name") == ["Walk"]


def test_a_rejected_statement_can_be_accepted_after_all() -> None:
    party, first, second = make_party(name=""), make_user(), make_user()
    statement = make_statement(subject=party, field="name", stated="Valga")
    reject([statement], by=first, rank=alike)
    assert accept([statement], by=second, rank=alike) == 1
    statement.refresh_from_db()
    assert (statement.verdict, statement.decided_by) == (Verdict.ACCEPTED, second)
    assert column(party, "name") == "Valga"


def test_rejecting_a_proposal_leaves_what_is_in_force() -> None:
    party = make_party(name="")
    make_accepted(subject=party, field="name", stated="Valga")
    reject([make_statement(subject=party, field="name", stated="Walk")], by=make_user(), rank=alike)
    assert column(party, "name") == "Valga"
    assert in_force(party, "name") == ["Valga"]


def test_a_decision_that_fails_leaves_nothing_half_done() -> None:
    party = make_party(name="")
    statement = make_statement(subject=party, field="name", stated="Valga")

    def broken(_: Sequence[Statement]) -> dict[int, int]:
        raise LookupError

    with pytest.raises(LookupError):
        accept([statement], by=make_user(), rank=broken)
    statement.refresh_from_db()
    assert (statement.verdict, column(party, "name"), LogEntry.objects.count()) == (Verdict.PROPOSED, "", 0)


def test_the_facts_of_a_record_that_is_gone_are_still_decided() -> None:
    name = make_name()
    statement = make_statement(subject=name, field=EXISTS, stated="yes")
    party = make_party()
    named = make_statement(subject=party, field="name", stated="Valga")
    name.delete()
    party.delete()
    assert accept([statement, named], by=make_user(), rank=alike) == 2


def test_the_database_itself_keeps_one_statement_in_force() -> None:
    party = make_party()
    make_accepted(subject=party, field="name", stated="Valga")
    other = make_statement(subject=party, field="name", stated="Walk")
    accept([other], by=make_user(), rank=lambda found: {s.pk: int(s.pk == other.pk) for s in found})
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=other.pk).update(in_force=True)


# Properties ----------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(texts=st.lists(st.text(max_size=220), max_size=6), quote=st.text(max_size=50))
def test_any_text_is_kept_or_refused_and_never_half_of_a_batch(texts: list[str], quote: str) -> None:
    party, source = make_party(), make_source()
    proposals = [
        make_proposal(subject=party, field="name", stated=text, source=source, quote=quote) for text in texts
    ]
    kept = Statement.objects.filter(place_of(party, "name"))
    try:
        statements = propose(proposals)
    except RefusedError as error:
        assert kept.count() == 0
        assert {id(proposal) for proposal, _ in error.refusals} <= {id(proposal) for proposal in proposals}
        assert all(reason for _, reason in error.refusals)
    else:
        assert len(statements) == len(texts)
        assert {s.stated for s in statements} == set(kept.values_list("stated", flat=True))
        assert kept.count() == len({s.stated for s in statements})


@settings(deadline=None, max_examples=40)
@given(dates=st.lists(partial_dates(first=2005, last=2007), min_size=1, max_size=6, unique=True))
def test_the_column_always_equals_the_one_statement_in_force(dates: list[PartialDate]) -> None:
    act = a_signing()
    said = dated(act, *(str(date) for date in dates))
    accept(said, by=make_user(), rank=ranked(*said))
    (value,) = in_force(act, "date")
    assert str(column(act, "date")) == value
    assert PartialDate.parse(value).agrees_with(dates[0])
    reject(said, by=make_user(), rank=ranked(*said))
    assert in_force(act, "date") == []
    assert column(act, "date") is None


def test_a_model_is_called_by_its_app_and_name() -> None:
    assert subject_type(Act) == subject_type(Act()) == "partnerships.act"
    assert subject_type(Source) == "evidence.source"
