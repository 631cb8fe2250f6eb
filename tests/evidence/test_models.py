import datetime as dt
from itertools import count

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.accounts import make_user
from tests.factories.evidence import READ_ON, make_snapshot, make_source
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Decision, Deed, Snapshot, Source, Statement, Verdict

pytestmark = pytest.mark.django_db

_hashes = count(1)


def a_row(
    *,
    subject_id: int = 1,
    field: str = "population",
    language: str = "",
    stated: str = "12000",
    value: str = "12000",
    why: str = "",
    stated_hash: str = "",
    source: Source | None = None,
    verdict: str = Verdict.PROPOSED,
    decided: bool = False,
    in_force: bool = False,
    is_member: bool = False,
    preferred: bool = False,
    first_seen: dt.date = READ_ON,
    last_seen: dt.date = READ_ON,
) -> Statement:
    """A row as no action would write it, not saved."""
    return Statement(
        subject_type="parties.party",
        subject_id=subject_id,
        field=field,
        language=language,
        stated=stated,
        stated_hash=stated_hash or f"{next(_hashes):064}",
        value=value,
        why=why,
        source=source or make_source(),
        origin="officer",
        first_seen=first_seen,
        last_seen=last_seen,
        verdict=verdict,
        decided_by=make_user() if decided else None,
        decided_at=timezone.now() if decided else None,
        in_force=in_force,
        is_member=is_member,
        preferred=preferred,
    )


def in_force(*, field: str = "population", language: str = "", is_member: bool = False) -> Statement:
    return a_row(
        field=field,
        language=language,
        is_member=is_member,
        in_force=True,
        verdict=Verdict.ACCEPTED,
        decided=True,
    )


def saved(record: Statement) -> Statement:
    record.save()
    return record


def _the_same_content() -> Snapshot:
    kept = make_snapshot()
    return Snapshot(
        source=kept.source,
        fetched_at=timezone.now(),
        sha256=kept.sha256,
        media_type="text/html",
        main_text="",
    )


def _the_same_fact() -> Statement:
    kept = saved(a_row())
    return a_row(source=kept.source, stated_hash=kept.stated_hash)


def _a_second_in_force() -> Statement:
    saved(in_force())
    return in_force()


def _decided_by_nobody() -> Statement:
    return a_row(verdict=Verdict.REJECTED)


