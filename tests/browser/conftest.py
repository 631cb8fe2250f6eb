"""A real browser on a real site: the shipped facts behind the production server, and the system's Chromium.

All of it lives as long as the tests of this folder: a running Playwright has an event loop, which Django's
database would refuse to work beside.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    StorageState,
    sync_playwright,
)

from tests.web.serving import passwords_shown, served, towns, twinhall

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DATABASE = "twinhall.sqlite3"
WITHOUT = (
    "Chromium was not found. Install it (Debian, Ubuntu: “apt-get install chromium”) so that “chromium”, "
    "“chromium-browser” or “google-chrome” is on PATH; “bash .ci/run” does so itself."
)


SignedIn = Callable[[str], StorageState]


class Come(Protocol):
    """Lets one more person come to the changing site."""

    def __call__(self, email: str = "", **options: Any) -> Page: ...


@pytest.fixture(scope="package")
def chromium() -> str:
    """Where the system's browser is; without one, what needs it is skipped."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip(WITHOUT)
    return found


@pytest.fixture(scope="package")
def site_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings that the site shares with others."""
    return towns(tmp_path_factory)


@pytest.fixture(scope="package")
def demo(site_var: Path, site_settings: dict[str, str]) -> str:
    """What was shown when the site was made: whom one can sign in as."""
    made = twinhall(site_var, "demo", "--no-serve", **site_settings)
    assert made.returncode == 0, made.stderr
    return made.stdout


@pytest.fixture(scope="package")
def collected(site_var: Path) -> Path:
    """The static files, compressed once for all sites: that takes seconds."""
    made = twinhall(site_var, "collectstatic", "--no-input", "--verbosity=0")
    assert made.returncode == 0, made.stderr
    return site_var / "static"


@pytest.fixture(scope="package")
def site(
    chromium: str,  # noqa: ARG001
    site_var: Path,
    site_settings: dict[str, str],
    demo: str,  # noqa: ARG001
    collected: Path,  # noqa: ARG001
) -> Iterator[str]:
    """The address of a site with the shipped facts."""
    with served(site_var, worker=False, **site_settings) as address:
        yield address


@pytest.fixture(scope="package")
def passwords(demo: str) -> dict[str, str]:
    """The passwords of the demo's people, by e-mail address."""
    return passwords_shown(demo)


@pytest.fixture(scope="package")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(chromium: str, _playwright: Playwright) -> Iterator[Browser]:
    running = _playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    yield running
    running.close()


@contextmanager
def watched(browser: Browser, site: str, *, live_maps: bool = False, **options: Any) -> Iterator[Page]:
    """A page of a site for a reader of English; in the end nothing may have gone wrong in it.

    That is: no error, no refusal of the content policy, no missing file. Live maps take seconds to draw in
    software, so that they come only where a test is about them.
    """
    told = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, **options}
    context = browser.new_context(base_url=site, **told)
    if not live_maps:
        context.route("**/web/maps/entry*.js", lambda route: route.fulfill(content_type="text/javascript"))
    opened = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_refused_page = (
            message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        )
        is_of_the_driver = "GL Driver Message" in message.text  # drawing in software is slow, and says so
        if message.type in {"error", "warning"} and not is_refused_page and not is_of_the_driver:
            wrong.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            wrong.append(request.url)

    opened.on("console", hear)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", watch)
    yield opened
    context.close()
    assert wrong == []


@pytest.fixture
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the site; a parameter turns JavaScript off."""
    with watched(browser, site, java_script_enabled=getattr(request, "param", True)) as opened:
        yield opened


# The desk ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk_var(
    demo: str,  # noqa: ARG001
    collected: Path,
    site_var: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A database of the module's own, so that what is done at its desk shows in no other test."""
    var = tmp_path_factory.mktemp("desk")
    shutil.copytree(collected, var / "static", copy_function=os.link)
    with (
        closing(sqlite3.connect(site_var / DATABASE)) as shipped,
        closing(sqlite3.connect(var / DATABASE)) as own,
    ):
        shipped.backup(own)
    return var


@pytest.fixture(scope="module")
def desk_site(chromium: str, desk_var: Path, site_settings: dict[str, str]) -> Iterator[str]:  # noqa: ARG001
    """The address of a site that people may change."""
    with served(desk_var, worker=False, **site_settings) as address:
        yield address


@pytest.fixture(scope="module")
def signed_in(browser: Browser, desk_site: str, passwords: dict[str, str]) -> SignedIn:
    """Signs a person in by the form that all take, once; gives what their browser remembers of it."""

    @cache
    def remembered(email: str) -> StorageState:
        with closing(browser.new_context(base_url=desk_site)) as context:
            page = context.new_page()
            page.goto("/en/account/login/?next=/en/desk/")
            page.get_by_label("Email").fill(email)
            page.get_by_label("Password").fill(passwords[email])
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: urlsplit(url).path == "/en/desk/")
            return context.storage_state()

    return remembered


@pytest.fixture
def come(browser: Browser, desk_site: str, signed_in: SignedIn) -> Iterator[Come]:
    """Opens the changing site for one more person: a stranger, or somebody signed in, at the desk."""
    with ExitStack() as stack:

        def opened(email: str = "", **options: Any) -> Page:
            known: dict[str, Any] = {"storage_state": signed_in(email)} if email else {}
            page = stack.enter_context(watched(browser, desk_site, **known, **options))
            page.set_default_timeout(15_000)
            if email:
                page.goto("/en/desk/")
            return page

        yield opened
