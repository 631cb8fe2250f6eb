from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api import queries
from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.asking import must_be
from twinhall.api.pagination import cut, next_page
from twinhall.api.routers.reading import evidence_on, moved_or_gone
from twinhall.api.schemas.parties import ListedParty, Party, PartyFilters, PartyPage
from twinhall.networks.models import Network
from twinhall.parties import models
from twinhall.parties.queries import party_page, successions_of
from twinhall.partnerships.queries import ties_in_force

router = Router(tags=["parties"])


@router.get("/parties/", response=PartyPage, url_name="parties", operation_id="listParties")
def parties(request: HttpRequest, asked: Query[PartyFilters]) -> HttpResponse:
    """Cities and regions.

    Towns, districts and regions, where no kind is asked for; all other kinds – associations, institutions,
    companies – by theirs.
    """
    must_be(lambda: queries.has_network(asked.network), "network", asked.network, "network")
    day = asked.as_of
    listed = queries.parties(day, **asked.model_dump(exclude={"limit", "cursor", "as_of"}))
    found = cut(listed, cursor=asked.cursor, limit=asked.limit)
    ties = ties_in_force(found.rows, day)
    at = Addresses.of(request)
    rows = [ListedParty.told(party, day, ties.get(party.pk, 0), at) for party in found.rows]
    return answer(request, PartyPage(count=found.count, next=next_page(request, found.cursor), results=rows))


@router.get("/parties/{slug:slug}/", response=Party, url_name="party", operation_id="getParty")
def party(request: HttpRequest, slug: str) -> HttpResponse:
    """One party.

    All that the register says of it, with the statements that each fact rests on.
    """
    found = next(iter(party_page().filter(slug=slug)), None)
    if found is None:
        known = models.Party.objects.select_related("merged_into")
        return moved_or_gone(request, "parties", known, slug=slug)
    at = Addresses.of(request)
    successions = successions_of(found)
    evidence = evidence_on([found, *found.names.all(), *found.contacts.all(), *successions], at)
    is_network = found.is_association and Network.objects.filter(pk=found.pk).exists()
    return answer(request, Party.told(found, successions, evidence, at, is_network=is_network))
