"""Reading a page, and deciding on what it states."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.desk.finding import value_of
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import PartialDateField, countries
from twinhall.desk.forms.parties import PartyChoice, Typed
from twinhall.exchange.readings.ends import Choice, Meant
from twinhall.exchange.readings.reading import Read, read_address, read_file, read_text
from twinhall.networks.models import Category
from twinhall.parties.models import Party
from twinhall.partnerships.models import PartnershipKind
from twinhall.reader.facts import Fact
from twinhall.web import say
from twinhall.web.limits import Limit
from twinhall.web.names import Names

ADDRESS, FILE, TEXT = "address", "file", "text"
OURS, ANOTHERS, NOBODYS = "ours", "another", "nobody"
LONGEST_PASTED = 200_000
READ_OFTEN = Limit("readings", 60, dt.timedelta(hours=1))
"""Pages that a person can have read: each is fetched from somebody's site."""
_ACCEPT = ".html,.htm,.txt,.pdf,.docx,text/html,text/plain,application/pdf"


class ReadForm(DeskForm):
    """Which page is to be read, and whose it is. Where it is valid, it has been read: ``read``."""

    how = forms.ChoiceField(
        label=gettext_lazy("What is to be read?"),
        widget=forms.RadioSelect,
        choices=[
            (ADDRESS, gettext_lazy("A page in the web")),
            (FILE, gettext_lazy("A file: a saved page, a PDF, a DOCX or a text")),
            (TEXT, gettext_lazy("A text that I paste")),
        ],
        initial=ADDRESS,
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Of a file or a pasted text: where it stands in the web, if it does."),
        required=False,
        max_length=1000,
        assume_scheme="https",
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the page"),
        help_text=gettext_lazy("A page without an address is known by its title when it is read again."),
        required=False,
        max_length=300,
    )
    whose = forms.ChoiceField(label=gettext_lazy("Whose page is it?"), widget=forms.RadioSelect, initial=OURS)
    publisher = PartyChoice(within="register", required=False, label=gettext_lazy("The other party"))

    def __init__(self, *args: Any, party: Party, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.user = party, user
        self.read: Read | None = None
        self.refusal = ""
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)  # noqa: S101 - for the types
        whose.choices = [
            (OURS, Names([party]).text(party)),
            (ANOTHERS, _("another party of the register")),
            (NOBODYS, _("somebody else’s, such as a newspaper")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._must_say(cleaned)
        if not self.errors:
            self._read(cleaned)
        return cleaned

    @property
    def published_by(self) -> Party | None:
        """Who publishes the page, where it is a party of the register."""
        whose, chosen = self.cleaned_data.get("whose"), self.cleaned_data.get("publisher")
        if whose == ANOTHERS:
            return chosen if isinstance(chosen, Party) else None
        return self.party if whose == OURS else None

    @property
    def title_of_page(self) -> str:
        """What the page is called: as was typed, else as it calls itself, else by its address."""
        read = self.read
        assert read  # noqa: S101 - for the types
        told = self.cleaned_data.get("title") or read.page.title or self.address
        return str(told)[:300]

    @property
    def address(self) -> str:
        """Where the page stands in the web, if it does."""
        return str(self.cleaned_data.get("url") or "")

    def _must_say(self, cleaned: Mapping[str, Any]) -> None:
        how = cleaned.get("how")
        if how == ADDRESS and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address of the page."))
        if how == FILE and cleaned.get("file") is None and "file" not in self.errors:
            self.add_error("file", _("Choose the file."))
        if how == TEXT and not str(cleaned.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", _("Paste the text of the page."))
        if how in (FILE, TEXT) and not (cleaned.get("title") or cleaned.get("url")):
            self.add_error("title", _("Give its title, so that the page is known when it is read again."))
        if (
            cleaned.get("whose") == ANOTHERS
            and not cleaned.get("publisher")
            and "publisher" not in self.errors
        ):
            self.add_error("publisher", _("Find the party whose page it is."))

    def _read(self, cleaned: Mapping[str, Any]) -> None:
        """Read the page here, before anything is written: fetching it may take a while."""
        how, subject = cleaned["how"], self.published_by or self.party
        name = {ADDRESS: "url", FILE: "file", TEXT: "text"}[how]
        free_again = READ_OFTEN.take(str(self.user.pk))
        if free_again is not None:
            message = _("You have had many pages read. You can go on after %(moment)s.")
            self.add_error(None, message % {"moment": say.moment(free_again)})
            return
        try:
            if how == ADDRESS:
                self.read = read_address(cleaned["url"], subject=subject)
            elif how == FILE:
                file = cleaned["file"]
                self.read = read_file(file, name=file.name or "", subject=subject)
            else:
                self.read = read_text(cleaned["text"], subject=subject)
        except ValidationError as error:
            self.refusal = " ".join(error.messages)
            self.add_error(name, error)


# Deciding --------------------------------------------------------------------------------------------


class AcceptForm(DeskForm):
    """Who is meant, for each end of a fact that is in doubt."""

    def __init__(self, *args: Any, meant: Mapping[str, Meant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant = {f"who_{key}": one for key, one in meant.items() if is_asked(one)}
        for name, one in self.meant.items():
            self.fields[name] = forms.ChoiceField(
                label=_("Who is meant by “%(name)s”?") % {"name": one.end.named.written},
                choices=options_of(one),
                widget=forms.RadioSelect,
                initial=value_of(one.choice) if one.choice and (one.end.is_needed or one.is_certain) else "",
                required=one.end.is_needed,
                error_messages={"required": _("Choose who is meant.")},
            )

    @property
    def choices(self) -> dict[str, Choice | None]:
        """What was chosen, by the keys of the ends, as ``accept_fact`` takes it."""
        return {
            one.end.key: next((c for c in one.choices if value_of(c) == self.cleaned_data[name]), None)
            for name, one in self.meant.items()
        }


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
    """The facts that were listed, by their numbers."""

    numbers = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)

    def clean_numbers(self) -> list[int]:
        """The numbers, as numbers."""
        told = self.cleaned_data["numbers"].split()
        return [int(number) for number in told if number.isascii() and number.isdecimal() and len(number) < 6]  # noqa: PLR2004


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
        return {name: value for name, value in made.items() if value != getattr(self.fact, name)}


def _beforehand(one: Meant) -> Choice | Typed | None:
    """Who is chosen when the form is opened; of somebody unknown, the name to look for."""
    if one.choice is None:
        return Typed(query=one.end.named.name) if one.end.is_needed else None
    return one.choice if one.end.is_needed or one.is_certain else None


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
    for one in fields_of(fact):
        value = getattr(fact, one.name)
        made = _FIELDS[one.name]() if one.name in _FIELDS and value not in (None, "", ()) else None
        if one.name == "signed" and getattr(fact, "since", None):
            made = _FIELDS["signed"]()
        if one.name == "role" and value not in Category.values:
            made = None
        if made is not None:
            made.initial = _SIGNED[value] if one.name == "signed" else _shown(value)
            found[one.name] = made
    return _of_fields(fact, found)


def _of_fields(fact: Fact, found: dict[str, forms.Field]) -> dict[str, forms.Field]:
    """Of fields of cooperation, those that the page names."""
    field = found.get("fields")
    if isinstance(field, forms.MultipleChoiceField):
        known = fields_of_cooperation()
        field.choices = [(code, known[code].label) for code in getattr(fact, "fields") if code in known]  # noqa: B009
    return found


def _shown(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


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
