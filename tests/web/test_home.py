"""The front page, and the way to it."""

import pytest
from django.test import Client

from tests.web.conftest import Read


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("lv,en;q=0.5", "lv"),
        ("bg-BG", "bg"),
        ("fi,et;q=0.8,en;q=0.3", "et"),
        ("fi", "en"),
        ("", "en"),
    ],
)
def test_the_bare_address_leads_to_the_language_of_the_browser(
    client: Client, accepts: str, language: str
) -> None:
    answer = client.get("/", headers={"accept-language": accepts})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer.headers["Vary"]


def test_an_address_without_a_language_leads_to_the_same_page_in_one(client: Client) -> None:
    answer = client.get("/parties/?country=EE", headers={"accept-language": "et"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/et/parties/?country=EE")


@pytest.mark.usefixtures("register")
def test_the_front_page_counts_what_is_in_the_register(visit: Read) -> None:
    tally = visit("/en/").section("In the register").one("ul")
    assert {li.one("a").attributes["href"]: int(li.one("strong").text) for li in tally.all("li")} == {
        "/en/parties/": 27,
        "/en/partnerships/": 16,
        "/en/networks/": 6,
        "/en/projects/": 3,
        "/en/disagreements/": 2,
        "/en/sources/": 9,
    }


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("address", "head"),
    [
        ("/en/parties/", "towns and regions in the register"),
        ("/en/networks/", "networks"),
        ("/en/projects/", "projects"),
    ],
)
def test_the_front_page_counts_as_the_lists_do(visit: Read, address: str, head: str) -> None:
    counted = visit("/en/").section("In the register").one("a", href=address).one("strong").text
    assert visit(address).main.all("p", class_="aka")[0].text == f"{counted} {head}"


@pytest.mark.django_db
def test_the_front_page_has_one_search_form(visit: Read) -> None:
    (form,) = visit("/en/").all("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/en/search/", "get")
    assert form.one("input").attributes["name"] == "q"
