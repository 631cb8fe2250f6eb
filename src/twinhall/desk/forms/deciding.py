"""Deciding on the facts of a page that was read: who is meant, what it should read, why not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import PartialDateField
from twinhall.desk.forms.parties import NONE, PartyChoice, Typed
from twinhall.exchange.readings.ends import Choice, Meant, value_of
from twinhall.exchange.readings.planning import ENDINGS
from twinhall.networks.models import Category
from twinhall.parties.models import Party
from twinhall.partnerships.models import PartnershipKind, Status
from twinhall.reader.facts import Fact, Partnership
from twinhall.web.forms.countries import countries


class AcceptForm(DeskForm):
    """Who is meant, for each end of a fact that is in doubt; of the others, who was shown to be meant.

    Nobody is chosen beforehand, as the likeliest of several is a guess.
    """

    def __init__(self, *args: Any, meant: Mapping[str, Meant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = {f"who_{key}": one for key, one in meant.items() if is_asked(one)}
        self.certain = {f"meant_{key}": one for key, one in meant.items() if one.is_certain}
        for name, one in self.meant.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Who is meant by “%(name)s”?") % {"name": one.end.named.written},
                choices=options_of(one),
                widget=forms.RadioSelect,
                required=one.end.is_needed,
                error_messages={"required": _("Choose who is meant.")},
            )
        for name, one in self.certain.items():
            self.fields[name] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=self._value(one)
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what was pressed on somebody else than is meant now; sent once more, it is meant."""
        cleaned = super().clean() or self.cleaned_data
        changed = {n: self._value(one) for n, one in self.certain.items() if cleaned[n] != self._value(one)}
        if changed:
            self.data = {name: self.data[name] for name in self.data} | changed
            self.add_error(
                None, _("The register has changed since you opened the page: look at who is meant.")
            )
        return cleaned

    @staticmethod
    def _value(one: Meant) -> str:
        return value_of(one.choice) if one.choice else ""

    @property
    def choices(self) -> dict[str, Choice | None]:
        """Who is meant, by the keys of the ends, as ``accept_fact`` takes it."""
        chosen = {
            one.end.key: next((c for c in one.choices if value_of(c) == self.cleaned_data[name]), None)
            for name, one in self.meant.items()
        }
        return chosen | {one.end.key: one.choice for one in self.certain.values()}


def is_asked(one: Meant) -> bool:
    """Whether a person is asked who an end is: where it is in doubt and there is somebody to choose from."""
    return not one.is_certain and bool(one.choices)


def options_of(one: Meant) -> list[tuple[str, str]]:
    """Those that an end could be; who is not needed may be left out."""
    found = [(value_of(choice), _name(choice)) for choice in one.choices]
    return found if one.end.is_needed else [*found, ("", _("none of these: leave it out"))]


def _name(choice: Choice) -> str:
    return str(choice) if isinstance(choice, Party) else choice.name


class RejectForm(DeskForm):
    """Why a fact does not come into the register."""

    why = forms.CharField(
        label=gettext_lazy("Why is it rejected?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why this is rejected.")},
    )


