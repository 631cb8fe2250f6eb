"""What an address asks: a day, a page of a list, filters. What cannot be is answered with 400 and a word."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from twinhall.core.http import BadQuestionError
from twinhall.web.environment import today

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

PAGE_SIZE = 50
T = TypeVar("T")
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


def asked_page(
    request: HttpRequest,
    found: "_SupportsPagination[T]",
    size: int | None = None,
    name: str = "page",
    *,
    count: int | None = None,
) -> "Page[T]":
    """The page of ``?page=`` (or of another ``name``, where an address has two), else the first.

    ``count``: how many were found, where that has been asked for already.
    """
    asked = request.GET.get(name, "1")
    paginator = Paginator(found, size or PAGE_SIZE)
    if count is not None:
        paginator.count = count
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


def asked_besides(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """What else an address asks of a list, of these names: kept as it is when its filters change."""
    return [(name, value) for name in names if (value := request.GET.get(name, ""))]


def address_of_page(request: HttpRequest, name: str = "page") -> Callable[[int], str]:
    """A function that gives the address of another page of the same list."""

    def href(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return href


def asked_with(request: HttpRequest, **other: str) -> str:
    """The same address with other values under these names; an empty value takes a name away."""
    query = request.GET.copy()
    for name, value in other.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path


@dataclass(frozen=True)
class Sorting:
    """The order of a list, as ``?sort=`` asks for it: a column, or a column after a minus for descending."""

    request: HttpRequest
    order: str

    def href(self, column: str) -> str:
        """The address of the list sorted by the column; the other way round if it is sorted so already."""
        query = self.request.GET.copy()
        query["sort"] = f"-{column}" if self.order == column else column
        query.pop("page", None)
        return f"?{query.urlencode()}"

    def direction(self, column: str) -> str:
        """Whether the list is sorted by the column, as ``components/sortable.html`` says it."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.order, "")


def asked_order(request: HttpRequest, orders: Collection[str]) -> Sorting:
    """The order of ``?sort=``, else the first of those that the list knows."""
    asked = request.GET.get("sort") or next(iter(orders))
    if asked not in orders:
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": asked[:40]})
    return Sorting(request, asked)
