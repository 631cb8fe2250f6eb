"""Choosing one of the parties around the table of a meeting."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy

from twinhall.meetings.models import Meeting
from twinhall.meetings.queries import around_the_table
from twinhall.parties.models import Party
from twinhall.web.names import Names

if TYPE_CHECKING:
    Choice: TypeAlias = forms.ModelChoiceField[Party]
else:  # Django's own takes no type arguments when it runs.
    Choice = forms.ModelChoiceField


class TownChoice(Choice):
    """One of the parties that have to do with a meeting, by its name in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Party.objects.none(), empty_label=gettext_lazy("choose"), **kwargs)

    def offer(self, towns: list[Party]) -> None:
        """Offer these, and no others."""
        self.names = Names(towns)
        self.queryset = Party.objects.filter(pk__in=[town.pk for town in towns]).order_by("slug")

    def label_from_instance(self, obj: Party) -> str:
        return self.names.text(obj)


def offer_towns(form: forms.Form, meeting: Meeting, *, chosen: Party | None = None) -> None:
    """Let each choice of a town in the form be one of those around the table; three queries.

    The one that was ``chosen`` before stays on offer, though it may have left the table since.
    """
    towns = list(around_the_table(meeting))
    if chosen is not None and chosen not in towns:
        towns.append(chosen)
    for field in form.fields.values():
        if isinstance(field, TownChoice):
            field.offer(towns)
