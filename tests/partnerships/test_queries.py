import datetime as dt
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_own_page, make_own_words, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.partnerships.rule import (
    STATUS,
    Told,
    days_around,
    histories,
    since_by_the_rule,
    status_by_the_rule,
)
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import reject
from twinhall.evidence.models import Source, SourceKind, Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, ActKind, Partnership, PartnershipKind, Status
from twinhall.partnerships.queries import (
    Said,
    Sides,
    as_of,
    partnership_count,
    partnership_list,
    partnership_page,
    partnerships_of,
    sides,
    statements_on,
    ties_in_force,
)

TODAY = dt.date(2024, 5, 1)

_towns = count(1)


def tell(acts: Sequence[Told], *, parties: int = 3) -> Partnership:
    signing = [make_party(name=f"Town {n}", address=f"town-{next(_towns)}") for n in range(parties)]
    tie = make_partnership(parties=signing)
    Act.objects.bulk_create(
        Act(
            partnership=tie,
            number=number,
            kind=act.kind,
            date=act.date,
            valid_until=act.valid_until,
            party=None if act.party is None else signing[act.party],
        )
        for number, act in enumerate(acts, start=1)
    )
    return tie


def status(tie: Partnership, day: dt.date) -> str:
    return as_of(Partnership.objects.filter(pk=tie.pk), day).get().status


def history(tie: Partnership, *days: str) -> list[str]:
    return [status(tie, dt.date.fromisoformat(day)) for day in days]


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(data=st.data(), parties=st.integers(2, 4))
def test_sql_answers_as_the_rule_says(data: st.DataObject, parties: int) -> None:
    told = data.draw(st.lists(histories(parties), min_size=1, max_size=8))
    days = data.draw(days_around(told))
    with transaction.atomic():
        ties = {tell(acts, parties=parties).pk: acts for acts in told}
        for day in days:
            found = {tie.pk: tie.status for tie in as_of(Partnership.objects.all(), day)}
            assert found == {pk: status_by_the_rule(parties, acts, day) for pk, acts in ties.items()}, day
        dated = {tie.pk: (tie.since, tie.since_kind) for tie in Partnership.objects.all()}
        assert dated == {pk: since_by_the_rule(acts) for pk, acts in ties.items()}
        transaction.set_rollback(True)


# As of a day, told by hand -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", STATUS)
def test_each_kind_of_act_leaves_its_status(kind: str) -> None:
    tie = make_act(kind=kind, date="1992-06-15").partnership
    assert history(tie, "1992-06-14", "1992-06-15") == ["unknown", STATUS[kind]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "before", "after"),
    [
        ("1992", "1992-12-30", "1992-12-31"),
        ("1992-02", "1992-02-28", "1992-02-29"),
        ("1992-06-15", "1992-06-14", "1992-06-15"),
    ],
)
def test_an_act_has_begun_on_the_last_day_it_can_mean(date: str, before: str, after: str) -> None:
    assert history(make_act(date=date).partnership, before, after) == ["unknown", "in force"]


@pytest.mark.django_db
def test_the_highest_number_decides_not_the_latest_date() -> None:
    tie = make_act(kind=ActKind.SIGNED, date="1995").partnership
    make_act(partnership=tie, kind=ActKind.SUSPENDED, date="1992")
    assert history(tie, "1991-12-31", "1992-12-31", "1996-01-01") == ["unknown", "suspended", "suspended"]


@pytest.mark.django_db
def test_an_undated_act_begins_with_the_one_before_it() -> None:
    tie = make_act(kind=ActKind.BEGUN, date="1991").partnership
    make_act(partnership=tie, kind=ActKind.INTENT)
    make_act(partnership=tie, kind=ActKind.SUSPENDED)
    make_act(partnership=tie, kind=ActKind.RESUMED, date="1995")
    assert history(tie, "1991-12-30", "1991-12-31", "1995-12-31") == ["unknown", "suspended", "in force"]


@pytest.mark.django_db
def test_an_undated_first_act_leaves_the_status_unknown_until_the_next_has_begun() -> None:
    tie = make_act(kind=ActKind.SIGNED).partnership
    assert history(tie, "0001-01-01", "2024-05-01", "9999-12-31") == ["unknown"] * 3
    make_act(partnership=tie, kind=ActKind.RENEWED, date="2001-05")
    assert history(tie, "2001-05-30", "2001-05-31") == ["unknown", "in force"]


