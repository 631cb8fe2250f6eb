"""Cities and regions as machines read them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from twinhall.parties.models import IDENTIFIER_SCHEMES, Identifier, Party
from twinhall.partnerships.queries import ties_in_force
from twinhall.reader.divisions import region_name
from twinhall.web.exports import Cell, chunks
from twinhall.web.listings.shape import CHUNK, Addresses, Column, Listing, Row, joined, position, written
from twinhall.web.names import Names

if TYPE_CHECKING:
    from django.db.models import QuerySet

SCHEMES = tuple(IDENTIFIER_SCHEMES)


def rows(found: "QuerySet[Party]", day: dt.date, site: str) -> Iterator[Row]:
    """The rows of parties; four queries for each thousand, five in another language than English."""
    pages = Addresses("web:party", site)
    for some in chunks(found.iterator(chunk_size=CHUNK), CHUNK):
        names, ties, known = Names(some), ties_in_force(some, day), identifiers_of(some)
        for party in some:
            cells = [*_own(party, names), *identified(known.get(party.pk, {})), ties.get(party.pk, 0)]
            yield Row([*cells, pages.of(party.slug)], position(party.latitude, party.longitude))


def _own(party: Party, names: Names) -> list[Cell]:
    return [
        party.slug,
        party.name,
        names.text(party),
        party.language,
        party.kind,
        party.country,
        party.region,
        region_name(party.region) if party.region else "",
        party.latitude,
        party.longitude,
        party.population,
        written(party.population_year),
        party.website,
    ]


def identifiers_of(parties: Iterable[Party]) -> Mapping[int, Mapping[str, list[str]]]:
    """What registers elsewhere call parties: by primary key, then by scheme; one query."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    known = Identifier.objects.filter(party__in=[party.pk for party in parties]).order_by("value")
    for party, scheme, value in known.values_list("party", "scheme", "value"):
        found[party][scheme].append(value)
    return found


def identified(known: Mapping[str, list[str]]) -> list[Cell]:
    """A cell for each scheme of identifiers."""
    return [joined(known.get(scheme, [])) for scheme in SCHEMES]


IDENTIFIERS = [
    Column(scheme, _("its identifier in the scheme of this name; there may be several"), is_set=True)
    for scheme in SCHEMES
]
PLACE = (
    Column("country", _("country, by its code of ISO 3166-1")),
    Column("region", _("first-level division, by its code of GeoNames")),
    Column("region_name", _("what GeoNames calls the division")),
    Column("latitude", _("degrees north of the equator, WGS 84"), "number"),
    Column("longitude", _("degrees east of Greenwich, WGS 84"), "number"),
)
PARTIES = Listing(
    name="parties",
    title=_("Cities and regions"),
    about=_(
        "The towns, districts and regions in the register, with how many partnerships each has in force."
    ),
    columns=(
        Column("slug", _("what its address ends in; it identifies the party here")),
        Column("name", _("its own name")),
        Column("label", _("its name in the language of the file, as the pages show it")),
        Column("language", _("language of its own name, by its code of BCP 47")),
        Column("kind", _("municipality, district, region …")),
        *PLACE,
        Column("population", _("inhabitants"), "integer"),
        Column("population_year", _("year of that number")),
        Column("website", _("its own web site"), "anyURI"),
        *IDENTIFIERS,
        Column("partnerships", _("partnerships in force on the day of the file"), "integer"),
        Column("url", _("its page here"), "anyURI"),
    ),
    rows=rows,
    suffixes=("csv", "geojson", "xlsx"),
)
