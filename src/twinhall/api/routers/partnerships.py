from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.asking import OnDay, must_be
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import has_network, has_party
from twinhall.api.routers.reading import evidence_in, moved_or_gone
from twinhall.api.schemas.partnerships import (
    ListedPartnership,
    Partnership,
    PartnershipFilters,
    PartnershipPage,
)
from twinhall.partnerships import models, queries

router = Router(tags=["partnerships"])


@router.get(
    "/partnerships/", response=PartnershipPage, url_name="partnerships", operation_id="listPartnerships"
)
def partnerships(request: HttpRequest, asked: Query[PartnershipFilters]) -> HttpResponse:
    """Partnerships, on a day.

    Each with its parties, status, acts and fields of cooperation. “Which partners does Bavaria have in
    Italy?” is `region=DE.02&partner_country=IT`.
    """
    must_be(lambda: has_party(asked.party), "party", asked.party, "party")
    must_be(lambda: has_network(asked.network), "network", asked.network, "network")
    filters = asked.model_dump(exclude={"limit", "cursor", "as_of"}, exclude_defaults=True)
    listed = queries.partnership_list(asked.as_of, **filters)
    found = cut(listed, cursor=asked.cursor, limit=asked.limit)
    at = Addresses.of(request)
    rows = [ListedPartnership.of(tie, asked.as_of, at) for tie in found.rows]
    page = PartnershipPage(count=found.count, next=next_page(request, found.cursor), results=rows)
    return answer(request, page)


@router.get(
    "/partnerships/{slug:slug}/",
    response=Partnership,
    url_name="partnership",
    operation_id="getPartnership",
)
def partnership(request: HttpRequest, slug: str, asked: Query[OnDay]) -> HttpResponse:
    """One partnership, on a day.

    With its acts, what each side says of it, and the statements that every fact rests on.
    """
    tie = queries.partnership_page(asked.as_of).filter(slug=slug).first()
    if tie is None:
        known = models.Partnership.objects.select_related("merged_into")
        return moved_or_gone(request, "partnerships", known, slug=slug)
    at = Addresses.of(request)
    about = queries.statements_on([tie])
    sides = queries.sides([tie], about)[tie.pk]
    return answer(request, Partnership.told(tie, asked.as_of, sides, evidence_in(about, at), at))
