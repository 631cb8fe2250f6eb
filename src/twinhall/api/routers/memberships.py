from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.asking import OnDay, must_be
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import has_network, has_party, memberships_of
from twinhall.api.routers.reading import evidence_on, moved_or_gone
from twinhall.api.schemas.memberships import (
    ListedMembership,
    MembersFilters,
    Membership,
    MembershipFilters,
    MembershipPage,
)
from twinhall.networks import models, queries

router = Router(tags=["memberships"])


@router.get("/memberships/", response=MembershipPage, url_name="memberships", operation_id="listMemberships")
def memberships(request: HttpRequest, asked: Query[MembershipFilters]) -> HttpResponse:
    """Memberships of networks, on a day."""
    must_be(lambda: has_network(asked.network), "network", asked.network, "network")
    must_be(lambda: has_party(asked.party), "party", asked.party, "party")
    return membership_page(request, asked, network=asked.network, party=asked.party)


def membership_page(
    request: HttpRequest, asked: MembersFilters, *, network: str, party: str = ""
) -> HttpResponse:
    """The page of memberships that is asked for, of a network or of all."""
    listed = queries.membership_list(
        asked.as_of,
        network=network,
        status=asked.status,
        order=asked.order,
        among=memberships_of(party=party, country=asked.country),
    )
    found = cut(listed, cursor=asked.cursor, limit=asked.limit)
    at = Addresses.of(request)
    rows = [ListedMembership.of(membership, asked.as_of, at) for membership in found.rows]
    page = MembershipPage(count=found.count, next=next_page(request, found.cursor), results=rows)
    return answer(request, page)


@router.get(
    "/memberships/{int:number}/", response=Membership, url_name="membership", operation_id="getMembership"
)
def membership(request: HttpRequest, number: int, asked: Query[OnDay]) -> HttpResponse:
    """One membership, on a day.

    With its acts, and the statements that every fact rests on.
    """
    found = queries.membership_list(asked.as_of).filter(pk=number).first()
    if found is None:
        return moved_or_gone(request, "memberships", models.Membership.objects.all(), pk=number)
    at = Addresses.of(request)
    evidence = evidence_on([found, *found.acts.all()], at)
    return answer(request, Membership.told(found, asked.as_of, evidence, at))
