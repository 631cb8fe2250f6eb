"""A merge is taken apart: what was before is again, and what came since stays where it is."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_identifier, make_name, make_own_words, make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.accounts.models import LogEntry
from twinhall.evidence.actions import accept, prefer, reject
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.merge import merge_parties, merge_partnerships, undo
from twinhall.exchange.models.merges import Merge
from twinhall.finder.queries import search
from twinhall.parties import precedence
from twinhall.parties.models import Identifier, Name, Party
from twinhall.partnerships.models import Act, Partnership, PartnershipKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga")


@pytest.fixture
def walk() -> Party:
    return make_party(name="Walk")


def merged(keep: Party, gone: Party) -> Merge:
    return merge_parties(keep, gone, why="Entered twice.", by=make_user())


def population(party: Party) -> int | None:
    return Party.objects.get(pk=party.pk).population


def test_undoing_is_noted_and_logged(valga: Party, walk: Party) -> None:
    merge, officer = merged(valga, walk), make_user()
    undo(merge, by=officer)
    merge.refresh_from_db()
    walk.refresh_from_db()
    assert (merge.undone_by, walk.withdrawn_at, walk.withdrawn_why, walk.merged_into) == (
        officer,
        None,
        "",
        None,
    )
    assert merge.undone_at is not None
    assert [line.deed for line in LogEntry.objects.all()] == ["merge undone", "records merged"]


def test_each_party_is_found_by_its_own_name_again(valga: Party, walk: Party) -> None:
    undo(merged(valga, walk), by=make_user())
    assert [hit.record for hit in search("walk")] == [walk]
    assert [hit.record for hit in search("valga")] == [valga]


def test_a_merge_is_undone_once(valga: Party, walk: Party) -> None:
    merge = merged(valga, walk)
    undo(merge, by=make_user())
    with pytest.raises(ValidationError, match="This merge is undone already"):
        undo(merge, by=make_user())


def test_the_later_merge_is_undone_first(valga: Party, walk: Party) -> None:
    first = merged(valga, walk)
    second = merged(make_party(name="Valga linn"), valga)
    with pytest.raises(ValidationError) as refusal:
        undo(first, by=make_user())
    assert refusal.value.messages == ["Undo first what was merged later: “Valga → Valga linn”."]
    undo(second, by=make_user())
    undo(first, by=make_user())
    assert Party.objects.standing().count() == 3


def test_a_later_merge_of_others_is_in_nobodys_way(valga: Party, walk: Party) -> None:
    first = merged(valga, walk)
    merged(make_party(), make_party())
    undo(first, by=make_user())
    assert first.undone_at is not None


def test_two_parties_can_be_merged_again(valga: Party, walk: Party) -> None:
    undo(merged(valga, walk), by=make_user())
    merged(valga, walk)
    assert Party.objects.get(pk=walk.pk).merged_into == valga


@pytest.mark.parametrize("is_told_of_both", [True, False])
def test_what_was_in_force_is_so_again(*, is_told_of_both: bool) -> None:
    """A later word against the other side's did not displace it, and does not when all is put back."""
    valka, towns = make_party(name="Valka"), [make_party(name="Valga"), make_party(name="Walk")]
    ours, signed = (make_act(partnership=make_partnership(parties=[town, valka])) for town in towns)
    proposed_first, accepted_first = own_words(signed, "1993", towns[1]), own_words(signed, "1992", valka)
    for statement in (accepted_first, proposed_first):
        accept([statement], by=make_user(), rank=precedence.rank)
    if is_told_of_both:
        make_accepted(subject=ours, field="date", stated="1999")
    merge = merged(*towns)
    assert str(Act.objects.get(pk=ours.pk).date) == ("1993" if is_told_of_both else "1992")
    undo(merge, by=make_user())
    assert str(Act.objects.get(pk=signed.pk).date) == "1992"


def own_words(act: Act, date: str, party: Party) -> Statement:
    return make_statement(subject=act, field="date", stated=date, source=make_own_words(party))


