"""The language in which somebody is written to: chosen on the page of their account."""

import pytest
from django.test import Client

from tests.web.reading import page
from twinhall.accounts.models import User

pytestmark = pytest.mark.django_db

CHOOSE = "/en/account/language/"


def test_it_is_chosen_on_the_page_of_the_account(client: Client, kadri: User) -> None:
    client.force_login(kadri)
    shown = page(client.get("/en/account/"))
    assert [o.text for o in shown.main.one("select", name="language").all("option")] == [
        "English",
        "Estonian",
        "Latvian",
        "Bulgarian",
    ]
    answer = client.post(CHOOSE, {"language": "et"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/account/")
    kadri.refresh_from_db()
    assert kadri.language == "et"
    chosen = page(client.get("/en/account/")).main.one("option", selected="").attributes["value"]
    assert chosen == "et"


@pytest.mark.parametrize("language", ["", "xx"])
def test_a_language_that_the_site_does_not_speak_is_refused(
    client: Client, kadri: User, language: str
) -> None:
    client.force_login(kadri)
    shown = page(client.post(CHOOSE, {"language": language}), 422)
    assert len(shown.main.all("div", class_="errors")) == 1
    kadri.refresh_from_db()
    assert kadri.language == "en"


def test_a_stranger_chooses_nothing(client: Client) -> None:
    assert client.post(CHOOSE, {"language": "et"}).headers["Location"].startswith("/en/account/login/")
