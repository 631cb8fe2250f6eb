"""The API itself: its routers, and how it refuses."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, NoReturn, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.operation import Operation

from twinhall.api.addresses import ROOT
from twinhall.api.errors import refusal
from twinhall.api.openapi import DESCRIPTION, completed
from twinhall.api.routers import (
    disagreements,
    memberships,
    networks,
    parties,
    partnerships,
    projects,
    search,
    sources,
)
from twinhall.api.schemas.problems import WrongParameter

Run = Callable[..., HttpResponseBase]


class Api(NinjaAPI):
    def on_exception(self, request: HttpRequest, exc: Any) -> NoReturn:  # noqa: ANN401, ARG002 - as Ninja's
        """All refusals are answered in one place, the door (``middleware``)."""
        raise exc

    def described(self) -> dict[str, Any]:
        """Its description (OpenAPI)."""
        return completed(self.get_openapi_schema(path_prefix=ROOT))


def only_known(run: Run) -> Run:
    """Refuse parameters that an operation does not know, or that are given twice."""
    operation = cast("Operation", getattr(run, "__self__"))  # noqa: B009 - a method of the operation
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def checked(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.GET:
            _refuse_unknown(request, known)
        return run(request, **parts)

    return checked


def _refuse_unknown(request: HttpRequest, known: Collection[str]) -> None:
    errors = []
    for name, given in request.GET.lists():
        if name not in known:
            choices = f"It knows: {', '.join(sorted(known))}." if known else "It knows none."
            errors.append(
                WrongParameter(parameter=name, message=f"This address has no such parameter. {choices}")
            )
        elif len(given) > 1:
            errors.append(WrongParameter(parameter=name, message="It is given twice. Give it once."))
    if errors:
        raise refusal(errors)


api = Api(
    title="Twinhall",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,  # views of our own: with an ETag, and without scripts
    docs_url=None,
)
api.add_decorator(only_known, mode="view")
for router in (parties, partnerships, networks, memberships, projects, sources, disagreements, search):
    api.add_router("", router.router)
