"""Where one is signed in, and signing out there."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import sign_in, who
from tests.web.reading import page
from twinhall.accounts.actions import open_account
from twinhall.accounts.browsers import browser
from twinhall.accounts.models import User

pytestmark = pytest.mark.django_db

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/141.0.0.0 Safari/537.36"
SAFARI = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {KIT} Version/18.0 Safari/604.1"


@pytest.fixture
def here(kadri: User) -> Client:
    client = Client(headers={"user-agent": FIREFOX})
    sign_in(client, kadri.email)
    return client


@pytest.fixture
def there(kadri: User, here: Client) -> Client:  # noqa: ARG001
    client = Client(headers={"user-agent": CHROME})
    sign_in(client, kadri.email)
    return client


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_each_session_is_listed(here: Client, there: Client) -> None:  # noqa: ARG001
    rows = page(here.get("/en/account/sessions/")).main.rows
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("Chrome, Windows", "127.0.0.1", "End"),
        ("Firefox, Linux", "127.0.0.1", "this one"),
    ]


def test_a_session_is_ended(here: Client, there: Client) -> None:
    answer = here.post(f"/en/account/sessions/{session_of(there).pk}/end/", follow=True)
    assert page(answer).one("ul", class_="told").items == ["You are signed out there."]
    assert (who(there), len(who(here))) == ([], 2)
    assert len(page(here.get("/en/account/sessions/")).main.rows) == 1


def test_all_others_are_ended_at_once(here: Client, there: Client) -> None:
    here.post("/en/account/sessions/")
    assert (who(there), len(who(here))) == ([], 2)


def test_the_session_that_asks_is_ended_by_signing_out_only(here: Client) -> None:
    assert here.post(f"/en/account/sessions/{session_of(here).pk}/end/").status_code == 404
    assert len(who(here)) == 2


def test_nobody_ends_the_session_of_another(here: Client) -> None:
    other = open_account(email="ilze@valmiera.example", name="Ilze Ozola", password=PASSWORD)
    stranger = Client()
    sign_in(stranger, other.email)
    assert stranger.post(f"/en/account/sessions/{session_of(here).pk}/end/").status_code == 404
    assert len(who(here)) == 2


def test_a_session_is_not_ended_by_a_link(here: Client, there: Client) -> None:
    assert here.get(f"/en/account/sessions/{session_of(there).pk}/end/").status_code == 405


def test_a_new_password_ends_the_other_sessions(here: Client, there: Client) -> None:
    new = "quite another sentence this time"
    here.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (who(there), len(who(here))) == ([], 2)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (CHROME, "Chrome, Windows"),
        (SAFARI, "Safari, iPhone"),
        (f"{CHROME} Edg/141.0", "Edge, Windows"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, words: str) -> None:
    assert browser(user_agent) == words
