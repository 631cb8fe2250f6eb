"""The ties of one party on its page: fifty at a time, of all countries or of one."""

from collections import Counter
from collections.abc import Sequence

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _

from twinhall.core.http import BadQuestionError
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Status
from twinhall.web import say
from twinhall.web.asking import PAGE_SIZE, address_of_page, asked_page, asked_with

ORDER = [
    Status.IN_FORCE,
    Status.PROPOSED,
    Status.CONTACT,
    Status.SUSPENDED,
    Status.DORMANT,
    Status.ENDED,
    Status.UNKNOWN,
]
ALL = "all"


def shown_of(request: HttpRequest, party: Party, ties: Sequence[Partnership]) -> "Page[Partnership]":
    """Those of a party's ties that its page shows, by status: ``?country=`` of one country, ``?page=``.

    ``?ties=all`` shows them all at once. BadQuestionError where that page or country is none of theirs.
    """
    country = request.GET.get("country", "")
    if country and country not in _by_country(party, ties):
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": country[:40]})
    found = [tie for tie in ties if not country or country in _countries(party, tie)]
    found.sort(key=lambda tie: ORDER.index(Status(tie.status)))
    size = max(len(found), 1) if request.GET.get("ties") == ALL else PAGE_SIZE
    return asked_page(request, found, size)


def paging_of(
    request: HttpRequest, party: Party, ties: Sequence[Partnership], shown: "Page[Partnership]"
) -> dict[str, object]:
    """What ``web/parties/detail.html`` leads to other ties with; no countries where one page holds all."""
    counts = _by_country(party, ties) if len(ties) > PAGE_SIZE else {}
    named = sorted((say.country(code), code) for code in counts)
    return {
        "page": shown,
        "page_href": address_of_page(request),
        "country_shown": request.GET.get("country", ""),
        "all_countries": asked_with(request, country="", page=""),
        "all_ties": asked_with(request, ties=ALL, page=""),
        "countries": [
            (name, counts[code], asked_with(request, country=code, page="")) for name, code in named
        ],
    }


def _countries(party: Party, tie: Partnership) -> set[str]:
    """The countries of the others in a tie, as far as they are known."""
    return {s.party.country for s in tie.signatories.all() if s.party != party} - {""}


def _by_country(party: Party, ties: Sequence[Partnership]) -> Counter[str]:
    return Counter(country for tie in ties for country in _countries(party, tie))
