"""Forms of a call: whom to invite, what to write, why a meeting is called off, what everybody may see."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import site_languages
from twinhall.desk.forms.parties import PartyChoice
from twinhall.meetings.actions.calling import addresses_of
from twinhall.meetings.models import Meeting
from twinhall.parties.models import Party


class InviteeForm(DeskForm):
    """A party that is invited by hand, at an address of its own or at those that the register knows."""

    party = PartyChoice(label=gettext_lazy("Whom"), within="register")
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Empty: its officers and secretaries here, else its office in the register."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Name of the person"), required=False, max_length=150)
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=site_languages)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        party = cleaned.get("party")
        is_unaddressed = not cleaned.get("email") and "email" not in self.errors
        if isinstance(party, Party) and is_unaddressed and addresses_of([party])[1]:
            message = _("The register knows no address of %(party)s: give one.")
            self.add_error("email", ValidationError(message % {"party": party}))
        return cleaned


class WordsForm(DeskForm):
    """What the organiser adds to a letter in words of its own."""

    text = forms.CharField(
        label=gettext_lazy("Own words, if you like"),
        help_text=gettext_lazy("They stand in every letter as you write them, in whatever language it is."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NewsForm(WordsForm):
    """What is new, where the calendars of those who were called show what holds."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].label = _("What is new")


class CancelForm(DeskForm):
    """Why a meeting is called off."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Everybody who was called reads it, and so does everybody who reads the public page."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _tick(label: Any) -> forms.BooleanField:  # noqa: ANN401 - a text that is translated later
    return forms.BooleanField(label=label, required=False)


class PublishForm(DeskForm):
    """What of a meeting everybody may see."""

    shows_agenda = _tick(gettext_lazy("The agenda, with papers that are public"))
    shows_towns = _tick(gettext_lazy("The towns that take part"))
    shows_decisions = _tick(gettext_lazy("The decisions, with their votes"))
    shows_minutes = _tick(gettext_lazy("The minutes, once they are approved"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.base_fields:
            self.fields[name].initial = getattr(meeting, name)
