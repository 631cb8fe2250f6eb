"""The door for machines: straight to the API, past sessions, cookies, forms and languages.

So an answer is the same for everybody, and other sites' pages may read it (CORS). What stands before this in
the settings – safety headers, compression – holds here too.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import translation

from twinhall.api.addresses import ROOT
from twinhall.api.errors import NOT_ALLOWED, ProblemError, answer_to, problem

METHODS = "GET, HEAD, OPTIONS"
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Cache-Control, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
LANGUAGE = "en"
"""What the API says itself is said in English; what the register holds is given in all its languages."""


def machines(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The middleware."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(f"{ROOT}/"):
            return get_response(request)
        with translation.override(LANGUAGE):
            response = _answer(request)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return answered


def _answer(request: HttpRequest) -> HttpResponseBase:
    method = request.method
    if method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
    if method not in {"GET", "HEAD"}:
        return problem(request, ProblemError(NOT_ALLOWED, NOT_ALLOWED.advice, headers={"Allow": METHODS}))
    try:
        request.method = "GET"  # HEAD is answered alike; the server keeps the body back
        match = request.resolver_match = resolve(request.path_info)
        found: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Exception as error:  # noqa: BLE001 - whatever it is, a machine is answered with a problem
        return answer_to(request, error)
    finally:
        request.method = method
    return found
