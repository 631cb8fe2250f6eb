from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import has_network
from twinhall.api.routers.memberships import membership_page
from twinhall.api.routers.reading import evidence_on, moved_or_gone
from twinhall.api.schemas.memberships import MembersFilters, MembershipPage
from twinhall.api.schemas.networks import ListedNetwork, Network, NetworkFilters, NetworkPage
from twinhall.networks import queries
from twinhall.parties.models import Party
from twinhall.projects.queries import projects_that_led_to

router = Router(tags=["networks"])
KNOWN = Party.objects.filter(network__isnull=False).select_related("merged_into")
"""All networks, withdrawn ones too."""


@router.get("/networks/", response=NetworkPage, url_name="networks", operation_id="listNetworks")
def networks(request: HttpRequest, asked: Query[NetworkFilters]) -> HttpResponse:
    """Networks of cities and regions."""
    listed = queries.network_list(field=asked.field, order=asked.order)
    found = cut(listed, cursor=asked.cursor, limit=asked.limit)
    at = Addresses.of(request)
    rows = [ListedNetwork.of(network, at) for network in found.rows]
    return answer(
        request, NetworkPage(count=found.count, next=next_page(request, found.cursor), results=rows)
    )


@router.get("/networks/{slug:slug}/", response=Network, url_name="network", operation_id="getNetwork")
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network.

    What it is and does, its bodies and posts, with the statements that each fact rests on.
    """
    found = queries.network_page().filter(party__slug=slug).first()
    if found is None:
        return moved_or_gone(request, "networks", KNOWN.all(), slug=slug)
    at = Addresses.of(request)
    told = [found, found.party, *found.party.names.all(), *found.party.contacts.all()]
    parts = [*found.sizes.all(), *found.bodies.all(), *found.posts.all()]
    evidence = evidence_on([*told, *parts], at)
    return answer(request, Network.told(found, list(projects_that_led_to(found)), evidence, at))


@router.get(
    "/networks/{slug:slug}/memberships/",
    response=MembershipPage,
    url_name="network-memberships",
    operation_id="listMembershipsOfNetwork",
)
def network_memberships(request: HttpRequest, slug: str, asked: Query[MembersFilters]) -> HttpResponse:
    """The members of a network, on a day."""
    if not has_network(slug):
        return moved_or_gone(request, "networks", KNOWN.all(), slug=slug)
    return membership_page(request, asked, network=slug)
