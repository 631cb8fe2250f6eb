"""Two partnerships become one: acts are found in each other by their kind and place."""

from collections.abc import Sequence

import pytest

from tests.factories.accounts import make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.evidence import make_accepted
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.merge import merge_parties, merge_partnerships, undo
from twinhall.exchange.models.merges import Merge, MergeKind
from twinhall.parties.actions import withdraw
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership, PartnershipKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]

__all__ = ["document_folder"]


@pytest.fixture
def towns() -> list[Party]:
    return [make_party(name="Valga"), make_party(name="Valka")]


@pytest.fixture
def twinning(towns: list[Party]) -> Partnership:
    return make_partnership(parties=towns, address="kept")


@pytest.fixture
def friendship(towns: list[Party]) -> Partnership:
    return make_partnership(parties=towns, address="gone", kind=PartnershipKind.FRIENDSHIP)


def merged(keep: Partnership, gone: Partnership) -> Merge:
    merge = merge_partnerships(keep, gone, why="Entered twice.", by=make_user())
    keep.refresh_from_db()
    gone.refresh_from_db()
    return merge


def acts(tie: Partnership) -> list[str]:
    return [f"{act.number} {act.kind} {act.date or ''}".strip() for act in tie.acts.order_by("number")]


def add(tie: Partnership, told: Sequence[str]) -> list[Act]:
    """Acts told as “signed 1992” or “signed”."""
    made = []
    for kind, _, date in (act.partition(" ") for act in told):
        made.append(make_act(partnership=tie, kind=kind))
        if date:
            make_accepted(subject=made[-1], field="date", stated=date)
    return made


def test_the_gone_partnership_is_withdrawn_and_leads_to_the_other(
    twinning: Partnership, friendship: Partnership
) -> None:
    make_accepted(subject=friendship, field="fields", stated="culture")
    make_accepted(subject=friendship, field="history", stated="Two towns.", language="en")
    merge = merged(twinning, friendship)
    assert (friendship.merged_into, friendship.withdrawn_why) == (twinning, "Entered twice.")
    assert (merge.kind, merge.gone_label) == (MergeKind.PARTNERSHIP, "gone")
    assert (list(twinning.fields.values_list("pk", flat=True)), twinning.history) == (
        ["culture"],
        {"en": "Two towns."},
    )


@pytest.mark.parametrize(
    ("kept", "gone", "together"),
    [
        (["signed"], ["signed 1992"], ["1 signed 1992"]),
        (["signed 1992"], ["signed 1992-05"], ["1 signed 1992-05"]),
        (["signed 1992"], ["contact 1990", "signed"], ["1 contact 1990", "2 signed 1992"]),
        (
            ["signed 1992", "ended 2010"],
            ["renewed 2005"],
            ["1 signed 1992", "2 renewed 2005", "3 ended 2010"],
        ),
        (
            ["signed 1992", "ended 2010"],
            ["begun", "signed"],
            ["1 begun", "2 signed 1992", "3 ended 2010"],
        ),
        (
            ["contact 1990", "renewed 2005"],
            ["signed 1992", "suspended", "resumed 1999"],
            ["1 contact 1990", "2 signed 1992", "3 suspended", "4 resumed 1999", "5 renewed 2005"],
        ),
        (["signed"], ["contact 1990", "begun", "signed"], ["1 contact 1990", "2 begun", "3 signed"]),
        (["signed 2000"], ["signed", "ended 1995"], ["1 signed 2000", "2 ended 1995"]),
        (
            ["signed 1992"],
            ["signed", "ended 1999", "signed 2003"],
            ["1 signed 1992", "2 ended 1999", "3 signed 2003"],
        ),
        ([], ["signed 1992", "ended"], ["1 signed 1992", "2 ended"]),
    ],
)
def test_acts_meet_or_stand_in_their_order(
    twinning: Partnership, friendship: Partnership, kept: list[str], gone: list[str], together: list[str]
) -> None:
    add(twinning, kept)
    add(friendship, gone)
    before = acts(twinning), acts(friendship)
    merge = merged(twinning, friendship)
    assert acts(twinning) == together
    undo(merge, by=make_user())
    assert (acts(twinning), acts(friendship)) == before


