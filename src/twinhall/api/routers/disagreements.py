from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import Places, disagreements_at, disputed, places_of
from twinhall.api.schemas.sources import Disagreement, DisagreementPage, SourceFilters, Subject
from twinhall.api.schemas.statements import Evidence
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import disagree
from twinhall.parties.queries import publishers_of

router = Router(tags=["disagreements"])


@router.get(
    "/disagreements/",
    response=DisagreementPage,
    url_name="disagreements",
    operation_id="listDisagreements",
)
def disagreements(request: HttpRequest, asked: Query[SourceFilters]) -> HttpResponse:
    """Where sources disagree.

    Statements on one field of one record that cannot all be so. Each page looks through `limit` fields on
    which more than one thing is stated; as December 2006 agrees with 13 December 2006, it may show fewer of
    them, even none: go on while there is a `next`. The whole is counted only where one page holds it.
    """
    found = cut(disputed(), cursor=asked.cursor, limit=asked.limit, counts=False)
    groups = disagreements_at(found.rows)
    at = Addresses.of(request)
    known = publishers_of(statement for group in groups for statement in group)
    places = places_of(group[0] for group in groups)
    rows = [_disagreement(group, places, Evidence({}, known, at), at) for group in groups]
    count = None if found.count is None else len(rows)
    page = DisagreementPage(count=count, next=next_page(request, found.cursor), results=rows)
    return answer(request, page)


def _disagreement(
    group: Sequence[Statement], places: Places, evidence: Evidence, at: Addresses
) -> Disagreement:
    first = group[0]
    return Disagreement(
        subject=Subject.of(first, places.get((first.subject_type, first.subject_id)), at),
        field=first.field,
        is_open=disagree(group, corrected=True),
        statements=[evidence.told(statement) for statement in group],
        sources=evidence.sources(),
    )
