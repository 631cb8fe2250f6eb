"""A second factor: an app's codes, recovery codes; keys are tried in a browser."""

import base64
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import sign_in, who
from tests.web.reading import page
from twinhall.accounts.models import User
from twinhall.accounts.queries import SecondFactors, second_factors

pytestmark = pytest.mark.django_db


def code(secret: str, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def sign_in_surely(client: Client, user: User) -> None:
    """Signs in and gives the password once more, as is asked before anything changes."""
    sign_in(client, user.email)
    client.post("/en/account/reauthenticate/", {"password": PASSWORD, "next": "/en/"})


def add_app(client: Client, user: User) -> str:
    """Adds an app; gives the secret that it holds from then on."""
    sign_in_surely(client, user)
    shown = page(client.get("/en/account/2fa/totp/activate/"))
    held = shown.one("input", id="authenticator_secret").attributes["value"]
    answer = client.post("/en/account/2fa/totp/activate/", {"code": code(held)})
    assert answer.headers["Location"] == "/en/account/2fa/recovery-codes/"
    return held


@pytest.fixture
def secret(client: Client, kadri: User) -> str:
    """What Kadri's app holds after she added it."""
    return add_app(client, kadri)


def test_the_app_is_given_a_picture(client: Client, kadri: User) -> None:
    sign_in_surely(client, kadri)
    shown = page(client.get("/en/account/2fa/totp/activate/"))
    kind, _, picture = shown.main.one("img", class_="qr").attributes["src"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(picture).startswith(b"<?xml")


def test_the_password_is_asked_for_again_before_anything_changes(client: Client, kadri: User) -> None:
    sign_in(client, kadri.email)
    new_address = {"action_add": "", "email": "kask@valga.example"}
    for address in ("2fa/totp/activate/", "2fa/webauthn/add/", "email/"):
        answer = client.post(f"/en/account/{address}", new_address)
        assert answer.headers["Location"].startswith("/en/account/reauthenticate/?next=")


def test_an_app_is_asked_for_at_the_next_sign_in(kadri: User, secret: str) -> None:
    other = Client()
    assert sign_in(other, kadri.email).headers["Location"] == "/en/account/2fa/authenticate/"
    assert who(other) == []
    other.post("/en/account/2fa/authenticate/", {"code": code(secret, later=1)})
    assert who(other) == ["Kadri Kask", "Kadri Kask"]


def test_a_wrong_code_is_refused_and_counted(kadri: User, secret: str) -> None:
    other = Client()
    sign_in(other, kadri.email)
    for _ in range(5):
        shown = page(other.post("/en/account/2fa/authenticate/", {"code": "000000"}))
        assert shown.one("div", id="id_code_error").text == "Error: Incorrect code."
    shown = page(other.post("/en/account/2fa/authenticate/", {"code": code(secret, later=1)}))
    assert "Too many failed login attempts." in shown.one("div", id="id_code_error").text
    assert who(other) == []


def test_a_recovery_code_serves_once(client: Client, kadri: User, secret: str) -> None:  # noqa: ARG001
    shown = page(client.get("/en/account/2fa/recovery-codes/"))
    codes = shown.one("textarea", id="recovery_codes").own_words.split()
    assert len(codes) == 10
    for expected in (["Kadri Kask"] * 2, []):
        other = Client()
        sign_in(other, kadri.email)
        other.post("/en/account/2fa/authenticate/", {"code": codes[0]})
        assert who(other) == expected
    assert second_factors(kadri) == SecondFactors(app=True, keys=0, codes=9)


@pytest.mark.django_db(transaction=True)
def test_what_changes_is_told_by_letter(client: Client, kadri: User) -> None:
    add_app(client, kadri)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([kadri.email], "[Twinhall] Authenticator App Activated")
    ]


def test_the_account_page_says_what_protects_it(client: Client, kadri: User) -> None:
    sign_in(client, kadri.email)
    bare = page(client.get("/en/account/"))
    assert (bare.heading, bare.main.facts["Name"]) == ("Your account", "Kadri Kask")
    assert bare.main.facts["E-mail address"] == "kadri@valga.example; Change the address"
    assert bare.main.facts["Second factors"] == "Change the second factors"
    assert bare.main.one("p", class_="callout-title").text == "Only your password protects this account."


def test_the_account_page_counts_factors(client: Client, kadri: User, secret: str) -> None:  # noqa: ARG001
    shown = page(client.get("/en/account/"))
    assert shown.main.facts["Second factors"] == (
        "An authenticator app; 10 recovery codes left; Change the second factors"
    )
    assert shown.main.all("p", class_="callout-title") == []
    assert Authenticator.objects.filter(user=kadri).count() == 2
