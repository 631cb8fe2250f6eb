"""What the filters of all lists have in common: choices read once, regions, and taking filters off."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import country_name
from twinhall.core.text import alphabetical
from twinhall.parties.queries import regions_of_parties
from twinhall.reader.divisions import region_name, regions_of
from twinhall.web.worked_out import worked_out

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words: TypeAlias = "StrOrPromise"
Pairs: TypeAlias = Sequence[tuple[str, Words]]
Choices: TypeAlias = Pairs | Callable[[], Pairs]


class _Select(forms.Select):
    """Writes its options itself: Django reads a template for each, which adds up for all countries."""

    offered: Pairs = ()

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: object = None,  # noqa: ARG002 - as Django calls it
    ) -> SafeString:
        """The same as Django's, for choices without groups."""
        chosen = self.format_value(value)
        options = [_option(value, str(label), value in chosen) for value, label in self.offered]
        told = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>\n{}\n</select>", told, mark_safe("\n".join(options)))  # noqa: S308


@lru_cache(maxsize=10_000)
def _option(value: str, label: str, is_chosen: bool) -> str:  # noqa: FBT001 - of a cache
    """An option in HTML; there are hundreds on a page, and most lists offer the same."""
    selected = " selected" if is_chosen else ""
    return f'<option value="{escape(value)}"{selected}>{escape(label)}</option>'


class Choice(forms.ChoiceField):
    """A choice that may be left open."""

    widget = _Select
    default_error_messages = {"invalid_choice": _("“%(value)s” cannot be chosen here.")}

    def __init__(self, label: Words, choices: Choices, any_label: Words) -> None:
        self.any_label = any_label
        self.source = choices
        self.offered: Pairs = ()
        super().__init__(label=label, required=False)

    def offer(self, pairs: Pairs) -> None:
        """Offer these, and that it is left open. Django would look through them, once for each request."""
        self.offered = [("", self.any_label), *pairs]
        cast("_Select", self.widget).offered = self.offered

    def valid_value(self, value: str) -> bool:
        """Whether it is offered."""
        return any(value == known for known, _label in self.offered)

    def text(self, value: str) -> str:
        """What a value is called."""
        return str(dict(self.offered).get(value, value))


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, with the address of the list without it."""

    label: str
    text: str
    href: str


class Filters(forms.Form):
    """The filters of a list, from its address. Where one asks what cannot be, the whole is refused.

    A region can be chosen where its country is: without it the form has no such field. One that is left
    from another country is dropped.
    """

    places: ClassVar[Sequence[tuple[str, str]]] = ()
    """Which fields are countries, each with the field of its regions."""
    more: ClassVar[Sequence[str]] = ()
    """Which fields are folded while none of them is set."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data if data is None else _consistent(data, self.places), *args, **kwargs)
        self._offer_choices()
        for country, region in self.places:
            self._offer_regions(region, self.data.get(country, ""), self.data.get(region, ""))

    def _offer_choices(self) -> None:
        """Read each list of choices once, however many fields offer it."""
        read: dict[Callable[[], Pairs], Pairs] = {}
        for field in self.fields.values():
            if not isinstance(field, Choice):
                continue
            source = field.source
            if callable(source) and source not in read:
                read[source] = source()
            field.offer(read[source] if callable(source) else source)

    def _offer_regions(self, name: str, country: str, asked: str) -> None:
        known = regions_of(country)
        listed = _regions(country) if known else []
        codes = {*listed, *({asked} & known.keys())}
        field = self.fields[name]
        if isinstance(field, Choice) and (codes or asked):
            named = sorted(((c, region_name(c)) for c in codes), key=lambda pair: alphabetical(pair[1]))
            field.offer(named)
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Every filter has a value; that of one without a field is empty."""
        return {name: self.cleaned_data.get(name, "") or "" for name in self.base_fields}

    @property
    def is_set(self) -> dict[str, Any]:
        """The filters that narrow the list, with their values."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def has_more_set(self) -> bool:
        """Whether one of the folded filters narrows the list."""
        return any(name in self.is_set for name in self.more)

    def text(self, name: str) -> str:
        """What the value of a filter is called."""
        field, value = self.fields[name], str(self.cleaned_data[name])
        return field.text(value) if isinstance(field, Choice) else value

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters that are set, each with the address without it; a country goes with its region."""
        return [
            Chip(str(self.fields[name].label), self.text(name), self._without(name))
            for name in self.is_set
            if name in self.fields
        ]

    def _without(self, name: str) -> str:
        query = cast("QueryDict", self.data).copy()
        for gone in (name, *(region for country, region in self.places if country == name), "page"):
            query.pop(gone, None)
        for key in [key for key, value in query.items() if not value]:
            del query[key]
        return f"?{query.urlencode()}"


def _regions(country: str) -> list[str]:
    """The regions of a country that have listed parties: asked for once for each state of the register."""
    return worked_out(f"regions:{country}", lambda: [*regions_of_parties(country)], cache="pages")


def _consistent(data: QueryDict, places: Iterable[tuple[str, str]]) -> QueryDict:
    """What was asked, with the country of each region; a region of another country than asked is dropped."""
    asked = data.copy()
    for country, region in places:
        owner = asked.get(region, "").partition(".")[0]
        if owner and not asked.get(country):
            asked[country] = owner
        elif owner and owner != asked[country]:
            del asked[region]
    return asked


def by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries with their names in the reader's language, in its alphabetical order."""
    named = ((code, country_name(code)) for code in codes)
    return sorted(named, key=lambda pair: alphabetical(pair[1]))
