"""Public pages are kept in memory, as they went out, until the register changes.

Most readers ask for what somebody has just asked for, and a page says the same to everybody who is not signed
in. Any deed leaves a line in the log and any word a statement, so the state of the register (``versions``)
tells whether what is kept still holds; a reader who has it already is told so (304).
Why it is so stands in ``docs/decisions/0020-kept-pages.md``.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec
from weakref import WeakSet

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from twinhall.web.versions import one_state, state

CACHE = "pages"
LARGEST = 200_000
"""Bytes, as they go out, above which a page is made anew each time."""
_marked: WeakSet[HttpResponseBase] = WeakSet()
"""The answers on their way out that are to be kept."""
_LISTS = "parties|partnerships|networks|projects|meetings|sources|disagreements|search"
_HALL = re.compile(rf"/[a-z]{{2}}/(?:(?:{_LISTS})/(?:[^/]+/)?)?")
_PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages"})

P = ParamSpec("P")
Answer = Callable[[HttpRequest], HttpResponseBase]


def kept(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark what a view answers as the same for all who are not signed in, until the register changes."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        _marked.add(response)
        return response

    return answered


def kept_pages(get_response: Answer) -> Answer:
    """The middleware. It stands outside of compression, so what is kept is as it went out."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return get_response(request)
        with one_state():
            return _found_or_made(get_response, request)

    return answered


def _found_or_made(get_response: Answer, request: HttpRequest) -> HttpResponseBase:
    key = _key(request)
    if key in request.headers.get("If-None-Match", ""):
        return _told(HttpResponse(status=HTTPStatus.NOT_MODIFIED), key)
    found = caches[CACHE].get(key)
    if found is not None:
        return _held(request, HttpResponse(found[0], headers=found[1]))
    return _keep(get_response(request), key)


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether it is worth asking for the state of the register: a page of the hall, read by anybody."""
    if settings.DEBUG or request.method != "GET" or _PERSONAL & request.COOKIES.keys():
        return False
    return _HALL.fullmatch(request.path_info) is not None


def _key(request: HttpRequest) -> str:
    """What tells one answer from another: the register, the address, whether it is compressed."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    told = [state(), request.build_absolute_uri(), packed]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _held(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """What was kept, or that the browser has it: a view may have given it an ETag of its own."""
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _keep(response: HttpResponseBase, key: str) -> HttpResponseBase:
    if response not in _marked or not isinstance(response, HttpResponse) or response.cookies:
        return response
    if response.status_code != HTTPStatus.OK:
        return response
    _told(response, key)
    if len(response.content) <= LARGEST:
        caches[CACHE].set(key, (response.content, dict(response.headers)))
    return response


def _told(response: HttpResponse, key: str) -> HttpResponse:
    """Let a browser ask whether its copy still holds; for somebody who signs in it does not.

    What a view calls public is the same for them too.
    """
    is_public = "public" in response.headers.get("Cache-Control", "")
    response.headers.setdefault("ETag", f'W/"{key}"')
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Accept-Encoding"] if is_public else ["Cookie", "Accept-Encoding"])
    return response
