"""The pages that search engines are told of: in parts, each page in every language with the others beside it.

No page says when it last changed: what it shows comes from many records, and a day that is not true is worse
than none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from twinhall.evidence.models import Source
from twinhall.meetings.queries import public_meetings
from twinhall.networks.models import Network
from twinhall.parties.models import PartyKind
from twinhall.parties.queries import party_list
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Project
from twinhall.web.listings.shape import Addresses

if TYPE_CHECKING:
    from django.contrib.sites.models import Site
    from django.contrib.sites.requests import RequestSite

    _Sitemap = Sitemap[Any]
else:
    _Sitemap = Sitemap  # generic for the checker alone

LANGUAGES = [code for code, _name in settings.LANGUAGES]
RECORDS = 2000
"""So many records stand in one part: in four languages 8,000 addresses, of the 50,000 that may be."""
PAGES = (
    "home",
    "parties",
    "partnerships",
    "networks",
    "projects",
    "meetings",
    "sources",
    "disagreements",
    "privacy",
    "accessibility",
)


class Pages(_Sitemap):
    """Pages that are there whatever the register holds."""

    limit = RECORDS

    def items(self) -> "Sequence[str] | QuerySet[Any, str]":
        return PAGES

    def addresses(self, items: Iterable[str]) -> Iterator[dict[str, str]]:
        """The address of each item in each language, by language."""
        for name in items:
            yield {code: _reversed(f"web:{name}", code) for code in LANGUAGES}

    def get_urls(
        self, page: int | str = 1, site: "Site | RequestSite | None" = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """The entries of one part."""
        found = self.addresses(self.paginator.page(page).object_list)
        start = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        return [entry for paths in found for entry in _entries(start, paths)]


class Records(Pages):
    """The pages of the records of one kind: their slugs alone are asked for, part by part."""

    def __init__(self, route: str, found: "QuerySet[Any]", column: str = "slug") -> None:
        self.route, self.found, self.column = route, found, column

    def items(self) -> "QuerySet[Any, str]":
        return self.found.order_by("pk").values_list(self.column, flat=True)

    def addresses(self, items: Iterable[str]) -> Iterator[dict[str, str]]:
        pages = {}
        for code in LANGUAGES:
            with translation.override(code):
                pages[code] = Addresses(self.route)
        for slug in items:
            yield {code: page.of(slug) for code, page in pages.items()}


def _reversed(route: str, language: str) -> str:
    with translation.override(language):
        return reverse(route)


def _entries(start: str, paths: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """An entry for each language of one page, all with the same alternates."""
    absolute = {code: f"{start}{path}" for code, path in paths.items()}
    alternates = [{"lang_code": code, "location": location} for code, location in absolute.items()]
    for location in absolute.values():
        yield {"location": location, "alternates": alternates}


def sections() -> "dict[str, type[Sitemap[Any]] | Sitemap[Any]]":
    """The parts of the map of the site. A network's party has its page among the networks."""
    parties = party_list(kinds=PartyKind.values).filter(network__isnull=True)
    networks = Network.objects.filter(party__withdrawn_at__isnull=True)
    return {
        "pages": Pages(),
        "parties": Records("web:party", parties),
        "partnerships": Records("web:partnership", Partnership.objects.standing()),
        "networks": Records("web:network", networks, "party__slug"),
        "projects": Records("web:project", Project.objects.standing()),
        "meetings": Records("web:meeting", public_meetings()),
        "sources": Records("web:source", Source.objects.all(), "pk"),
    }
