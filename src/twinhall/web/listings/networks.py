"""Networks and their members as machines read them."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from twinhall.reader.divisions import region_name
from twinhall.web.exports import chunks
from twinhall.web.listings.parties import IDENTIFIERS, PLACE, identified, identifiers_of
from twinhall.web.listings.shape import CHUNK, Addresses, Column, Listing, Row, joined, position, written
from twinhall.web.names import Names

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from twinhall.networks.models import Membership, Network


def network_rows(found: "QuerySet[Network]", _day: dt.date, site: str) -> Iterator[Row]:
    """The rows of networks; four queries for each thousand, five in another language than English."""
    pages = Addresses("web:network", site)
    for some in chunks(found.iterator(chunk_size=CHUNK), CHUNK):
        parties = [network.party for network in some]
        names, known = Names(parties), identifiers_of(parties)
        for network in some:
            party = network.party
            cells = [party.slug, party.name, names.text(party), party.language, party.country]
            cells += [written(network.founded), network.founded_place]
            cells += [joined([sector.code for sector in network.sectors.all()])]
            counted = [network.membership_count, party.website]  # type: ignore[attr-defined]
            yield Row([*cells, *counted, *identified(known.get(party.pk, {})), pages.of(party.slug)])


def member_rows(found: "QuerySet[Membership]", _day: dt.date, site: str) -> Iterator[Row]:
    """The rows of memberships with their status; one query for each thousand, two in another
    language than English.
    """
    pages = Addresses("web:party", site)
    for some in chunks(found.prefetch_related(None).iterator(chunk_size=CHUNK), CHUNK):
        names = Names(member.party for member in some)
        for member in some:
            party = member.party
            region = region_name(party.region) if party.region else ""
            cells = [party.slug, party.name, names.text(party), party.kind, party.country, party.region]
            yield Row(
                [
                    *cells,
                    region,
                    party.latitude,
                    party.longitude,
                    member.category,
                    member.number,
                    member.status,
                    written(member.since),
                    member.since_kind,
                    member.via.slug if member.via else "",
                    member.pair.slug if member.pair else "",
                    pages.of(party.slug),
                ],
                position(party.latitude, party.longitude),
            )


NETWORKS = Listing(
    name="networks",
    title=_("Networks"),
    about=_(
        "Networks and associations of cities, with what they are said to count and what this register holds "
        "of them."
    ),
    columns=(
        Column("slug", _("what its address ends in; it identifies the network here")),
        Column("name", _("its own name")),
        Column("label", _("its name in the language of the file, as the pages show it")),
        Column("language", _("language of its own name, by its code of BCP 47")),
        Column("country", _("country, by its code of ISO 3166-1")),
        Column("founded", _("when it was founded, as exact as it is known")),
        Column("founded_place", _("where it was founded")),
        Column("sectors", _("its sectors, by their codes"), is_set=True),
        Column("memberships", _("memberships in this register"), "integer"),
        Column("website", _("its own web site"), "anyURI"),
        *IDENTIFIERS,
        Column("url", _("its page here"), "anyURI"),
    ),
    rows=network_rows,
)
MEMBERS = Listing(
    name="members",
    title=_("Members"),
    about=_("The members of a network, past ones too, with their status on any day."),
    columns=(
        Column("slug", _("what its address ends in; it identifies the party here")),
        Column("name", _("its own name")),
        Column("label", _("its name in the language of the file, as the pages show it")),
        Column("kind", _("municipality, district, region …")),
        *PLACE,
        Column("category", _("member, founding member, observer …")),
        Column("number", _("running number in the network's own list"), "integer"),
        Column("status", _("its status on the day of the file: member, former …")),
        Column("since", _("the day of the admission, else of the first dated act; as exact as it is known")),
        Column("since_kind", _("which act that is: admitted, applied …")),
        Column("via", _("the party through which it is a member")),
        Column("pair", _("the tie with which it is a member, as in partnerships.csv")),
        Column("url", _("its page here"), "anyURI"),
    ),
    rows=member_rows,
    suffixes=("csv", "geojson", "xlsx"),
)
