"""The filters of the lists. Each is an address; what cannot be chosen is refused with a word."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from twinhall.core.text import alphabetical
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.networks.narrowing import network_parties
from twinhall.parties.models import Party, PartyKind
from twinhall.parties.queries import LISTED, countries_of_parties
from twinhall.partnerships.models import PartnershipKind, Status
from twinhall.projects.queries import countries_of_partners, programmes_with_projects
from twinhall.web.environment import today
from twinhall.web.forms.filtering import Choice, Filters, Words, by_name
from twinhall.web.names import Names
from twinhall.web.worked_out import worked_out

FIRST_DECADE = 1900
"""The first that is offered; any other can be asked for by its address."""
MOST_SOURCES = 99
LONGEST = 200
_A_DECADE = re.compile(r"[0-9]{3}0")


def _countries() -> list[tuple[str, str]]:
    return _told("countries", lambda: by_name(countries_of_parties()))


def _countries_of_partners() -> list[tuple[str, str]]:
    return by_name(countries_of_partners())


def _fields() -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in fields_of_cooperation().values()]


def _programmes() -> list[tuple[str, str]]:
    return [(programme.slug, str(programme)) for programme in programmes_with_projects()]


def _networks() -> list[tuple[str, str]]:
    return _told("networks", _networks_by_name)


def _told(name: str, make: Callable[[], list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What most lists offer, in the language of the request: made once for each state of the register."""
    return worked_out(f"{name}:{get_language()}", make, cache="pages")


def _networks_by_name() -> list[tuple[str, str]]:
    parties = network_parties()
    names = Names(parties)
    return sorted(((p.slug, names.text(p)) for p in parties), key=lambda pair: alphabetical(pair[1]))


def _decades() -> list[tuple[str, str]]:
    """The last first."""
    last = today().year // 10 * 10
    return [(str(year), decade(str(year))) for year in range(last, FIRST_DECADE - 1, -10)]


def decade(year: str) -> str:
    """What a decade is called by its first year: “1990s”."""
    return gettext("%(year)ss") % {"year": year}


class _Decade(Choice):
    """A decade by its first year; one that is not offered can be asked for all the same."""

    def valid_value(self, value: str) -> bool:
        """Any decade that is written with four digits."""
        return _A_DECADE.fullmatch(value) is not None

    def text(self, value: str) -> str:
        """“1990s”."""
        return decade(value)


class _AtLeast(forms.IntegerField):
    """A number of sources that it takes at least."""

    default_error_messages = {"invalid": _("Write the number of sources in digits.")}

    def __init__(self, label: Words) -> None:
        super().__init__(label=label, required=False, min_value=1, max_value=MOST_SOURCES)
        self.widget.attrs["inputmode"] = "numeric"


class PartyBasics(Filters):
    """What every list of parties can be narrowed by."""

    country = Choice(_("Country"), _countries, _("all countries"))
    region = Choice(_("Region"), (), _("all regions"))
    kind = Choice(_("Kind"), [(k, PartyKind(k).label) for k in LISTED], _("all kinds"))

    places = (("country", "region"),)


class PartyFilters(PartyBasics):
    """What the public list of cities and regions can be narrowed by."""

    q = forms.CharField(label=_("Name"), required=False, max_length=LONGEST)
    network = Choice(_("Member of"), _networks, _("any network or none"))

    field_order = ("q", "country", "region", "kind", "network")


class PartnershipFilters(Filters):
    """What lists of ties can be narrowed by; the names are those of ``partnership_list``.

    ``country`` and ``region`` are those of one side, the partner's those of another. ``party`` is the address
    of a side: no field is shown for it, but what is asked is kept.
    """

    country = Choice(_("Country"), _countries, _("all countries"))
    region = Choice(_("Region"), (), _("all regions"))
    partner_country = Choice(_("Partner’s country"), _countries, _("all countries"))
    partner_region = Choice(_("Partner’s region"), (), _("all regions"))
    status = Choice(_("Status"), Status.choices, _("all"))
    kind = Choice(_("Kind"), PartnershipKind.choices, _("all kinds"))
    field = Choice(_("Field"), _fields, _("all fields"))
    decade = _Decade(_("Begun in"), _decades, _("any decade"))
    network = Choice(_("A side in the network"), _networks, _("any network or none"))
    sources = _AtLeast(_("Sources, at least"))
    party = forms.SlugField(label=_("Party"), required=False, widget=forms.HiddenInput)

    places = (("country", "region"), ("partner_country", "partner_region"))
    more = ("kind", "field", "decade", "network", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("party"):
            del self.fields["party"]

    def clean_party(self) -> str:
        """The address of a party that is there."""
        slug = str(self.cleaned_data["party"])
        self.side = Party.objects.standing().filter(slug=slug).first()
        if slug and self.side is None:
            raise ValidationError(_("There is no party with the address “%(slug)s”.") % {"slug": slug})
        return slug

    def text(self, name: str) -> str:
        """What the value of a filter is called; a party by its name."""
        return self._side_name if name == "party" else super().text(name)

    @cached_property
    def _side_name(self) -> str:
        return Names([self.side]).text(self.side) if self.side else ""


class NetworkFilters(Filters):
    field = Choice(_("Sector"), _fields, _("all sectors"))


class ProjectFilters(Filters):
    country = Choice(_("Country"), _countries_of_partners, _("all countries"))
    programme = Choice(_("Programme"), _programmes, _("all programmes"))