@pytest.mark.django_db
def test_a_term_that_runs_out_unrenewed_ends_the_tie_on_that_day() -> None:
    tie = make_act(date="1992", valid_until="2002-06").partnership
    assert history(tie, "2002-06-29", "2002-06-30") == ["in force", "ended"]
    make_act(partnership=tie, kind=ActKind.RENEWED, date="2003", valid_until="2010-01-01")
    days = ("2002-06-30", "2003-12-30", "2003-12-31", "2009-12-31", "2010-01-01")
    assert history(tie, *days) == ["ended", "ended", "in force", "in force", "ended"]


@pytest.mark.django_db
def test_a_term_that_was_renewed_in_time_goes_on() -> None:
    tie = make_act(date="1992", valid_until="2002").partnership
    make_act(partnership=tie, kind=ActKind.RENEWED, date="2001")
    assert history(tie, "2002-12-31", "2024-05-01") == ["in force", "in force"]


@pytest.mark.django_db
def test_a_tie_of_two_ends_when_one_leaves() -> None:
    tie = tell([Told("signed", PartialDate(1992)), Told("left", PartialDate(2001, 5, 9), None, 0)], parties=2)
    assert history(tie, "2001-05-08", "2001-05-09") == ["in force", "ended"]


@pytest.mark.django_db
def test_a_tie_of_three_goes_on_between_two_and_ends_with_the_second_to_leave() -> None:
    tie = tell(
        [
            Told("signed", PartialDate(1992)),
            Told("left", PartialDate(2001), None, 0),
            Told("left", PartialDate(2005), None, 2),
        ]
    )
    assert history(tie, "2001-12-31", "2005-12-30", "2005-12-31") == ["in force", "in force", "ended"]


@pytest.mark.django_db
def test_a_party_that_joins_later_is_none_of_the_two_before() -> None:
    tie = tell(
        [
            Told("signed", PartialDate(1992)),
            Told("left", PartialDate(2001), None, 0),
            Told("joined", PartialDate(2003), None, 2),
        ]
    )
    assert history(tie, "2000-01-01", "2001-12-31", "2003-12-31") == ["in force", "ended", "in force"]


@pytest.mark.django_db
def test_a_party_that_left_may_come_back() -> None:
    tie = tell(
        [
            Told("signed", PartialDate(1992)),
            Told("left", PartialDate(2001), None, 0),
            Told("joined", PartialDate(2003), None, 0),
        ],
        parties=2,
    )
    days = ("1993-01-01", "2001-12-31", "2003-12-30", "2003-12-31")
    assert history(tie, *days) == ["in force", "ended", "ended", "in force"]


@pytest.mark.django_db
def test_the_last_day_of_the_calendar_can_be_asked() -> None:
    assert history(make_act(date="9999").partnership, "9999-12-30", "9999-12-31") == ["unknown", "in force"]


@pytest.mark.django_db
def test_a_tie_without_acts_is_unknown_and_the_acts_of_others_do_not_count() -> None:
    make_act(date="1992")
    assert status(make_partnership(), TODAY) == Status.UNKNOWN


# Since -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], (None, "")),
        ([("signed", "")], (None, "")),
        ([("attested", "2024")], (None, "")),
        ([("attested", "2024"), ("begun", "1991")], ("1991", "begun")),
        ([("begun", "1991"), ("signed", "")], ("1991", "begun")),
        ([("begun", "1991"), ("signed", "1993-06")], ("1993-06", "signed")),
        ([("signed", ""), ("signed", "2001"), ("signed", "1999")], ("2001", "signed")),
        ([("contact", "1989"), ("begun", "1991")], ("1989", "contact")),
    ],
)
def test_since_is_the_signing_else_the_first_dated_act(
    acts: list[tuple[str, str]], expected: tuple[str | None, str]
) -> None:
    tie = make_partnership()
    for kind, date in acts:
        make_act(partnership=tie, kind=kind, date=date)
    found = Partnership.objects.get(pk=tie.pk)
    assert (str(found.since) if found.since else None, found.since_kind) == expected


# Lists -------------------------------------------------------------------------------------------------


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga", country="EE")


