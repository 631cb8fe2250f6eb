"""Signing in with the city's own OpenID Connect provider."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.test import Client
from pytest_django import Settings

from tests.accounts.test_sign_in import who
from tests.web.reading import page
from twinhall.accounts.models import User

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

SERVER = "https://login.valga.example"
APP = {
    "name": "Valga",
    "client_id": "twinhall",
    "secret": "x",
    "provider_id": "city",
    "settings": {"server_url": SERVER},
}
CONFIGURATION = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": f"{SERVER}/token",
    "userinfo_endpoint": f"{SERVER}/userinfo",
    "jwks_uri": f"{SERVER}/keys",
}
ASK = "import twinhall.settings as settings; print(settings.SOCIALACCOUNT_PROVIDERS)"
VARIABLES = ("NAME", "SERVER", "CLIENT_ID", "SECRET")


@pytest.fixture
def provider(settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}


class Told:
    """What the provider tells of the person who has signed in there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.claims: dict[str, Any] = {"sub": "7", "email": "kadri@valga.example", "email_verified": True}
        adapter = OpenIDConnectOAuth2Adapter
        monkeypatch.setattr(adapter, "openid_config", CONFIGURATION)
        monkeypatch.setattr(adapter, "_fetch_user_info", lambda *_: self.claims)
        monkeypatch.setattr(adapter, "get_access_token_data", lambda *_, **__: {"access_token": "t"})


@pytest.fixture
def told(provider: None, monkeypatch: pytest.MonkeyPatch) -> Told:  # noqa: ARG001
    return Told(monkeypatch)


def come_back(client: Client) -> "Answer":
    """Goes to the provider and comes back with its answer."""
    there = client.get("/account/oidc/city/login/?process=login&next=/en/").headers["Location"]
    state = there.partition("state=")[2].partition("&")[0]
    return client.get(f"/account/oidc/city/login/callback/?code=c&state={state}")


def buttons(client: Client) -> list[str]:
    return [a.text for a in page(client.get("/en/account/login/")).main.all("a", class_="button second")]


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert buttons(client) == []


@pytest.mark.usefixtures("provider")
def test_a_provider_makes_a_button(client: Client) -> None:
    assert buttons(client) == ["Sign in at Valga"]


def test_the_provider_is_told_one_address_whatever_the_language(client: Client, told: Told) -> None:  # noqa: ARG001
    found = {
        client.get(
            page(client.get(f"/{language}/account/login/"))
            .main.one("a", class_="button second")
            .attributes["href"]
        )
        .headers["Location"]
        .partition("redirect_uri=")[2]
        .partition("&")[0]
        for language in ("en", "lv")
    }
    assert found == {"http%3A%2F%2Ftestserver%2Faccount%2Foidc%2Fcity%2Flogin%2Fcallback%2F"}


def test_who_has_an_account_with_the_confirmed_address_is_signed_in_and_connected(
    client: Client, kadri: User, told: Told
) -> None:
    assert come_back(client).headers["Location"] == "/en/"
    assert who(client) == ["Kadri Kask", "Kadri Kask"]
    assert SocialAccount.objects.get().user == kadri
    told.claims["email"] = "kask@valga.example"  # known by number from now on
    other = Client()
    come_back(other)
    assert who(other) == ["Kadri Kask", "Kadri Kask"]


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email": "new@valga.example"}], ids=["unconfirmed", "unknown"]
)
def test_nobody_else_is_let_in(client: Client, kadri: User, told: Told, claims: dict[str, Any]) -> None:
    told.claims |= claims
    assert page(come_back(client)).heading == "Accounts come by invitation"
    assert (who(client), User.objects.count(), SocialAccount.objects.count()) == ([], 1, 0)
    assert User.objects.get() == kadri


# Settings ----------------------------------------------------------------------------------------------


def start(tmp_path: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "twinhall.settings",
        "TWINHALL_VAR": str(tmp_path),
        **{f"TWINHALL_OIDC_{name}": value for name, value in settings.items()},
    }
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_provider_is_set_by_the_environment(tmp_path: Path) -> None:
    started = start(tmp_path, NAME="Valga", SERVER=SERVER, CLIENT_ID="twinhall", SECRET="x")
    assert started.stdout == f"{{'openid_connect': {{'APPS': [{APP}]}}}}\n"


def test_without_a_server_there_is_none(tmp_path: Path) -> None:
    assert start(tmp_path).stdout == "{'openid_connect': {'APPS': []}}\n"


@pytest.mark.parametrize("missing", ["NAME", "CLIENT_ID", "SECRET"])
def test_a_provider_by_halves_is_refused(tmp_path: Path, missing: str) -> None:
    given = {name: SERVER for name in VARIABLES if name != missing}
    started = start(tmp_path, **given)
    assert started.returncode == 1
    assert started.stderr.splitlines()[-1].endswith(
        "TWINHALL_OIDC_SERVER is set, so TWINHALL_OIDC_NAME, TWINHALL_OIDC_CLIENT_ID and "
        "TWINHALL_OIDC_SECRET must be set too."
    )
