"""A real browser on a real site: the shipped facts behind the production server, and the system's Chromium.

All of it lives as long as the tests of this folder: a running Playwright has an event loop, which Django's
database would refuse to work beside.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

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
WITHOUT = (
    "Chromium was not found. Install it (Debian, Ubuntu: “apt-get install chromium”) so that “chromium”, "
    "“chromium-browser” or “google-chrome” is on PATH; “bash .ci/run” does so itself."
)


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
def site(chromium: str, site_var: Path, site_settings: dict[str, str], demo: str) -> Iterator[str]:  # noqa: ARG001
    """The address of a site with the shipped facts."""
    with served(site_var, **site_settings) as address:
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


@pytest.fixture
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the site for a reader of English; a parameter turns JavaScript off.

    In the end nothing may have gone wrong in it: no error, no refusal of the content policy, no missing file.
    """
    context = browser.new_context(
        base_url=site,
        locale="en-GB",
        viewport={"width": 1440, "height": 900},
        java_script_enabled=getattr(request, "param", True),
    )
    opened = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_refused_page = (
            message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        )
        if message.type in {"error", "warning"} and not is_refused_page:
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
