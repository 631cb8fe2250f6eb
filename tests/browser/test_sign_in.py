"""Signing in by keyboard and by passkey; nobody is shut out of the pages of an account."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, expect

from tests.browser.test_access import LOOKS, RUNS_OFF, axe_finds
from tests.web.serving import twinhall

pytestmark = pytest.mark.browser

PASSWORD = "a long sentence to sign in with"
NAME = "Aleksandra-Konstantīna Vidzemniece-Kārkliņa no Ziemeļvidzemes"
PEOPLE = [f"person{number}@valga.example" for number in range(1, 13)]
MAKE = f"""
from twinhall.accounts.actions import open_account
for email in {PEOPLE!r}:
    open_account(email=email, name={NAME!r}, password={PASSWORD!r})
"""
PAGES = {
    "account": "",
    "password": "password/change/",
    "e-mail": "email/",
    "second factors": "2fa/",
    "app": "2fa/totp/activate/",
    "keys": "2fa/webauthn/",
    "a key": "2fa/webauthn/add/",
    "sessions": "sessions/",
    "signing out": "logout/",
}


@pytest.fixture(scope="package")  # a worker that comes back to this file has the same site
def people(site: str, site_var: Path) -> Iterator[str]:  # noqa: ARG001
    """As many people of the site as there are tests that need one, and some more."""
    made = twinhall(site_var, "shell", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    return iter(PEOPLE)


@pytest.fixture
def email(people: Iterator[str]) -> str:
    """A person of the site who was never here before."""
    return next(people)


def arrive(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)


def sign_in(page: Page, email: str, *, arrives: str = "/en/account/") -> None:
    """Signs in by keyboard alone."""
    page.goto("/en/account/login/?next=/en/account/")
    page.get_by_label("Email").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")  # to the link for a forgotten password
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, arrives)


def confirm(page: Page) -> None:
    """Gives the password once more, as is asked before anything changes."""
    page.goto("/en/account/reauthenticate/?next=/en/account/")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, "/en/account/")


def seen(page: Page) -> list[str]:
    """What axe finds, and what runs off the side, in either look."""
    found: list[str] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += axe_finds(page)
        found += page.evaluate(RUNS_OFF)
    return found


# Pages -------------------------------------------------------------------------------------------------


def test_a_person_signs_in_and_out_by_keyboard(page: Page, email: str) -> None:
    sign_in(page, email)
    masthead = page.get_by_role("navigation", name="Signed in")
    expect(masthead.get_by_role("link", name=NAME)).to_be_visible()
    masthead.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("You have signed out.")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


@pytest.mark.parametrize("page", [False], indirect=True, ids=["without JavaScript"])
def test_a_person_signs_in_without_javascript(page: Page, email: str) -> None:
    sign_in(page, email)
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_phone_has_it_all_in_the_menu(page: Page, email: str) -> None:
    sign_in(page, email)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("link", name=NAME)).to_be_hidden()
    page.get_by_text("Menu").click()
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    assert seen(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_be_visible()


@pytest.mark.parametrize("address", ["login/", "password/reset/", "signup/"])
def test_a_stranger_is_not_shut_out(page: Page, address: str) -> None:
    page.goto(f"/en/account/{address}")
    assert seen(page) == []


def test_errors_shut_nobody_out(page: Page) -> None:
    page.goto("/en/account/login/")
    page.get_by_label("Email").fill("nobody@valga.example")
    page.get_by_label("Password").fill("another sentence")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(re.compile("not correct"))
    assert seen(page) == []


def test_nobody_is_shut_out_of_the_account(page: Page, email: str) -> None:
    sign_in(page, email)
    confirm(page)
    found = {}
    for name, address in PAGES.items():
        page.goto(f"/en/account/{address}")
        found[name] = seen(page)
    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize("language", ["et", "lv", "bg"])
def test_nothing_runs_off_the_side_in_other_languages(page: Page, email: str, language: str) -> None:
    sign_in(page, email)
    for address in ("", "2fa/", "sessions/"):
        page.goto(f"/{language}/account/{address}")
        for width in (320, 720, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(RUNS_OFF) == []


# Keys --------------------------------------------------------------------------------------------------


@pytest.fixture
def with_key(browser: Browser, site: str) -> Iterator[Page]:
    """A page of the site by the one name under which browsers give passkeys without HTTPS.

    The content policy may refuse nothing, and no error may come up.
    """
    context = browser.new_context(base_url=site.replace("127.0.0.1", "localhost"), locale="en-GB")
    opened = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            wrong.append(message.text)

    opened.on("console", hear)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def plug_in(page: Page) -> CDPSession:
    """A device that holds passkeys and always knows its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp


def test_a_passkey_is_added_and_opens_the_account(with_key: Page, email: str) -> None:
    page = with_key
    plug_in(page)
    sign_in(page, email)
    confirm(page)
    page.goto("/en/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("The blue one")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Unused codes")).to_be_visible()
    page.goto("/en/account/2fa/")
    expect(page.get_by_text("The blue one")).to_be_visible()

    page.get_by_role("button", name="Sign out").first.click()
    arrive(page, "/en/")
    page.goto("/en/account/login/?next=/en/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrive(page, "/en/account/")
    expect(page.get_by_text("1 passkey or security key")).to_be_visible()

    page.get_by_role("button", name="Sign out").first.click()
    arrive(page, "/en/")
    sign_in(page, email, arrives="/en/account/2fa/authenticate/")  # the password alone opens nothing now
    assert seen(page) == []
    page.get_by_role("button", name="Use a security key").click()
    arrive(page, "/en/account/")


def test_who_has_no_key_is_told_so(with_key: Page) -> None:
    with_key.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('none'))")
    with_key.goto("/en/account/login/")
    with_key.get_by_role("button", name="Sign in with a passkey").click()
    expect(with_key.get_by_role("alert")).to_have_text(re.compile("^No key answered"))
