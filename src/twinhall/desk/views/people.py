"""Who acts for a party: invitations, and the end of rights."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from twinhall.accounts.actions import open_account
from twinhall.accounts.models import User
from twinhall.core.languages import FALLBACK
from twinhall.desk import records
from twinhall.desk.base import UNPROCESSABLE, Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.people import AcceptForm, InviteForm
from twinhall.letters.actions import write_letter
from twinhall.letters.models import Kind
from twinhall.letters.queries import language_of
from twinhall.parties.actions import (
    accept_invitation,
    end_affiliation,
    invite,
    open_invitation,
    withdraw_invitation,
)
from twinhall.parties.models import Affiliation, Invitation, Party
from twinhall.parties.queries import people_of
from twinhall.web.names import Names

BY_HAND = frozenset(
    {
        "django.core.mail.backends.filebased.EmailBackend",
        "django.core.mail.backends.console.EmailBackend",
    }
)
"""What is set where no mail server is: letters are laid into a folder, or shown."""


class _OfParty(FormPage):
    section = "parties"
    permission = "parties.invite"
    subject: Party

    def find(self) -> Party:
        return get_object_or_404(Party.objects.standing(), slug=self.kwargs["slug"])

    def title(self) -> str:
        """What the party is called."""
        return Names([self.subject]).text(self.subject)

    def crumbs(self) -> Crumbs:
        return [(_("Parties"), reverse("desk:parties")), (self.title(), records.href(self.subject))]

    def back(self) -> str:
        return reverse("desk:people", args=[self.subject.slug])


class People(_OfParty):
    """Who acts for a party, who was asked, and a form to ask somebody."""

    template = "desk/people.html"
    submit = gettext_lazy("Invite")

    def heading(self) -> str:
        return _("People of %(party)s") % {"party": self.title()}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return InviteForm(data, files)

    def extra(self) -> dict[str, object]:
        acting, asked = people_of(self.subject)
        return {"acting": acting, "asked": asked, "slug": self.subject.slug}

    def save(self, form: InviteForm) -> str:
        told = form.cleaned_data
        invitation, secret = invite(
            email=told["email"], party=self.subject, role=told["role"], by=self.request.user
        )
        with translation.override(language_of(invitation.email)):
            self.link = self.request.build_absolute_uri(reverse("invitation", args=[secret]))
            _write(invitation, self.link, party=self.title())
        return self.back()

    def done(self) -> str:
        if settings.EMAIL_BACKEND not in BY_HAND:  # who opens the link proves that the address is theirs
            return _("Invited. The letter is on its way.")
        return _("Invited. No mail is sent from here; hand this link over yourself: %(link)s") % {
            "link": self.link
        }


def _write(invitation: Invitation, link: str, *, party: str) -> None:
    words = {
        "by": invitation.by,
        "party": party,
        "role": invitation.get_role_display(),
        "link": link,
        "host": urljoin(link, "/"),
    }
    body = _(
        "%(by)s asks you to act for %(party)s as %(role)s in Twinhall, at %(host)s.\n\n"
        "To accept, open this address within 14 days:\n%(link)s\n\n"
        "If you do not know what this is about, you need do nothing."
    )
    write_letter(
        key=f"invitation-{invitation.pk}",
        kind=Kind.INVITATION,
        to=invitation.email,
        subject=_("Invitation to act for %(party)s") % words,
        body=body % words,
        by=invitation.by,
        duty=True,
        passing=True,
    )


class EndAffiliation(_OfParty):
    """End a person's rights for a party."""

    submit = gettext_lazy("End the rights")
    is_grave = True

    def find(self) -> Party:
        party = super().find()
        self.affiliation = get_object_or_404(
            Affiliation.objects.select_related("user"),
            pk=self.kwargs["pk"],
            party=party,
            ended_at__isnull=True,
        )
        return party

    def heading(self) -> str:
        words = {"person": self.affiliation.user, "party": self.title()}
        return _("End the rights of %(person)s for %(party)s") % words

    def extra(self) -> dict[str, object]:
        return {"lead": _("What this person did stays in the history under their name.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        end_affiliation(self.affiliation, by=self.request.user)
        if self.affiliation.user == self.request.user:
            return reverse("desk:dashboard")
        return self.back()

    def done(self) -> str:
        return _("Ended.")


class WithdrawInvitation(_OfParty):
    """Take an invitation back."""

    submit = gettext_lazy("Withdraw the invitation")
    is_grave = True

    def find(self) -> Party:
        party = super().find()
        self.invitation = get_object_or_404(
            Invitation, pk=self.kwargs["pk"], party=party, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        return party

    def heading(self) -> str:
        return _("Withdraw the invitation of %(email)s") % {"email": self.invitation.email}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        withdraw_invitation(self.invitation, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Withdrawn. The link leads nowhere now.")


# Accepting, by whom no account may be yet ------------------------------------------------------------


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """An invitation: accepted by its person, with an account made where there is none."""
    invitation = open_invitation(secret)
    if invitation is None:
        return render(request, "desk/invitation.html", {"invitation": None}, status=404)
    known = User.objects.filter(email__iexact=invitation.email).first()
    if known is None:
        return _accept_newly(request, invitation)
    if request.user != known:
        sign_in = f"{resolve_url('account_login')}?next={request.path}"
        return render(request, "desk/invitation.html", {"invitation": invitation, "sign_in": sign_in})
    if request.method == "POST":
        return _accept(request, invitation, known)
    return render(request, "desk/invitation.html", {"invitation": invitation, "sign_in": "", "form": None})


def _accept(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    try:
        accept_invitation(invitation, user=user)
    except ValidationError as error:  # it was used this moment, or the person acts for the party by now
        messages.error(request, " ".join(error.messages))
        return redirect("desk:dashboard")
    return _welcome(request, invitation)


def _accept_newly(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            told = form.cleaned_data
            user = open_account(
                email=invitation.email,
                name=told["name"],
                password=told["password"],
                language=get_language() or FALLBACK,
            )
            accept_invitation(invitation, user=user)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return _welcome(request, invitation)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"invitation": invitation, "sign_in": "", "form": form}
    return render(request, "desk/invitation.html", context, status=status)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.success(request, _("You act for %(party)s now.") % {"party": invitation.party})
    return redirect("desk:dashboard")
