"""A person's choice decides which word is in force, until it is taken back."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.actions.asking import column, dated, decisions, in_force, ranked
from tests.evidence.records import a_partnership, a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_accepted, make_statement
from tests.factories.parties import make_party
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import accept, prefer, reject, release, reopen
from twinhall.evidence.models import Decision, Statement, Verdict
from twinhall.evidence.settling import Ranker  # noqa: TC001 - the others of its module stand here too
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

WHY = "The council has said so."


@pytest.fixture
def party() -> Party:
    return make_party(name="")


@pytest.fixture
def person() -> User:
    return make_user()


def names(party: Party, *texts: str) -> list[Statement]:
    """Accepted names, the best ranked first; give the statements."""
    found = [make_statement(subject=party, field="name", stated=text) for text in texts]
    accept(found, by=make_user(), rank=ranked(*found))
    return found


def chosen() -> list[str]:
    return sorted(Statement.objects.filter(preferred=True).values_list("stated", flat=True))


def test_the_chosen_word_is_in_force_whatever_its_rank(party: Party, person: User) -> None:
    best, worst = names(party, "Valga", "Walk")
    prefer(worst, by=person, rank=ranked(best, worst), why=WHY)
    assert (column(party, "name"), in_force(party, "name"), chosen()) == ("Walk", ["Walk"], ["Walk"])
    best.refresh_from_db()
    assert best.verdict == Verdict.ACCEPTED


def test_a_choice_says_who_made_it_and_why(party: Party, person: User) -> None:
    _, worst = names(party, "Valga", "Walk")
    prefer(worst, by=person, rank=alike, why=WHY)
    decision = Decision.objects.filter(statement=worst).last()
    assert decision is not None
    assert (decision.deed, decision.by, decision.why) == ("preferred", person, WHY)


@pytest.mark.parametrize("why", ["", " ", "\n"])
def test_a_choice_needs_its_reason(party: Party, person: User, why: str) -> None:
    waiting = make_statement(subject=party, field="name", stated="Valga")
    with pytest.raises(ValidationError) as refusal:
        prefer(waiting, by=person, rank=alike, why=why)
    assert refusal.value.messages == ["Say why this word is to stand rather than the others."]
    assert (column(party, "name"), chosen(), Decision.objects.count()) == ("", [], 0)


def test_of_the_members_of_a_set_none_is_chosen(person: User) -> None:
    waiting = make_statement(subject=a_partnership(), field="fields", stated="youth")
    with pytest.raises(ValidationError) as refusal:
        prefer(waiting, by=person, rank=alike, why=WHY)
    assert refusal.value.messages == [
        "Each accepted member of a set is in force; there is nothing to choose."
    ]
    waiting.refresh_from_db()
    assert (waiting.verdict, Decision.objects.count()) == (Verdict.PROPOSED, 0)


@pytest.mark.parametrize("before", ["proposed", "rejected"])
def test_what_is_chosen_is_accepted_first(party: Party, person: User, before: str) -> None:
    names(party, "Valga")
    other = make_statement(subject=party, field="name", stated="Walk")
    if before == "rejected":
        reject([other], by=make_user(), rank=alike)
    prefer(other, by=person, rank=alike, why=WHY)
    assert column(party, "name") == "Walk"
    assert decisions(other)[-2:] == ["accepted", "preferred"]
    other.refresh_from_db()
    assert (other.verdict, other.decided_by, other.preferred) == (Verdict.ACCEPTED, person, True)


def test_one_word_of_a_field_is_chosen_at_a_time(party: Party, person: User) -> None:
    _, first, second = names(party, "Valga", "Walk", "Valka")
    prefer(first, by=person, rank=alike, why=WHY)
    prefer(second, by=person, rank=alike, why=WHY)
    assert (column(party, "name"), chosen()) == ("Valka", ["Valka"])
    assert [decisions(first), decisions(second)] == [
        ["accepted", "preferred", "released"],
        ["accepted", "preferred"],
    ]


def test_each_field_record_and_language_has_its_own_choice(party: Party, person: User) -> None:
    partnership, other = a_partnership(), make_party(name="")
    said = [
        make_accepted(subject=party, field="name", stated="Valga"),
        make_accepted(subject=party, field="country", stated="EE"),
        make_accepted(subject=other, field="name", stated="Valka"),
        make_accepted(subject=partnership, field="history", stated="Kopš 1991.", language="lv"),
        make_accepted(subject=partnership, field="history", stated="Aastast 1991.", language="et"),
    ]
    for statement in said:
        prefer(statement, by=person, rank=alike, why=WHY)
    assert Statement.objects.filter(preferred=True, in_force=True).count() == len(said)


def test_a_better_word_that_comes_later_does_not_displace_the_chosen(party: Party, person: User) -> None:
    _, worst = names(party, "Valga", "Walk")
    prefer(worst, by=person, rank=alike, why=WHY)
    later = make_statement(subject=party, field="name", stated="Valka")
    accept([later], by=person, rank=ranked(later))
    assert (column(party, "name"), in_force(party, "name")) == ("Walk", ["Walk"])


def test_a_finer_word_does_not_displace_the_chosen(person: User) -> None:
    act = a_signing()
    month, day = dated(act, "2006-12", "2006-12-13")
    accept([month, day], by=person, rank=alike)
    assert column(act, "date") == PartialDate(2006, 12, 13)
    prefer(month, by=person, rank=alike, why="The day is not certain.")
    assert column(act, "date") == PartialDate(2006, 12)
    accept(dated(act, "2006-12-14"), by=person, rank=alike)
    assert (column(act, "date"), in_force(act, "date")) == (PartialDate(2006, 12), ["2006-12"])


# Taking a choice back ------------------------------------------------------------------------------------


def test_what_is_released_gives_force_back_to_the_better_ranked(party: Party, person: User) -> None:
    best, worst = names(party, "Valga", "Walk")
    prefer(worst, by=person, rank=ranked(best, worst), why=WHY)
    release(worst, by=person, rank=ranked(best, worst))
    assert (column(party, "name"), in_force(party, "name"), chosen()) == ("Valga", ["Valga"], [])
    worst.refresh_from_db()
    assert (worst.verdict, worst.preferred, worst.in_force) == (Verdict.ACCEPTED, False, False)
    assert decisions(worst) == ["accepted", "preferred", "released"]
    assert Decision.objects.filter(statement=worst, deed="released").get().by == person


def test_a_finer_word_takes_force_again_when_the_choice_is_taken_back(person: User) -> None:
    act = a_signing()
    month, day = dated(act, "2006-12", "2006-12-13")
    accept([month, day], by=person, rank=alike)
    prefer(month, by=person, rank=alike, why="The day is not certain.")
    release(month, by=person, rank=alike)
    assert column(act, "date") == PartialDate(2006, 12, 13)


def test_where_nothing_was_chosen_nothing_is_released(party: Party, person: User) -> None:
    best, _ = names(party, "Valga", "Walk")
    before = list(Statement.objects.values())
    release(best, by=person, rank=ranked(best))
    assert list(Statement.objects.values()) == before
    assert decisions(best) == ["accepted"]


@pytest.mark.parametrize("decide", ["reject", "reopen"])
def test_what_is_decided_otherwise_is_chosen_no_longer(party: Party, person: User, decide: str) -> None:
    best, worst = names(party, "Valga", "Walk")
    rank: Ranker = ranked(best, worst)
    prefer(worst, by=person, rank=rank, why=WHY)
    (reject if decide == "reject" else reopen)([worst], by=person, rank=rank)
    assert (column(party, "name"), chosen()) == ("Valga", [])
    accept([worst], by=person, rank=rank)
    assert (column(party, "name"), chosen()) == ("Valga", [])


def test_rejecting_another_word_leaves_the_choice(party: Party, person: User) -> None:
    best, worst = names(party, "Valga", "Walk")
    prefer(worst, by=person, rank=ranked(best, worst), why=WHY)
    reject([best], by=person, rank=ranked(best, worst))
    assert (column(party, "name"), chosen()) == ("Walk", ["Walk"])


@settings(max_examples=30)
@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(["prefer", "release", "accept", "reject", "reopen"]), st.integers(0, 2))
    )
)
def test_whatever_is_done_one_word_at_most_is_chosen_and_it_is_the_one_in_force(
    deeds: list[tuple[str, int]],
) -> None:
    party, person = make_party(name=""), make_user()
    said = names(party, "Valga", "Walk", "Valka")
    rank = ranked(*said)
    for deed, which in deeds:
        statement = Statement.objects.get(pk=said[which].pk)
        match deed:
            case "prefer":
                prefer(statement, by=person, rank=rank, why=WHY)
            case "release":
                release(statement, by=person, rank=rank)
            case "accept":
                accept([statement], by=person, rank=rank)
            case "reject":
                reject([statement], by=person, rank=rank)
            case _:
                reopen([statement], by=person, rank=rank)
        kept = Statement.objects.filter(subject_id=party.pk, subject_type="parties.party")
        accepted = [s for s in said if kept.get(pk=s.pk).verdict == Verdict.ACCEPTED]
        picked = [s.stated for s in kept.filter(preferred=True)]
        assert len(picked) <= 1
        expected = picked or [s.stated for s in accepted[:1]]
        assert in_force(party, "name") == expected
        assert column(party, "name") == (expected[0] if expected else "")
