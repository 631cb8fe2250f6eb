"""Ties as machines read them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from twinhall.partnerships.models import Partnership, Signatory
from twinhall.web.exports import Cell, chunks
from twinhall.web.listings.shape import (
    CHUNK,
    Addresses,
    Column,
    Listing,
    Position,
    Row,
    joined,
    position,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

COLUMNS = ("pk", "slug", "kind", "status", "since_kind", "source_count")
SINCE = Cast("since", CharField())
"""A date as it is kept, which is how it is written: there are as many to read as there are ties."""
SIDES = 2
"""So many parties of a tie have columns of their own; further ones share a cell."""


class Side(NamedTuple):
    """A signatory, with what a row says of it."""

    slug: str
    name: str
    country: str
    region: str
    latitude: float | None
    longitude: float | None

    @property
    def cells(self) -> list[Cell]:
        """Its columns."""
        return [self.slug, self.name, self.country, self.region]

    @property
    def place(self) -> list[Position]:
        """Where it lies, if that is known."""
        return position(self.latitude, self.longitude)


NOBODY: Sequence[Cell] = ("", "", "", "")


def rows(found: "QuerySet[Partnership]", _day: dt.date, site: str) -> Iterator[Row]:
    """The rows of ties with their status; two queries for each thousand."""
    pages = Addresses("web:partnership", site)
    plain = found.prefetch_related(None).values_list(*COLUMNS, SINCE)
    for some in chunks(plain.iterator(chunk_size=CHUNK), CHUNK):
        ties = [row[0] for row in some]
        sides, fields = sides_of(ties), fields_of(ties)
        for pk, slug, kind, status, since_kind, sources, since in some:
            parties = sides.get(pk, [])
            cells: list[Cell] = [slug, kind, status, since or "", since_kind, len(parties)]
            cells += [*_columns(parties), joined(fields.get(pk, [])), sources, pages.of(slug)]
            yield Row(cells, [place for side in parties for place in side.place])


def _columns(parties: Sequence[Side]) -> list[Cell]:
    """The first two parties column by column; those after them by their addresses."""
    cells = [cell for side in parties[:SIDES] for cell in side.cells]
    cells += [cell for _missing in range(SIDES - len(parties)) for cell in NOBODY]
    return [*cells, joined([side.slug for side in parties[SIDES:]])]


def sides_of(ties: Sequence[int]) -> Mapping[int, list[Side]]:
    """The signatories of ties, by address; one query."""
    columns = (f"party__{name}" for name in Side._fields)
    found: dict[int, list[Side]] = defaultdict(list)
    signed = Signatory.objects.filter(partnership__in=ties).order_by("party__slug")
    for tie, *side in signed.values_list("partnership", *columns):
        found[tie].append(Side(*side))
    return found


def fields_of(ties: Sequence[int]) -> Mapping[int, list[str]]:
    """The fields of cooperation of ties, by their codes; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    named = Partnership.fields.through.objects.filter(partnership__in=ties).order_by("cooperationfield")
    for tie, field in named.values_list("partnership_id", "cooperationfield_id"):
        found[tie].append(field)
    return found


def _side(number: int) -> list[Column]:
    return [
        Column(f"party_{number}", _("a party to the tie: what its address ends in, as in parties.csv")),
        Column(f"party_{number}_name", _("its own name")),
        Column(f"party_{number}_country", _("its country, by its code of ISO 3166-1")),
        Column(f"party_{number}_region", _("its first-level division, by its code of GeoNames")),
    ]


PARTNERSHIPS = Listing(
    name="partnerships",
    title=_("Partnerships"),
    about=_("Twinnings, cooperation agreements, city twins and other ties, with their status on any day."),
    columns=(
        Column("slug", _("what its address ends in; it identifies the tie here")),
        Column("kind", _("twinning, cooperation agreement …")),
        Column("status", _("its status on the day of the file: in force, ended …")),
        Column("since", _("the day of the signing, else of the first dated act; as exact as it is known")),
        Column("since_kind", _("which act that is: signed, begun …")),
        Column("parties", _("how many parties the tie has"), "integer"),
        *_side(1),
        *_side(2),
        Column("more_parties", _("the third party and further ones"), is_set=True),
        Column("fields", _("fields of cooperation, by their codes"), is_set=True),
        Column("sources", _("how many sources name the tie"), "integer"),
        Column("url", _("its page here"), "anyURI"),
    ),
    rows=rows,
    suffixes=("csv", "geojson", "xlsx"),
)
