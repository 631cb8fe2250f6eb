"""Answers in JSON, with what makes them cheap to ask for again."""

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from pydantic import BaseModel

CACHE_CONTROL = "public, max-age=60"
"""A minute: what people change at their desks is seen soon, and a crowd asks the database once."""


def answer(request: HttpRequest, content: BaseModel) -> HttpResponse:
    """The content as JSON with its ETag; 304 where the asker has it already."""
    # pydantic's own `model_dump_json` makes a text of these bytes first.
    body = content.__pydantic_serializer__.to_json(content)
    return tagged(request, HttpResponse(body, content_type="application/json"))


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer with its ETag, a hash of its body; 304 where the asker has it already."""
    etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response
