"""What is kept about people, and for whom the site can be used: the notices that law asks of an operator."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twinhall.meetings.actions.attending import DIETS_KEPT
from twinhall.networks.applying import KEPT as APPLICATIONS_KEPT
from twinhall.web import say

LOOKED_AT = dt.date(2026, 11, 22)
"""The day on which the statements were last gone through, item by item."""


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about/privacy.html", _known())


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about/accessibility.html", _known())


def _known() -> dict[str, str | int]:
    """Who runs the site, as the settings name them, and how old the notices are."""
    return {
        "operator": settings.OPERATOR,
        "operator_email": settings.OPERATOR_EMAIL,
        "looked_at": say.date(LOOKED_AT),
        "letters_kept": settings.LETTERS_KEPT.days,
        "applications_kept": APPLICATIONS_KEPT.days,
        "diets_kept": DIETS_KEPT.days,
    }
