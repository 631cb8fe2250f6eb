"""Where the reader of a letter says which kinds they want no more; the address in the letter is the key."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from twinhall.letters.actions import resume, stop
from twinhall.letters.addresses import letter_of
from twinhall.letters.models import Kind, Letter
from twinhall.letters.queries import stopped_kinds

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends by itself, without the page and its token: RFC 8058, 3.2."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    letter = letter_of(token)
    if letter is None:
        raise Http404
    if request.method == "POST" and request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        stop(letter.to, Kind(letter.kind))
        return HttpResponse(_("Stopped."), content_type="text/plain; charset=utf-8")
    return _page(request, letter)


@csrf_protect
def _page(request: HttpRequest, letter: Letter) -> HttpResponse:
    stopping, resuming = request.POST.get("stop"), request.POST.get("resume")
    if stopping in Kind.values:
        stop(letter.to, Kind(stopping))
        messages.success(request, _("Stopped. You get no more of these letters."))
        return redirect(request.path)
    if resuming in Kind.values:
        resume(letter.to, Kind(resuming))
        messages.success(request, _("You get these letters again."))
        return redirect(request.path)
    stopped = stopped_kinds(letter.to)
    own = Kind(letter.kind)
    # Who asks wants the answer, and notices are of what somebody has been called to: both are a duty.
    kinds = [own, *(kind for kind in Kind if kind not in (own, Kind.ANSWER, Kind.NOTICE))]
    context = {"to": letter.to, "kinds": [(kind, kind in stopped) for kind in kinds]}
    return render(request, "letters/unsubscribe.html", context)
