"""Pages for what cannot be: calm, and with a word on what to do."""

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


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    # Without the page's context: what made the error may lie there.
    return HttpResponse(loader.render_to_string("500.html"), status=500)
