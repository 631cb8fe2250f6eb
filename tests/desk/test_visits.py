"""A visit at the desk: delegation, programme, interpreters, gifts, costs."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from tests.desk.conftest import Desk, address, wrongs
from tests.factories.meetings import make_attendance, make_invitee, make_meeting
from tests.web.reading import Page
from tests.web.test_pages import wrong_markup
from twinhall.meetings.models import Cost, Gift, Meeting, ProgrammeLine
from twinhall.parties.models import Party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

FIRST, LAST = dt.date(2026, 12, 10), dt.date(2026, 12, 11)
PAGE = address("meeting", "visit")


@pytest.fixture
def visit(valga: Party, valka: Party) -> Meeting:
    """Valga receives Valka for two days."""
    visit = make_meeting(
        organiser=valga,
        slug="visit",
        kind="visit",
        title="Visit from Valka",
        starts_on=FIRST,
        ends_on=LAST,
        languages=["lv", "et"],
        called_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    make_invitee(visit, valka, email="office@valka.example")
    make_attendance(visit, valka, name="Līga Liepa", office="mayor")
    make_attendance(visit, valga, name="Ilze Kalniņa", role="interpreter", languages=["lv", "et"])
    return visit


def add(person: Desk, name: str, **typed: str) -> Page:
    return person.send(address(f"{name}-add", "visit"), **typed)


@pytest.mark.usefixtures("visit")
def test_the_delegation_and_the_interpreters_come_from_attendance(kadri: Desk) -> None:
    shown = kadri.open(PAGE)
    delegation = shown.one("section", aria_labelledby="delegation")
    assert "Valka Līga Liepa, mayor" in delegation.text
    assert delegation.items == ["Ilze Kalniņa (Latvian and Estonian), Valga"]
    assert wrong_markup(shown) == []


@pytest.mark.usefixtures("visit")
def test_a_programme_is_made_changed_and_unmade(kadri: Desk) -> None:
    add(kadri, "programme", day="2026-12-11", starts_at="09:00", ends_at="10:30", title="Farewell")
    shown = add(kadri, "programme", day="2026-12-10", starts_at="12:00", title="Lunch", place="Town hall")
    programme = shown.one("section", aria_labelledby="programme")
    assert [h3.text for h3 in programme.all("h3")] == [
        "Thursday, 10 December 2026",
        "Friday, 11 December 2026",
    ]
    line = ProgrammeLine.objects.get(title="Lunch")
    shown = kadri.send(address("programme-change", "visit", line.pk), ends_at="13:30")
    assert "12:00 – 13:30 Lunch" in shown.one("section", aria_labelledby="programme").text
    kadri.send(address("programme-remove", "visit", line.pk))
    assert ProgrammeLine.objects.get().title == "Farewell"


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2026-12-12"}, "Day: The meeting is not on that day."),
        ({"day": "2026-12-09"}, "Day: The meeting is not on that day."),
        ({"starts_at": "12:00", "ends_at": "11:00"}, "Ends at: It ends after it begins."),
        ({"starts_at": "12:00", "ends_at": "12:00"}, "Ends at: It ends after it begins."),
        ({"ends_at": "12:00"}, "Begins at: Say when it begins, too."),
        ({"day": "some day"}, "Day: Enter a valid date."),
    ],
)
def test_a_line_that_cannot_be_is_refused(kadri: Desk, typed: dict[str, str], said: str) -> None:
    shown = kadri.refused(address("programme-add", "visit"), **{"title": "Lunch", **typed})
    assert wrongs(shown) == [said]


@pytest.mark.usefixtures("visit")
def test_the_programme_is_a_paper_in_the_language_of_the_guests(kadri: Desk, liga: Desk) -> None:
    add(kadri, "programme", day="2026-12-10", starts_at="12:00", title="Pusdienas", place="Rātsnams")
    files = liga.open(PAGE).one("section", aria_labelledby="programme").one("p", class_="files").all("a")
    assert [a.attributes["hreflang"] for a in files][:2] == ["et", "lv"]
    latvian = files[1].attributes["href"]
    answer = liga.client.get(latvian)
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    for words in ("Visit from Valka", "Pusdienas", "12:00", "Rātsnams", "2026. gada 10. decembris"):
        assert words in text


@pytest.mark.usefixtures("visit")
def test_costs_are_added_up_by_payer_and_currency(kadri: Desk, valga: Party, valka: Party) -> None:
    for payer, what, planned, paid, currency in (
        (valga, "Dinner", "300", "", "eur"),
        (valka, "Coach", "120.50", "130", "EUR"),
        (valga, "Tickets", "", "50", "PLN"),
    ):
        shown = add(
            kadri, "cost", what=what, payer=str(payer.pk), planned=planned, paid=paid, currency=currency
        )
    rows = [
        row.text.split() for row in shown.one("section", aria_labelledby="costs").all("tbody")[1].all("tr")
    ]
    assert rows == [
        ["Valga", "300", "EUR", "0", "EUR"],
        ["Valka", "120.50", "EUR", "130", "EUR"],
        ["Valga", "0", "PLN", "50", "PLN"],
        ["All", "420.50", "EUR", "130", "EUR"],
        ["All", "0", "PLN", "50", "PLN"],
    ]
    dinner = Cost.objects.get(what="Dinner")
    kadri.send(address("cost-change", "visit", dinner.pk), paid="280")
    dinner.refresh_from_db()
    assert (dinner.planned, dinner.paid) == (Decimal(300), Decimal(280))
    kadri.send(address("cost-remove", "visit", dinner.pk))
    assert Cost.objects.count() == 2


@pytest.mark.usefixtures("visit")
def test_costs_and_gifts_that_cannot_be_are_refused(kadri: Desk, valga: Party) -> None:
    where = address("cost-add", "visit")
    none = kadri.refused(where, what="Dinner", payer=str(valga.pk))
    assert wrongs(none) == ["Planned: Say what is planned, or what was paid."]
    negative = kadri.refused(where, what="Dinner", payer=str(valga.pk), planned="-1")
    assert wrongs(negative) == ["Planned: Ensure this value is greater than or equal to 0."]
    unknown = kadri.refused(where, what="Dinner", payer=str(valga.pk), planned="1", currency="E1")
    assert wrongs(unknown) == ["Currency: A currency is three letters of ISO 4217, such as EUR."]
    own = kadri.refused(
        address("gift-add", "visit"), what="Vase", giver=str(valga.pk), receiver=str(valga.pk)
    )
    assert wrongs(own) == ["Given to: A gift goes from one to another."]
    assert not Cost.objects.exists()
    assert not Gift.objects.exists()


@pytest.mark.usefixtures("visit")
def test_gifts_are_noted_with_their_worth_and_hidden_from_the_guests(
    kadri: Desk, liga: Desk, valga: Party, valka: Party
) -> None:
    shown = add(
        kadri, "gift", what="A vase", giver=str(valga.pk), receiver=str(valka.pk), amount="45", currency="EUR"
    )
    assert "A vase Valga Valka 45 EUR" in shown.one("section", aria_labelledby="gifts").text.replace(
        "\xa0", " "
    )
    guest = liga.open(PAGE)
    for hidden in ("gifts", "costs"):
        assert guest.all("section", aria_labelledby=hidden) == []
    gift = Gift.objects.get()
    for name, more in (
        ("gift-add", ()),
        ("gift-change", (gift.pk,)),
        ("cost-add", ()),
        ("programme-add", ()),
    ):
        liga.open(address(name, "visit", *more), 403)
    kadri.send(address("gift-remove", "visit", gift.pk))
    assert not Gift.objects.exists()


@pytest.mark.usefixtures("visit")
def test_lines_that_lie_outside_of_changed_days_are_marked_and_counted(kadri: Desk, liga: Desk) -> None:
    add(kadri, "programme", day="2026-12-10", title="Lunch")
    add(kadri, "programme", day="2026-12-11", title="Farewell")
    programme = kadri.open(PAGE).one("section", aria_labelledby="programme")
    assert ("Lunch" in programme.text, "of the meeting" in programme.text) == (True, False)
    kadri.send(address("meeting-change", "visit"), starts_on="2026-12-11", ends_on="2026-12-12")
    shown = kadri.open(PAGE)
    programme = shown.one("section", aria_labelledby="programme")
    marked = [item for item in programme.items if "not on a day of the meeting" in item]
    assert len(marked) == 1
    assert "Lunch" in marked[0]
    assert "1 line of the programme stands on a day on which the meeting is not." in programme.text
    assert wrong_markup(shown) == []
    assert "on which the meeting is not" not in liga.open(PAGE).main.text
    kadri.send(
        address("programme-change", "visit", ProgrammeLine.objects.get(title="Lunch").pk), day="2026-12-12"
    )
    assert "on which the meeting is not" not in kadri.open(PAGE).main.text