def test_a_choice_that_a_person_made_is_made_again(valga: Party, walk: Party) -> None:
    chosen = make_accepted(subject=walk, field="population", stated=12000)
    make_accepted(subject=walk, field="population", stated=13000)
    prefer(chosen, by=make_user(), rank=precedence.rank, why="Counted by hand.")
    undo(merged(valga, walk), by=make_user())
    chosen.refresh_from_db()
    assert (population(walk), chosen.preferred) == (12000, True)
    assert [d.why for d in chosen.decisions.filter(deed="preferred")] == ["Counted by hand."] * 2


def test_what_was_said_since_stays_with_the_kept_party(valga: Party, walk: Party) -> None:
    make_accepted(subject=valga, field="population", stated=13000)
    make_accepted(subject=walk, field="population", stated=12000)
    merge = merged(valga, walk)
    signed = make_source(kind="signed document")
    make_accepted(subject=valga, field="population", stated=14000, source=signed)
    undo(merge, by=make_user())
    assert (population(valga), population(walk)) == (14000, 12000)


def test_what_was_rejected_since_stays_rejected(valga: Party, walk: Party) -> None:
    statement = make_accepted(subject=walk, field="population", stated=12000)
    merge = merged(valga, walk)
    statement.refresh_from_db()
    reject([statement], by=make_user(), rank=precedence.rank)
    undo(merge, by=make_user())
    statement.refresh_from_db()
    assert (statement.subject_id, population(walk)) == (walk.pk, None)


def test_what_was_changed_since_by_somebody_else_stays_so(valga: Party, walk: Party) -> None:
    moved, deleted = make_identifier(party=walk), make_identifier(party=walk, value="Q1")
    merge = merged(valga, walk)
    elsewhere = make_party(name="Valka")
    Identifier.objects.filter(pk=moved.pk).update(party=elsewhere)
    deleted.delete()
    undo(merge, by=make_user())
    assert Identifier.objects.get().party == elsewhere


def test_a_name_that_came_with_the_merge_goes_unless_somebody_says_it(valga: Party, walk: Party) -> None:
    merge = merged(valga, walk)
    name = Name.objects.get(party=valga, text="Walk")
    make_accepted(subject=name, field=EXISTS, stated="yes")
    undo(merge, by=make_user())
    assert list(valga.names.all()) == [name]


def test_words_that_were_read_again_on_the_gone_party_stay_on_both(valga: Party, walk: Party) -> None:
    page = make_source()
    make_accepted(subject=walk, field="population", stated=12000, source=page)
    merge = merged(valga, walk)
    make_accepted(subject=walk, field="population", stated=12000, source=page)
    undo(merge, by=make_user())
    assert (population(valga), population(walk)) == (12000, 12000)


# A place that is taken ---------------------------------------------------------------------------------


def test_undoing_is_refused_where_another_tie_has_taken_the_place() -> None:
    towns = [make_party(name="Valga"), make_party(name="Valka")]
    keep = make_partnership(parties=towns)
    gone = make_partnership(parties=towns, kind=PartnershipKind.FRIENDSHIP, address="valga-valka-2")
    make_act(partnership=gone)
    merge = merge_partnerships(keep, gone, why="Entered twice.", by=make_user())
    make_partnership(parties=towns, kind=PartnershipKind.FRIENDSHIP)
    with pytest.raises(ValidationError) as refusal:
        undo(merge, by=make_user())
    assert refusal.value.messages == [
        "This cannot be undone: another record has taken the place of “valga-valka-2” meanwhile."
    ]
    assert Partnership.objects.get(pk=gone.pk).merged_into == keep
    assert Merge.objects.get().undone_at is None
    assert keep.acts.count() == 1


def test_undoing_is_refused_where_the_gone_party_has_got_such_a_name(valga: Party, walk: Party) -> None:
    make_name(party=walk, text="Walga")
    merge = merged(valga, walk)
    make_name(party=walk, text="Walga")
    with pytest.raises(ValidationError, match="another record has taken the place of “Walga”"):
        undo(merge, by=make_user())
