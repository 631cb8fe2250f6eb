"""An act of an earlier day goes where its date puts it; one that was taken back counts no more."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.parties.actions import restore, withdraw
from twinhall.partnerships.actions import add_act
from twinhall.partnerships.models import Act, ActKind, Partnership
from twinhall.partnerships.queries import as_of, partnership_page

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)


def history(tie: Partnership) -> list[tuple[int, str]]:
    return [(act.number, act.kind) for act in tie.acts.order_by("number")]


@pytest.fixture
def tie() -> Partnership:
    """Signed in 1991, renewed in 2001, ended in 2011."""
    found = make_partnership(address="valga-valka")
    for kind, date in ((ActKind.SIGNED, "1991"), (ActKind.RENEWED, "2001"), (ActKind.ENDED, "2011")):
        make_act(partnership=found, kind=kind, date=date)
    return found


@pytest.mark.parametrize(
    ("date", "number"),
    [
        ("1992", 2),
        ("2000-12-31", 2),
        ("2001", 3),
        ("2001-06", 3),
        ("2005", 3),
        ("2011-01-01", 4),
        ("2020", 4),
    ],
)
def test_an_act_stands_where_its_date_puts_it(tie: Partnership, date: str, number: int) -> None:
    act = add_act(tie, kind=ActKind.WIDENED, by=make_user(), date=PartialDate.parse(date))
    kinds = ["signed", "renewed", "ended"]
    kinds.insert(number - 1, "widened")
    assert act.number == number
    assert history(tie) == list(enumerate(kinds, start=1))


def test_the_date_itself_is_not_written(tie: Partnership) -> None:
    act = add_act(tie, kind=ActKind.WIDENED, by=make_user(), date=PartialDate(1995))
    act.refresh_from_db()
    assert (act.date, act.number) == (None, 2)


def test_without_a_date_an_act_stands_after_all_others(tie: Partnership) -> None:
    assert add_act(tie, kind=ActKind.REVIVED, by=make_user()).number == 4


def test_the_log_names_the_act_by_the_number_that_it_has(tie: Partnership) -> None:
    act = add_act(tie, kind=ActKind.WIDENED, by=make_user(), date=PartialDate(1995))
    line = LogEntry.objects.get()
    assert (line.deed, line.label, line.record_id) == ("act added", "valga-valka 2: widened", str(act.pk))


def test_what_cannot_come_first_is_refused_and_no_number_has_moved(tie: Partnership) -> None:
    before = history(tie)
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=ActKind.RENEWED, by=make_user(), date=PartialDate(1990))
    assert "cannot come first" in refusal.value.messages[0]
    assert history(tie) == before
    assert LogEntry.objects.count() == 0


def test_a_first_contact_before_all_others_is_no_end_of_them(tie: Partnership) -> None:
    add_act(tie, kind=ActKind.CONTACT, by=make_user(), date=PartialDate(1989))
    assert history(tie) == [(1, "contact"), (2, "signed"), (3, "renewed"), (4, "ended")]


def test_an_act_of_a_party_that_is_none_of_the_tie_moves_no_number(tie: Partnership) -> None:
    before = history(tie)
    for party in (make_party(name="Tartu"), None):
        with pytest.raises(ValidationError):
            add_act(tie, kind=ActKind.LEFT, by=make_user(), party=party, date=PartialDate(1995))
    assert history(tie) == before


# Taken back ------------------------------------------------------------------------------------------------


def status(tie: Partnership) -> str:
    return as_of(Partnership.objects.filter(pk=tie.pk), TODAY).get().status


def taken_back(tie: Partnership, number: int) -> Act:
    act = tie.acts.get(number=number)
    withdraw(act, why="Entered in error.", by=make_user())
    return act


def test_no_status_follows_from_an_act_that_was_taken_back(tie: Partnership) -> None:
    assert status(tie) == "ended"
    taken_back(tie, 3)
    assert status(tie) == "in force"
    for number in (1, 2):
        taken_back(tie, number)
    assert status(tie) == "unknown"


def test_a_tie_is_so_since_the_first_signing_that_was_not_taken_back(tie: Partnership) -> None:
    make_act(partnership=tie, kind=ActKind.SIGNED, date="2015")
    taken_back(tie, 1)
    found = Partnership.objects.get(pk=tie.pk)
    assert (found.since, found.since_kind) == (PartialDate(2015), "signed")


def test_a_departure_that_was_taken_back_ends_no_tie() -> None:
    tie = make_partnership()
    make_act(partnership=tie, kind=ActKind.SIGNED, date="1991")
    party = tie.signatories.all()[0].party
    make_act(partnership=tie, kind=ActKind.LEFT, date="2001", party=party)
    assert status(tie) == "ended"
    taken_back(tie, 2)
    assert status(tie) == "in force"


def test_what_begins_with_an_act_that_was_taken_back_begins_no_longer() -> None:
    tie = make_partnership()
    make_act(partnership=tie, kind=ActKind.CONTACT, date="1991")
    make_act(partnership=tie, kind=ActKind.SIGNED)
    taken_back(tie, 1)
    assert status(tie) == "unknown"


def test_what_is_restored_counts_again(tie: Partnership) -> None:
    act = taken_back(tie, 3)
    restore(act, by=make_user())
    assert status(tie) == "ended"
    assert history(tie) == [(1, "signed"), (2, "renewed"), (3, "ended")]


def test_a_page_shows_nothing_of_an_act_that_was_taken_back(tie: Partnership) -> None:
    taken_back(tie, 3)
    found = partnership_page(TODAY).get(pk=tie.pk)
    assert [act.kind for act in found.acts.all()] == ["signed", "renewed"]


def test_the_number_of_an_act_that_was_taken_back_stays_its_own(tie: Partnership) -> None:
    act = taken_back(tie, 3)
    assert add_act(tie, kind=ActKind.ENDED, by=make_user()).number == 4
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=ActKind.ENDED, by=make_user(), number=3)
    assert refusal.value.messages == ["This tie has an act with this number already."]
    restore(act, by=make_user())
    assert history(tie) == [(1, "signed"), (2, "renewed"), (3, "ended"), (4, "ended")]


def test_an_act_that_was_taken_back_moves_up_with_the_others(tie: Partnership) -> None:
    act = taken_back(tie, 2)
    add_act(tie, kind=ActKind.WIDENED, by=make_user(), date=PartialDate(1995))
    assert history(tie) == [(1, "signed"), (2, "widened"), (4, "ended")]
    act.refresh_from_db(from_queryset=Act.every.all())
    assert act.number == 3


def test_a_beginning_that_was_taken_back_is_none_for_what_comes_after() -> None:
    tie = make_partnership()
    make_act(partnership=tie, kind=ActKind.SIGNED, date="1991")
    taken_back(tie, 1)
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=ActKind.ENDED, by=make_user())
    assert "cannot come first" in refusal.value.messages[0]
