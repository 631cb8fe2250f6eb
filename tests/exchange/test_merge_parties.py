"""Two parties become one: all that belongs to the one goes to the other."""

import pytest
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.networks import make_membership, make_network, make_post
from tests.factories.parties import (
    make_affiliation,
    make_contact,
    make_filing,
    make_identifier,
    make_invitation,
    make_name,
    make_own_page,
    make_party,
    make_succession,
)
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation
from twinhall.accounts.models import LogEntry
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.merge import merge_parties
from twinhall.exchange.merge.parties import POINTING
from twinhall.exchange.models.findings import Finding
from twinhall.exchange.models.merges import Merge, MergeKind
from twinhall.finder.queries import search
from twinhall.networks.models import Membership, Network
from twinhall.parties.actions import withdraw
from twinhall.parties.models import Name, Party, Succession
from twinhall.partnerships.models import ActKind, Partnership, Signatory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]

__all__ = ["document_folder"]

WHY = "Entered twice."


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga", country="")


@pytest.fixture
def walk() -> Party:
    return make_party(name="Walk", language="de", country="")


def merged(keep: Party, gone: Party) -> Merge:
    merge = merge_parties(keep, gone, why=WHY, by=make_user())
    keep.refresh_from_db()
    gone.refresh_from_db()
    return merge


def test_the_gone_party_is_withdrawn_and_leads_to_the_other(valga: Party, walk: Party) -> None:
    merge = merged(valga, walk)
    assert (walk.withdrawn_why, walk.merged_into) == (WHY, valga)
    assert walk.withdrawn_at is not None
    assert (merge.kind, merge.kept_id, merge.gone_id) == (MergeKind.PARTY, valga.pk, walk.pk)
    assert (merge.kept_label, merge.gone_label, merge.why) == ("Valga", "Walk", WHY)


def test_a_merge_writes_one_line_in_the_audit_log(valga: Party, walk: Party) -> None:
    make_accepted(subject=walk, field="population", stated=12000)
    LogEntry.objects.all().delete()
    merge = merged(valga, walk)
    line = LogEntry.objects.get()
    assert (line.deed, line.label, line.why, line.by) == ("records merged", "Walk → Valga", WHY, merge.by)
    assert (line.record_type, line.record_id) == ("exchange.merge", str(merge.pk))


def test_what_was_merged_into_the_gone_party_leads_to_the_kept_one(valga: Party, walk: Party) -> None:
    earlier = make_party(name="Walga")
    merged(walk, earlier)
    merged(valga, walk)
    earlier.refresh_from_db()
    assert earlier.merged_into == valga


# Words -------------------------------------------------------------------------------------------------


def test_what_is_said_of_the_gone_party_is_said_of_the_kept_one(valga: Party, walk: Party) -> None:
    statement = make_accepted(subject=walk, field="population", stated=12000)
    waiting = make_statement(subject=walk, field="website", stated="https://walk.example/")
    merged(valga, walk)
    assert (valga.population, walk.population, valga.website) == (12000, None, "")
    assert set(Statement.objects.filter(subject_id=valga.pk)) == {statement, waiting}


def test_the_gone_partys_own_pages_are_the_kept_ones(valga: Party, walk: Party) -> None:
    make_accepted(subject=valga, field="population", stated=13000, source=make_source())
    make_accepted(subject=walk, field="population", stated=12000, source=make_own_page(walk))
    merged(valga, walk)
    assert valga.population == 12000
    assert valga.publications.count() == 1


def test_what_one_source_says_of_both_stays_on_both(valga: Party, walk: Party) -> None:
    page = make_source()
    for party in (valga, walk):
        make_accepted(subject=party, field="population", stated=12000, source=page)
    merged(valga, walk)
    assert (valga.population, walk.population) == (12000, 12000)
    assert Statement.objects.filter(subject_id=valga.pk).count() == 1


# Names -------------------------------------------------------------------------------------------------


def test_the_kept_party_is_found_by_the_name_of_the_other(valga: Party, walk: Party) -> None:
    merged(valga, walk)
    assert [(n.text, n.language, n.kind) for n in valga.names.all()] == [("Walk", "de", "alias")]
    assert [hit.record for hit in search("walk")] == [valga]