class AgreeingForm(DeskForm):
    """The facts that were listed, as they were shown (``Review.shown``)."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100_000)

    def clean_listed(self) -> list[str]:
        """One by one."""
        return list(self.cleaned_data["listed"].split())


class CorrectForm(DeskForm):
    """Who is meant, and what the fact should read where the page errs; then with the reason."""

    why = forms.CharField(
        label=gettext_lazy("Why should it read otherwise than the page has it?"),
        help_text=gettext_lazy("Shown with the fact. Needed where you change what the page states."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, fact: Fact, meant: Mapping[str, Meant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact, self.ends = fact, {f"who_{key}": one for key, one in meant.items()}
        for name, one in self.ends.items():
            self.fields[name] = PartyChoice(
                kinds=[one.end.kind] if one.end.key == "network" else (),
                within="register" if one.end.key == "network" else "everywhere",
                required=one.end.is_needed,
                label=_("Who is meant by “%(name)s”?") % {"name": one.end.named.written},
                initial=_beforehand(one),
                offered=one.choices,
            )
        self.values = stated_fields(fact)
        self.fields |= self.values
        self.order_fields([*self.ends, *self.values, "why"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.changes and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why it should read otherwise than the page has it."))
        return cleaned

    @property
    def choices(self) -> dict[str, Choice | None]:
        """Who is meant, by the keys of the ends."""
        return {one.end.key: self.cleaned_data.get(name) for name, one in self.ends.items()}

    @property
    def changes(self) -> dict[str, object]:
        """What should read otherwise, as ``accept_fact`` takes it."""
        told = {name: self.cleaned_data.get(name) for name in self.values}
        made = {name: _as_told(self.fact, name, value) for name, value in told.items()}
        if "status" in made and not made["status"]:
            made["until"] = None  # what goes on has no end
        elif made.get("status") == "ended" and made.get("until") and getattr(self.fact, "status", None) == "":
            del made["status"]  # the date alone says that it ended
        return {name: value for name, value in made.items() if value != getattr(self.fact, name)}


def _beforehand(one: Meant) -> Choice | Typed | None:
    """Who is chosen when the form is opened: nobody in doubt; of somebody unknown, the name to look for."""
    if one.is_certain:
        return one.choice
    if one.end.is_needed:
        return None if one.choices else Typed(query=one.end.named.name)
    return Typed(choice=NONE)


_SIGNED = {True: "signed", False: "begun", None: ""}
_DATES = ("contact", "since", "until", "founded", "start", "end")


def _as_told(fact: Fact, name: str, value: object) -> object:
    """A value of the form as the fact holds it."""
    if name == "signed":
        return {word: meant for meant, word in _SIGNED.items()}[str(value or "")]
    if name == "fields":
        chosen = set(value) if isinstance(value, list) else set()
        return tuple(field for field in getattr(fact, name) if field in chosen)
    if name in (*_DATES, "budget"):
        return value or None
    return value or ""


def stated_fields(fact: Fact) -> dict[str, forms.Field]:
    """A field for each thing that the page states; what it does not state cannot be corrected."""
    found: dict[str, forms.Field] = {}
    for name, make in _FIELDS.items():
        if _is_stated(fact, name):
            found[name] = field = make()
            field.initial = _as_shown(name, getattr(fact, name))
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = _fields_named(field.initial)
    return found


def _is_stated(fact: Fact, name: str) -> bool:
    if not hasattr(fact, name):
        return False
    value = getattr(fact, name)
    if name == "signed":
        return value is not None or bool(getattr(fact, "since", None))
    if name == "status":
        return isinstance(fact, Partnership) and (value in ENDINGS or bool(fact.until))
    return value in Category.values if name == "role" else value not in (None, "", ())


def _as_shown(name: str, value: Any) -> object:  # noqa: ANN401
    """A value of the fact as the form shows it."""
    if name == "signed":
        return _SIGNED[value]
    if name == "status":
        return value or "ended"
    return list(value) if isinstance(value, tuple) else value


def _fields_named(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Of the fields of cooperation, those that the page names."""
    known = fields_of_cooperation()
    return [(code, known[code].label) for code in codes if code in known]


def _dated(label: Any) -> Any:  # noqa: ANN401
    return lambda: PartialDateField(label=label)


def _chosen(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = True) -> Any:  # noqa: ANN401
    return lambda: forms.ChoiceField(label=label, choices=choices, required=required)


def _written(label: Any, most: int) -> Any:  # noqa: ANN401
    return lambda: forms.CharField(label=label, required=False, max_length=most)


_KINDS = [
    ("twin", PartnershipKind.TWINNING.label),
    ("partner", PartnershipKind.COOPERATION.label),
    ("friendship", PartnershipKind.FRIENDSHIP.label),
    ("region", PartnershipKind.REGIONAL.label),
    ("border-twin", PartnershipKind.CITY_TWINS.label),
]
_STATUSES = [
    ("", Status.IN_FORCE.label),
    ("ended", Status.ENDED.label),
    ("suspended", Status.SUSPENDED.label),
    ("inactive", Status.DORMANT.label),
]
_FIELDS: Mapping[str, Any] = {
    "kind": _chosen(gettext_lazy("Kind"), _KINDS),
    "contact": _dated(gettext_lazy("First contact")),
    "since": _dated(gettext_lazy("Since")),
    "signed": _chosen(
        gettext_lazy("What was then?"),
        [
            ("signed", gettext_lazy("an agreement was signed")),
            ("begun", gettext_lazy("cooperation began")),
            ("", gettext_lazy("the page does not say")),
        ],
        required=False,
    ),
    "status": _chosen(gettext_lazy("Status"), _STATUSES, required=False),
    "until": _dated(gettext_lazy("Until")),
    "fields": lambda: forms.MultipleChoiceField(
        label=gettext_lazy("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    ),
    "a_country": lambda: forms.ChoiceField(
        label=gettext_lazy("Country of the first"), choices=countries, required=False
    ),
    "country": lambda: forms.ChoiceField(
        label=gettext_lazy("Country of the other"), choices=countries, required=False
    ),
    "role": _chosen(gettext_lazy("Category"), Category.choices),
    "founded": _dated(gettext_lazy("Founded")),
    "members_count": _written(gettext_lazy("Number of members"), 60),
    "title": _written(gettext_lazy("Title"), 300),
    "start": _dated(gettext_lazy("Starts")),
    "end": _dated(gettext_lazy("Ends")),
    "budget": lambda: forms.DecimalField(
        label=gettext_lazy("Total cost"), required=False, min_value=0, max_digits=14, decimal_places=2
    ),
    "currency": _written(gettext_lazy("Currency"), 3),
}
