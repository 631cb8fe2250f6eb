"""Pages for what cannot be: calm, and with a word on what to do."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from twinhall.core.http import BadQuestionError


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = str(exception) if isinstance(exception, BadQuestionError) else ""
    return render(request, "400.html", {"message": message}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the page's context: what made the error may lie there.
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _database_away(request)
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def _database_away(request: HttpRequest) -> HttpResponse:
    """What was typed waits in the page itself: there is nowhere else to keep it now."""
    typed = [
        (name, value) for name, values in request.POST.lists() for value in values if "password" not in name
    ]
    context = {"typed": typed, "action": request.get_full_path(), "had_files": bool(request.FILES)}
    answer = HttpResponse(loader.render_to_string("503.html", context), status=503)
    answer["Retry-After"] = "30"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that waited too long, or was not ours: it did nothing, and its page can be opened again."""
    return render(request, "403_csrf.html", {"again": request.get_full_path()}, status=403)