def some_ties() -> dict[str, Partnership]:
    latvian = [make_party(name="Valmiera", country="LV"), make_party(name="Solna", country="SE")]
    estonian = [make_party(name="Tartu", country="EE"), make_party(name="Uppsala", country="SE")]
    ties = {
        "solna": make_partnership(parties=latvian, address="solna", fields=["culture", "sport"]),
        "uppsala": make_partnership(parties=estonian, address="uppsala", kind="friendship", fields=["sport"]),
    }
    make_act(partnership=ties["solna"], date="1991")
    make_act(partnership=ties["uppsala"], kind=ActKind.SUSPENDED, date="1988")
    return ties


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({}, ["solna", "uppsala"]),
        ({"country": "LV"}, ["solna"]),
        ({"country": "SE"}, ["solna", "uppsala"]),
        ({"country": "FI"}, []),
        ({"kind": "friendship"}, ["uppsala"]),
        ({"status": "in force"}, ["solna"]),
        ({"status": "suspended"}, ["uppsala"]),
        ({"field": "culture"}, ["solna"]),
        ({"field": "sport"}, ["solna", "uppsala"]),
        ({"country": "EE", "field": "culture"}, []),
    ],
)
def test_the_list_is_narrowed(narrowed: dict[str, Any], expected: list[str]) -> None:
    some_ties()
    assert [tie.slug for tie in partnership_list(TODAY, **narrowed)] == expected
    assert partnership_count(TODAY, **narrowed) == len(expected)


@pytest.mark.django_db
def test_the_list_leaves_out_what_was_withdrawn() -> None:
    ties = some_ties()
    Partnership.objects.filter(pk=ties["solna"].pk).update(
        withdrawn_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), withdrawn_why="Entered twice."
    )
    assert [tie.slug for tie in partnership_list(TODAY)] == ["uppsala"]
    assert (partnership_count(TODAY), partnership_count(TODAY, status="in force")) == (1, 0)


@pytest.mark.django_db
def test_a_partys_ties_are_oldest_first_and_those_without_a_date_last(valga: Party) -> None:
    for name, date in (("Orimattila", "2003"), ("Weißwasser", ""), ("Östhammar", "1991"), ("Kobylka", "")):
        tie = make_partnership(parties=[valga, make_party(name=name)], address=f"valga-{name[0].lower()}")
        make_act(partnership=tie, date=date)
    some_ties()
    assert [tie.slug for tie in partnerships_of(valga, TODAY)] == ["valga-ö", "valga-o", "valga-k", "valga-w"]


@pytest.mark.django_db
def test_the_page_shows_what_a_tie_continues_and_what_continues_it(valga: Party) -> None:
    parties = [valga, make_party(name="Valka"), make_party(name="Orimattila")]
    three = make_partnership(parties=parties, address="three")
    two = make_partnership(parties=parties[:2], address="two", continues=three)
    shown = partnership_page(TODAY)
    assert shown.get(slug="two").continues == three
    assert list(shown.get(slug="three").continued_by.all()) == [two]
    assert list(shown.get(slug="two").continued_by.all()) == []


@pytest.mark.django_db
def test_ties_in_force_are_counted_by_party(valga: Party) -> None:
    valka, solna = make_party(name="Valka"), make_party(name="Solna")
    make_act(partnership=make_partnership(parties=[valga, valka]), date="1995")
    make_act(partnership=make_partnership(parties=[valga, valka], kind="friendship"), date="1990")
    make_act(partnership=make_partnership(parties=[valga, solna]), kind=ActKind.ENDED, date="1991")
    assert ties_in_force([valga, solna, valka], TODAY) == {valga.pk: 2, valka.pk: 2}
    assert ties_in_force([valga, solna], dt.date(1992, 1, 1)) == {valga.pk: 1}


# What the sides say ------------------------------------------------------------------------------------


def said_of(tie: Partnership) -> Sides:
    loaded = list(partnership_page(TODAY).filter(pk=tie.pk))
    return sides(loaded, statements_on(loaded))[tie.pk]


def tells(source: Source, tie: Partnership, *, stated: str = "yes") -> None:
    make_accepted(subject=tie, field=EXISTS, stated=stated, source=source)


class Pair(NamedTuple):
    tie: Partnership
    act: Act
    valga: Party
    valka: Party


@pytest.fixture
def pair() -> Pair:
    valga, valka = make_party(name="Valga"), make_party(name="Valka", country="LV")
    tie = make_partnership(parties=[valga, valka])
    return Pair(tie, make_act(partnership=tie, date="1995"), valga, valka)


