"""What the columns of a file are, as CSV on the Web describes them (https://www.w3.org/TR/tabular-metadata/)."""

from django.http import HttpRequest
from django.utils.translation import get_language

from twinhall.web.attribution import attribution, publisher, sources_address
from twinhall.web.listings.shape import SEPARATOR, Column, Listing

MEDIA_TYPE = "application/csvm+json"
SUFFIX = "csv-metadata.json"
"""Where a reader looks for it: behind the address of the file (Model for Tabular Data, 5.3)."""


def description(request: HttpRequest, listing: Listing) -> dict[str, object]:
    """The file of a list and its columns; ``url`` is beside this description's own address."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": get_language()}],
        "url": f"{listing.name}.csv",
        "dc:title": str(listing.title),
        "dc:description": str(listing.about),
        "dc:publisher": publisher(),
        "dc:rights": attribution(request),
        "dc:source": {"@id": sources_address(request)},
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [_column(column) for column in listing.columns],
            "primaryKey": listing.columns[0].name,
        },
    }


def _column(column: Column) -> dict[str, object]:
    told: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "datatype": column.datatype,
        "dc:description": str(column.about),
    }
    return told | {"separator": SEPARATOR} if column.is_set else told
