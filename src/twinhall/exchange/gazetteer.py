"""Towns of the gazetteer that become parties of the register when somebody takes them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.evidence.models import Source, SourceKind
from twinhall.finder.actions import index_records
from twinhall.parties.actions import PartyDraft, add_party
from twinhall.parties.models import Identifier, Party, PartyKind
from twinhall.reader.gazetteer import Place

SCHEME = "geonames"


def parties_of(places: Iterable[Place]) -> dict[int, Party]:
    """The register's parties of those places that have one, by GeoNames id; withdrawn ones too.

    Where a party was merged into another, that other one. One query, and one for each further merger.
    """
    wanted = [str(place.id) for place in places]
    found = Identifier.objects.filter(scheme=SCHEME, value__in=wanted)
    return {
        int(identifier.value): _after_mergers(identifier.party)
        for identifier in found.select_related("party__merged_into__merged_into")
    }


def _after_mergers(party: Party) -> Party:
    while party.merged_into is not None:
        party = party.merged_into
    return party


@transaction.atomic
def add_from_gazetteer(place: Place, *, by: User) -> Party:
    """The register's party of this place; a new one, of what GeoNames says, if it has none.

    Raises ValidationError where the party was withdrawn.
    """
    known = parties_of([place]).get(place.id)
    if known is None:
        known = add_party(_draft(place), source=_geonames(), by=by)
        known.region = place.region_code
        known.save(update_fields=["region"])
        index_records([known])
    if known.withdrawn_at is not None:
        raise ValidationError(
            _("“%(party)s” was withdrawn from the register. An administrator can restore it."),
            params={"party": known},
        )
    return known


def _draft(place: Place) -> PartyDraft:
    """What GeoNames says; it does not say which language the name is in."""
    return PartyDraft(
        kind=PartyKind.MUNICIPALITY,
        name=place.name,
        facts={
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "population": place.population,
        },
        identifiers={SCHEME: str(place.id)},
    )


def _geonames() -> Source:
    """The data set as a source: the one of the facts that ship, where they are loaded."""
    source, _new = Source.objects.get_or_create(
        key=SCHEME,
        defaults={
            "kind": SourceKind.DATASET,
            "title": "GeoNames",
            "url": "https://www.geonames.org/",
            "licence": "CC BY 4.0",
            "read_on": timezone.localdate(),
        },
    )
    return source
