"""A file that cannot be taken is refused with a word beside its field; all else that was typed stays."""

import pytest

from tests.desk.conftest import Desk, address, filled, of_record, wrongs
from tests.documents.making import pdf_with_attachment, zipped
from tests.factories.documents import make_pdf_bytes, make_photo_bytes, make_upload
from tests.factories.partnerships import make_act
from tests.factories.projects import make_participation, make_project
from twinhall.documents.inspecting import LARGEST_PDF
from twinhall.documents.models import Document
from twinhall.evidence.models import Source
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

TYPED = {
    "date": "2006",
    "place": "Valga",
    "note": "On the square.",
    "basis": "document",
    "document_title": "Agreement",
    "quote": "We agree.",
}
WRONG = {
    "empty": (b"", "This file is empty."),
    "no such kind": (b"just words", ""),
    "office": (zipped("word/document.xml"), ""),
    "too large": (make_pdf_bytes() + b"\0" * LARGEST_PDF, ""),
    "broken": (b"%PDF-1.7\nnothing more", ""),
    "locked": (make_pdf_bytes(password="secret"), ""),
    "with a programme": (pdf_with_attachment(), ""),
    "broken picture": (make_photo_bytes()[:200], ""),
}


@pytest.mark.parametrize("sort", WRONG)
def test_a_file_that_cannot_be_kept_is_refused_and_all_else_stays(
    kadri: Desk, tie: Partnership, sort: str
) -> None:
    content, words = WRONG[sort]
    upload = make_upload(content, name="agreement.pdf", content_type="application/pdf")
    refused = kadri.refused(address("partnership-act", tie.slug, "signed"), document=upload, **TYPED)
    (wrong,) = wrongs(refused)
    assert wrong.startswith(f"The document, as PDF or photograph: {words}")
    beside = refused.main.one("div", id="id_document_error").text
    assert wrong == f"The document, as PDF or photograph: {beside.removeprefix('Error: ')}"
    assert {name: filled(refused)[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}
    assert [m._base_manager.count() for m in (Act, Document, Source)] == [0, 0, 0]


def test_a_document_needs_its_file_and_its_title(kadri: Desk, tie: Partnership) -> None:
    refused = kadri.refused(address("partnership-act", tie.slug, "signed"), **TYPED | {"document_title": ""})
    assert wrongs(refused) == [
        "Title of the document: Give the document a title.",
        "The document, as PDF or photograph: Choose the file of the document.",
    ]


def test_a_file_of_a_source_that_is_none_is_not_kept(kadri: Desk, tie: Partnership, valga: Party) -> None:
    typed = TYPED | {"basis": f"own:{valga.pk}"}
    where = address("partnership-act", tie.slug, "signed")
    kadri.send(where, document=make_upload(make_pdf_bytes()), **typed)
    assert (Act.objects.count(), Document.objects.count()) == (1, 0)


def test_a_document_of_a_record_is_refused_likewise(kadri: Desk, tie: Partnership, valga: Party) -> None:
    project = make_project()
    make_participation(project=project, party=valga, role="lead")
    for record in (make_act(partnership=tie), project):
        where = of_record("document-add", record)
        assert wrongs(kadri.refused(where)) == [
            "Title: This field is required.",
            "File: This field is required.",
        ]
        refused = kadri.refused(where, title="Photograph", alt="The square.", upload=make_upload(b"words"))
        assert [wrong[:5] for wrong in wrongs(refused)] == ["File:"]
        assert (filled(refused)["title"], filled(refused)["alt"]) == (["Photograph"], ["The square."])
    assert not Document.objects.exists()


def test_a_photograph_needs_its_words(kadri: Desk, tie: Partnership) -> None:
    where = of_record("document-add", make_act(partnership=tie))
    refused = kadri.refused(where, title="The square", upload=make_upload(make_photo_bytes()))
    assert wrongs(refused) == ["What the photograph shows: This field is required."]
    kadri.send(where, refused, alt="Two mayors shake hands.", upload=make_upload(make_photo_bytes()))
    assert Document.objects.get().alt == "Two mayors shake hands."
