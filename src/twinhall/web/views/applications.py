"""Applying to a network: for everyone, without an account."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from twinhall.core.languages import FALLBACK
from twinhall.networks.applying import receive_application
from twinhall.networks.models import Network
from twinhall.networks.queries import network_page
from twinhall.networks.waiting import takes_applications
from twinhall.web import say
from twinhall.web.forms.applications import PublicApplicationForm
from twinhall.web.limits import Limit, sender, take_all
from twinhall.web.names import Names

OF_ONE = Limit("applications-of-one", most=5, span=dt.timedelta(hours=1))
OF_ALL = Limit("applications", most=50, span=dt.timedelta(days=1))
UNPROCESSABLE, TOO_MANY = 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    network = _network(slug)
    if request.method != "POST":
        return _show(request, network, PublicApplicationForm(network=network))
    form = PublicApplicationForm(request.POST, request.FILES, network=network)
    if not form.is_valid():
        return _show(request, network, form, status=UNPROCESSABLE)
    free_again = take_all([(OF_ONE, sender(request)), (OF_ALL, "all")])
    if free_again is not None:
        return _refuse(request, network, form, free_again)
    receive_application(network, form.told(get_language() or FALLBACK), papers=form.papers())
    return redirect("web:applied", slug)


@require_safe
def applied(request: HttpRequest, slug: str) -> HttpResponse:
    network = _network(slug)
    return render(request, "web/applications/thanks.html", _about(network))


def _network(slug: str) -> Network:
    """The network, if anybody here takes its applications: what is written goes to a person or nowhere."""
    network = get_object_or_404(network_page(), party__slug=slug)
    if not takes_applications(network):
        raise Http404
    return network


def _about(network: Network) -> dict[str, object]:
    return {"section": "networks", "network": network, "name": Names([network.party]).of(network.party)}


def _refuse(
    request: HttpRequest, network: Network, form: PublicApplicationForm, free_again: dt.datetime
) -> HttpResponse:
    """Say when to try again; what was written stays in the form."""
    wait = max(1, round((free_again - timezone.now()).total_seconds()))
    answer = _show(request, network, form, status=TOO_MANY, free_again=say.moment(free_again))
    answer.headers["Retry-After"] = str(wait)
    return answer


def _show(
    request: HttpRequest,
    network: Network,
    form: PublicApplicationForm,
    *,
    status: int = 200,
    free_again: str = "",
) -> HttpResponse:
    context = {**_about(network), "form": form, "free_again": free_again}
    return render(request, "web/applications/form.html", context, status=status)
