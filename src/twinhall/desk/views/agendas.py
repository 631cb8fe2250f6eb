"""The agenda of a meeting at the desk: its items in their order."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.agendas import ItemForm
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings import queries
from twinhall.meetings.actions.planning import (
    add_item,
    change_item,
    order_items,
    remove_item,
)
from twinhall.meetings.models import Item, Meeting, Paper

UP, DOWN = "up", "down"


class OfAgenda(OfMeeting, FormPage):
    """A form on the agenda of a meeting."""

    def back(self) -> str:
        return reverse("desk:meeting-agenda", args=[self.subject.slug])

    def crumbs(self) -> Crumbs:
        page = reverse("desk:meeting", args=[self.subject.slug])
        return [
            (_("Meetings"), reverse("desk:meetings")),
            (self.subject.title, page),
            (_("Agenda"), self.back()),
        ]


class Agenda(OfAgenda):
    """The items, the way to each, and a form for the next one."""

    template = "desk/meetings/agenda.html"
    submit = gettext_lazy("Add the item")

    def find(self) -> Meeting:
        return get_object_or_404(queries.meeting_page(), slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Agenda")

    def crumbs(self) -> Crumbs:
        return super().crumbs()[:-1]

    def back(self) -> str:
        return reverse("desk:meeting", args=[self.subject.slug])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ItemForm(data, files)

    def extra(self) -> dict[str, object]:
        items, papers = agenda_of(self.subject, with_signed=True)
        return {"record": self.subject, "items": items, "papers": papers}

    def save(self, form: DeskForm) -> str:
        add_item(self.subject, by=self.request.user, **told_of(form))
        return f"{super().back()}#items"

    def done(self) -> str:
        return _("Added to the agenda.")


def told_of(form: DeskForm) -> dict[str, str]:
    """What a form says, without what tells it from others."""
    return {name: value for name, value in form.cleaned_data.items() if name != "once"}


def agenda_of(meeting: Meeting, *, with_signed: bool) -> tuple[list[tuple[Item, list[Paper]]], list[Paper]]:
    """The items with their papers, and the papers of the whole; the signed list of attendance if wanted."""
    papers = [paper for paper in meeting.papers.all() if with_signed or not paper.is_attendance]
    items = [(item, [paper for paper in papers if paper.item_id == item.pk]) for item in meeting.items.all()]
    return items, [paper for paper in papers if paper.item_id is None]


class AgendaOrder(OfMeeting):
    """A button moves an item a place up or down."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        keys = list(self.subject.items.order_by("number").values_list("pk", flat=True))
        moved = _moved(keys, request.POST.get(UP, ""), request.POST.get(DOWN, ""))
        if moved != keys:
            try:
                order_items(self.subject, ordered=moved, by=request.user)  # type: ignore[arg-type]  # signed in
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('desk:meeting-agenda', args=[slug])}#items")


def _moved(keys: Sequence[int], up: str, down: str) -> list[int]:
    """The keys with one of them a place further up or down; as they are where it cannot go."""
    moved = list(keys)
    for asked, step in ((up, -1), (down, 1)):
        if asked.isdecimal() and int(asked) in moved:
            place = moved.index(int(asked))
            if 0 <= place + step < len(moved):
                moved[place], moved[place + step] = moved[place + step], moved[place]
    return moved


class _OfItem(OfAgenda):
    def find(self) -> Meeting:
        meeting = super().find()
        self.item = get_object_or_404(Item, meeting=meeting, pk=self.kwargs["pk"])
        self.item.meeting = meeting
        return meeting


class ItemChange(_OfItem):
    """An item said otherwise."""

    def heading(self) -> str:
        return _("Change item %(number)s") % {"number": self.item.number}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        held = {name: getattr(self.item, name) for name in ItemForm.base_fields}
        return ItemForm(data, files, initial=held)

    def save(self, form: DeskForm) -> str:
        change_item(self.item, by=self.request.user, **told_of(form))
        return self.back()


class ItemRemove(_OfItem):
    """An item taken off the agenda."""

    submit = gettext_lazy("Take it off the agenda")
    is_grave = True

    def heading(self) -> str:
        return _("Take off: %(item)s") % {"item": self.item}

    def extra(self) -> dict[str, object]:
        return {"lead": _("The items after it move up. Its papers stay with the meeting.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        remove_item(self.item, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Taken off the agenda.")
