"""What is always true of letters, the database keeps; what became of one, its dates tell."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories.letters import PDF, make_letter
from twinhall.letters.actions import Enclosed
from twinhall.letters.models import Enclosure, Kind, Letter, State, Unsubscription
from twinhall.letters.queries import counted_by_state

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
CLAIMED = {"claimed_at": AT, "claimed_by": "a task"}
STATES = {
    State.WAITING: {},
    State.CLAIMED: CLAIMED,
    State.IN_DOUBT: CLAIMED | {"doubted_at": AT},
    State.SENT: CLAIMED | {"doubted_at": AT, "sent_at": AT},
    State.REFUSED: CLAIMED | {"refused_at": AT, "said": "550 No"},
    State.UNSENT: {"unsent_at": AT, "unsent_why": "left"},
}


@pytest.mark.parametrize("state", State)
def test_the_dates_tell_the_state_alike_in_python_and_in_the_database(state: State) -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(**STATES[state])
    letter.refresh_from_db()
    assert (letter.state, list(Letter.objects.in_state(state))) == (state, [letter])
    assert {one: count for one, count in counted_by_state(Letter.objects.all()).items() if count} == {
        state: 1
    }


@pytest.mark.parametrize(
    ("constraint", "told"),
    [
        ("one_end", CLAIMED | {"sent_at": AT, "refused_at": AT, "said": "550 No"}),
        ("one_end", CLAIMED | {"sent_at": AT, "unsent_at": AT, "unsent_why": "left"}),
        ("claimed_first", {"sent_at": AT}),
        ("claimed_first", {"doubted_at": AT}),
        ("claimed_by", {"claimed_at": AT}),
        ("claimed_by", {"claimed_by": "a task"}),
        ("next_try", CLAIMED | {"next_try_at": AT}),
        ("refused_why", CLAIMED | {"refused_at": AT}),
        ("unsent_why", {"unsent_at": AT}),
        ("unsent_why", {"unsent_why": "left"}),
        ("written", {"body": ""}),
        ("written", {"to": ""}),
        ("erased_last", {"body": "", "erased_at": AT}),
        ("kind", {"kind": "spam"}),
    ],
)
def test_what_cannot_be_true_of_a_letter_is_refused(constraint: str, told: dict[str, object]) -> None:
    letter = make_letter()
    with pytest.raises(IntegrityError, match=f"letters_letter_{constraint}"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**told)


def test_a_key_is_of_one_letter() -> None:
    first, second = make_letter(), make_letter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(key=first.key)


def test_only_calendars_and_papers_are_enclosed() -> None:
    make_letter(enclosed=(Enclosed("a.pdf", "application/pdf", PDF),))
    with pytest.raises(IntegrityError, match="letters_enclosure_media_type"), transaction.atomic():
        Enclosure.objects.update(media_type="text/html")


def test_a_kind_is_stopped_once() -> None:
    for kind in (Kind.NOTICE, Kind.REMINDER):
        Unsubscription.objects.create(email="kadri@valga.example", kind=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unsubscription.objects.create(email="kadri@valga.example", kind=Kind.NOTICE)
    with pytest.raises(IntegrityError, match="letters_unsubscription_kind"), transaction.atomic():
        Unsubscription.objects.create(email="kadri@valga.example", kind="spam")
