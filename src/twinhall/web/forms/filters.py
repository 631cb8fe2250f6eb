"""The filters of the lists. Each is an address; what cannot be chosen is refused with a word."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import country_name
from twinhall.core.text import alphabetical
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.parties.models import PartyKind
from twinhall.parties.queries import LISTED, countries_of_parties
from twinhall.partnerships.models import PartnershipKind, Status
from twinhall.projects.queries import countries_of_partners, programmes_with_projects

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words: TypeAlias = "StrOrPromise"
Choices: TypeAlias = Sequence[tuple[str, Words]] | Callable[[], Sequence[tuple[str, Words]]]


class _Choice(forms.ChoiceField):
    """A choice that may be left open."""

    default_error_messages = {"invalid_choice": _("“%(value)s” cannot be chosen here.")}

    def __init__(self, label: Words, choices: Choices, any_label: Words) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=lambda: [("", any_label), *(choices() if callable(choices) else choices)],
        )


def _by_name(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries with their names in the reader's language, in its alphabetical order."""
    named = ((code, country_name(code)) for code in codes)
    return sorted(named, key=lambda pair: alphabetical(pair[1]))


def _countries() -> list[tuple[str, str]]:
    return _by_name(countries_of_parties())


def _countries_of_partners() -> list[tuple[str, str]]:
    return _by_name(countries_of_partners())


def _fields() -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in fields_of_cooperation().values()]


def _programmes() -> list[tuple[str, str]]:
    return [(programme.slug, str(programme)) for programme in programmes_with_projects()]


class PartyFilters(forms.Form):
    country = _Choice(_("Country"), _countries, _("all countries"))
    kind = _Choice(_("Kind"), [(k, PartyKind(k).label) for k in LISTED], _("all kinds"))


class PartnershipFilters(forms.Form):
    country = _Choice(_("Country"), _countries, _("all countries"))
    kind = _Choice(_("Kind"), PartnershipKind.choices, _("all kinds"))
    status = _Choice(_("Status"), Status.choices, _("all"))
    field = _Choice(_("Field"), _fields, _("all fields"))


class NetworkFilters(forms.Form):
    field = _Choice(_("Sector"), _fields, _("all sectors"))


class ProjectFilters(forms.Form):
    country = _Choice(_("Country"), _countries_of_partners, _("all countries"))
    programme = _Choice(_("Programme"), _programmes, _("all programmes"))