def test_whichever_name_does_not_stand_becomes_another_name(valga: Party, walk: Party) -> None:
    make_accepted(subject=walk, field="name", stated="Walk")
    merged(valga, walk)
    assert (valga.name, valga.language) == ("Walk", "de")
    assert [name.text for name in valga.names.all()] == ["Valga"]
    assert [hit.record for hit in search("valga")] == [valga]


def test_a_name_that_the_party_has_is_not_added(valga: Party, walk: Party) -> None:
    make_name(party=valga, text="Walk", language="de")
    merged(valga, walk)
    assert [name.kind for name in valga.names.all()] == ["exonym"]


def test_parties_of_one_name_need_no_other(valga: Party) -> None:
    twin = make_party(name="Valga")
    merged(valga, twin)
    assert not valga.names.exists()


def test_names_move_and_the_words_on_those_that_both_have(valga: Party, walk: Party) -> None:
    ours, theirs = make_name(party=valga, text="Walga"), make_name(party=walk, text="Walga")
    moves = make_name(party=walk, text="Valga linn")
    make_accepted(subject=theirs, field=EXISTS, stated="yes")
    merged(valga, walk)
    assert {name.pk for name in valga.names.all()} >= {ours.pk, moves.pk}
    assert theirs.party_id == walk.pk
    assert Statement.objects.get().subject_id == ours.pk
    assert [hit.record for hit in search("linn")] == [valga]


def test_a_name_that_was_taken_back_stays_so(valga: Party, walk: Party) -> None:
    taken_back = make_name(party=valga, text="Walk")
    withdraw(taken_back, why="It is a village.", by=make_user())
    merged(valga, walk)
    assert not valga.names.exists()


# What belongs to it ------------------------------------------------------------------------------------


def test_all_that_points_to_the_party_points_to_the_kept_one(valga: Party, walk: Party) -> None:
    user, network = make_user(), make_network()
    rows = [
        make_identifier(party=walk),
        make_contact(party=walk),
        make_affiliation(party=walk, user=user),
        make_invitation(party=walk),
        make_post(party=walk, network=network),
        make_participation(party=walk),
        make_membership(party=walk, network=network),
    ]
    represented = make_membership(network=network, via=walk)
    merged(valga, walk)
    represented.refresh_from_db()
    for row in rows:
        row.refresh_from_db()
        assert getattr(row, "party") == valga  # noqa: B009 - rows of many kinds
    assert represented.via == valga


def test_files_of_the_gone_party_are_the_kept_ones(valga: Party, walk: Party) -> None:
    filing = make_filing(document=make_document(), party=walk)
    merged(valga, walk)
    filing.refresh_from_db()
    assert filing.party == valga


def test_what_the_kept_party_has_already_stays_with_the_gone_one(valga: Party, walk: Party) -> None:
    user, network = make_user(), make_network()
    for party in (valga, walk):
        make_contact(party=party)
        make_affiliation(party=party, user=user)
        make_invitation(party=party)
        make_post(party=party, network=network)
    merged(valga, walk)
    for party in (valga, walk):
        assert (party.contacts.count(), party.affiliations.count()) == (1, 1)
        assert (party.invitations.count(), party.posts.count()) == (1, 1)


def test_successions_go_along_and_meet(valga: Party, walk: Party) -> None:
    village, town = make_party(name="Sooru"), make_party(name="Valga vald")
    ours, theirs = (make_succession(predecessor=village, successor=party) for party in (valga, walk))
    make_accepted(subject=theirs, field="date", stated="1953")
    later = make_succession(predecessor=walk, successor=town)
    merged(valga, walk)
    for succession in (ours, theirs, later):
        succession.refresh_from_db()
    assert (str(ours.date), theirs.withdrawn_why, later.predecessor) == ("1953", WHY, valga)
    assert Succession.objects.standing().count() == 2


def test_reports_of_errors_go_along(valga: Party, walk: Party) -> None:
    finding = Finding.objects.create(
        subject_type="parties.party", subject_id=walk.pk, field="name", told="Wrong.", page_language="en"
    )
    finding.desks.add(walk)
    merged(valga, walk)
    finding.refresh_from_db()
    assert finding.subject_id == valga.pk
    assert list(finding.desks.all()) == [valga]


LOOKED_AT: list[tuple[type[Model], str]] = [
    (Name, "party"),
    (Succession, "predecessor"),
    (Succession, "successor"),
    (Membership, "party"),
    (Signatory, "party"),
    (Network, "party"),  # refused
    (Finding, "desks"),
]


