from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.errors import NOT_FOUND, ProblemError
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import open_statements_of, places_of
from twinhall.api.schemas.sources import (
    Source,
    SourceFilters,
    SourcePage,
    SourceStatement,
    SourceStatementPage,
)
from twinhall.evidence import models
from twinhall.parties.queries import source_list

router = Router(tags=["sources"])


@router.get("/sources/", response=SourcePage, url_name="sources", operation_id="listSources")
def sources(request: HttpRequest, asked: Query[SourceFilters]) -> HttpResponse:
    """Where the facts come from."""
    found = cut(source_list(), cursor=asked.cursor, limit=asked.limit)
    at = Addresses.of(request)
    rows = [Source.told(source, at) for source in found.rows]
    return answer(request, SourcePage(count=found.count, next=next_page(request, found.cursor), results=rows))


def _source(number: int) -> models.Source:
    found = source_list().filter(pk=number).first()
    if found is None:
        raise ProblemError(NOT_FOUND, NOT_FOUND.advice)
    return found


@router.get("/sources/{int:number}/", response=Source, url_name="source", operation_id="getSource")
def source(request: HttpRequest, number: int) -> HttpResponse:
    """One source."""
    return answer(request, Source.told(_source(number), Addresses.of(request)))


@router.get(
    "/sources/{int:number}/statements/",
    response=SourceStatementPage,
    url_name="source-statements",
    operation_id="listStatementsOfSource",
)
def statements(request: HttpRequest, number: int, asked: Query[SourceFilters]) -> HttpResponse:
    """What a source states, record by record."""
    found = cut(open_statements_of(_source(number)), cursor=asked.cursor, limit=asked.limit)
    places = places_of(found.rows)
    at = Addresses.of(request)
    rows = [SourceStatement.of(s, places.get((s.subject_type, s.subject_id)), at) for s in found.rows]
    page = SourceStatementPage(count=found.count, next=next_page(request, found.cursor), results=rows)
    return answer(request, page)
