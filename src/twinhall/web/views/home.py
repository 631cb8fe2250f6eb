from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from twinhall.evidence.queries import contradictions, printed_in_error
from twinhall.networks.queries import network_list
from twinhall.parties.queries import countries_of_parties, party_list, source_list
from twinhall.partnerships.models import Status
from twinhall.partnerships.queries import partnership_list
from twinhall.projects.queries import project_list
from twinhall.web.environment import today
from twinhall.web.worked_out import worked_out


@require_safe
def choose_language(request: HttpRequest) -> HttpResponseRedirect:  # noqa: ARG001
    """Lead to the site in the language that the reader's browser asks for (LocaleMiddleware has found it)."""
    answer = HttpResponseRedirect(reverse("web:home"))
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {"section": "", **worked_out("home", _figures)})


def _figures() -> dict[str, int]:
    """What the register holds: the front page counts as the lists do."""
    return {
        "parties": party_list().count(),
        "countries": len(countries_of_parties()),
        "in_force": partnership_list(today(), status=Status.IN_FORCE).count(),
        "networks": network_list().count(),
        "projects": project_list().count(),
        "sources": source_list().count(),
        "disagreements": len(worked_out("contradictions", contradictions)),
        "errors": printed_in_error().count(),
    }
