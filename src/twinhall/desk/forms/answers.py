"""Forms of an answer to a call: whether a town comes, and whom it sends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import languages
from twinhall.desk.forms.parties import PartyChoice
from twinhall.meetings.actions.attending import Delegate
from twinhall.meetings.models import Attendance, AttendanceRole

YES, NO = "yes", "no"
MORE, DROP = "more", "drop-"
"""What the buttons send that add a person to the form, and that take one off it."""
MOST = 100
"""The most people of a town: more than any delegation, and few enough for one form."""
NAMED = re.compile(r"name_(\d{1,4})", re.ASCII)


@dataclass(frozen=True)
class PersonRow:
    """The fields of one person in the form."""

    number: int
    fields: Sequence[BoundField]
    languages: BoundField


class AnswerForm(DeskForm):
    """Whether a town comes, and its people: a row for each, as many as there are."""

    is_coming = forms.ChoiceField(
        label=gettext_lazy("Does the town take part?"),
        choices=[(YES, gettext_lazy("yes, with the people below")), (NO, gettext_lazy("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the town takes part.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the organiser"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, people: Sequence[Attendance] = (), may_vote: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_vote = may_vote
        self.numbers = _numbers(self.data) if self.is_bound else list(range(max(len(people), 1)))
        for number in self.numbers:
            held = people[number] if number < len(people) else None
            for name, field in _fields(may_vote=may_vote, spoken=held.languages if held else ()).items():
                field.initial = getattr(held, name) if held else field.initial
                self.fields[f"{name}_{number}"] = field

    def rows(self) -> list[PersonRow]:
        """The fields person by person, as the page draws them."""
        names = [name for name in _fields(may_vote=self.may_vote) if name != "languages"]
        return [
            PersonRow(number, [self[f"{name}_{number}"] for name in names], self[f"languages_{number}"])
            for number in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_coming") != YES:
            return cleaned
        for number in self.numbers:
            is_said = cleaned.get(f"office_{number}") or cleaned.get(f"diet_{number}")
            if is_said and not cleaned.get(f"name_{number}"):
                self.add_error(f"name_{number}", ValidationError(_("Say who this is, or take the row off.")))
        if not self.errors and not self.delegates:
            self.add_error(f"name_{self.numbers[0]}", ValidationError(_("Say who comes.")))
        return cleaned

    @property
    def delegates(self) -> list[Delegate]:
        """The people who are named, as ``answer`` takes them."""
        told = self.cleaned_data
        return [_delegate(told, number) for number in self.numbers if told.get(f"name_{number}")]


def _delegate(told: Mapping[str, Any], number: int) -> Delegate:
    role = told[f"role_{number}"]
    return Delegate(
        name=told[f"name_{number}"],
        office=told[f"office_{number}"],
        role=role,
        has_vote=told.get(f"has_vote_{number}", False),
        diet=told[f"diet_{number}"],
        languages=told[f"languages_{number}"] if role == AttendanceRole.INTERPRETER else (),
    )


def _numbers(data: Mapping[str, Any]) -> list[int]:
    """The numbers of the rows that were sent: one more where that was asked for, one less where it was."""
    sent = sorted({int(found[1]) for name in data if (found := NAMED.fullmatch(name))})
    asked = str(data.get("find", ""))
    if asked == MORE:
        sent.append(max(sent, default=-1) + 1)
    kept = [number for number in sent if asked != f"{DROP}{number}"]
    return kept[:MOST] or [0]


def _fields(*, may_vote: bool, spoken: Sequence[str] = ()) -> dict[str, forms.Field]:
    """What is asked of a person; the vote only where the town has one.

    The languages ``spoken`` stand first, so that they are seen in a long list.
    """
    known = sorted(languages(), key=lambda pair: pair[0] not in spoken)
    quiet = {"autocomplete": "off"}
    vote = {"has_vote": forms.BooleanField(label=_("casts the vote of the town"), required=False)}
    return {
        "name": forms.CharField(
            label=pgettext("person", "Name"),
            required=False,
            max_length=150,
            widget=forms.TextInput(attrs=quiet),
        ),
        "office": forms.CharField(
            label=pgettext("person", "Office"),
            required=False,
            max_length=150,
            widget=forms.TextInput(attrs=quiet),
        ),
        "role": forms.ChoiceField(
            label=_("Takes part as"), choices=AttendanceRole.choices, initial=AttendanceRole.DELEGATE
        ),
        "diet": forms.CharField(
            label=_("What to mind at meals"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs=quiet),
        ),
        "languages": forms.MultipleChoiceField(
            label=_("Interprets between"),
            required=False,
            choices=[pair for pair in known if pair[0]],
            widget=forms.SelectMultiple(attrs={"size": 5}),
        ),
        **(vote if may_vote else {}),
    }


class SeatForm(DeskForm):
    """The town or body for which the organiser answers."""

    party = PartyChoice(
        label=gettext_lazy("Which town or body?"),
        help_text=gettext_lazy("Guests of nobody else are registered with the organiser."),
    )