BREACHES = {
    "evidence_source_kind": Breach(
        lambda: Source(key="rumour", kind="rumour", title="Heard at the market", read_on=READ_ON),
        "This is not a kind of source.",
    ),
    "evidence_statement_verdict": Breach(
        lambda: a_row(verdict="doubted", decided=True),
        "This is not a verdict.",
    ),
    "evidence_source_one_dating": Breach(
        lambda: Source(
            key="both",
            title="Partner cities",
            read_on=READ_ON,
            dated=PartialDate(2022),
            not_before=PartialDate(2021),
        ),
        "A source has a date of its own or a day it is not older than, not both.",
    ),
    "evidence_source_titled": Breach(
        lambda: Source(key="untitled", title="", read_on=READ_ON), "A source needs a title."
    ),
    "evidence_snapshot_once": Breach(_the_same_content, "This content of the source is kept already."),
    "evidence_statement_once": Breach(_the_same_fact, "This source states this already."),
    "evidence_statement_one_in_force": Breach(
        _a_second_in_force, "Another statement on this field is in force."
    ),
    "evidence_statement_force_accepted": Breach(
        lambda: a_row(in_force=True), "Only an accepted statement can be in force."
    ),
    "evidence_statement_preferred_accepted": Breach(
        lambda: a_row(preferred=True), "Only an accepted statement can be chosen over others."
    ),
    "evidence_decision_deed": Breach(
        lambda: Decision(statement=saved(a_row()), deed="doubted", by=make_user()), "This is not a decision."
    ),
    "evidence_decision_preferred_why": Breach(
        lambda: Decision(statement=saved(a_row()), deed=Deed.PREFERRED, by=make_user()),
        "To choose one word over others needs a reason.",
    ),
    "evidence_statement_decided": Breach(
        _decided_by_nobody, "A verdict has somebody who gave it, and the time."
    ),
    "evidence_statement_corrected_why": Breach(
        lambda: a_row(stated="1993", value="1992"), "A correction needs its reason."
    ),
    "evidence_statement_seen_in_order": Breach(
        lambda: a_row(last_seen=READ_ON - dt.timedelta(days=1)),
        "A statement is last seen on or after the day it is first seen.",
    ),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("evidence"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


def test_no_two_sources_have_one_key() -> None:
    make_source(key="valga-partners")
    with pytest.raises(IntegrityError):
        make_source(key="valga-partners")


@pytest.mark.parametrize(
    ("dated", "not_before"),
    [(None, None), (PartialDate(2022), None), (None, PartialDate(2022, 7, 22))],
)
def test_a_source_has_at_most_one_dating(dated: PartialDate | None, not_before: PartialDate | None) -> None:
    source = make_source(dated=dated, not_before=not_before)
    source.full_clean()
    source.refresh_from_db()
    assert (source.dated, source.not_before) == (dated, not_before)


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.REJECTED])
def test_a_verdict_needs_both_who_gave_it_and_when(verdict: Verdict) -> None:
    message = BREACHES["evidence_statement_decided"].message
    nobody, no_time = a_row(verdict=verdict, decided=True), a_row(verdict=verdict, decided=True)
    nobody.decided_by = None
    no_time.decided_at = None
    decided_without_verdict = a_row(decided=True)
    assert_refused(Breach(lambda: nobody, message))
    assert_refused(Breach(lambda: no_time, message))
    assert_refused(Breach(lambda: decided_without_verdict, message))


def test_what_was_rejected_or_is_a_member_of_a_set_is_not_chosen_over_others() -> None:
    message = BREACHES["evidence_statement_preferred_accepted"].message
    rejected = a_row(verdict=Verdict.REJECTED, decided=True, preferred=True)
    member = a_row(verdict=Verdict.ACCEPTED, decided=True, is_member=True, preferred=True)
    assert_refused(Breach(lambda: rejected, message))
    assert_refused(Breach(lambda: member, message))


@pytest.mark.parametrize("deed", [deed for deed in Deed if deed != Deed.PREFERRED])
def test_other_decisions_need_no_reason(deed: Deed) -> None:
    decision = Decision(statement=saved(a_row()), deed=deed, by=make_user())
    decision.full_clean()
    decision.save()
    assert Decision.objects.get().why == ""


def test_the_same_fact_of_another_source_field_record_or_language_is_another_statement() -> None:
    first = saved(a_row())
    others = [
        a_row(stated_hash=first.stated_hash),
        a_row(stated_hash=first.stated_hash, source=first.source, field="name"),
        a_row(stated_hash=first.stated_hash, source=first.source, subject_id=2),
        a_row(stated_hash=first.stated_hash, source=first.source, language="lv"),
        a_row(source=first.source),
    ]
    for other in others:
        other.validate_constraints()
        other.save()
    assert Statement.objects.count() == 1 + len(others)


def test_texts_in_two_languages_and_the_members_of_a_set_are_in_force_side_by_side() -> None:
    for record in (
        in_force(field="history", language="lv"),
        in_force(field="history", language="et"),
        in_force(field="fields", is_member=True),
        in_force(field="fields", is_member=True),
    ):
        record.validate_constraints()
        record.save()
    assert Statement.objects.filter(in_force=True).count() == 4


def test_a_correction_with_its_reason_is_printed_in_error() -> None:
    assert saved(a_row(stated="1993", value="1992", why="The agreement says 1992.")).printed_in_error
    assert not saved(a_row()).printed_in_error
