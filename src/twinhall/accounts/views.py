from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.usersessions.adapter import get_adapter as get_session_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from twinhall.accounts.forms import LanguageForm
from twinhall.accounts.http import PersonRequest
from twinhall.accounts.queries import SecondFactors, other_sessions, second_factors

UNPROCESSABLE = 422


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's, with a button for the operator's own provider where there is one."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked = {"process": "login", "next": context["redirect_field_value"] or ""}
        providers = get_provider_adapter().list_providers(self.request)
        buttons = [(provider.name, provider.get_login_url(self.request, **asked)) for provider in providers]
        return context | {"providers": buttons}


@require_safe
@login_required
def account(request: PersonRequest) -> HttpResponse:
    return _show(request, LanguageForm(instance=request.user))


def _show(request: PersonRequest, form: LanguageForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "factors": _in_words(second_factors(request.user)),
        "has_password": request.user.has_usable_password(),
        "provider": settings.OIDC_CLIENT["name"],
    }
    return render(request, "accounts/account.html", context, status=status)


def _in_words(factors: SecondFactors) -> list[str]:
    keys = ngettext("%(count)s passkey or security key", "%(count)s passkeys or security keys", factors.keys)
    codes = ngettext("%(count)s recovery code left", "%(count)s recovery codes left", factors.codes)
    words = (
        (factors.app, _("An authenticator app")),
        (factors.keys, keys % {"count": factors.keys}),
        (factors.codes, codes % {"count": factors.codes}),
    )
    return [text for there, text in words if there]


@require_POST
@login_required
def choose_language(request: PersonRequest) -> HttpResponse:
    form = LanguageForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("accounts:account")


@require_POST
@login_required
def end_session(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    session = get_object_or_404(other_sessions(request.user, request.session.session_key), pk=pk)
    get_session_adapter().end_sessions([session])
    messages.success(request, _("You are signed out there."))
    return redirect("usersessions_list")
