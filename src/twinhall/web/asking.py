"""What an address asks: a day, a page of a list, filters. What cannot be is answered with 400 and a word."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from twinhall.core.http import BadQuestionError
from twinhall.web.environment import today

PAGE_SIZE = 50
M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=forms.Form)


def asked_day(request: HttpRequest) -> dt.date:
    """The day of ``?on=``, else the present one."""
    asked = request.GET.get("on", "").strip()
    if not asked:
        return today()
    try:
        return dt.date.fromisoformat(asked)
    except ValueError as error:
        message = _("“%(asked)s” is not a day. Write it as year, month and day, such as 2010-01-31.")
        raise BadQuestionError(message % {"asked": asked[:40]}) from error


def asked_page(request: HttpRequest, found: "QuerySet[M]") -> "Page[M]":
    """The page of ``?page=``, else the first."""
    asked = request.GET.get("page", "1")
    paginator = Paginator(found, PAGE_SIZE)
    try:
        return paginator.page(asked)
    except InvalidPage as error:
        message = _("There is no page “%(asked)s”. Pages of this list go from 1 to %(last)s.")
        raise BadQuestionError(message % {"asked": asked[:20], "last": paginator.num_pages}) from error


def asked_filters(request: HttpRequest, form: type[F]) -> F:
    """A list's filters from the address, cleaned."""
    filled = form(request.GET)
    if not filled.is_valid():
        said = [str(message) for errors in filled.errors.values() for message in errors]
        raise BadQuestionError(" ".join(said))
    return filled


def address_of_page(request: HttpRequest) -> Callable[[int], str]:
    """A function that gives the address of another page of the same list."""

    def href(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return href


def kept(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """What the address says now under these names, for a form that sends it along."""
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]
