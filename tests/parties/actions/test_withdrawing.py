from collections.abc import Callable, Mapping

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_membership_act
from tests.factories.parties import make_name, make_party, make_succession
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_project
from twinhall.accounts.models import LogEntry
from twinhall.core.records import Withdrawable
from twinhall.parties.actions import restore, succeed, withdraw
from twinhall.parties.models import Party, Succession

pytestmark = pytest.mark.django_db

MAKING: Mapping[str, Callable[[], Withdrawable]] = {
    "party": make_party,
    "name": make_name,
    "succession": make_succession,
    "partnership": make_partnership,
    "act": make_act,
    "membership": make_membership,
    "act of membership": make_membership_act,
    "project": make_project,
}


def kept(record: models.Model) -> Withdrawable:
    """The record as the database holds it, withdrawn or not."""
    found = type(record)._base_manager.get(pk=record.pk)
    assert isinstance(found, Withdrawable)
    return found


def test_every_kind_of_record_that_can_be_withdrawn_is_tried_here() -> None:
    assert {type(MAKING[kind]()) for kind in MAKING} == {
        model for model in _concrete(Withdrawable) if not model._meta.abstract
    }


def _concrete(model: type[models.Model]) -> set[type[models.Model]]:
    return {model}.union(*(_concrete(child) for child in model.__subclasses__()))


@pytest.mark.parametrize("kind", MAKING)
def test_what_is_withdrawn_keeps_its_reason_and_its_time(kind: str) -> None:
    record, person, before = MAKING[kind](), make_user(), timezone.now()
    withdraw(record, why=" Entered twice. ", by=person)
    found = kept(record)
    assert found.withdrawn_why == "Entered twice."
    assert found.withdrawn_at is not None
    assert before <= found.withdrawn_at <= timezone.now()
    line = LogEntry.objects.get(deed="withdrawn")
    assert (line.by, line.label, line.record_type, line.record_id) == (
        person,
        str(record),
        record._meta.label_lower,
        str(record.pk),
    )


@pytest.mark.parametrize("kind", MAKING)
def test_what_is_restored_is_as_it_was(kind: str) -> None:
    record, person = MAKING[kind](), make_user()
    before = type(record)._base_manager.values().get(pk=record.pk)
    withdraw(record, why="Entered twice.", by=person)
    restore(kept(record), by=person)
    assert type(record)._base_manager.values().get(pk=record.pk) == before
    assert LogEntry.objects.get(deed="restored").by == person


@pytest.mark.parametrize("why", ["", "  ", "\n"])
def test_a_withdrawal_needs_its_reason(why: str) -> None:
    party = make_party()
    with pytest.raises(ValidationError) as refusal:
        withdraw(party, why=why, by=make_user())
    assert refusal.value.message_dict == {"why": ["A withdrawal needs its reason."]}
    assert list(Party.objects.standing()) == [party]
    assert LogEntry.objects.count() == 0


def test_what_is_withdrawn_is_not_withdrawn_again() -> None:
    party = make_party()
    withdraw(party, why="Entered twice.", by=make_user())
    before = kept(party).withdrawn_at
    with pytest.raises(ValidationError) as refusal:
        withdraw(party, why="Once more.", by=make_user())
    assert refusal.value.messages == ["This record is withdrawn already."]
    assert (kept(party).withdrawn_at, kept(party).withdrawn_why) == (before, "Entered twice.")
    assert LogEntry.objects.count() == 1


def test_only_the_withdrawal_is_written() -> None:
    party = make_party(name="Valga")
    party.name = "Walk"
    withdraw(party, why="Entered twice.", by=make_user())
    assert Party.objects.get().name == "Valga"


def test_what_another_has_taken_the_place_of_is_not_restored() -> None:
    user = make_user()
    first = make_partnership()
    withdraw(first, why="Entered twice.", by=user)
    make_partnership(parties=[signatory.party for signatory in first.signatories.all()])
    with pytest.raises(ValidationError) as refusal:
        restore(first, by=user)
    assert refusal.value.messages == ["These parties have a partnership of this kind already."]
    assert kept(first).withdrawn_why == "Entered twice."


def test_a_membership_and_a_succession_are_not_restored_beside_their_like_either() -> None:
    user = make_user()
    membership, succession = make_membership(), make_succession()
    for record in (membership, succession):
        withdraw(record, why="Entered twice.", by=user)
    make_membership(network=membership.network, party=membership.party)
    make_succession(predecessor=succession.predecessor, successor=succession.successor)
    for record in (membership, succession):
        with pytest.raises(ValidationError):
            restore(record, by=user)
        assert kept(record).withdrawn_at is not None


def test_what_was_merged_into_another_is_not_restored() -> None:
    walk = make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="A second record of Valga.")
    walk.merged_into = make_party()
    walk.save()
    with pytest.raises(ValidationError) as refusal:
        restore(walk, by=make_user())
    assert refusal.value.messages == ["A party that is merged into another is withdrawn."]


# Successions -----------------------------------------------------------------------------------------------


def test_a_party_takes_anothers_place() -> None:
    person, halikko, salo = make_user(), make_party(name="Halikko"), make_party(name="Salo")
    succession = succeed(halikko, salo, by=person)
    assert (succession.predecessor, succession.successor, succession.date) == (halikko, salo, None)
    assert list(salo.inheritances.all()) == list(halikko.successions.all()) == [succession]
    line = LogEntry.objects.get()
    assert (line.deed, line.label, line.by, line.record_id) == (
        "succession recorded",
        "Halikko → Salo",
        person,
        str(succession.pk),
    )


def test_a_party_does_not_succeed_itself_its_successor_or_anybody_twice() -> None:
    kept_one = make_succession()
    halikko, salo = kept_one.predecessor, kept_one.successor
    for predecessor, successor, message in [
        (halikko, halikko, "A party does not succeed itself."),
        (salo, halikko, "The one is the other's predecessor already."),
        (halikko, salo, "This succession is recorded already."),
    ]:
        with pytest.raises(ValidationError) as refusal:
            succeed(predecessor, successor, by=make_user())
        assert refusal.value.messages == [message]
    assert list(Succession.objects.all()) == [kept_one]


def test_a_succession_that_was_withdrawn_hinders_neither_itself_nor_its_opposite() -> None:
    wrong = make_succession(withdrawn_at=timezone.now(), withdrawn_why="The other way round.")
    right = succeed(wrong.successor, wrong.predecessor, by=make_user())
    assert list(Succession.objects.standing()) == [right]
    withdraw(right, why="Not at all.", by=make_user())
    again = succeed(wrong.predecessor, wrong.successor, by=make_user())
    assert list(Succession.objects.standing()) == [again]
