"""What stands beside the collections: the way in, the description, and the answer to addresses of nothing."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

from twinhall.api.addresses import ROOT, Addresses
from twinhall.api.answers import answer, tagged
from twinhall.api.api import api
from twinhall.api.docs import page_of
from twinhall.api.errors import NOT_FOUND, ProblemError
from twinhall.api.schemas.home import Home


@cache
def description() -> bytes:
    """The description of the API, made once."""
    return json.dumps(api.described(), ensure_ascii=False).encode()


def home(request: HttpRequest) -> HttpResponse:
    """What there is, with its addresses."""
    return answer(request, Home.at(Addresses.of(request)))


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, for machines."""
    return tagged(request, HttpResponse(description(), content_type="application/json"))


def docs(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return tagged(
        request, render(request, "api/docs.html", page_of(json.loads(description().replace(b"`", b""))))
    )


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """No such address; one that lacks its slash at the end leads on."""
    try:
        found = resolve(f"{request.path_info}/")
    except Resolver404:
        found = None
    if rest.endswith("/") or found is None or found.func is nothing:
        raise ProblemError(NOT_FOUND, f"Nothing is called “{rest[:100]}” here. {ROOT}/ lists what there is.")
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
