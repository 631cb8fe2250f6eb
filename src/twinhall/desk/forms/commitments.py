"""Forms of commitments: what was taken on, and what came of it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import site_languages
from twinhall.desk.forms.towns import TownChoice, offer_towns
from twinhall.desk.lists import SearchFilters
from twinhall.meetings.models import CommitmentState, Item, Meeting
from twinhall.parties.models import Party
from twinhall.web.environment import today


class CommitmentSearch(SearchFilters):
    """What the list of commitments can be narrowed by."""

    state = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        required=False,
        choices=[("", gettext_lazy("all")), *CommitmentState.choices],
    )


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


class CommitmentForm(DeskForm):
    """What somebody takes on: who, what, until when."""

    item = forms.ModelChoiceField(
        Item.objects.none(),
        label=gettext_lazy("Under which item"),
        required=False,
        empty_label=gettext_lazy("none of them"),
    )
    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    party = TownChoice(label=gettext_lazy("Which town or body takes it on"))
    name = forms.CharField(label=gettext_lazy("Who there"), required=False, max_length=150)
    due = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=_day())
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for the reminder"),
        help_text=gettext_lazy("A letter goes there a week before, on the day, and a week after it."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the reminder"), choices=site_languages, required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, chosen: Party | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101 - for the types
        item.queryset = meeting.items.all()
        offer_towns(self, meeting, chosen=chosen)


class ReminderForm(DeskForm):
    """Whom to remind: all that can be changed once the minutes are approved."""

    email = CommitmentForm.base_fields["email"]
    language = CommitmentForm.base_fields["language"]


class DoneForm(DeskForm):
    """It is done: since when, and what came of it."""

    on = forms.DateField(label=gettext_lazy("Done on"), widget=_day())
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_on(self) -> dt.date:
        """No day that is yet to come."""
        day: dt.date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("This day is yet to come."))
        return day


class DropForm(DeskForm):
    """Why it will not be done."""

    outcome = forms.CharField(
        label=gettext_lazy("Why is it dropped?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Who drops a commitment says why.")},
    )
