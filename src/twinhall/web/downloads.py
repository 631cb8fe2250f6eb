"""The files of a list, as its page leads to them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from twinhall.web.exports import XLSX
from twinhall.web.geojson import MEDIA_TYPE
from twinhall.web.listings.shape import LARGEST, Listing

LABELS = {"csv": "CSV", "geojson": "GeoJSON", "xlsx": "XLSX"}
TYPES = {"csv": "text/csv", "geojson": MEDIA_TYPE, "xlsx": XLSX}


@dataclass(frozen=True)
class Download:
    """A file of a list: ``href`` keeps what the page asks for, ``whole`` is the list without any filter."""

    label: str
    media_type: str
    href: str
    whole: str


def downloads(
    request: HttpRequest, listing: Listing, route: str, count: int, *, slug: str = ""
) -> list[Download]:
    """The files that a list of so many records is given in.

    ``route`` names their address, ``slug`` whose list it is. A list may be too long for a spreadsheet.
    """
    query = request.GET.copy()
    query.pop("page", None)
    where = {"slug": slug} if slug else {}
    return [
        Download(
            label=LABELS[suffix],
            media_type=TYPES[suffix],
            href=reverse(route, kwargs={**where, "suffix": suffix}, query=query),
            whole=request.build_absolute_uri(reverse(route, kwargs={**where, "suffix": suffix})),
        )
        for suffix in listing.suffixes
        if suffix != "xlsx" or count <= LARGEST
    ]
