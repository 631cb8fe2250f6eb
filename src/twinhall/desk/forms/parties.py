"""Choosing a party in a form: a name is typed, and one of what is found is taken.

It works in two steps, without JavaScript. A name is typed and "Find" pressed; the form comes back, as it was
typed, with what was found as radio buttons; one of them is the value.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from twinhall.accounts.models import User
from twinhall.core.languages import Text
from twinhall.desk.finding import Found, Scope
from twinhall.exchange.gazetteer import add_from_gazetteer
from twinhall.exchange.readings.ends import Choice, value_of
from twinhall.parties.likeness import Likeness, look_alikes_of
from twinhall.parties.models import Party, PartyKind
from twinhall.reader.gazetteer import Place
from twinhall.web import say
from twinhall.web.names import Names

Within = Literal["everywhere", "register"]

LONGEST = 200
NONE = "none"
"""The option of a field that may stay empty."""


def resolve(choice: Choice, *, by: User) -> Party:
    """The party that was chosen; a town of the gazetteer becomes one. Raises ValidationError."""
    return choice if isinstance(choice, Party) else add_from_gazetteer(choice, by=by)


@dataclass(frozen=True)
class Typed:
    """What the form holds: a name that was typed, one of the options, and whether "Find" was pressed."""

    query: str = ""
    choice: str = ""
    asked: bool = False

    @classmethod
    def of(cls, value: "Typed | Choice | str | None") -> "Typed":
        """Of whatever a field may be filled with."""
        if isinstance(value, Typed):
            return value
        return cls(choice=value_of(value) if isinstance(value, Party | Place) else value or "")


@dataclass(frozen=True)
class Option:
    """A radio button: what is chosen, and in one line what tells it from its namesakes."""

    value: str
    name: Text
    details: str
    warning: str = ""


def _details(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _inhabitants(number: int | None) -> str:
    if number is None:
        return ""
    words = ngettext("%(number)s inhabitant", "%(number)s inhabitants", number)
    return words % {"number": say.number(number)}


def _found_as(text: str, *shown: str) -> str:
    return _("found as %(name)s") % {"name": text} if text and text not in shown else ""


def party_options(parties: Mapping[Party, str]) -> list[Option]:
    """Parties of the register, each with the spelling it was found by; two queries."""
    names = Names(parties)
    return [_party_option(party, names.of(party), text) for party, text in parties.items()]


def _party_option(party: Party, name: Text, found_by: str) -> Option:
    own = str(party) if str(party) != name.text else ""
    details = _details(
        own,
        str(party.get_kind_display()),
        say.country(party.country) if party.country else "",
        _inhabitants(party.population),
        _found_as(found_by, name.text, own),
    )
    return Option(value_of(party), Text(name.text, "" if name.language == "und" else name.language), details)


def town_options(towns: Sequence[Place]) -> list[Option]:
    """Towns that the register does not have, each with a word on the parties it looks like; four queries."""
    alike = look_alikes_of(
        [Likeness(name=t.name, country=t.country, latitude=t.latitude, longitude=t.longitude) for t in towns]
    )
    return [_town_option(town, parties) for town, parties in zip(towns, alike, strict=True)]


def _town_option(town: Place, alike: Sequence[Party]) -> Option:
    details = _details(
        say.country(town.country),
        town.region,
        _inhabitants(town.population),
        _found_as(town.matched, town.name),
    )
    return Option(value_of(town), Text(town.name, ""), details, _warning(alike))


def _warning(alike: Sequence[Party]) -> str:
    if not alike:
        return ""
    parties = say.listed(f"{party} ({party.get_kind_display()})" for party in alike)
    return _("Looks like %(parties)s, in the register already.") % {"parties": parties}


class PartySearch(forms.Widget):
    """A field for a name, the button that finds, and a radio button for each answer."""

    template_name = "desk/widgets/party.html"
    use_fieldset = True

    def __init__(self, scope: Scope, offered: Sequence[Choice] | None = None) -> None:
        super().__init__()
        self.scope, self.offered = scope, offered

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> Typed:  # noqa: ARG002
        return Typed(
            query=str(data.get(f"{name}_q") or "").strip()[:LONGEST],
            choice=str(data.get(name) or "")[:LONGEST],
            asked=data.get("find") == name,
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:  # noqa: ARG002
        return name not in data and f"{name}_q" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401
        context = super().get_context(name, value, attrs)
        typed = Typed.of(value)
        found = self._shown(typed)
        values = [value_of(choice) for choice in found.choices]
        is_guess = self.offered is not None and not typed.asked
        chosen = _chosen(typed, values, has_one=not is_guess)
        context["widget"] |= {
            "value": typed.query,
            "longest": LONGEST,
            "label": _("Its name, or the beginning of it, in any language or script"),
            "find": _("Find"),
            "groups": _groups(found),
            "none": "" if self.is_required or not values else _("None of these"),
            "none_value": NONE,
            "chosen": chosen,
            "focus": (chosen or next(iter(values), "q")) if typed.asked else "",
            "hints": _hints(found, has_towns=self.scope.has_towns) if typed.query else [],
            "by_hand": _by_hand() if typed.query and self.scope.has_towns else None,
        }
        return context

    def _shown(self, typed: Typed) -> Found:
        """What was found; without a search, what is offered and what is chosen already."""
        if typed.query:
            return self.scope.search(typed.query)
        chosen = self.scope.get(typed.choice)
        shown = {value_of(one): one for one in (*(self.offered or ()), *([chosen] if chosen else []))}
        parties = [one for one in shown.values() if isinstance(one, Party) and self.scope.takes(one)]
        towns = [one for one in shown.values() if isinstance(one, Place)]
        return Found(dict.fromkeys(parties, ""), towns)


def _chosen(typed: Typed, values: Sequence[str], *, has_one: bool) -> str:
    """The option that is marked: the one chosen, or, ``has_one``, the only one there is."""
    if typed.choice in (*values, NONE):
        return typed.choice
    return values[0] if has_one and len(values) == 1 else ""


def _groups(found: Found) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = [
        {"key": "parties", "title": _("In the register"), "options": party_options(found.parties)},
        {
            "key": "towns",
            "title": _("Towns that are not in the register yet"),
            "options": town_options(found.towns),
        },
    ]
    return [group for group in groups if group["options"]]


def _hints(found: Found, *, has_towns: bool) -> list[str]:
    if found.is_cut:
        return [_("Only the first are shown. Type more of the name to narrow them down.")]
    if found.choices:
        return []
    nobody = _("No party in the register is called so.")
    if has_towns:
        nobody = _("No party in the register is called so, and no town of 500 inhabitants or more.")
    return [nobody, _("Try its name as it is spelt there, or the beginning of another of its names.")]


def _by_hand() -> dict[str, str]:
    return {
        "text": _("Not there? Add it by hand in a new tab, then find it here."),
        "href": reverse("desk:party-add"),
    }


class PartyChoice(forms.Field):
    """A party of the register, or a town that may become one: a ``Choice``, for ``resolve``.

    ``within="register"`` leaves the towns out; ``kinds`` narrows to kinds of party. May be filled with a
    Party, a Place, or what ``value_of`` gives of them. A field that is not required may give None.
    ``offered`` are shown before a search; with them nobody is marked that nobody chose or looked for.
    """

    default_error_messages: ClassVar[Any] = {
        "choose": gettext_lazy("Choose which one you mean."),
        "find": gettext_lazy("Find it first: type its name and press “Find”."),
        "unknown": gettext_lazy("This cannot be chosen here. Find it by its name."),
        "withdrawn": gettext_lazy("“%(party)s” was withdrawn from the register. Choose another."),
    }

    def __init__(
        self,
        *,
        within: Within = "everywhere",
        kinds: Collection[str] = (),
        offered: Sequence[Choice] | None = None,
        **kwargs: Any,
    ) -> None:
        has_towns = within == "everywhere" and (not kinds or PartyKind.MUNICIPALITY in kinds)
        self.scope, self.offered = Scope(frozenset(kinds), has_towns), offered
        super().__init__(widget=PartySearch(self.scope, offered), **kwargs)

    def prepare_value(self, value: Any) -> Typed:  # noqa: ANN401 - whatever a form is filled with
        return Typed.of(value)

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401
        return Typed.of(initial).choice != Typed.of(data).choice

    def clean(self, value: Any) -> Choice | None:  # noqa: ANN401
        typed = Typed.of(value)
        if not self.required and (typed.choice == NONE or typed == Typed(asked=typed.asked)):
            return None
        found = self.scope.search(typed.query)
        if typed.choice in ("", NONE):
            is_shown = found.choices or (self.offered and not typed.query)
            raise self._error("choose" if is_shown else "find")
        chosen = self._get(typed.choice)
        if typed.query and value_of(chosen) not in map(value_of, found.choices):
            raise self._error("choose")  # the name was changed after the choice was made
        return chosen

    def _get(self, value: str) -> Choice:
        chosen = self.scope.get(value)
        if isinstance(chosen, Party) and chosen.withdrawn_at is not None:
            raise self._error("withdrawn", party=chosen)
        if chosen is None or (isinstance(chosen, Party) and not self.scope.takes(chosen)):
            raise self._error("unknown")
        return chosen

    def _error(self, code: str, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params or None)


def own_party(user: User, parties: Collection[int], *, label: str) -> forms.Field:
    """One of the parties that a person speaks for, given by their ids; who runs the register finds any."""
    if user.is_superuser:
        return PartyChoice(within="register", label=label)
    mine = Party.objects.standing().filter(pk__in=parties).order_by("slug")
    return forms.ModelChoiceField(mine, label=label, empty_label=None)
