"""Forms of an agenda: its items, and the papers that are laid before a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.records import DocumentForm
from twinhall.meetings.models import Item, Meeting


class ItemForm(DeskForm):
    """A point of the agenda."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("What is asked for"),
        help_text=gettext_lazy("What the meeting is to hear, to discuss or to decide."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    presenter = forms.CharField(
        label=gettext_lazy("Presented by"),
        help_text=gettext_lazy("It stands in the agenda for those who are called, not on the public page."),
        required=False,
        max_length=150,
    )


class PaperForm(DocumentForm):
    """A file for an item of the agenda, or for the whole meeting."""

    item = forms.ModelChoiceField(
        Item.objects.none(),
        label=gettext_lazy("For which item"),
        required=False,
        empty_label=gettext_lazy("for the whole meeting"),
    )

    field_order = ["item", "title", "language", "upload", "alt"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101 - for the types
        item.queryset = meeting.items.all()
        self.fields["language"].initial = meeting.language
