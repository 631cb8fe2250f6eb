"""A document as an answer. Who may have it is asked before."""

import datetime as dt
import logging

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from twinhall.documents.models import Document

logger = logging.getLogger(__name__)

FRESH = int(dt.timedelta(hours=1).total_seconds())
SEALED = "default-src 'none'; frame-ancestors 'none'; sandbox"
# For a PDF that is looked at. Safari shows an empty window where it is sandboxed, and no token of `sandbox`
# mends that; older Chromes draw their viewer with a style and an object of the answer's own. No script of the
# answer's runs under this policy either, and a PDF that had one was refused.
VIEWABLE = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


def answer(request: HttpRequest, document: Document, *, inline: bool = True) -> HttpResponseBase:
    """The file, to look at or (``inline=False``) to save; 304 where the reader has it already.

    Raises Http404, with an error in the log, where the file is not in its folder.
    """
    etag = f'"{document.sha256}"'
    response = get_conditional_response(request, etag=etag) or _file(document, inline=inline)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH}" if document.is_public else "private, no-store"
    response["Content-Security-Policy"] = VIEWABLE if inline and not document.is_photograph else SEALED
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(document: Document, *, inline: bool) -> FileResponse:
    try:
        file = document.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of document %s is not at %s.", document.pk, document.file.name)
        raise Http404 from error
    response = FileResponse(
        file, as_attachment=not inline, filename=document.name, content_type=document.media_type
    )
    # Said to Django's own compression: these are compressed already, and keep their length and ETag.
    response["Content-Encoding"] = "identity"
    return response
