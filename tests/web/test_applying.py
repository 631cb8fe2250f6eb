"""Applying to a network without an account, and what keeps machines away."""

import datetime as dt
import time

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.factories.documents import document_folder, make_pdf_bytes
from tests.factories.networks import make_network, make_requirement
from tests.factories.parties import make_network_party, make_officer
from tests.web.reading import Page, page
from tests.web.test_pages import wrong_markup
from twinhall.documents.models import Document
from twinhall.networks.models import Application, Network
from twinhall.parties.models import Role
from twinhall.web.limits import Limit

__all__ = ["document_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]

FORM = "/en/networks/league/apply/"
TOLD = {
    "town": "Zgorzelec",
    "country": "PL",
    "why": "We are one town.",
    "name": "Ewa Example",
    "office": "International office",
    "email": "ewa@zgorzelec.example",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def _counted_from_nothing(settings: Settings) -> None:
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "default": memory}
    cache.clear()


@pytest.fixture
def league() -> Network:
    """A network with a secretary that asks for a paper."""
    network = make_network(party=make_network_party(name="League"))
    make_officer(network.party, role=Role.SECRETARY)
    make_requirement(network=network)
    return network


def send(client: Client, monkeypatch: pytest.MonkeyPatch, status: int = 302, **told: object) -> Page | None:
    """Open the form, wait as long as a person would, and send it."""
    opened = page(client.get(FORM))
    stamp = opened.main.one("form").one("input", name="stamp").attributes["value"]
    now = time.time()
    with monkeypatch.context() as later:
        later.setattr("time.time", lambda: now + 60)
        answer = client.post(FORM, {**TOLD, "stamp": stamp, **told})
    assert answer.status_code == status
    return None if status == 302 else page(answer, status)


def a_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("decision.pdf", make_pdf_bytes())


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.usefixtures("league")
def test_files_are_asked_for_again_only_where_there_were_some(
    client: Client, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    files = {f"paper_{n + 1}": a_pdf() for n in range(count)}
    refused = send(client, monkeypatch, 422, email="", **files)
    assert refused is not None
    assert refused.main.text.count("Choose your files once more.") == count


def test_anybody_applies_with_a_paper(
    client: Client, league: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, monkeypatch, paper_1=a_pdf())
    (application,) = Application.objects.all()
    assert (application.network, application.town, application.by) == (league, "Zgorzelec", None)
    (enclosure,) = application.enclosures.all()
    assert enclosure.requirement == league.requirements.get()
    document = Document.objects.get()
    assert (document.title, document.is_public) == ("Decision of the council", False)
    assert client.get(f"/en/documents/{document.pk}/").status_code == 403
    assert page(client.get(f"{FORM}thanks/")).heading == "Thank you for your application"


@pytest.mark.usefixtures("league")
def test_the_form_is_clean_and_asks_for_what_the_network_asks(client: Client) -> None:
    shown = page(client.get(FORM))
    assert wrong_markup(shown) == []
    assert [label.text for label in shown.main.one("form").all("label")][-4:] == [
        "Decision of the council",
        "Another paper",
        "I agree that this is kept until the network has decided.",
        "Leave this empty",
    ]


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize("missing", ["town", "country", "name", "office", "email", "consent"])
def test_what_is_needed_is_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    send(client, monkeypatch, 422, **{missing: ""})
    assert not Application.objects.exists()


@pytest.mark.usefixtures("league")
@pytest.mark.parametrize(
    "told",
    [
        {"paper_1": SimpleUploadedFile("decision.pdf", b"MZ not a PDF")},
        {"homepage": "https://spam.example"},
        {"stamp": "forged"},
        {"email": "nobody"},
    ],
    ids=lambda told: next(iter(told)),
)
def test_what_is_wrong_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, told: dict[str, object]
) -> None:
    shown = send(client, monkeypatch, 422, **told)
    assert shown
    assert "Zgorzelec" in {field.attributes.get("value") for field in shown.main.all("input")}
    assert not Application.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.usefixtures("league")
def test_too_many_are_told_when_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limit("applications-of-one", most=1, span=dt.timedelta(hours=1))
    monkeypatch.setattr("twinhall.web.views.applications.OF_ONE", few)
    send(client, monkeypatch)
    shown = send(client, monkeypatch, 429, town="Görlitz")
    assert shown
    assert "Too many applications have come in." in shown.main.text
    assert Application.objects.count() == 1


def test_a_network_that_nobody_keeps_here_takes_none(client: Client) -> None:
    make_network(party=make_network_party(name="League"))
    assert client.get(FORM).status_code == 404
    assert "Apply to join" not in page(client.get("/en/networks/league/")).main.text


@pytest.mark.usefixtures("league")
def test_its_page_leads_to_the_form(client: Client) -> None:
    assert "Apply to join" in page(client.get("/en/networks/league/")).main.text
