"""The order of a list, as its heads offer it and its address asks for it."""

import pytest
from django.test import RequestFactory

from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from twinhall.web.asking import asked_order

ORDERS = ["name", "-name", "population", "-population"]


@pytest.mark.parametrize(
    ("asked", "order", "name", "population"),
    [
        ({}, "name", "ascending", ""),
        ({"sort": ""}, "name", "ascending", ""),
        ({"sort": "-name"}, "-name", "descending", ""),
        ({"sort": "population"}, "population", "", "ascending"),
    ],
)
def test_a_list_is_in_the_order_asked_for_else_in_its_first(
    rf: RequestFactory, asked: dict[str, str], order: str, name: str, population: str
) -> None:
    sorting = asked_order(rf.get("/", asked), ORDERS)
    assert (sorting.order, sorting.direction("name"), sorting.direction("population")) == (
        order,
        name,
        population,
    )


def test_a_head_leads_to_the_order_by_it_and_a_second_time_round(rf: RequestFactory) -> None:
    sorting = asked_order(rf.get("/", {"sort": "population", "country": "EE", "page": "2"}), ORDERS)
    assert sorting.href("population") == "?sort=-population&country=EE"
    assert sorting.href("name") == "?sort=name&country=EE"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/parties/", "/en/partnerships/"])
def test_an_order_that_the_list_does_not_know_is_refused(visit: Read, address: str) -> None:
    refused = visit(address, answers=400, sort="mayor")
    assert refused.main.one("p", class_="lede").text == "“mayor” cannot be chosen here."


@pytest.mark.django_db
def test_towns_sort_by_their_people_and_those_of_unknown_number_come_last(visit: Read) -> None:
    for name, population in (("Ada", 30), ("Bea", None), ("Cia", 20)):
        make_party(name=name, population=population)
    rising, falling = (visit("/en/parties/", sort=sort).main.rows for sort in ("population", "-population"))
    assert [row[1] for row in rising] == ["Cia", "Ada", "Bea"]
    assert [row[1] for row in falling] == ["Ada", "Cia", "Bea"]


@pytest.mark.django_db
def test_towns_sort_by_their_ties_in_force_on_the_day(visit: Read) -> None:
    ada, bea, cia = (make_party(name=name) for name in ("Ada", "Bea", "Cia"))
    for other, year in ((ada, "1990"), (cia, "2010")):
        make_act(partnership=make_partnership(parties=[bea, other]), date=year)
    most, least, then = (
        [(row[1], row[3]) for row in visit("/en/parties/", **query).main.rows]
        for query in ({"sort": "-ties"}, {"sort": "ties"}, {"sort": "-ties", "on": "2000-01-01"})
    )
    assert most == [("Bea", "2"), ("Ada", "1"), ("Cia", "1")]
    assert least == [("Ada", "1"), ("Cia", "1"), ("Bea", "2")]
    assert then == [("Ada", "1"), ("Bea", "1"), ("Cia", "0")]
