"""Who may what: every address of the site is asked by everybody, and the table in docs/rights.md is right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test.utils import override_settings
from django.urls import resolve
from pytest_django import DjangoDbBlocker, Settings

from tests.desk import rights
from tests.desk.conftest import TODAY
from tests.desk.hall import (
    CONFIRM,
    SIGN_IN,
    Contents,
    Visitor,
    contents,
    people,
    records,
    rows_written,
)
from tests.desk.rights import Row
from tests.factories.parties import make_party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register", "_today")]

TEXT = rights.TABLE.read_text("utf-8")
ROWS, ANSWERS = rights.rows(TEXT), rights.answers(TEXT)
DOES, DOES_AT_ONCE, IS_LED_ON = "does", "does at once", "is led on"
LEADS = {"signs in first": SIGN_IN, "confirms first": CONFIRM}
WHO = {who for row in ROWS for who in row.answers}
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    "CACHES": {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    },
}
"""Settings that every test has of itself, for what is made before the first of them."""


@dataclass(frozen=True)
class Hall:
    """Everybody at the door, the records that the addresses are about, and all that the register holds."""

    visitors: Mapping[str, Visitor]
    records: Mapping[str, object]
    before: Contents

    def asked(self, who: str, method: str, where: str) -> str:
        """What an address answers somebody, in the words of the table. What it did is undone."""
        visitor, written = self.visitors[who], rows_written()
        with transaction.atomic():
            answer = visitor.get(where) if method == "GET" else visitor.post(where)
            has_written = written is None or rows_written() != written
            has_changed = has_written and contents() != self.before
            transaction.set_rollback(True)
        word = self._word(answer, has_changed=has_changed)
        return f"{word}, and changes something" if has_changed and word != DOES_AT_ONCE else word

    @staticmethod
    def _word(answer: HttpResponseBase, *, has_changed: bool) -> str:
        if answer.status_code != ANSWERS[IS_LED_ON]:
            return next(word for word, status in ANSWERS.items() if status == answer.status_code)
        to = answer.headers["Location"]
        led = next((word for word, address in LEADS.items() if to.startswith(address)), IS_LED_ON)
        return DOES_AT_ONCE if has_changed else led


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the hall are."""
    return tmp_path_factory.mktemp("hall")


@pytest.fixture(scope="module")
def everybody(register: None, django_db_blocker: DjangoDbBlocker, folder: Path) -> Iterator[Hall]:  # noqa: ARG001
    """Made once for all addresses; it stands until the last of them has been asked."""
    with django_db_blocker.unblock(), transaction.atomic():
        quick = override_settings(STATIC_ROOT=folder, VAR=folder, **QUICK)
        with quick, pytest.MonkeyPatch.context() as day:
            day.setattr("django.utils.timezone.localdate", lambda: TODAY)
            made = _hall()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


def _hall() -> Hall:
    everybody = people()
    officer = everybody["officer"]
    assert officer
    about = records(officer)
    return Hall({who: Visitor.of(user) for who, user in everybody.items()}, about, contents())


@pytest.fixture
def hall(everybody: Hall, settings: Settings, folder: Path) -> Hall:
    """Everybody at the door, nobody of whom has been anywhere yet."""
    settings.VAR = folder
    for visitor in everybody.visitors.values():
        visitor.start_anew()
    return everybody


def test_a_row_that_is_written_is_noticed(hall: Hall) -> None:
    written = rows_written()
    make_party(name="Valga")
    assert written is None or rows_written() != written
    assert contents() != hall.before


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.address)
def test_an_address_answers_everybody_as_the_table_says(row: Row, hall: Hall) -> None:
    where = row.filled(hall.records)
    told = {who: (hall.asked(who, "GET", where), hall.asked(who, "POST", where)) for who in row.answers}
    assert told == row.answers


@pytest.mark.parametrize("who", sorted(WHO))
def test_a_form_without_its_token_does_nothing(who: str, hall: Hall) -> None:
    visitor = hall.visitors[who]
    taken = [
        row.address
        for row in ROWS
        if not row.address.startswith("/api/")  # which takes nothing, and so has no tokens
        and visitor.forge(row.filled(hall.records)).status_code != ANSWERS["not open"]
    ]
    assert taken == []
    assert contents() == hall.before


# The table itself --------------------------------------------------------------------------------------


def anything(row: Row) -> str:
    """An address of a row, of whatever record."""
    return row.filled(dict.fromkeys(row.placeholders, "1"))


def test_every_address_of_the_site_stands_in_the_table_and_no_other() -> None:
    assert {resolve(anything(row)).route for row in ROWS} == rights.routes()


def test_every_address_stands_in_the_table_once_and_by_its_name() -> None:
    addresses = [row.address for row in ROWS]
    assert len(set(addresses)) == len(addresses)
    named = {row.address: resolve(anything(row)) for row in ROWS}
    assert {row.address: row.route for row in ROWS} == {
        address: match.view_name if match.url_name else "–" for address, match in named.items()
    }


def test_everybody_is_asked_of_but_where_it_makes_no_difference_for_whom_one_acts() -> None:
    everybody = list(people())
    assert {tuple(row.answers) for row in ROWS} == {tuple(everybody), tuple(everybody[:2])}
    few = {resolve(anything(row)).func.__module__ for row in ROWS if len(row.answers) < len(everybody)}
    # Django's lead to allauth's; the API (Ninja's views and its own) does not ask who reads.
    assert {module.partition(".")[0] for module in few - {"twinhall.api.views"}} == {
        "allauth",
        "django",
        "ninja",
    }


def test_every_word_of_the_table_is_explained_and_every_explained_word_is_used() -> None:
    assert {word for row in ROWS for answer in row.answers.values() for word in answer} == set(ANSWERS)


def test_the_reading_of_a_table_is_exact() -> None:
    text = (
        "| word | status | what it means |\n|---|---|---|\n"
        "| sees | 200 | the page |\n| – | 405 | nothing |\n\n"
        "| route | address | stranger | officer |\n|---|---|---|---|\n"
        "| `desk:party` | `/en/desk/<party>/` | not open | sees, – |\n"
    )
    (row,) = rights.rows(text)
    assert rights.answers(text) == {"sees": 200, "–": 405}
    assert row.answers == {"stranger": ("not open", "not open"), "officer": ("sees", "–")}
    assert (row.placeholders, row.filled({"party": "valga"})) == ({"party"}, "/en/desk/valga/")
