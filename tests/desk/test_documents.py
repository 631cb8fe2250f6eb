"""Documents at the desk: private until they are published, and then for everyone."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, address, lines_of_history, of_record, pills, said
from tests.factories.accounts import make_administrator
from tests.factories.documents import make_document, make_pdf_bytes, make_photo_bytes, make_upload
from tests.factories.parties import make_filing, make_officer, make_party
from tests.factories.partnerships import make_act
from tests.factories.projects import make_participation, make_project
from tests.web.reading import page
from twinhall.documents.models import Document
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Act, Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def act(tie: Partnership) -> Act:
    return make_act(partnership=tie, date="2006")


@pytest.fixture
def document(kadri: Desk, act: Act) -> Document:
    """A private document of Valga's."""
    upload = make_upload(make_pdf_bytes(), name="scan.pdf")
    kadri.send(of_record("document-add", act), title="Agreement of 2006", upload=upload)
    return Document.objects.get()


def file_of(document: Document) -> str:
    return address("web:document", document.pk)


def test_a_document_is_added_and_is_private(kadri: Desk, act: Act, valga: Party) -> None:
    upload = make_upload(make_pdf_bytes(), name="scan.pdf")
    shown = kadri.send(
        of_record("document-add", act), title="Agreement of 2006", language="et", upload=upload
    )
    assert said(shown) == ["Added. Publish it when everyone may see it."]
    assert shown.main.facts == {
        "File": "Agreement of 2006.pdf",
        "Kind": "PDF",
        "Filed by": "Valga",
        "Seen by": "the people of the party that filed it",
    }
    (document,) = act.documents.all()
    assert (document.filing.party, document.language, document.published_at) == (valga, "et", None)
    assert "private" in pills(kadri.open(address("partnership", act.partnership.slug)))


def test_who_may_read_it_before_it_is_published(
    kadri: Desk, liga: Desk, valga: Party, document: Document, client: Client
) -> None:
    colleague = Desk(make_officer(valga, role=Role.EDITOR))
    stranger = Desk(make_officer())
    for person in (kadri, colleague, Desk(make_administrator())):
        answer = person.client.get(file_of(document))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for other in (liga.client, stranger.client, client):
        assert page(other.get(file_of(document)), 403).heading == "This page is not open to you"
    for person in (liga, stranger):
        person.open(address("document", document.pk), 403)
        assert person.client.post(address("document", document.pk)).status_code == 403


def test_it_is_published_and_made_private_again(
    kadri: Desk, liga: Desk, document: Document, client: Client
) -> None:
    where = address("document", document.pk)
    public = address("web:partnership", "valga-valka")
    assert document.title not in page(client.get(public)).main.text
    shown = kadri.send(where)
    assert shown.main.facts["Seen by"] == "everyone"
    assert client.get(file_of(document)).status_code == 200
    assert liga.client.get(file_of(document)).status_code == 200
    assert document.title in page(client.get(public)).main.text
    assert kadri.send(where).main.facts["Seen by"] == "the people of the party that filed it"
    assert client.get(file_of(document)).status_code == 403
    assert document.title not in page(client.get(public)).main.text


def test_the_other_side_does_not_see_what_is_private(liga: Desk, act: Act, document: Document) -> None:
    shown = liga.open(address("partnership", act.partnership.slug))
    assert document.title not in shown.main.text


def test_a_photograph_is_shown_with_its_words(kadri: Desk, valga: Party) -> None:
    project = make_project()
    make_participation(project=project, party=valga, role="lead")
    shown = kadri.send(
        of_record("document-add", project),
        title="The square",
        alt="Two mayors shake hands.",
        upload=make_upload(make_photo_bytes(), name="IMG_1.jpg"),
    )
    picture = shown.main.one("img", class_="photograph")
    assert picture.attributes["alt"] == "Two mayors shake hands."
    assert kadri.client.get(picture.attributes["src"]).headers["Content-Type"] == "image/jpeg"
    assert "The square" in kadri.open(address("project", project.slug)).section("Documents").text


def test_who_speaks_for_no_side_adds_nothing(act: Act, valga: Party) -> None:
    for person in (make_officer(make_party(name="Elva")), make_officer(valga, role=Role.EDITOR)):
        Desk(person).open(of_record("document-add", act), 403)


def test_what_takes_no_document_is_not_found(kadri: Desk, valga: Party, document: Document) -> None:
    kadri.open(of_record("document-add", valga), 404)
    kadri.open(address("document", document.pk + 1), 404)


def test_the_deed_stands_in_the_act_s_history(kadri: Desk, document: Document, act: Act) -> None:
    assert document.acts.get() == act
    (line,) = lines_of_history(kadri, act)
    assert line[:2] == ["Kadri Kask", "Document added Valga and Valka: agreement signed"]


def test_a_file_that_nobody_filed_is_the_administrators(kadri: Desk, act: Act) -> None:
    loose = make_document(title="Loose")
    act.documents.add(loose)
    kadri.open(address("document", loose.pk), 403)
    shown = Desk(make_administrator()).open(address("document", loose.pk))
    assert shown.main.facts["Filed by"] == "nobody"
    make_filing(document=loose, party=act.partnership.signatories.get(party__slug="valga").party)
    kadri.open(address("document", loose.pk))
