"""What was typed into a form is kept when the session has ended, until its writer has signed in again."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from twinhall.accounts.http import PersonRequest
from twinhall.web.views import errors

KEY = "kept_form"
MOST = 100_000
"""Characters of a form that are kept: anybody can send one."""


def ask_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-in page and from there back here; what was typed waits."""
    if request.method == "POST" and keep(request):
        messages.info(request, _("Your session had ended. What you typed is kept: sign in to go on."))
    here = request.get_full_path()
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': here})}")


def keep(request: HttpRequest) -> bool:
    """Keep what was typed, but for secrets and files, which no session takes; say whether it is kept."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    words = typed.urlencode()
    if len(words) > MOST:
        return False
    request.session[KEY] = {"path": request.path, "words": words, "files": bool(request.FILES)}
    return True


def kept(request: PersonRequest) -> QueryDict | None:
    """What was typed into this form before the session ended; given once."""
    found = request.session.get(KEY)
    if not found or found["path"] != request.path:
        return None
    del request.session[KEY]
    message = _("What you had typed is here again. Look it through and save it.")
    if found["files"]:
        message = _("What you had typed is here again, but for the file: choose it once more, then save.")
    messages.info(request, message)
    return QueryDict(found["words"])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that waited too long; what was typed is kept if our own page sent it."""
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if is_ours and request.user.is_authenticated:
        keep(request)
    return errors.csrf_failure(request, reason)
