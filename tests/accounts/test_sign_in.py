"""Signing in and out by e-mail address and password; nobody signs up."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.accounts.conftest import PASSWORD
from tests.web.reading import Page, page
from twinhall.accounts.actions import open_account, system_actor
from twinhall.accounts.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

HOME = "/en/"


def sign_in(client: Client, email: str, password: str = PASSWORD, language: str = "en") -> "Answer":
    data = {"login": email, "password": password, "next": HOME}
    return client.post(f"/{language}/account/login/", data)


def who(client: Client) -> list[str]:
    """The name in the masthead: once in the row, once in the menu."""
    return [a.text for a in page(client.get(HOME)).all("a", class_="person-name")]


def errors(shown: Page) -> list[str]:
    return [e.text for e in shown.main.all("div", role="alert", class_="callout warn")]


# In and out --------------------------------------------------------------------------------------------


def test_a_person_signs_in_and_is_named_in_the_masthead(client: Client, kadri: User) -> None:
    answer = sign_in(client, kadri.email)
    assert (answer.status_code, answer.headers["Location"]) == (302, HOME)
    assert who(client) == ["Kadri Kask", "Kadri Kask"]


def test_an_address_may_be_written_in_any_case(client: Client, kadri: User) -> None:  # noqa: ARG001
    sign_in(client, " Kadri@Valga.EXAMPLE")
    assert who(client) == ["Kadri Kask", "Kadri Kask"]


def test_signing_in_leads_nowhere_else(client: Client, kadri: User, settings: Settings) -> None:
    settings.LOGIN_REDIRECT_URL = "web:parties"
    data = {"login": kadri.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/en/account/login/", data).headers["Location"] == "/en/parties/"


def test_signing_in_leads_to_the_desk(settings: Settings) -> None:
    assert settings.LOGIN_REDIRECT_URL == "desk:dashboard"


def test_a_person_signs_out_by_a_button_only(client: Client, kadri: User) -> None:
    sign_in(client, kadri.email)
    button = page(client.get(HOME)).one("nav", class_="person").one("form")
    assert (button.attributes["method"], button.attributes["action"]) == ("post", "/en/account/logout/")
    assert page(client.get("/en/account/logout/")).heading == "Sign Out"
    assert who(client) != []
    assert client.post("/en/account/logout/").headers["Location"] == HOME
    assert who(client) == []


def test_signing_out_needs_the_token_of_the_page(kadri: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kadri)
    assert strict.post("/en/account/logout/").status_code == 403
    token = page(strict.get(HOME)).one("nav", class_="person").one("input", name="csrfmiddlewaretoken")
    sent = {"csrfmiddlewaretoken": token.attributes["value"]}
    assert strict.post("/en/account/logout/", sent).status_code == 302


def test_what_was_done_is_told_once(client: Client, kadri: User) -> None:
    sign_in(client, kadri.email)
    client.post("/en/account/logout/")
    told = [page(client.get(HOME)).all("ul", class_="told") for _ in range(2)]
    assert [[ul.items for ul in lists] for lists in told] == [[["You have signed out."]], []]


# Refused -----------------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client: Client, kadri: User) -> None:
    wrong = page(sign_in(client, kadri.email, "another sentence"))
    unknown = page(sign_in(client, "nobody@valga.example", "another sentence"))
    assert errors(wrong) == ["The email address and/or password you specified are not correct."]
    assert errors(unknown) == errors(wrong)
    assert who(client) == []


def test_after_five_wrong_passwords_the_right_one_waits_too(client: Client, kadri: User) -> None:
    for _ in range(5):
        sign_in(client, kadri.email, "another sentence")
    refused = page(sign_in(client, kadri.email))
    assert errors(refused) == ["Too many failed login attempts. Try again later."]
    assert who(client) == []


def test_a_header_does_not_make_another_machine_of_one(client: Client, kadri: User) -> None:  # noqa: ARG001
    """Ten failures a minute from one address of the network, whatever X-Forwarded-For says."""
    for number in range(10):
        client.post(
            "/en/account/login/",
            {"login": f"{number}@valga.example", "password": "another sentence"},
            headers={"x-forwarded-for": f"192.0.2.{number}"},
        )
    refused = page(sign_in(client, "11@valga.example", "another sentence"))
    assert errors(refused) == ["Too many failed login attempts. Try again later."]


def test_behind_a_proxy_each_machine_is_counted_apart(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    data = {"login": "x@valga.example", "password": "another sentence"}
    for number in range(11):
        data["login"] = f"{number}@valga.example"
        forwarded = f"198.51.100.7, 192.0.2.{number}"  # what the visitor says, then what the proxy saw
        answer = client.post("/en/account/login/", data, headers={"x-forwarded-for": forwarded})
    assert errors(page(answer)) == ["The email address and/or password you specified are not correct."]


def test_who_asks_for_too_much_is_told_to_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/en/account/password/reset/", {"email": "nobody@valga.example"})
    answer = client.post("/en/account/password/reset/", {"email": "nobody@valga.example"})
    assert page(answer, 429).heading == "Too many attempts"


def test_nobody_signs_up(client: Client) -> None:
    data = {"email": "new@valga.example", "password1": PASSWORD, "password2": PASSWORD}
    assert page(client.get("/en/account/signup/")).heading == "Accounts come by invitation"
    assert page(client.post("/en/account/signup/", data)).heading == "Accounts come by invitation"
    assert not User.objects.filter(email="new@valga.example").exists()
    signing_in = page(client.get("/en/account/login/"))
    assert [a for a in signing_in.all("a") if "signup" in a.attributes["href"]] == []


@pytest.mark.parametrize("active", [False, True])
def test_nobody_signs_in_as_a_system_actor(client: Client, *, active: bool) -> None:
    actor = system_actor("shipped", "shipped with Twinhall")
    actor.is_active = active  # even if somebody set it so, and a password
    actor.set_password(PASSWORD)
    actor.save()
    sign_in(client, actor.email)
    assert who(client) == []


def test_an_inactive_person_does_not_sign_in(client: Client, kadri: User) -> None:
    kadri.is_active = False
    kadri.save()
    assert sign_in(client, kadri.email).headers["Location"] == "/en/account/inactive/"
    assert who(client) == []


def test_who_was_not_invited_to_an_address_must_first_confirm_it(client: Client) -> None:
    User.objects.create_user("peeter@valga.example", "Peeter Puu", PASSWORD)
    assert sign_in(client, "peeter@valga.example").headers["Location"] == "/en/account/confirm-email/"
    assert (who(client), [letter.to for letter in mail.outbox]) == ([], [["peeter@valga.example"]])


def test_an_account_is_opened_with_an_address_that_counts_as_confirmed() -> None:
    user = open_account(email="Ilze@Valmiera.example", name="Ilze Ozola")
    address = EmailAddress.objects.get(user=user)
    assert (user.email, user.has_usable_password()) == ("ilze@valmiera.example", False)
    assert (address.email, address.verified, address.primary) == ("ilze@valmiera.example", True, True)


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("eleven-char", "This password is too short. It must contain at least 12 characters."),
        ("kadri kask kadri", "The password is too similar to the name."),
        ("kadri@valga.example", "The password is too similar to the e-mail address."),
        ("password1234", "This password is too common."),
        ("918273645546", "This password is entirely numeric."),
    ],
)
def test_a_weak_password_is_refused(client: Client, kadri: User, password: str, error: str) -> None:
    sign_in(client, kadri.email)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    shown = page(client.post("/en/account/password/change/", data))
    told = shown.one("div", id="id_password1_error").text
    assert error in told


# Strangers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/", "/en/parties/", "/en/search/?q=valga", "/en/nothing/"])
def test_a_stranger_gets_no_cookie_and_costs_no_session(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.cookies == {}
    assert "Cookie" in answer.headers["Vary"]  # who has signed in sees another masthead


def test_a_stranger_is_not_asked_for_in_the_database(
    client: Client, kadri: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/en/nothing/")
    client.force_login(kadri)
    with django_assert_num_queries(2):  # the session and the person
        client.get("/en/nothing/")


def test_a_stranger_is_offered_to_sign_in(client: Client) -> None:
    links = page(client.get(HOME)).all("a", class_="sign-in")
    assert [(a.text, a.attributes["href"]) for a in links] == [("Sign in", "/en/account/login/")] * 2


@pytest.mark.parametrize(
    "address", ["", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "sessions/"]
)
def test_a_stranger_is_led_to_sign_in_first(client: Client, address: str) -> None:
    answer = client.get(f"/en/account/{address}")
    assert unquote(answer.headers["Location"]) == f"/en/account/login/?next=/en/account/{address}"


def test_the_cookie_of_a_session_is_kept_from_scripts_and_other_sites(client: Client, kadri: User) -> None:
    cookie = sign_in(client, kadri.email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", False)
