"""Questions on parties: lists, pages, who publishes what."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from twinhall.core.sql import Condition, among, joined, rows
from twinhall.evidence.models import Source, Statement
from twinhall.parties.likeness import Likeness, look_alikes_of
from twinhall.parties.models import (
    Affiliation,
    Invitation,
    NameKind,
    Party,
    PartyKind,
    Publication,
    Succession,
)

LISTED = (PartyKind.MUNICIPALITY, PartyKind.DISTRICT, PartyKind.REGION)


# The address is the folded English name: alphabetical in any script.
PARTY_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": ("slug",),
    "-name": ("-slug",),
    "population": (F("population").asc(nulls_last=True), "slug"),
    "-population": (F("population").desc(nulls_last=True), "slug"),
}


def party_list(
    *,
    country: str = "",
    region: str = "",
    kind: str = "",
    order: str = "name",
    kinds: Sequence[str] = LISTED,
    among: Q | None = None,
) -> "QuerySet[Party]":
    """Cities and regions in one of PARTY_ORDERS; narrowed to a country (ISO 3166-1 alpha-2) or a kind.

    ``region`` is the code of a first-level division, which names its country: "DE.02".
    ``kinds`` are those that are listed where no kind is asked for; ``among`` narrows the list further.
    """
    found = Party.objects.standing().filter(among or Q(), kind__in=[kind] if kind else kinds)
    if country:
        found = found.filter(country=country)
    if region:
        found = found.filter(country=region.partition(".")[0], region=region)
    return found.order_by(*PARTY_ORDERS[order])


def countries_of_parties() -> dict[str, int]:
    """The countries that have listed parties, and how many."""
    listed = party_list().order_by().exclude(country="")
    return dict(listed.values_list("country").annotate(parties=Count("*")))


def regions_of_parties(country: str) -> dict[str, int]:
    """The regions of a country that have listed parties, by their codes, and how many."""
    listed = party_list(country=country).order_by().exclude(region="")
    return dict(listed.values_list("region").annotate(parties=Count("*")))


def party_page(*, withdrawn: bool = False) -> "QuerySet[Party]":
    """Parties with what their page shows of themselves; at the desk, those withdrawn as well."""
    found = Party.objects.all() if withdrawn else Party.objects.standing()
    return found.prefetch_related("names", "identifiers", "contacts")


def successions_of(party: Party) -> list[Succession]:
    """Whose place a party took, and who took its own: those whose other side stands; oldest first."""
    forward = Q(predecessor=party, successor__withdrawn_at__isnull=True)
    backward = Q(successor=party, predecessor__withdrawn_at__isnull=True)
    found = Succession.objects.standing().filter(forward | backward)
    rows = found.select_related("predecessor", "successor").order_by()
    # Sorted here: to order by a column costs Django a look at each of the sixty that are read.
    return sorted(rows, key=lambda row: (row.date is None, str(row.date), row.pk))


def publishers(sources: Iterable[int]) -> dict[int, Party]:
    """Who publishes each source, by the source's primary key; data sets may have nobody."""
    found = Publication.objects.filter(source_id__in=set(sources)).select_related("publisher")
    return {publication.source_id: publication.publisher for publication in found}


def publishers_of(statements: Iterable[Statement]) -> dict[int, Party]:
    """Who publishes the sources of statements, by the source's primary key."""
    return publishers(statement.source_id for statement in statements)


def source_list() -> "QuerySet[Source]":
    """All sources with their publishers and how many statements they make."""
    # A subquery counts for the sources of one page only; a join would read every statement there is.
    stated = Statement.objects.filter(source=OuterRef("pk")).order_by().values("source")
    counted = Coalesce(Subquery(stated.annotate(count=Count("pk")).values("count")), 0)
    return (
        Source.objects.select_related("publication__publisher")
        .annotate(statement_count=counted)
        .order_by("title", "pk")
    )


def names_in(language: str, parties: Iterable[int] | None = None) -> Mapping[int, str]:
    """What parties are called in a language, where a name in it is known; not what they are also called.

    ``parties`` are primary keys; without them it is asked of all parties at once.
    """
    wanted = None if parties is None else set(parties)
    if wanted is not None and not wanted:
        return {}
    kinds = [NameKind.OFFICIAL, NameKind.EXONYM]
    which = [Condition("language = %s", (language,)), among("kind", kinds)]
    which += [among("party_id", wanted)] if wanted is not None else []
    told = joined(which)
    names = rows(f"SELECT party_id, kind, text FROM parties_name WHERE {told.sql}", *told.values)  # noqa: S608
    found: dict[int, str] = {}
    for party, _kind, text in sorted(names, key=lambda row: (row[1] != NameKind.OFFICIAL, row[2])):
        found.setdefault(party, text)
    return found


def look_alikes(
    *,
    name: str,
    country: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    identifiers: Mapping[str, str] | None = None,
) -> list[Party]:
    """Parties that one to be added looks like: of an equal identifier, or of an equal name, folded.

    A name counts in the same country, or where one of the two has none; and not where both positions are
    known (degrees) and lie some 50 km apart. Four queries.
    """
    wanted = Likeness(
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        identifiers=identifiers or {},
    )
    return look_alikes_of([wanted])[0]


def people_of(party: Party) -> tuple["QuerySet[Affiliation]", "QuerySet[Invitation]"]:
    """Who acts for a party, and who was asked to and has not answered."""
    acting = Affiliation.objects.filter(party=party, ended_at__isnull=True).select_related("user")
    asked = Invitation.objects.filter(party=party, accepted_at__isnull=True, withdrawn_at__isnull=True)
    return acting.order_by("role", "user__name"), asked.select_related("by").order_by("-at")
