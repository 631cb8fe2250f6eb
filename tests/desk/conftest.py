"""People at the desk: they open its pages, fill in their forms as a browser would, and send them."""

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from tests.factories.documents import document_folder
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_partnership
from tests.web.conftest import register, shipped_rows
from tests.web.reading import Element, Page, page
from twinhall.accounts.models import User
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

__all__ = ["document_folder", "register", "shipped_rows"]

TODAY = dt.date(2026, 12, 1)
Typed = str | int | Sequence[str] | SimpleUploadedFile


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    """No test shares a folder or a cache with another."""
    settings.STATIC_ROOT = tmp_path
    settings.VAR = tmp_path / "var"
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()


def address(name: str, *args: object, **query: str) -> str:
    """The English address of a page of the desk; of another one by its whole name."""
    with translation.override("en"):
        return reverse(name if ":" in name else f"desk:{name}", args=args, query=query or None)


def of_record(name: str, record: Model, *args: object) -> str:
    """The address of a page on any record, such as its history."""
    return address(name, record._meta.label_lower, record.pk, *args)


def filled(shown: Element) -> dict[str, list[str]]:
    """What a browser sends of the form of a page: also what is hidden, and what is chosen beforehand."""
    form = shown.one("main").one("form", class_="deed")
    sent: dict[str, list[str]] = {}
    for control in form:
        name = control.attributes.get("name")
        if name and (values := _values(control)):
            sent.setdefault(name, []).extend(values)
    return sent


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(part for part in control.inside if isinstance(part, str)).removeprefix("\n")]
    if control.tag == "select":
        options = control.all("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return [option.attributes["value"] for option in chosen]
    kind = control.attributes.get("type")
    if control.tag != "input" or kind == "file":
        return []
    if kind in {"radio", "checkbox"} and "checked" not in control.attributes:
        return []
    return [control.attributes.get("value", "")]


def lines_of_history(person: "Desk", record: Model) -> list[list[str]]:
    """Who did what and why, newest first, without the time."""
    rows = person.open(of_record("history", record)).main.rows
    return [row[1:4] for row in rows]


def population_of(party: Party) -> int | None:
    """What the register holds now."""
    return Party.objects.values_list("population", flat=True).get(pk=party.pk)


def wrongs(shown: Element) -> list[str]:
    """What a page says is wrong in its form, all in one place at the top."""
    return shown.one("div", class_="wrongs").items


def said(shown: Element) -> list[str]:
    """The messages on what was done."""
    return [words for ul in shown.all("ul", class_="told") for words in ul.items]


def pills(shown: Element) -> list[str]:
    """The small words in colour, such as a status, in the order of the page."""
    return [span.text for span in shown.one("main").all("span") if "pill" in span.classes]


def words_on(shown: Page) -> list[tuple[str, list[str]]]:
    """The words on a fact in the order of its page, each with what is marked beside it."""
    told = [word.one("p", class_="said-what") for word in shown.main.all("li") if "word" in word.classes]
    return [(what.all("span")[0].text, [span.text for span in what.all("span")[1:]]) for what in told]


class Desk:
    """A person at the desk, in a browser of their own."""

    def __init__(self, user: User) -> None:
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def open(self, where: str, status: int = 200) -> Page:
        return page(self.client.get(where), status)

    def post(self, where: str, shown: Page | None = None, /, **typed: Typed) -> "Answer":
        """Open a form, or take one that was opened, fill it in, and send it."""
        data: Mapping[str, Typed] = filled(shown or self.open(where)) | typed
        return self.client.post(where, data)

    def send(self, where: str, shown: Page | None = None, /, **typed: Typed) -> Page:
        """Send a form that does its deed; give the page it leads to."""
        answer = self.post(where, shown, **typed)
        assert answer.status_code == 302, wrongs(page(answer, answer.status_code))
        return self.open(answer.headers["Location"])

    def refused(self, where: str, shown: Page | None = None, /, **typed: Typed) -> Page:
        """Send a form that cannot be saved; give its page as it comes back."""
        return page(self.post(where, shown, **typed), 422)

    def asks(self, where: str) -> list[str]:
        """The queries that a page asks, once it has been opened before."""
        self.open(where)
        with CaptureQueriesContext(connection) as queries:
            self.open(where)
        return [query["sql"] for query in queries]


def waiting(person: Desk, sort: str) -> list[str]:
    """What the workroom lists under “What waits for me” of one sort."""
    boxes = person.open(address("dashboard")).all("section", aria_labelledby=f"w-{sort}")
    return [item for box in boxes for item in box.items]


@pytest.fixture
def apart(transactional_db: None, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001
    """A database in which connections wait for each other as they do on a site: SQLite's is kept in a file.

    In memory, all connections of SQLite are one, and none can lock another out.
    """
    if connection.vendor != "sqlite":
        yield
        return
    memory, settings = connection.connection, connection.settings_dict
    named, begins = settings["NAME"], settings["OPTIONS"].get("init_command")
    with contextlib.closing(sqlite3.connect(tmp_path / "apart.sqlite3")) as copy:
        memory.backup(copy)
    connection.connection, settings["NAME"] = None, str(tmp_path / "apart.sqlite3")
    yield
    connection.close()
    connection.connection, settings["NAME"] = memory, named
    settings["OPTIONS"]["init_command"] = begins


@pytest.fixture
def valga(db: None) -> Party:  # noqa: ARG001
    return make_party(name="Valga")


@pytest.fixture
def valka(db: None) -> Party:  # noqa: ARG001
    return make_party(name="Valka", country="LV")


@pytest.fixture
def tie(valga: Party, valka: Party) -> Partnership:
    """A tie without acts."""
    return make_partnership(parties=[valga, valka], address="valga-valka")


@pytest.fixture
def kadri(valga: Party) -> Desk:
    """Valga's officer."""
    return Desk(make_officer(valga, name="Kadri Kask"))


@pytest.fixture
def liga(valka: Party) -> Desk:
    """Valka's officer."""
    return Desk(make_officer(valka, name="Līga Liepa"))
