"""The database busy or away in the middle of a deed: nothing is half saved, and nothing typed is lost."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection

from tests.desk.conftest import Desk, address, filled, of_record
from tests.factories.documents import files_in, make_pdf_bytes, make_upload
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_partnership
from tests.web.reading import Page, page
from twinhall.accounts.models import LogEntry, Submission
from twinhall.documents.models import Document
from twinhall.evidence.models import Statement
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership

AWAY = "The register does not answer at the moment"
TYPED = {"date": "2006", "place": 'Valga "<b>"', "basis": "document", "document_title": "Agreement"}


def away(person: Desk, where: str, shown: Page, **typed: object) -> Page:
    """Send a form that finds no database; give the page that answers."""
    person.client.raise_request_exception = False
    answer = person.client.post(where, filled(shown) | typed)
    person.client.raise_request_exception = True
    assert answer.headers["Retry-After"] == "30"
    return page(answer, 503)


def waits(shown: Page) -> dict[str, list[str]]:
    """What waits in the page to be sent again."""
    form = shown.main.one("form")
    found: dict[str, list[str]] = {}
    for control in form.all("input", type="hidden"):
        found.setdefault(control.attributes["name"], []).append(control.attributes["value"])
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("fails", ["state", "submit_once"])
def test_a_deed_that_finds_no_database_waits_in_its_page(
    kadri: Desk, tie: Partnership, error: type[Exception], fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error("database is locked")

    where = address("partnership-act", tie.slug, "signed")
    shown = kadri.open(where)
    place = {"state": "twinhall.desk.acts.state", "submit_once": "twinhall.desk.base.submit_once"}[fails]
    with monkeypatch.context() as broken:
        broken.setattr(place, fail)
        answer = away(kadri, where, shown, **TYPED, document=make_upload(make_pdf_bytes()))
    assert answer.main.one("h1").text == AWAY
    assert waits(answer) == filled(shown) | {name: [value] for name, value in TYPED.items()}
    assert "Only the file has to be chosen again." in answer.main.text
    assert "locked" not in answer.text
    for model in (Act, Document, Statement, LogEntry, Submission):
        assert not model._default_manager.exists()
    form = answer.main.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == (where, "post")
    sent = waits(answer) | {"document": make_upload(make_pdf_bytes())}
    assert kadri.client.post(where, sent).status_code == 302
    assert Act.objects.get().place == TYPED["place"]


@pytest.mark.django_db
def test_no_file_of_a_deed_that_failed_stays(
    kadri: Desk, tie: Partnership, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("database is locked")

    where = address("partnership-act", tie.slug, "signed")
    shown = kadri.open(where)
    monkeypatch.setattr("twinhall.desk.acts.state", fail)
    away(kadri, where, shown, **TYPED, document=make_upload(make_pdf_bytes()))
    assert files_in(tmp_path / "var" / "documents") == []


# A real one --------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(apart: None) -> Path:  # noqa: ARG001
    """A database in a file that nobody waits for long; its place."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite is locked as a whole.")
    settings = connection.settings_dict
    settings["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=50;"
    connection.close()
    return Path(settings["NAME"])


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes, for as long as it takes."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_keeps_what_was_typed_until_it_answers(impatient: Path) -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka", country="LV")
    tie, person = make_partnership(parties=[valga, valka]), Desk(make_officer(valga))
    where = address("partnership-act", tie.slug, "signed")
    shown = person.open(where)
    with locked(impatient):
        answer = away(person, where, shown, date="2006", place="Valga")
        assert person.open(address("partnership", tie.slug)).heading == "Valga and Valka"  # reading goes on
    assert [m._base_manager.count() for m in (Act, Submission, Statement)] == [0, 0, 0]
    assert person.client.post(where, waits(answer)).status_code == 302
    assert person.client.post(where, waits(answer)).status_code == 302  # a double click
    assert str(Act.objects.get().date) == "2006"


@pytest.mark.django_db(transaction=True)
def test_a_session_that_cannot_be_kept_does_not_undo_the_deed(impatient: Path) -> None:
    valga = make_party(name="Valga")
    person = Desk(make_officer(valga))
    where = of_record("fact", valga, "population")
    typed = filled(person.open(where)) | {"value": ["12182"]}
    person.client.logout()
    with locked(impatient):  # the session of a stranger, which would keep what was typed
        person.client.raise_request_exception = False
        answer = person.client.post(where, typed)
    assert waits(page(answer, 503))["value"] == ["12182"]
    assert Party.objects.get().population is None
