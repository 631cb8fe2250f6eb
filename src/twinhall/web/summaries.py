"""What a list shows, in words: “412 partnerships in force on 21 November 2026 between Bavaria and Italy”.

A sentence is its subject and some clauses, one after the other; each is translated for itself.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twinhall.parties.models import PartyKind
from twinhall.partnerships.models import Status
from twinhall.web import say
from twinhall.web.forms.filtering import Filters
from twinhall.web.forms.filters import NetworkFilters, PartnershipFilters, PartyFilters, ProjectFilters


def _sentence(*clauses: str, aside: Iterable[str] = ()) -> str:
    """The clauses as one sentence; ``aside`` are further ones, each after a comma."""
    return ", ".join([" ".join(filter(None, clauses)), *filter(None, aside)])


def _clause(form: Filters, name: str, pattern: str) -> str:
    """A pattern with the value of a filter in the place of ``%(it)s``; empty if the filter is not set."""
    return pattern % {"it": form.text(name)} if name in form.is_set else ""


def _place(form: Filters, region: str, country: str) -> str:
    """The region, else the country; empty where neither is asked for."""
    return next((form.text(name) for name in (region, country) if name in form.is_set), "")


# Parties ---------------------------------------------------------------------------------------------


def parties(form: PartyFilters, count: int) -> str:
    """“71 municipalities in Bavaria that are members of Eurocities”."""
    place = _place(form, "region", "country")
    return _sentence(
        _parties(form.is_set.get("kind", ""), count),
        _("in %(place)s") % {"place": place} if place else "",
        "" if form.is_set else _("in the register"),
        aside=[
            _clause(form, "network", _("members of %(it)s")),
            _clause(form, "q", _("called “%(it)s”")),
        ],
    )


def _parties(kind: str, count: int) -> str:
    said = {"count": say.number(count)}
    if kind == PartyKind.MUNICIPALITY:
        return ngettext("%(count)s municipality", "%(count)s municipalities", count) % said
    if kind == PartyKind.DISTRICT:
        return ngettext("%(count)s district", "%(count)s districts", count) % said
    if kind == PartyKind.REGION:
        return ngettext("%(count)s region", "%(count)s regions", count) % said
    return ngettext("%(count)s town or region", "%(count)s towns and regions", count) % said


# Ties ------------------------------------------------------------------------------------------------


def partnerships(form: PartnershipFilters, count: int, day: dt.date) -> str:
    """“412 partnerships in force on 21 November 2026 between Bavaria and Italy”."""
    return _sentence(
        ngettext("%(count)s partnership", "%(count)s partnerships", count) % {"count": say.number(count)},
        _clause(form, "kind", _("of the kind “%(it)s”")),
        "" if _places(form) else _clause(form, "party", _("of %(it)s")),
        _status(form, day),
        _between(form),
        aside=[
            _clause(form, "field", _("in the field “%(it)s”")),
            _clause(form, "decade", _("begun in the %(it)s")),
            _clause(form, "network", _("with a member of %(it)s")),
            _sources(form),
        ],
    )


def _status(form: PartnershipFilters, day: dt.date) -> str:
    said = {"day": say.date(day), "status": form.text("status") if "status" in form.is_set else ""}
    match form.is_set.get("status", ""):
        case "":
            return ""
        case Status.IN_FORCE:
            return _("in force on %(day)s") % said
        case Status.ENDED:
            return _("ended by %(day)s") % said
        case Status.UNKNOWN:
            return _("of unknown status on %(day)s") % said
        case _other:
            return _("%(status)s on %(day)s") % said


def _between(form: PartnershipFilters) -> str:
    """Where the sides lie; a party is one of them, and is named here only beside another."""
    party = form.text("party") if "party" in form.is_set else ""
    match ([party] if party else []) + (places := _places(form)):
        case [_one, one, other]:
            return _("of %(party)s, between %(one)s and %(other)s") % {
                "party": party,
                "one": one,
                "other": other,
            }
        case [one, other]:
            return _("between %(one)s and %(other)s") % {"one": one, "other": other}
        case _fewer:
            return _("with a side in %(place)s") % {"place": places[0]} if places else ""


def _places(form: PartnershipFilters) -> list[str]:
    """The region or country of each side that is asked for."""
    places = (_place(form, "region", "country"), _place(form, "partner_region", "partner_country"))
    return [place for place in places if place]


def _sources(form: PartnershipFilters) -> str:
    least = form.is_set.get("sources", 0)
    if not least:
        return ""
    said = ngettext("said by at least %(count)s source", "said by at least %(count)s sources", least)
    return said % {"count": say.number(least)}


# Networks and projects -------------------------------------------------------------------------------


def networks(form: NetworkFilters, count: int) -> str:
    """“17 networks in the sector “culture””."""
    counted = ngettext("%(count)s network", "%(count)s networks", count) % {"count": say.number(count)}
    return _sentence(counted, _clause(form, "field", _("in the sector “%(it)s”")))


def projects(form: ProjectFilters, count: int, day: dt.date | None) -> str:
    """“26 projects with partners in Latvia, running on 1 May 2012”."""
    return _sentence(
        ngettext("%(count)s project", "%(count)s projects", count) % {"count": say.number(count)},
        _clause(form, "programme", _("of the programme %(it)s")),
        _clause(form, "country", _("with partners in %(it)s")),
        aside=[_("running on %(day)s") % {"day": say.date(day)} if day else ""],
    )
