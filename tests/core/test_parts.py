"""Whichever way an act or a signatory is written, the spells of its tie and what is kept of it follow."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source
from tests.factories.networks import make_membership, make_membership_act
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.core.dates import PartialDate
from twinhall.core.respelling import respell
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import Membership, MembershipAct, MembershipSpell
from twinhall.parties.actions import restore, withdraw
from twinhall.partnerships.actions import add_act
from twinhall.partnerships.models import Act, ActKind, Partnership, Signatory, Spell

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def tie() -> Partnership:
    """Signed in 1991; a third party left it in 2001; of other dates nothing is known."""
    third = make_party(name="Orimattila")
    found = make_partnership(parties=[make_party(name="Valga"), make_party(name="Valka"), third])
    make_act(partnership=found, date="1991")
    make_act(partnership=found, kind=ActKind.LEFT, date="2001", party=third)
    return found


def spelt(tie: Partnership) -> list[str]:
    """Its spells in short: the status and the year it starts in; and since when it is."""
    tie.refresh_from_db()
    found = [f"{spell.status} {spell.starts.year}" for spell in tie.spells.all()]
    return [*found, f"{tie.since_kind} {tie.since}"]


def act(tie: Partnership) -> Act:
    return Act.every.get(partnership=tie, number=1)


def _bulk_update(tie: Partnership) -> None:
    found = list(Act.every.filter(partnership=tie))
    found[0].date = PartialDate(1995)
    Act.every.bulk_update(found, ["date"])


def _save(tie: Partnership) -> None:
    found = act(tie)
    found.date = PartialDate(1995)
    found.save()


def _say(tie: Partnership) -> None:
    make_accepted(subject=act(tie), field="date", stated="1995")


def _move_away(tie: Partnership) -> None:
    found = act(tie)
    found.partnership = make_partnership()
    found.save()


def _withdraw(tie: Partnership) -> None:
    withdraw(act(tie), why="Never was.", by=make_user())


def _restore(tie: Partnership) -> None:
    _withdraw(tie)
    restore(act(tie), by=make_user())


def _sides(tie: Partnership) -> "list[Signatory]":
    return list(Signatory.objects.filter(partnership=tie))


ENDED = {"valid_until": PartialDate(1996)}
WRITES: dict[str, tuple[Callable[[Partnership], object], list[str]]] = {
    "save": (_save, ["in force 1995", "signed 1995"]),
    "statement": (_say, ["in force 1995", "signed 1995"]),
    "bulk update": (_bulk_update, ["in force 1995", "signed 1995"]),
    "update": (lambda tie: Act.objects.filter(partnership=tie, number=1).update(**ENDED), [
        "in force 1991", "ended 1996", "signed 1991",
    ]),
    "update of all": (lambda tie: tie.acts.update(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Never was."), [
        " None",
    ]),
    "create": (
        lambda tie: tie.acts.create(kind=ActKind.LAPSED, number=3, date=PartialDate(2005)),
        ["in force 1991", "dormant 2005", "signed 1991"],
    ),
    "bulk create": (
        lambda tie: Act.objects.bulk_create(
            [Act(partnership=tie, kind=ActKind.LAPSED, number=3, date=PartialDate(2005))]
        ),
        ["in force 1991", "dormant 2005", "signed 1991"],
    ),
    "a deed": (
        lambda tie: add_act(tie, kind=ActKind.SUSPENDED, by=make_user(), date=PartialDate(1993)),
        ["suspended 1991", "signed 1991"],
    ),
    "delete": (lambda tie: act(tie).delete(), ["left 2001"]),
    "delete of many": (lambda tie: Act.every.filter(partnership=tie).delete(), [" None"]),
    "moved by save": (_move_away, ["left 2001"]),
    "moved by update": (
        lambda tie: Act.every.filter(pk=act(tie).pk).update(partnership_id=make_partnership().pk),
        ["left 2001"],
    ),
    "withdrawn": (_withdraw, ["left 2001"]),
    "restored": (_restore, ["in force 1991", "signed 1991"]),
    "a side deleted": (lambda tie: _sides(tie)[-1].delete(), ["in force 1991", "ended 2001", "signed 1991"]),
    "sides deleted": (
        lambda tie: tie.signatories.exclude(party__name="Orimattila").delete(),
        ["in force 1991", "ended 2001", "signed 1991"],
    ),
    "a side in another's place": (
        lambda tie: Act.every.filter(partnership=tie, kind="left").update(party=_sides(tie)[0].party),
        ["in force 1991", "signed 1991"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITES)
def test_spells_follow_what_is_written(tie: Partnership, way: str) -> None:
    assert spelt(tie) == ["in force 1991", "signed 1991"]
    write, expected = WRITES[way]
    write(tie)
    assert spelt(tie) == expected
    assert respell(Partnership, Partnership.objects.values_list("pk", flat=True)) == 0


def test_sides_that_come_after_the_acts_count(tie: Partnership) -> None:
    sides = _sides(tie)
    Signatory.objects.filter(partnership=tie).delete()
    assert spelt(tie)[:-1] == ["in force 1991", "ended 2001"]
    Signatory.objects.bulk_create(Signatory(partnership=tie, party=side.party) for side in sides)
    assert spelt(tie)[:-1] == ["in force 1991"]


def test_an_act_that_moves_is_told_of_the_tie_that_it_comes_to(tie: Partnership) -> None:
    other = make_partnership()
    Act.every.filter(partnership=tie, number=1).update(partnership=other)
    assert spelt(other) == ["in force 1991", "signed 1991"]


def test_a_tie_that_is_deleted_leaves_no_spells(tie: Partnership) -> None:
    tie.delete()
    assert not Spell.objects.exists()


def test_memberships_have_their_spells() -> None:
    membership = make_membership_act(date="2006").membership
    admission = MembershipAct.objects.get()
    MembershipAct.objects.filter(pk=admission.pk).update(date=PartialDate(2010))
    membership.refresh_from_db()
    assert [(s.status, s.starts.year) for s in membership.spells.all()] == [("member", 2010)]
    assert (membership.since, membership.undated) == (PartialDate(2010), False)
    admission.delete()
    assert not MembershipSpell.objects.exists()


# Few queries -------------------------------------------------------------------------------------------


def test_what_says_nothing_of_the_status_costs_nothing(tie: Partnership) -> None:
    found = act(tie)
    with CaptureQueriesContext(connection) as captured:
        found.save(update_fields=["place"])
        Act.objects.filter(pk=found.pk).update(place="Valga")
    assert len(captured) == 2


def _asked(ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as captured:
        respell(Partnership, ids)
    return len([asked for asked in captured if "SAVEPOINT" not in asked["sql"]])


def test_many_are_made_anew_at_once_and_nothing_is_written_where_nothing_changed() -> None:
    ids = [make_act(date="1991").partnership.pk for _n in range(12)]
    assert {_asked(ids[:1]), _asked(ids)} == {3}
    asked = []
    for some in (ids[:1], ids):
        Spell.objects.filter(partnership__in=some).update(status="dormant")
        asked.append(_asked(some))
    assert asked[0] == asked[1]
    assert set(Spell.objects.values_list("status", flat=True)) == {"in force"}


def test_what_is_not_there_is_passed_over() -> None:
    assert respell(Partnership, [4711]) == respell(Membership, []) == 0


# An older database -------------------------------------------------------------------------------------


def test_an_older_database_is_filled(tie: Partnership) -> None:
    for source in (make_source(), make_source()):
        make_accepted(subject=tie, field=EXISTS, stated="yes", source=source)
    make_membership_act(date="2006", membership=make_membership())
    filled = _everything()
    Spell.objects.all().delete()
    MembershipSpell.objects.all().delete()
    Partnership.objects.update(since=None, since_kind="", undated=True, source_count=0)
    Membership.objects.update(since=None, since_kind="", undated=True)
    for app in ("partnerships", "networks"):
        import_module(f"twinhall.{app}.migrations.0004_spells_filled").fill(apps, None)
    assert _everything() == filled
    assert (len(filled), filled[0][-1]) == (4, 2)


def _everything() -> list[tuple[object, ...]]:
    return [
        *Partnership.objects.values_list("since", "since_kind", "undated", "source_count"),
        *Membership.objects.values_list("since", "since_kind", "undated"),
        *Spell.objects.values_list("partnership", "status", "starts", "ends"),
        *MembershipSpell.objects.values_list("membership", "status", "starts", "ends"),
    ]