def pointing_to(model: type[Model]) -> set[tuple[str, str]]:
    """The columns that refer to a model, by the names of their own; links between tables count once."""
    found = [r for r in model._meta.get_fields(include_hidden=True) if r.auto_created and r.is_relation]
    return {
        (r.related_model._meta.label, r.field.name)  # type: ignore[union-attr]
        for r in found
        if not r.related_model._meta.auto_created  # type: ignore[union-attr]
    }


def test_whatever_points_to_a_party_is_thought_of() -> None:
    looked_at = {(model._meta.label, column) for model, column in [*POINTING, *LOOKED_AT]}
    assert pointing_to(Party) == looked_at


def test_whatever_points_to_a_partnership_is_thought_of() -> None:
    assert pointing_to(Partnership) == {
        ("partnerships.Signatory", "partnership"),
        ("partnerships.Act", "partnership"),
        ("partnerships.Spell", "partnership"),  # follow from the acts
        ("partnerships.Partnership", "continues"),
        ("partnerships.Partnership", "merged_into"),
        ("networks.Membership", "pair"),
    }


# Ties and memberships ----------------------------------------------------------------------------------


def test_a_tie_of_the_gone_party_becomes_the_kept_ones(valga: Party, walk: Party) -> None:
    valka = make_party(name="Valka")
    tie = make_partnership(parties=[walk, valka])
    left = make_act(partnership=tie, kind=ActKind.LEFT, party=walk)
    merged(valga, walk)
    tie.refresh_from_db()
    left.refresh_from_db()
    assert {signatory.party for signatory in tie.signatories.all()} == {valga, valka}
    assert tie.parties_key == f"{valga.pk} {valka.pk}"
    assert (left.party, tie.withdrawn_at) == (valga, None)


def test_ties_of_one_kind_with_the_same_partner_become_one(valga: Party, walk: Party) -> None:
    valka = make_party(name="Valka")
    ours, theirs = (make_partnership(parties=[party, valka]) for party in (valga, walk))
    friendship = make_partnership(parties=[walk, valka], kind="friendship")
    signed = make_act(partnership=ours)
    make_accepted(subject=make_act(partnership=theirs), field="date", stated="1992")
    make_accepted(subject=theirs, field="fields", stated="culture")
    merged(valga, walk)
    for tie in (theirs, friendship):
        tie.refresh_from_db()
    signed.refresh_from_db()
    assert (theirs.merged_into, theirs.withdrawn_why, friendship.withdrawn_at) == (ours, WHY, None)
    assert (str(signed.date), [field.code for field in ours.fields.all()]) == ("1992", ["culture"])
    assert Merge.objects.count() == 1


def test_a_withdrawn_tie_of_both_is_left(valga: Party, walk: Party) -> None:
    tie = make_partnership(parties=[valga, walk])
    withdraw(tie, why="They are one town.", by=make_user())
    merged(valga, walk)
    tie.refresh_from_db()
    assert {signatory.party for signatory in tie.signatories.all()} == {valga, walk}
    assert tie.parties_key == f"{valga.pk} {walk.pk}"


def test_memberships_of_one_network_become_one(valga: Party, walk: Party) -> None:
    network, umbrella, pair = make_network(), make_party(), make_partnership()
    ours = make_membership(network=network, party=valga, category="")
    theirs = make_membership(network=network, party=walk, category="", via=umbrella, pair=pair)
    make_accepted(subject=theirs, field="category", stated="founding member")
    merged(valga, walk)
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.category, ours.via, ours.pair) == ("founding member", umbrella, pair)
    assert (theirs.party, theirs.withdrawn_why) == (walk, WHY)


def test_a_membership_that_was_withdrawn_is_in_nobodys_way(valga: Party, walk: Party) -> None:
    network = make_network()
    make_membership(network=network, party=valga, withdrawn_at=timezone.now(), withdrawn_why="An error.")
    membership = make_membership(network=network, party=walk)
    merged(valga, walk)
    membership.refresh_from_db()
    assert (membership.party, membership.withdrawn_at) == (valga, None)


def test_ties_to_others_are_left_alone(
    valga: Party, walk: Party, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    others = [make_partnership() for _ in range(5)]
    with django_assert_max_num_queries(90):
        merged(valga, walk)
    assert [tie.merged_into for tie in Partnership.objects.filter(pk__in=[t.pk for t in others])] == [
        None
    ] * 5
