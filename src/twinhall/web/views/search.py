from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text, best
from twinhall.finder.queries import Hit, search
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.rows import party_href

LONGEST = 200


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:LONGEST]
    hits = search(query)
    names = Names(hit.record for hit in hits if isinstance(hit.record, Party))
    context = {"section": "", "q": query, "hits": [_row(hit, names) for hit in hits]}
    return render(request, "web/search.html", context)


def _row(hit: Hit, names: Names) -> dict[str, object]:
    record = hit.record
    if isinstance(record, Party):
        name = names.of(record)
        country = say.country(record.country) if record.country else ""
        kind = str(record.get_kind_display())
        href = party_href(record)
        small = " · ".join(part for part in (kind, country) if part)
    else:
        name = best(record.short or record.title)
        href = reverse("web:project", args=[record.slug])
        small = str(record._meta.verbose_name)
    found_by = Text(hit.text, hit.language) if hit.text != name.text else Text("", "")
    return {"name": name, "href": href, "small": small, "found_by": found_by}
