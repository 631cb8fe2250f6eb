"""What cannot be answered, as RFC 9457 has it: ``application/problem+json``, with a word on what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.log import log_response
from ninja.errors import ValidationError

from twinhall.api.addresses import Addresses
from twinhall.api.schemas.problems import Problem, WrongParameter

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its name in addresses, its status, its title, and what there is to do."""

    name: str
    status: HTTPStatus
    title: str
    advice: str


BAD_PARAMETER = Kind(
    "bad-parameter",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "A parameter is not right",
    "“errors” names each parameter that is wrong and says what to give. A parameter that a list does not "
    "know is refused too, so that a misspelt filter does not answer with everything.",
)
BAD_CURSOR = Kind(
    "bad-cursor",
    HTTPStatus.BAD_REQUEST,
    "The cursor does not belong to this list",
    "Take the address of the next page from “next” as it stands, or begin anew without “cursor”. A cursor "
    "is good for the list and the order that it was made for.",
)
NOT_FOUND = Kind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    "There is nothing at this address",
    "Look for the record with the search; the address of the API itself lists the collections.",
)
GONE = Kind(
    "gone",
    HTTPStatus.GONE,
    "The record was withdrawn",
    "“detail” says since when and why. A record that was merged into another leads there instead (301).",
)
NOT_ALLOWED = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    "Only reading is answered here",
    "Use GET, HEAD or OPTIONS. Nothing can be written through the API yet.",
)
FAULT = Kind(
    "fault",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Something went wrong here",
    "The fault is ours, and it is in the log of this site. Try again later, or tell the operator.",
)
AWAY = Kind(
    "database-away",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The database cannot be reached just now",
    "Try again after the seconds that the header Retry-After names.",
)
KINDS = (BAD_PARAMETER, BAD_CURSOR, NOT_FOUND, GONE, NOT_ALLOWED, FAULT, AWAY)
RETRY_AFTER_SECONDS = 30


@dataclass
class ProblemError(Exception):
    """A question that cannot be answered; ``detail`` says why, in one sentence."""

    kind: Kind
    detail: str
    errors: Sequence[WrongParameter] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def wrong_parameter(name: str, message: str) -> ProblemError:
    """The refusal of one parameter."""
    return refusal([WrongParameter(parameter=name, message=message)])


def refusal(errors: Sequence[WrongParameter]) -> ProblemError:
    """The refusal of several parameters at once."""
    detail = " ".join(f"“{error.parameter}”: {error.message}" for error in errors)
    return ProblemError(BAD_PARAMETER, detail, errors)


def problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """The answer to a question that cannot be answered."""
    at = Addresses.of(request)
    body = Problem(
        type=at.of_problem(error.kind.name),
        title=error.kind.title,
        status=error.kind.status,
        detail=error.detail,
        instance=request.get_full_path(),
        errors=list(error.errors) or None,
    )
    content = body.model_dump_json(exclude_none=True)
    headers = {"Cache-Control": "no-store", **error.headers}
    return HttpResponse(content, content_type=MEDIA_TYPE, status=error.kind.status, headers=headers)


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer where something was raised; what nobody foresaw is logged and told as a fault of ours."""
    if isinstance(error, SuspiciousOperation):
        raise error  # a host that is not ours: Django refuses it for the whole site
    if isinstance(error, ProblemError):
        return problem(request, error)
    if isinstance(error, Http404):  # no route takes a line break, the one for all other addresses neither
        return problem(request, ProblemError(NOT_FOUND, NOT_FOUND.advice))
    if isinstance(error, ValidationError):
        return problem(request, refusal([_wrong(told) for told in error.errors]))
    if isinstance(error, OperationalError | InterfaceError):
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return _logged(request, error, ProblemError(AWAY, AWAY.advice, headers=headers))
    got_request_exception.send(sender=None, request=request)
    return _logged(request, error, ProblemError(FAULT, FAULT.advice))


def _logged(request: HttpRequest, error: Exception, told: ProblemError) -> HttpResponse:
    """The answer to what is no fault of the asker, which the log keeps with where it was raised."""
    response = problem(request, told)
    log_response("%s: %s", told.kind.title, request.path, response=response, request=request, exception=error)
    return response


def _wrong(told: Mapping[str, object]) -> WrongParameter:
    """One of pydantic's findings, for those who do not know pydantic."""
    place = told["loc"]
    name = str(place[-1]) if isinstance(place, list | tuple) else str(place)
    message = str(told["msg"]).removeprefix("Value error, ")
    return WrongParameter(parameter=name, message=message if message.endswith(".") else f"{message}.")
