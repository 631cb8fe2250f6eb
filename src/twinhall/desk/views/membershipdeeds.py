"""What becomes of a membership: admitted, suspended, excluded, left."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.desk.acts import check_next, state_act
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.networks import MembershipActForm
from twinhall.networks import queries
from twinhall.networks.actions import DECISIONS, decide_membership, take_deed
from twinhall.networks.deeds import MEMBERS_OWN_DEEDS
from twinhall.networks.models import Membership, MembershipActKind
from twinhall.web.environment import today
from twinhall.web.names import Names

GRAVE = frozenset({MembershipActKind.REFUSED, MembershipActKind.LEFT, MembershipActKind.EXCLUDED})
"""Deeds that take a place in a network away, or refuse it."""

WORDS = {
    MembershipActKind.APPLIED: lambda: _("Apply"),
    MembershipActKind.ADMITTED: lambda: _("Admit"),
    MembershipActKind.READMITTED: lambda: _("Readmit"),
    MembershipActKind.NOT_YET: lambda: _("Not yet, with the reason"),
    MembershipActKind.REFUSED: lambda: _("Refuse"),
    MembershipActKind.LEFT: lambda: _("Leave"),
    MembershipActKind.EXCLUDED: lambda: _("Exclude"),
    MembershipActKind.SUSPENDED: lambda: _("Suspend"),
}


class MembershipDeed(FormPage):
    """Admit, suspend, exclude; or, as the member itself, apply and leave."""

    section = "memberships"
    subject: Membership

    @property
    def permission(self) -> str:  # type: ignore[override]
        """The member itself applies and leaves; the rest is the network's."""
        return "parties.state_fact" if self.kind in MEMBERS_OWN_DEEDS else "parties.keep_record"

    @property
    def kind(self) -> str:
        return str(self.kwargs["kind"])

    @property
    def submit(self) -> str:
        """The button says which deed it does."""
        return WORDS[MembershipActKind(self.kind)]()

    @property
    def is_grave(self) -> bool:  # type: ignore[override]
        """What ends a membership warns."""
        return self.kind in GRAVE

    def find(self) -> Membership:
        if self.kind not in WORDS:
            raise Http404
        found = queries.membership_page(today()).filter(withdrawn_at__isnull=True)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def heading(self) -> str:
        names = Names([self.subject.party])
        words = {"deed": WORDS[MembershipActKind(self.kind)](), "member": names.text(self.subject.party)}
        return _("%(deed)s: %(member)s") % words

    def crumbs(self) -> Crumbs:
        return [(_("Memberships"), reverse("desk:memberships"))]

    def back(self) -> str:
        return reverse("desk:membership", args=[self.subject.pk])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        sides = [self.subject.network.party, self.subject.party]
        user, told = self.request.user, self.subject
        return MembershipActForm(data, files, kind=self.kind, user=user, sides=sides, membership=told)

    def save(self, form: MembershipActForm) -> str:
        told = form.cleaned_data
        check_next(self.subject.acts.all(), told["date"])
        if self.kind in DECISIONS:
            self._decide(form)
        else:
            act = take_deed(self.subject, kind=self.kind, date=told["date"], by=self.request.user)
            state_act(act, form, language=get_language() or "en")
        return self.back()

    def _decide(self, form: MembershipActForm) -> None:
        told, source = form.cleaned_data, form.source()
        decide_membership(
            self.subject,
            kind=self.kind,
            source=source,
            by=self.request.user,
            date=told["date"],
            category=told.get("category", ""),
            number=told.get("number"),
            facts={name: told[name] for name in ("place", "deciding_body", "valid_until")},
            texts={name: told.get(name, "") for name in ("note", "reason")},
            language=get_language() or "en",
            quote=told["quote"],
            documents=[form.kept_document] if form.kept_document else [],
        )
