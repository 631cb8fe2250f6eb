"""Lists of the desk: searched, filtered, sorted, by pages, and as files."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from twinhall.desk.base import DeskView
from twinhall.parties.rules import is_administrator, spoken_for, standing
from twinhall.web.asking import Sorting, address_of_page, asked_day, asked_filters, asked_order, asked_page
from twinhall.web.environment import today
from twinhall.web.exports import as_csv, as_xlsx, chunks


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; a page shows the smaller words under it, a file leaves them out."""

    text: str
    href: str = ""
    small: str = ""
    lang: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a list; ``only_in_files`` where a page has no room for it."""

    key: str
    label: Any
    is_sorted: bool = False
    is_number: bool = False
    is_day: bool = False
    only_in_files: bool = False


Cells = dict[str, Cell]
FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
CHUNK = 250


class SearchFilters(forms.Form):
    """What every list of the desk can be narrowed by."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    mine = forms.BooleanField(label=_("Only those of my parties"), required=False)

    field_order = ("q",)


class ListPage(DeskView):
    """A list of records of one kind."""

    name: ClassVar[str]
    """What its address is called in ``desk.urls``; files are called so too."""
    heading: ClassVar[Any]
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[type[SearchFilters]]
    orders: ClassVar[Collection[str]]
    model: ClassVar[type[Model]]
    add_href: ClassVar[str] = ""
    add_label: ClassVar[Any] = ""
    add_permission: ClassVar[str] = ""
    lists: ClassVar[Sequence[tuple[str, Any]]] = ()
    """The lists of the same room, by name and label, this one among them."""
    nothing_yet: ClassVar[Any] = ""
    """What would stand in an empty list, and how it comes there."""

    def found(self, asked: dict[str, Any], order: str, day: dt.date, among: Q) -> "QuerySet[Any]":
        """The records asked for, in their order."""
        raise NotImplementedError

    def called(self, query: str) -> Q:
        """Those that a search finds."""
        raise NotImplementedError

    def cells(self, records: Sequence[Any], day: dt.date) -> list[Cells]:
        """The rows of some records; as many queries for any number of them."""
        raise NotImplementedError

    def get(self, request: HttpRequest, suffix: str = "", **_kwargs: object) -> HttpResponseBase:
        form = asked_filters(request, self.filters)
        sorting = asked_order(request, self.orders)
        day = asked_day(request)
        asked = dict(form.cleaned_data)
        query, mine = asked.pop("q"), asked.pop("mine")
        found = self.found(asked, sorting.order, day, self._among(query, mine=mine))
        if suffix:
            return FORMATS[suffix](self.name, self._head(), self._lines(found, day))
        return self._page(request, form, sorting, found, day)

    def _among(self, query: str, *, mine: bool) -> Q:
        among = self.called(query) if query.strip() else Q()
        if mine and not is_administrator(self.request.user):
            among &= spoken_for(self.model, standing(self.request.user).all)
        return among

    def _page(
        self, request: HttpRequest, form: forms.Form, sorting: Sorting, found: "QuerySet[Any]", day: dt.date
    ) -> HttpResponseBase:
        page = asked_page(request, found)
        may_add = bool(self.add_href) and self.may(self.add_permission, None)
        context = {
            "heading": self.heading,
            "form": form,
            "lists": [(label, reverse(f"desk:{name}"), name == self.name) for name, label in self.lists],
            "list_href": reverse(f"desk:{self.name}"),
            "is_narrowed": any(form.cleaned_data.values()),
            "columns": [column for column in self.columns if not column.only_in_files],
            "rows": self.cells(list(page), day),
            "page": page,
            "page_href": address_of_page(request),
            "nothing_yet": self.nothing_yet,
            "sorting": sorting,
            "day": day,
            "today": today(),
            "add_href": reverse(self.add_href) if may_add else "",
            "add_label": self.add_label,
            "files": [(name, self._file_href(request, name)) for name in FORMATS],
        }
        return self.page("desk/list.html", context)

    def _file_href(self, request: HttpRequest, suffix: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        return reverse(f"desk:{self.name}-file", kwargs={"suffix": suffix}, query=query)

    def _head(self) -> list[str]:
        return [str(column.label) for column in self.columns]

    def _lines(self, found: "QuerySet[Any]", day: dt.date) -> Iterator[list[str]]:
        keys = [column.key for column in self.columns]
        for some in chunks(found.iterator(chunk_size=CHUNK), CHUNK):
            for row in self.cells(some, day):
                yield [row[key].text if key in row else "" for key in keys]
