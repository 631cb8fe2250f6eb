from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.queries import networks_among
from twinhall.api.schemas.search import Found, FoundPage, SearchFilters
from twinhall.finder import queries
from twinhall.parties.models import Party

router = Router(tags=["search"])


@router.get("/search/", response=FoundPage, url_name="search", operation_id="search")
def search(request: HttpRequest, asked: Query[SearchFilters]) -> HttpResponse:
    """Parties, networks and projects by any of their names.

    In any script, best first, two hundred at most.
    """
    hits = queries.search(asked.q, limit=asked.limit)
    networks = networks_among(hit.record for hit in hits if isinstance(hit.record, Party))
    at = Addresses.of(request)
    rows = [
        Found.of(hit, at, is_network=isinstance(hit.record, Party) and hit.record.pk in networks)
        for hit in hits
    ]
    return answer(request, FoundPage(count=len(rows), next=None, results=rows))