@pytest.mark.django_db
def test_a_tie_that_only_a_third_party_tells_of_is_said_by_others(pair: Pair) -> None:
    tells(make_own_page(make_party(name="Riga")), pair.tie)
    tells(make_source(kind=SourceKind.DATASET), pair.tie)
    assert said_of(pair.tie) == Sides(Said.OTHERS, (), (pair.valga, pair.valka))


@pytest.mark.django_db
def test_a_tie_that_nobody_tells_of_is_said_by_others(pair: Pair) -> None:
    assert said_of(pair.tie) == Sides(Said.OTHERS, (), (pair.valga, pair.valka))


@pytest.mark.django_db
def test_a_tie_that_one_side_tells_of_is_said_by_one(pair: Pair) -> None:
    tells(make_own_page(pair.valka), pair.tie)
    assert said_of(pair.tie) == Sides(Said.ONE, (pair.valka,), (pair.valga,))


@pytest.mark.django_db
def test_a_side_whose_page_was_read_and_is_silent_is_not_unread(pair: Pair) -> None:
    tells(make_own_page(pair.valka), pair.tie)
    make_own_page(pair.valga)
    assert said_of(pair.tie) == Sides(Said.ONE, (pair.valka,), ())


@pytest.mark.django_db
def test_a_tie_that_both_sides_tell_of_is_said_by_both(pair: Pair) -> None:
    tells(make_own_page(pair.valka), pair.tie)
    make_accepted(subject=pair.act, field="date", stated="1995", source=make_own_page(pair.valga))
    assert said_of(pair.tie) == Sides(Said.BOTH, (pair.valga, pair.valka), ())


@pytest.mark.django_db
def test_a_tie_is_confirmed_when_each_side_states_it_itself(pair: Pair) -> None:
    tells(make_own_page(pair.valka, kind=SourceKind.OWN_STATEMENT), pair.tie)
    tells(make_own_page(pair.valga), pair.tie)
    assert said_of(pair.tie).said == Said.BOTH
    tells(make_own_page(pair.valga, kind=SourceKind.OWN_STATEMENT), pair.tie)
    assert said_of(pair.tie) == Sides(Said.CONFIRMED, (pair.valga, pair.valka), (), (pair.valga, pair.valka))


@pytest.mark.django_db
def test_a_statement_on_an_act_alone_confirms_no_tie(pair: Pair) -> None:
    for party in (pair.valga, pair.valka):
        own = make_own_page(party, kind=SourceKind.OWN_STATEMENT)
        make_accepted(subject=pair.act, field="date", stated="1995", source=own)
    assert said_of(pair.tie).said == Said.BOTH


@pytest.mark.django_db
@pytest.mark.parametrize(("theirs", "said"), [("1996", Said.DISPUTED), ("1995-05", Said.BOTH)])
def test_sides_that_date_an_act_differently_dispute_it(pair: Pair, theirs: str, said: Said) -> None:
    make_accepted(subject=pair.act, field="date", stated="1995", source=make_own_page(pair.valga))
    make_accepted(subject=pair.act, field="date", stated=theirs, source=make_own_page(pair.valka))
    assert said_of(pair.tie) == Sides(said, (pair.valga, pair.valka), ())


@pytest.mark.django_db
@pytest.mark.parametrize("theirs", ["1995", "1996"])
def test_what_waits_for_a_side_is_no_word_of_it(pair: Pair, theirs: str) -> None:
    make_accepted(subject=pair.act, field="date", stated="1995", source=make_own_page(pair.valga))
    make_statement(subject=pair.act, field="date", stated=theirs, source=make_own_page(pair.valka))
    make_statement(subject=pair.tie, field=EXISTS, stated="no", source=make_own_words(pair.valka))
    assert said_of(pair.tie) == Sides(Said.ONE, (pair.valga,), ())


@pytest.mark.django_db
def test_a_side_that_contradicts_itself_or_a_third_party_is_in_no_dispute(pair: Pair) -> None:
    make_accepted(subject=pair.act, field="date", stated="1995", source=make_own_page(pair.valga))
    make_accepted(subject=pair.act, field="date", stated="1996", source=make_own_page(pair.valga))
    make_accepted(
        subject=pair.act, field="date", stated="1997", source=make_own_page(make_party(name="Riga"))
    )
    assert said_of(pair.tie).said == Said.ONE


