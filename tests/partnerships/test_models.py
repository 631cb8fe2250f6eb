import datetime as dt

import pytest
from django.db import models
from django.db.models import ProtectedError

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.partnerships.models import (
    PARTY_ACTS,
    STATUS_AFTER,
    Act,
    ActKind,
    CooperationField,
    Partnership,
    PartnershipKind,
    Signatory,
    Spell,
    Status,
)

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def a_tie(
    *, kind: str = PartnershipKind.TWINNING, parties_key: str = "1 2", withdrawn_why: str = ""
) -> Partnership:
    return Partnership(slug="valga-valka", kind=kind, parties_key=parties_key, withdrawn_why=withdrawn_why)


def _the_same_tie() -> Partnership:
    return a_tie(parties_key=make_partnership().parties_key)


def _the_same_signatory() -> Signatory:
    signed = make_partnership().signatories.all()[0]
    return Signatory(partnership=signed.partnership, party=signed.party)


def _the_same_number() -> Act:
    return Act(partnership=make_act().partnership, kind=ActKind.RENEWED, number=1)


def a_spell(tie: Partnership, *, ends: dt.date = dt.date.max) -> Spell:
    return Spell(partnership=tie, status=Status.IN_FORCE, starts=dt.date(1992, 6, 15), ends=ends)


BREACHES = {
    "partnerships_partnership_once": Breach(
        _the_same_tie, "These parties have a partnership of this kind already."
    ),
    "partnerships_partnership_kind": Breach(
        lambda: a_tie(kind="marriage"), "This is not a kind of partnership."
    ),
    "partnerships_partnership_two_parties": Breach(
        lambda: a_tie(parties_key="1"), "A partnership has two signatories or more."
    ),
    "partnerships_partnership_withdrawn": Breach(
        lambda: a_tie(withdrawn_why="Entered twice."), "A withdrawal needs its reason."
    ),
    "partnerships_signatory_once": Breach(_the_same_signatory, "This party has signed already."),
    "partnerships_act_number_once": Breach(_the_same_number, "This tie has an act with this number already."),
    "partnerships_act_from_one": Breach(
        lambda: Act(partnership=make_partnership(), kind=ActKind.SIGNED, number=0),
        "The first act of a tie has the number 1.",
    ),
    "partnerships_partnership_merged_withdrawn": Breach(
        lambda: Partnership(
            slug="walk-valka",
            kind=PartnershipKind.TWINNING,
            parties_key="1 2 3",
            merged_into=make_partnership(),
        ),
        "A partnership that is merged into another is withdrawn.",
    ),
    "partnerships_act_withdrawn": Breach(
        lambda: Act(
            partnership=make_partnership(), kind=ActKind.SIGNED, number=1, withdrawn_why="Entered in error."
        ),
        "A withdrawal needs its reason.",
    ),
    "partnerships_act_kind": Breach(
        lambda: Act(partnership=make_partnership(), kind="kissed", number=1), "This is not a kind of act."
    ),
    "partnerships_act_party": Breach(
        lambda: Act(partnership=make_partnership(), kind=ActKind.LEFT, number=1),
        "Joining and leaving name the party; other acts do not.",
    ),
    "partnerships_spell_once": Breach(
        lambda: a_spell(make_act(date="1992-06-15").partnership),
        "This tie has a spell from this day already.",
    ),
    "partnerships_spell_in_order": Breach(
        lambda: a_spell(make_partnership(), ends=dt.date(1992, 6, 14)),
        "A spell ends on or after the day it starts.",
    ),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("partnerships"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


def test_a_withdrawal_without_its_reason_is_refused() -> None:
    tie = a_tie()
    tie.withdrawn_at = WITHDRAWN_AT
    assert_refused(Breach(lambda: tie, "A withdrawal needs its reason."))


def test_an_act_that_is_no_joining_or_leaving_names_no_party() -> None:
    message = BREACHES["partnerships_act_party"].message
    tie = make_partnership()
    act = Act(partnership=tie, kind=ActKind.SIGNED, number=1, party=make_party())
    assert_refused(Breach(lambda: act, message))


def test_the_same_parties_may_have_a_tie_of_another_kind_or_one_that_was_withdrawn() -> None:
    first = make_partnership()
    first.withdrawn_at, first.withdrawn_why = WITHDRAWN_AT, "Entered twice."
    first.save()
    parties = [signatory.party for signatory in first.signatories.all()]
    second = make_partnership(parties=parties)
    third = make_partnership(parties=parties, kind=PartnershipKind.FRIENDSHIP)
    assert list(Partnership.objects.standing().order_by("pk")) == [second, third]
    assert {first.parties_key, second.parties_key, third.parties_key} == {first.parties_key}


def test_every_kind_of_act_leaves_a_status_or_moves_a_party() -> None:
    assert {*STATUS_AFTER, *PARTY_ACTS} == set(ActKind)
    assert set(STATUS_AFTER).isdisjoint(PARTY_ACTS)


def test_a_tie_that_was_merged_into_another_keeps_it() -> None:
    kept = make_partnership()
    merged = make_partnership(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    merged.merged_into = kept
    merged.full_clean()
    merged.save()
    assert list(kept.merged_from.all()) == [merged]
    with pytest.raises(ProtectedError):
        kept.delete()


def test_what_a_tie_rests_on_is_not_deleted() -> None:
    tie = make_partnership()
    make_partnership(parties=[make_party(), make_party()], continues=tie)
    with pytest.raises(ProtectedError):
        tie.delete()
    with pytest.raises(ProtectedError):
        tie.signatories.all()[0].party.delete()


def test_the_fields_of_cooperation_are_kept_in_step_with_the_vocabulary() -> None:
    kept = list(CooperationField.objects.all())
    assert [field.code for field in kept] == list(fields_of_cooperation())
    assert [field.label for field in kept] == [term.label for term in fields_of_cooperation().values()]


def test_records_are_called_by_what_people_know_them_by() -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka")
    tie = make_partnership(parties=[valga, valka], address="valga-valka")
    records: list[tuple[models.Model, str]] = [
        (tie, "valga-valka"),
        (tie.signatories.all()[0], "Valga"),
        (make_act(partnership=tie), "valga-valka 1: signed"),
        (CooperationField.objects.get(code="culture"), "Culture"),
    ]
    assert [str(record) for record, _ in records] == [text for _, text in records]
