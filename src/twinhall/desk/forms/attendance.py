"""Forms of attendance: who came, and the list that they signed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.documents.forms import UploadField
from twinhall.meetings.models import Attendance


class AttendanceForm(DeskForm):
    """Everybody who is registered, with a tick for who came."""

    came = forms.MultipleChoiceField(
        label=gettext_lazy("Who came"), required=False, widget=forms.CheckboxSelectMultiple
    )

    shown = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    was = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, people: Iterable[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(people)
        ticked = [str(person.pk) for person in found if person.came]
        at_first = {"came": ticked, "was": ticked, "shown": [str(person.pk) for person in found]}
        for name, initial in at_first.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the types
            field.choices = [(str(person.pk), person.name) for person in found]
            field.initial = initial

    @property
    def ticked(self) -> set[str]:
        """The keys of those who are ticked on the page."""
        return {str(key) for key in self["came"].value() or ()}


class SignedListForm(DeskForm):
    """The list as it was signed at the door."""

    upload = UploadField(label=gettext_lazy("The signed list, as PDF or as a photograph"))