@pytest.mark.django_db
def test_sides_that_were_seen_on_different_days_are_in_no_dispute(pair: Pair) -> None:
    seen = make_act(partnership=pair.tie, kind=ActKind.ATTESTED, date="2022")
    for party, day in ((pair.valga, "2022-07-22"), (pair.valka, "2024-05-01")):
        make_accepted(subject=seen, field="date", stated=day, source=make_own_page(party))
    assert said_of(pair.tie).said == Said.BOTH


@pytest.mark.django_db
def test_two_acts_of_one_tie_may_have_two_dates(pair: Pair) -> None:
    renewed = make_act(partnership=pair.tie, kind=ActKind.RENEWED, date="2005")
    make_accepted(subject=pair.act, field="date", stated="1995", source=make_own_page(pair.valga))
    make_accepted(subject=renewed, field="date", stated="2005", source=make_own_page(pair.valka))
    assert said_of(pair.tie).said == Said.BOTH


@pytest.mark.django_db
def test_fields_and_texts_that_differ_are_no_dispute(pair: Pair) -> None:
    for party, field in ((pair.valga, "culture"), (pair.valka, "sport")):
        own = make_own_page(party)
        make_accepted(subject=pair.tie, field="fields", stated=field, source=own)
        make_accepted(subject=pair.tie, field="history", stated=f"On {field}", source=own, language="en")
    assert said_of(pair.tie).said == Said.BOTH


@pytest.mark.django_db
def test_a_tie_that_a_side_denies_is_disputed(pair: Pair) -> None:
    tells(make_own_page(pair.valga), pair.tie, stated="no")
    assert said_of(pair.tie) == Sides(Said.DISPUTED, (pair.valga,), (pair.valka,))


@pytest.mark.django_db
def test_a_rejected_statement_is_not_said(pair: Pair) -> None:
    tells(make_own_page(pair.valka), pair.tie)
    reject(Statement.objects.all(), by=make_user(), rank=lambda _statements: {})
    assert said_of(pair.tie) == Sides(Said.OTHERS, (), (pair.valga,))


@pytest.mark.django_db
def test_a_tie_of_three_is_said_by_both_only_when_all_have_spoken(pair: Pair) -> None:
    riga = make_party(name="Riga")
    tie = make_partnership(parties=[pair.valga, pair.valka, riga])
    tells(make_own_page(pair.valga), tie)
    tells(make_own_page(pair.valka), tie)
    assert said_of(tie) == Sides(Said.ONE, (pair.valga, pair.valka), (riga,))
    tells(make_own_page(riga), tie)
    assert said_of(tie).said == Said.BOTH


# Queries do not grow -----------------------------------------------------------------------------------


def _read(tie: Partnership) -> object:
    return (
        tie.status,
        tie.since,
        [signatory.party.name for signatory in tie.signatories.all()],
        [field.code for field in tie.fields.all()],
        [act.kind for act in tie.acts.all()],
    )


def _read_list(_town: Party) -> int:
    return len([_read(tie) for tie in partnership_list(TODAY)])


def _read_ties_of(town: Party) -> int:
    return len([_read(tie) for tie in partnerships_of(town, TODAY)])


def _read_sides(_town: Party) -> int:
    ties = list(partnership_list(TODAY))
    all_said = sides(ties, statements_on(ties))
    assert sides(ties) == all_said  # what the sides themselves state is enough
    return len(all_said)


def _read_pages(_town: Party) -> int:
    shown = partnership_page(TODAY)
    return len(
        [
            (
                _read(tie),
                tie.continues,
                [[s.party for s in t.signatories.all()] for t in tie.continued_by.all()],
            )
            for tie in shown
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("read", "queries"),
    [(_read_list, 4), (_read_ties_of, 4), (_read_sides, 8), (_read_pages, 8)],
    ids=["list", "of a party", "sides", "pages"],
)
def test_the_number_of_queries_is_the_same_for_two_ties_and_for_thirty(
    valga: Party, read: Callable[[Party], int], queries: int
) -> None:
    page = make_own_page(valga)
    asked = []
    for ties in (2, 30):
        for n in range(Partnership.objects.count(), ties):
            tie = make_partnership(
                parties=[valga, make_party(name=f"Town {n}")],
                kind=PartnershipKind.TWINNING,
                fields=["sport"],
                continues=Partnership.objects.first(),
            )
            make_act(partnership=tie, date="1995")
            tells(page, tie)
        with CaptureQueriesContext(connection) as captured:
            assert read(valga) == ties
        asked.append(len(captured))
    assert asked == [queries, queries]
