import logging
from email.message import Message
from pathlib import Path

import pytest
from csp.middleware import CSPMiddleware
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory
from django.utils import timezone

from tests.factories.documents import make_document, make_pdf_bytes
from twinhall.documents.models import Document, MediaType
from twinhall.documents.serving import SEALED, VIEWABLE, answer

pytestmark = pytest.mark.django_db


def ask(**headers: str) -> HttpRequest:
    return RequestFactory(headers=headers).get("/documents/1")


def whole(response: HttpResponseBase) -> bytes:
    assert isinstance(response, FileResponse)
    content = response.getvalue()
    response.close()
    return bytes(content)


def test_the_file_is_streamed_as_it_is() -> None:
    content = make_pdf_bytes(pages=50)
    document = make_document(content=content)
    response = answer(ask(), document)
    assert response.streaming
    assert whole(response) == content
    assert document.file.closed


def test_a_published_pdf_has_these_headers() -> None:
    document = make_document(title="Līgums – 1992", published_at=timezone.now())
    response = answer(ask(), document)
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(document.size),
        "Content-Disposition": "inline; filename*=utf-8''L%C4%ABgums%20%E2%80%93%201992.pdf",
        "Content-Encoding": "identity",
        "Content-Security-Policy": VIEWABLE,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=3600",
        "ETag": f'"{document.sha256}"',
    }


@pytest.mark.parametrize("media_type", MediaType)
def test_each_kind_is_called_what_it_is(media_type: MediaType) -> None:
    response = answer(ask(), make_document(title="Valga", media_type=media_type))
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'inline; filename="Valga{media_type.suffix}"'


@pytest.mark.parametrize(
    ("media_type", "inline", "policy"),
    [
        (MediaType.PDF, True, VIEWABLE),
        (MediaType.PDF, False, SEALED),
        (MediaType.JPEG, True, SEALED),
        (MediaType.WEBP, False, SEALED),
    ],
)
def test_only_a_pdf_that_is_looked_at_is_not_sandboxed(
    media_type: MediaType, *, inline: bool, policy: str
) -> None:
    response = answer(ask(), make_document(media_type=media_type), inline=inline)
    assert response["Content-Security-Policy"] == policy
    assert response["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")


def test_the_sites_own_policy_does_not_take_the_place() -> None:
    document = make_document()
    request = ask()
    through = CSPMiddleware(lambda _: HttpResponse()).process_response(request, answer(request, document))
    assert through["Content-Security-Policy"] == VIEWABLE


def test_the_files_are_not_compressed_once_more() -> None:
    document = make_document(published_at=timezone.now())
    request = ask(accept_encoding="gzip")
    through = GZipMiddleware(lambda _: HttpResponse()).process_response(request, answer(request, document))
    assert (through["Content-Length"], through["ETag"]) == (str(document.size), f'"{document.sha256}"')


def test_what_is_not_public_is_kept_by_nobody() -> None:
    assert answer(ask(), make_document())["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("etag", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_reader_who_has_it_is_not_sent_it_again(etag: str) -> None:
    document = make_document(published_at=timezone.now())
    response = answer(ask(if_none_match=etag.format(document.sha256)), document)
    assert isinstance(response, HttpResponse)
    assert (response.status_code, response.content) == (304, b"")
    assert (response["ETag"], response["Cache-Control"]) == (
        f'"{document.sha256}"',
        "public, max-age=3600",
    )


@pytest.mark.parametrize("etag", ['"other"', "nonsense", ""])
def test_a_reader_who_has_another_one_is_sent_it(etag: str) -> None:
    assert answer(ask(if_none_match=etag), make_document()).status_code == 200


def test_a_file_that_is_not_there_is_an_error_in_the_log_and_not_found(
    caplog: pytest.LogCaptureFixture,
) -> None:
    document = make_document()
    Path(document.file.path).unlink()
    with caplog.at_level(logging.ERROR), pytest.raises(Http404):
        answer(ask(), document)
    assert [record.getMessage() for record in caplog.records] == [
        f"The file of document {document.pk} is not at {document.file.name}."
    ]


def test_no_name_breaks_out_of_its_header() -> None:
    document = make_document()
    Document.objects.filter(pk=document.pk).update(name='a"; filename="evil.exe\\\r\nX: y.pdf')
    document.refresh_from_db()
    said = answer(ask(), document)["Content-Disposition"]
    header = Message()
    header["Content-Disposition"] = said
    assert "\n" not in said
    assert header.get_content_disposition() == "inline"
