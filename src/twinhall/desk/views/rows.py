"""Rows of tables that wait: the list, and the page on which a person says who one of them means."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.rows import RowFilters, RowForm
from twinhall.desk.namesakes import of_sources, sides_of, tells
from twinhall.exchange.models import RowDecision, RowFinding
from twinhall.exchange.waiting import (
    Place,
    dismiss_row,
    places_of,
    record_of,
    row_after,
    rows_waiting,
    settle_row,
)
from twinhall.web.asking import address_of_page, asked_filters, asked_page

LEAVE, LEAVE_INDEED = "leave", "leave indeed"
"""What the buttons send that leave a row out: the one that asks back, and the one that does it."""


class RowList(DeskView):
    """The rows that wait, by table and reason."""

    permission = "exchange.decide_rows"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = asked_filters(request, RowFilters)
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        page = asked_page(request, rows_waiting(**asked))
        context = {
            "heading": _("Rows that wait"),
            "form": form,
            "list_href": reverse("desk:rows"),
            "is_narrowed": bool(asked),
            "rows": [(row, _href(row, asked), _candidates(row)) for row in page],
            "page": page,
            "page_href": address_of_page(request),
        }
        return self.page("desk/rows/list.html", context)


def _href(row: RowFinding, asked: Mapping[str, str]) -> str:
    """The page of a row, which leads on to the next of those asked for."""
    return reverse("desk:row", args=[row.pk], query=asked or None)


def _candidates(row: RowFinding) -> int:
    return sum(len(found) for found in row.candidates.values())


class RowPage(FormPage):
    """One row with what it tells, and those who may be meant."""

    permission = "exchange.decide_rows"
    template = "desk/rows/detail.html"
    submit = gettext_lazy("Take it in")
    subject: RowFinding

    def find(self) -> RowFinding:
        found = RowFinding.objects.select_related("source", "decided_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.subject.decision == RowDecision.OPEN

    @cached_property
    def places(self) -> list[Place]:
        """The parties of the row; asked for where they are to be decided on only."""
        return places_of(self.subject)

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list was narrowed to that the person goes through."""
        asked = {name: self.request.GET.get(name, "") for name in RowFilters.base_fields}
        return {name: value for name, value in asked.items() if value and "\0" not in value}

    def heading(self) -> str:
        return self.subject.label

    def crumbs(self) -> Crumbs:
        return [(_("Rows that wait"), self.back())]

    def back(self) -> str:
        return reverse("desk:rows", query=self.asked or None)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        """The form; a row that is to be left out, or was decided meanwhile, has nothing to choose."""
        chooses = self.is_open and self._deed() != LEAVE_INDEED
        return RowForm(data, files, places=self.places if chooses else [])

    def _deed(self) -> str:
        return self.request.POST.get("deed", "")

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        if self._deed() == LEAVE and self.is_open:
            return self.show(self.make(self.request.POST).searching())
        return super().post(*args, **kwargs)

    def save(self, form: RowForm) -> str:
        if self._deed() == LEAVE_INDEED:
            dismiss_row(self.subject, by=self.request.user)
        else:
            settle_row(self.subject, choices=form.choices, by=self.request.user)
        after = row_after(self.subject, **self.asked)
        return _href(after, self.asked) if after else reverse("desk:rows")

    def tell(self, form: DeskForm, error: ValidationError) -> None:
        """Beside what is wrong, show how the row stands by now: another person may have decided on it."""
        super().tell(form, error)
        self.subject = self.find()

    def done(self) -> str:
        left = rows_waiting(**self.asked).count()
        words = {"left": left}
        if self._deed() == LEAVE_INDEED:
            return ngettext("Left out. %(left)s more waits.", "Left out. %(left)s more wait.", left) % words
        return ngettext("Taken in. %(left)s more waits.", "Taken in. %(left)s more wait.", left) % words

    def extra(self) -> dict[str, object]:
        record = record_of(self.subject)
        return {
            "row": self.subject,
            "is_open": self.is_open,
            "asks": self._deed() == LEAVE,
            "tells": [*tells(record), *of_sources(record)],
            "sides": sides_of(self.places) if self.is_open else [],
            "here": f"?{urlencode(self.asked)}",
        }
