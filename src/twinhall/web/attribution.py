"""Whose the facts of a file are: what a machine is told beside them."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.web.listings.shape import Listing

NAME = "Twinhall"


def publisher() -> str:
    """Who publishes the register: the operator, where one has named itself."""
    return str(settings.OPERATOR) or NAME


def sources_address(request: HttpRequest) -> str:
    """The page that names every source, with its licence where it states one."""
    return request.build_absolute_uri(reverse("web:sources"))


def licence() -> str:
    """Under what the facts may be used: there is no one licence for all of them."""
    return _("Every fact comes from a source with a licence of its own: the page of sources names them.")


def attribution(request: HttpRequest) -> str:
    """How to name where a file comes from."""
    words = {"publisher": publisher(), "site": request.build_absolute_uri("/"), "licence": licence()}
    return _("%(publisher)s, %(site)s. %(licence)s") % words


def metadata(request: HttpRequest, listing: Listing, day: dt.date) -> Mapping[str, object]:
    """What a file says of itself: its list, the day that it tells of, its language, whose its facts are."""
    return {
        "title": str(listing.title),
        "about": str(listing.about),
        "as_of": day.isoformat(),
        "language": get_language(),
        "attribution": attribution(request),
        "sources": sources_address(request),
        "address": request.build_absolute_uri(),
    }