def test_acts_keep_their_numbers_where_they_can(twinning: Partnership, friendship: Partnership) -> None:
    make_act(partnership=twinning, number=2, date="1992")
    make_act(partnership=twinning, kind="ended", number=7, date="2010")
    add(friendship, ["contact 1990"])
    merged(twinning, friendship)
    assert acts(twinning) == ["1 contact 1990", "2 signed 1992", "7 ended 2010"]


def test_parties_that_leave_are_told_apart(towns: list[Party], twinning: Partnership) -> None:
    friendship = make_partnership(parties=towns, kind=PartnershipKind.FRIENDSHIP)
    make_act(partnership=twinning, kind="left", party=towns[0])
    make_act(partnership=friendship, kind="left", party=towns[1])
    merged(twinning, friendship)
    assert [act.party for act in twinning.acts.order_by("number")] == [towns[1], towns[0]]


def test_an_act_that_was_taken_back_stays_where_it_is(twinning: Partnership, friendship: Partnership) -> None:
    kept, gone = add(twinning, ["signed"]) + add(friendship, ["signed"])
    withdraw(gone, why="It was never signed.", by=make_user())
    make_accepted(subject=gone, field=EXISTS, stated="yes")
    merged(twinning, friendship)
    gone.refresh_from_db()
    assert (gone.partnership, list(twinning.acts.all())) == (friendship, [kept])


def test_documents_go_to_the_act_that_stays(twinning: Partnership, friendship: Partnership) -> None:
    (kept,), (gone,) = add(twinning, ["signed"]), add(friendship, ["signed"])
    agreement, photograph = make_document(), make_document()
    kept.documents.add(photograph)
    gone.documents.add(agreement, photograph)
    merge = merged(twinning, friendship)
    assert set(kept.documents.all()) == {agreement, photograph}
    assert set(gone.documents.all()) == {photograph}
    undo(merge, by=make_user())
    assert (set(kept.documents.all()), set(gone.documents.all())) == ({photograph}, {agreement, photograph})


def test_what_lives_on_from_a_tie_lives_on_from_the_kept_one(
    twinning: Partnership, friendship: Partnership
) -> None:
    later, earlier = make_partnership(continues=friendship), make_partnership()
    Partnership.objects.filter(pk=friendship.pk).update(continues=earlier)
    merged(twinning, friendship)
    later.refresh_from_db()
    assert (later.continues, twinning.continues) == (twinning, earlier)


@pytest.mark.parametrize("first_is_kept", [True, False])
def test_a_tie_does_not_live_on_from_itself(
    twinning: Partnership, friendship: Partnership, *, first_is_kept: bool
) -> None:
    one, other = (twinning, friendship) if first_is_kept else (friendship, twinning)
    Partnership.objects.filter(pk=one.pk).update(continues=other)
    merged(twinning, friendship)
    assert twinning.continues is None


def test_pairs_and_earlier_merges_follow(
    towns: list[Party], twinning: Partnership, friendship: Partnership
) -> None:
    membership = make_membership(pair=friendship)
    contact = make_partnership(parties=towns, kind=PartnershipKind.CONTACT)
    merged(friendship, contact)
    merged(twinning, friendship)
    membership.refresh_from_db()
    contact.refresh_from_db()
    assert (membership.pair, contact.merged_into) == (twinning, twinning)


def test_acts_of_memberships_meet_too() -> None:
    network, kept, gone = make_network(), make_party(name="Valga"), make_party(name="Walk")
    ours, theirs = (make_membership(network=network, party=party) for party in (kept, gone))
    make_membership_act(membership=ours, kind="admitted")
    for kind, date in (("applied", "1990"), ("admitted", "1991"), ("left", "1999")):
        act = make_membership_act(membership=theirs, kind=kind)
        make_accepted(subject=act, field="date", stated=date)
    merge_parties(kept, gone, why="Entered twice.", by=make_user())
    found = [(act.number, act.kind, str(act.date)) for act in ours.acts.order_by("number")]
    assert found == [(1, "applied", "1990"), (2, "admitted", "1991"), (3, "left", "1999")]
