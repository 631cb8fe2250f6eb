"""Forms of minutes: a passage, the two checkers, a signature, an approval."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.meetings.models import Meeting
from twinhall.web import say

LONGEST = 20_000


class WriteForm(DeskForm):
    """What the minutes say under an item, over the revision that was read."""

    text = forms.CharField(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy(
            "A paragraph a line. Who was there, decisions with their votes and what was taken on come in by "
            "themselves: do not write them here."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def clean_text(self) -> str:
        """The text with the ends of lines as they are kept; browsers send others."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class CheckersForm(DeskForm):
    """The two whom the meeting elected."""

    first = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("First checker"), empty_label=gettext_lazy("choose")
    )
    second = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Second checker"), empty_label=gettext_lazy("choose")
    )

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the types
            field.queryset = people


class SignForm(DeskForm):
    """A signature under the minutes as they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ApproveForm(DeskForm):
    """The later meeting that approved the minutes."""

    at = forms.TypedChoiceField(
        label=gettext_lazy("Which meeting approved them?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the meeting that approved them.")},
    )

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["at"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the types
        self.known = {meeting.pk: meeting for meeting in meetings}
        named = [(pk, f"{one.title}, {say.date(one.starts_on)}") for pk, one in self.known.items()]
        field.choices = named if len(named) == 1 else [("", "–"), *named]

    @property
    def meeting(self) -> Meeting:
        """The meeting that was chosen."""
        return self.known[self.cleaned_data["at"]]
