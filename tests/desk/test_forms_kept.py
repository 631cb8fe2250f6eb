"""What was typed when the session had ended waits until its writer has signed in again."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.desk.conftest import Desk, Typed, address, filled, of_record, said, wrongs
from tests.factories.documents import make_pdf_bytes, make_upload
from tests.web.reading import page
from twinhall.accounts.actions import open_account
from twinhall.desk import keeping
from twinhall.evidence.models import Statement
from twinhall.parties.actions import affiliate
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Act, Partnership

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

PASSWORD = "a long sentence to sign in with"
TYPED = {"value": "12182", "quote": "As counted: <b>all</b>"}
HERE_AGAIN = "What you had typed is here again. Look it through and save it."
WITHOUT_FILE = "What you had typed is here again, but for the file: choose it once more, then save."


@pytest.fixture
def kadri(valga: Party) -> Desk:
    """Valga's officer, who can sign in with a password."""
    user = open_account(email="kadri@valga.example", name="Kadri Kask", password=PASSWORD)
    affiliate(user, valga, role=Role.OFFICER, by=user)
    return Desk(user)


@pytest.fixture
def where(valga: Party) -> str:
    return of_record("fact", valga, "population")


def expired(person: Desk, where: str, **typed: Typed) -> str:
    """Fill in a form, and send it when the session is gone; give the address of the sign-in page."""
    shown = person.open(where)
    del person.client.cookies["sessionid"]
    sent: dict[str, Typed] = {**filled(shown), **typed}
    answer = person.client.post(where, sent)
    assert answer.status_code == 302
    return answer.headers["Location"]


def sign_in(client: Client, signing_in: str) -> "Answer":
    shown = page(client.get(signing_in))
    (form,) = (form for form in shown.main.all("form") if form.all("input", name="password"))
    next_ = form.one("input", name="next").attributes["value"]
    data = {"login": "kadri@valga.example", "password": PASSWORD, "next": next_}
    return client.post(urlsplit(signing_in).path, data)


def test_all_that_was_typed_is_there_again_after_signing_in(kadri: Desk, valga: Party, where: str) -> None:
    signing_in = expired(kadri, where, **TYPED)
    assert parse_qs(urlsplit(signing_in).query) == {"next": [where]}
    told = said(kadri.open(signing_in))
    assert told == ["Your session had ended. What you typed is kept: sign in to go on."]
    answer = sign_in(kadri.client, signing_in)
    assert (answer.status_code, answer.headers["Location"]) == (302, where)
    shown = kadri.open(where)
    assert HERE_AGAIN in said(shown)
    assert {name: filled(shown)[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}
    kadri.send(where, shown)
    valga.refresh_from_db()
    assert valga.population == 12182


def test_it_is_given_once(kadri: Desk, where: str) -> None:
    sign_in(kadri.client, expired(kadri, where, **TYPED))
    kadri.open(where)
    again = kadri.open(where)
    assert (filled(again)["value"], said(again)) == ([""], [])


def test_another_page_does_not_get_it(kadri: Desk, valga: Party, where: str) -> None:
    sign_in(kadri.client, expired(kadri, where, **TYPED))
    for other in ("website", "country"):
        assert HERE_AGAIN not in said(kadri.open(of_record("fact", valga, other)))
    assert filled(kadri.open(where))["value"] == ["12182"]


def test_a_file_must_be_chosen_again(kadri: Desk, tie: Partnership) -> None:
    where = address("partnership-act", tie.slug, "signed")
    typed = {"date": "2006", "basis": "document", "document_title": "Agreement"}
    upload = make_upload(make_pdf_bytes())
    sign_in(kadri.client, expired(kadri, where, document=upload, **typed))
    shown = kadri.open(where)
    assert WITHOUT_FILE in said(shown)
    assert {name: filled(shown)[name] for name in typed} == {name: [text] for name, text in typed.items()}
    kadri.send(where, shown, document=make_upload(make_pdf_bytes()))
    assert Act.objects.get().documents.count() == 1


def test_what_is_too_long_is_not_kept(kadri: Desk, where: str) -> None:
    signing_in = expired(kadri, where, quote="x" * keeping.MOST)
    assert said(kadri.open(signing_in)) == []
    sign_in(kadri.client, signing_in)
    assert filled(kadri.open(where))["quote"] == [""]


def test_neither_secrets_nor_the_token_are_kept(kadri: Desk, where: str) -> None:
    expired(kadri, where, csrfmiddlewaretoken="t" * 64, **TYPED)
    kept = kadri.client.session[keeping.KEY]
    assert set(kept) == {"path", "words", "files"}
    assert "csrfmiddlewaretoken" not in kept["words"]


def test_only_opening_a_page_keeps_nothing(client: Client, where: str) -> None:
    assert client.get(where).headers["Location"].startswith("/en/account/login/")
    assert keeping.KEY not in client.session


def test_what_a_search_had_found_is_there_again(kadri: Desk, valka: Party) -> None:
    where = address("partnership-add")
    sign_in(kadri.client, expired(kadri, where, find="partner", partner_q="Valka", quote="Ours."))
    shown = kadri.open(where)
    assert (filled(shown)["partner_q"], filled(shown)["quote"]) == (["Valka"], ["Ours."])
    assert shown.all("div", class_="wrongs") == []
    assert valka.slug == "valka"


# A token that is no longer good, as when somebody signed in in another tab ---------------------------


@pytest.fixture
def strict(kadri: Desk) -> Desk:
    kadri.client = Client(enforce_csrf_checks=True)
    kadri.client.force_login(kadri.user)
    return kadri


def stale(person: Desk, where: str, *, site: str) -> "Answer":
    """Fill in a form, sign in in another tab, and send it from a page of this or of another site."""
    sent: dict[str, Typed] = {**filled(person.open(where)), **TYPED}
    person.client.force_login(person.user)
    del person.client.cookies["csrftoken"]
    page(person.client.get("/en/account/"))
    return person.client.post(where, sent, headers={"sec-fetch-site": site})


def test_a_form_with_a_stale_token_keeps_what_was_typed(strict: Desk, where: str) -> None:
    refused = page(stale(strict, where, site="same-origin"), 403)
    assert refused.heading == "This form waited too long"
    assert refused.main.one("a").attributes["href"] == where
    assert said(refused) == []
    assert not Statement.objects.exists()
    shown = strict.open(where)
    assert said(shown) == [HERE_AGAIN]
    assert filled(shown)["value"] == ["12182"]
    strict.send(where, shown)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_what_another_site_sends_is_not_kept(strict: Desk, where: str, site: str) -> None:
    page(stale(strict, where, site=site), 403)
    assert said(strict.open(where)) == []
    assert filled(strict.open(where))["value"] == [""]


def test_a_strangers_form_from_another_site_is_not_kept(where: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(where, TYPED, headers={"sec-fetch-site": "same-origin"}).status_code == 403
    assert keeping.KEY not in stranger.session


def test_what_cannot_be_saved_as_it_was_typed_says_so_again(kadri: Desk, where: str) -> None:
    sign_in(kadri.client, expired(kadri, where, value="many"))
    assert wrongs(kadri.open(where)) == ["Population: Enter a whole number."]
