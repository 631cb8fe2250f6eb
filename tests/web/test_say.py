"""Facts put into words, in the language of the reader."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from tests.factories.networks import make_network_size
from tests.factories.partnerships import make_act
from tests.factories.projects import make_project_size
from twinhall.core.dates import PartialDate
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Name, Party
from twinhall.partnerships.models import Act, ActKind, Partnership
from twinhall.projects.models import Project
from twinhall.web import say
from twinhall.web.sizes import stated_size


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1991", "1991"),
        ("2013-06", "June 2013"),
        ("2006-12-13", "13 December 2006"),
        ("0800-12-25", "25 December 800"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(date: str, words: str) -> None:
    assert say.date(PartialDate.parse(date)) == words


@pytest.mark.parametrize(
    ("language", "year", "month", "day"),
    [
        ("en", "2006", "December 2006", "13 December 2006"),
        ("et", "2006", "detsember 2006", "13. detsember 2006"),
        ("lv", "2006", "2006. gada decembris", "2006. gada 13. decembris"),
        ("bg", "2006", "декември 2006\u202fг.", "13 декември 2006\u202fг."),
    ],
)
def test_a_date_is_told_as_the_language_does(language: str, year: str, month: str, day: str) -> None:
    with translation.override(language):
        told = [say.date(PartialDate.parse(date)) for date in ("2006", "2006-12", "2006-12-13")]
    assert told == [year, month, day]


def test_a_whole_day_is_told_and_none_is_empty() -> None:
    assert (say.date(dt.date(2010, 1, 1)), say.date(None)) == ("1 January 2010", "")


@pytest.mark.parametrize(
    ("language", "number", "share", "money"),
    [
        ("en", "1,234,567", "72.5%", "99,000.50\u00a0EUR"),
        ("et", "1\u00a0234\u00a0567", "72,5%", "99\u00a0000,50\u00a0EUR"),
        ("lv", "1\u00a0234\u00a0567", "72,5%", "99\u00a0000,50\u00a0EUR"),
        ("bg", "1\u00a0234\u00a0567", "72,5%", "99\u00a0000,50\u00a0EUR"),
    ],
)
def test_numbers_shares_and_money_are_told_as_the_language_does(
    language: str, number: str, share: str, money: str
) -> None:
    with translation.override(language):
        told = [say.number(1234567), say.share(Decimal("72.5")), say.money(Decimal("99000.50"), "EUR")]
    assert told == [number, share, money]


def test_money_without_cents_shows_none() -> None:
    assert say.money(Decimal("99000.00"), "EUR") == "99,000\u00a0EUR"


@pytest.mark.parametrize(("number", "words"), [("0", "0"), ("12.125", "12.125"), ("0.000001", "0.000001")])
def test_a_number_is_not_rounded(number: str, words: str) -> None:
    assert say.number(Decimal(number)) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["Ada"], "Ada"), (["Ada", "Bea"], "Ada and Bea"), ([1, 2, 3], "1, 2 and 3")],
)
def test_items_are_listed(items: list[object], words: str) -> None:
    assert say.listed(items) == words


@pytest.mark.parametrize(("text", "words"), [("", ""), ("said to be so", "Said to be so"), ("ēka", "Ēka")])
def test_a_text_begins_large(text: str, words: str) -> None:
    assert say.capital(text) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "date", "words"),
    [
        (ActKind.SIGNED, "2011", "agreement signed, 2011"),
        (ActKind.SIGNED, "", "agreement signed, undated"),
        (ActKind.BEGUN, "1991-05", "cooperation began, May 1991"),
        (ActKind.ATTESTED, "2026-11-21", "as seen on 21 November 2026"),
        (ActKind.ATTESTED, "2026-02", "as seen in February 2026"),
        (ActKind.ATTESTED, "2018", "as seen in 2018"),
    ],
)
def test_an_act_is_told_with_its_date(kind: ActKind, date: str, words: str) -> None:
    assert say.act(make_act(kind=kind, date=date)) == words


@pytest.mark.parametrize(
    ("model", "field", "stated", "words"),
    [
        (Party, "country", "LV", "Latvia"),
        (Party, "name", "Valga", "Valga"),
        (Party, "population", "22812", "22,812"),
        (Party, "population_year", "2021", "2021"),
        (Name, "exists", "yes", "said to be so"),
        (Name, "exists", "no", "said not to be so"),
        (Act, "date", "1992-05", "May 1992"),
        (Partnership, "fields", "culture", "Culture"),
        (Partnership, "history", "A tale.", "A tale."),
        (Membership, "category", "cooperating", "cooperating, not yet a member"),
        (Network, "sectors", "border-crossing", "Border crossing"),
        (Project, "cost", "99000", "99,000"),
        (Project, "programme", "urbact", "urbact"),
    ],
)
def test_what_is_stated_of_a_field_is_told(model: type[Party], field: str, stated: str, words: str) -> None:
    assert say.value(model, field, stated) == words


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [(Act, "date", "Date"), (Party, "country", "Country"), (Party, "exists", "Named as")],
)
def test_a_field_has_a_name(model: type[Party], field: str, words: str) -> None:
    assert say.field(model, field) == words


@pytest.mark.django_db
def test_a_stated_size_counts_what_the_source_counts() -> None:
    assert [
        stated_size(make_network_size(members=38)),
        stated_size(make_network_size(members=50, countries=26, at_least=True)),
        stated_size(make_network_size(members=1, countries=1)),
        stated_size(make_network_size(members=None, countries=12)),
        stated_size(make_project_size(partners=14, countries=11)),
    ] == [
        "38 members",
        "more than 50 members, 26 countries",
        "1 member, 1 country",
        "12 countries",
        "14 partners, 11 countries",
    ]
