"""The reader of a letter stops its kind: by a page without signing in, or by one click in a mail program."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.letters import make_letter
from tests.web.reading import Page, page
from tests.web.test_pages import wrong_markup
from twinhall.letters.addresses import unsubscribe_address
from twinhall.letters.models import Kind, Letter
from twinhall.letters.queries import stopped_kinds

pytestmark = pytest.mark.django_db

KADRI = "kadri@valga.example"


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.SITE = "https://hall.example/"  # as people write it


@pytest.fixture
def letter() -> Letter:
    return make_letter(kind=Kind.REMINDER, to=KADRI, language="en")


def address(letter: Letter) -> str:
    return unsubscribe_address(letter).removeprefix("https://hall.example")


def rows(shown: Page) -> list[tuple[str, str]]:
    """Each kind with how it stands, as the page says."""
    lines = shown.main.one("tbody").all("tr")
    return [(line.one("th").text, line.all("td")[0].text) for line in lines]


def test_the_page_shows_the_kind_of_the_letter_first_and_stops_nothing_by_itself(
    client: Client, letter: Letter
) -> None:
    shown = page(client.get(address(letter)))
    assert KADRI in shown.main.text
    assert rows(shown)[0] == ("Reminder", "comes")
    assert (stopped_kinds(KADRI), wrong_markup(shown)) == (set(), [])
    assert (client.head(address(letter)).status_code, stopped_kinds(KADRI)) == (200, set())


def test_a_kind_is_stopped_and_resumed(client: Client, letter: Letter) -> None:
    stopped = page(client.post(address(letter), {"stop": "reminder"}, follow=True))
    assert (rows(stopped)[0], stopped_kinds(KADRI)) == (("Reminder", "stopped"), {Kind.REMINDER})
    assert "You get no more of these letters." in stopped.text
    resumed = page(client.post(address(letter), {"resume": "reminder"}, follow=True))
    assert (rows(resumed)[0], stopped_kinds(KADRI)) == (("Reminder", "comes"), set())


def test_a_mail_program_stops_it_with_one_click(letter: Letter) -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address(letter), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, stopped_kinds(KADRI)) == (200, {Kind.REMINDER})
    assert answer.cookies == {}


def test_nothing_else_is_done_without_the_token_of_the_page(letter: Letter) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(address(letter), {"stop": "notice"}).status_code == 403
    assert stopped_kinds(KADRI) == set()


def test_the_page_is_in_the_language_of_the_letter(client: Client) -> None:
    shown = page(client.get(address(make_letter(language="lv"))))
    assert shown.language == "lv"


def test_only_who_has_a_letter_gets_in(client: Client, letter: Letter) -> None:
    duty, other = make_letter(duty=True), make_letter()
    signature = address(letter).rpartition(".")[2]
    for token in ("1", f"{other.pk}.{signature}", f"{letter.pk}.", "x.y"):
        assert client.get(f"/en/letters/unsubscribe/{token}/").status_code == 404
    assert client.get(address(duty)).status_code == 404


def test_a_kind_that_is_none_stops_nothing(client: Client, letter: Letter) -> None:
    assert client.post(address(letter), {"stop": "spam"}).status_code == 200
    assert stopped_kinds(KADRI) == set()
