"""Memberships at the desk: their list, their pages, and what becomes of them."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.desk.acts import act_rows, check_next, state_act
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.facts import exists_row, fact_rows
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.networks import JoinForm, MembershipActForm, MembershipForm, MembershipTiesForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.forms.records import MembershipSearch
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal
from twinhall.evidence.sorts import EXISTS
from twinhall.finder.queries import named
from twinhall.networks import queries
from twinhall.networks.actions import (
    DECISIONS,
    MEMBERS_OWN_DEEDS,
    MEMBERSHIP_DEEDS,
    add_membership_act,
    decide_membership,
    open_membership,
    tie_membership,
)
from twinhall.networks.models import (
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipStatus,
    Network,
)
from twinhall.parties.actions import ORIGIN, state
from twinhall.parties.models import Party
from twinhall.parties.rules import readable_by
from twinhall.web import rows, say
from twinhall.web.environment import today
from twinhall.web.exports import file_name
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.papers import as_pdf, certificate


class MembershipList(ListPage):
    section = "memberships"
    name = "memberships"
    heading = gettext_lazy("Memberships")
    model = Membership
    filters = MembershipSearch
    orders = queries.MEMBERSHIP_ORDERS
    add_href = "desk:membership-add"
    add_label = gettext_lazy("Apply to a network")
    add_permission = "parties.add_party"
    columns = (
        Column("member", gettext_lazy("Member"), is_sorted=True),
        Column("network", gettext_lazy("Network"), is_sorted=True),
        Column("status", gettext_lazy("Standing")),
        Column("category", gettext_lazy("Category")),
        Column("since", gettext_lazy("Since"), is_sorted=True),
        Column("basis", gettext_lazy("Acts"), only_in_files=True),
        Column("country", gettext_lazy("Country"), only_in_files=True),
    )

    def found(self, asked: dict[str, str], order: str, day: dt.date, among: Q) -> "QuerySet[Membership]":
        return queries.membership_list(day, **asked, order=order, among=among)

    def called(self, query: str) -> Q:
        return named(query, Party, "party") | named(query, Party, "network")

    def cells(self, records: Sequence[Membership], day: dt.date) -> list[Cells]:  # noqa: ARG002
        names = Names(party for m in records for party in (m.party, m.network.party))
        return [_membership_cells(membership, names) for membership in records]


def _membership_cells(told: Membership, names: Names) -> Cells:
    since = rows.since(told.since, told.since_kind, list(told.acts.all()))
    member = names.of(told.party)
    return {
        "member": Cell(member.text, href=reverse("desk:membership", args=[told.pk]), lang=member.language),
        "network": Cell(names.text(told.network.party)),
        "status": Cell(str(MembershipStatus(told.status).label), tone=rows.TONES.get(told.status, "quiet")),
        "category": Cell(told.get_category_display()),
        "since": Cell(since.when),
        "basis": Cell(since.small),
        "country": Cell(say.country(told.party.country) if told.party.country else ""),
    }


class MembershipPage(DeskView):
    section = "memberships"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = get_object_or_404(queries.membership_page(today()), pk=pk)
        documents = Prefetch("documents", readable_by(request.user, Document.objects.all()))
        acts = list(
            MembershipAct.every.filter(membership=membership).prefetch_related(documents).order_by("number")
        )
        evidence = Evidence([membership, *acts])
        pair = list(membership.pair.signatories.select_related("party")) if membership.pair else []
        via = [membership.via] if membership.via else []
        parties = [membership.party, membership.network.party, *via, *(s.party for s in pair)]
        names = Names(parties)
        keeps = self.may("parties.keep_record", membership)
        deeds = self._deeds(membership, keeps=keeps)
        title = say.member_of(names.text(membership.party), names.text(membership.network.party))
        context = {
            "record": membership,
            "kind": membership._meta.label_lower,
            "heading": title,
            "member_name": names.of(membership.party),
            "network_name": names.of(membership.network.party),
            "via": names.of(membership.via) if membership.via else None,
            "pair": " – ".join(names.text(signatory.party) for signatory in pair),
            "may_certify": membership.status == MembershipStatus.MEMBER
            and not membership.withdrawn_at
            and (keeps or self.may("parties.state_fact", membership)),
            "status_label": MembershipStatus(membership.status).label,
            "tone": rows.TONES.get(membership.status, "quiet"),
            "facts": [exists_row(membership, evidence.about), *fact_rows(membership, evidence.about)],
            "acts": act_rows(acts, evidence.about, names),
            "may_keep": keeps,
            "deeds": [words for kind, words in deeds if kind not in GRAVE],
            "grave_deeds": [words for kind, words in deeds if kind in GRAVE],
            "public_href": reverse("web:network", args=[membership.network.party.slug]),
        }
        return self.page("desk/memberships/detail.html", context)

    def _deeds(self, membership: Membership, *, keeps: bool) -> list[tuple[str, tuple[str, str]]]:
        if membership.withdrawn_at or not (keeps or self.may("parties.state_fact", membership)):
            return []
        ever_in = membership.acts.filter(kind__in=MembershipAct.rules.signing).exists()
        return [
            (kind, (WORDS[kind](), reverse("desk:membership-act", args=[membership.pk, kind])))
            for kind in MEMBERSHIP_DEEDS[membership.status]
            if (keeps or kind in MEMBERS_OWN_DEEDS) and (ever_in or kind != MembershipActKind.READMITTED)
        ]


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


class MemberAdd(FormPage):
    """A new place in a network that the person keeps."""

    section = "networks"
    permission = "parties.keep_record"
    subject: Network

    def find(self) -> Network:
        return get_object_or_404(queries.network_page(), party__slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Add a member")

    def crumbs(self) -> Crumbs:
        name = Names([self.subject.party]).text(self.subject.party)
        return [(_("Networks"), reverse("desk:networks")), (name, self.back())]

    def back(self) -> str:
        return reverse("desk:network", args=[self.kwargs["slug"]])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return MembershipForm(data, files, user=self.request.user, sides=[self.subject.party])

    def save(self, form: MembershipForm) -> str:
        told, by = form.cleaned_data, self.request.user
        membership = open_membership(self.subject, resolve(told["member"], by=by), by=by)
        common = {"subject": membership, "source": form.source(), "origin": ORIGIN, "quote": told["quote"]}
        proposals = [Proposal(field=EXISTS, stated="yes", **common)]
        proposals += [
            Proposal(field=name, stated=told[name], **common)
            for name in ("category", "number")
            if told[name] not in ("", None)
        ]
        state(proposals, by=by)
        return reverse("desk:membership", args=[membership.pk])

    def done(self) -> str:
        return _("Added. Its standing follows from its acts: add the first one.")


class Join(FormPage):
    """A party's own application to a network: the network's secretary decides on it."""

    section = "memberships"
    permission = "parties.add_party"
    submit = gettext_lazy("Apply")

    def heading(self) -> str:
        return _("Apply to a network")

    def crumbs(self) -> Crumbs:
        return [(_("Memberships"), self.back())]

    def back(self) -> str:
        return reverse("desk:memberships")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return JoinForm(data, files, user=self.request.user, sides=[])

    def save(self, form: JoinForm) -> str:
        told, by = form.cleaned_data, self.request.user
        network = get_object_or_404(Network, party__slug=told["network"])
        membership = open_membership(network, told["mine"], by=by)
        act = add_membership_act(membership, kind=MembershipActKind.APPLIED, by=by)
        source = form.source()
        common = {"source": source, "origin": ORIGIN, "quote": told["quote"]}
        state(
            [
                Proposal(subject=membership, field=EXISTS, stated="yes", **common),
                Proposal(subject=act, field=EXISTS, stated="yes", **common),
                Proposal(subject=act, field="date", stated=str(today()), **common),
            ],
            by=by,
        )
        return reverse("desk:membership", args=[membership.pk])

    def done(self) -> str:
        return _("Applied. It waits on the desk of the network’s secretary.")


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
            act = add_membership_act(self.subject, kind=self.kind, by=self.request.user)
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


class Ties(FormPage):
    """Through whom a party is a member, and its pair."""

    section = "memberships"
    permission = "parties.keep_record"
    subject: Membership

    def find(self) -> Membership:
        found = queries.membership_page(today()).filter(withdrawn_at__isnull=True)
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def heading(self) -> str:
        return _("Through whom, and with which town")

    def crumbs(self) -> Crumbs:
        names = Names([self.subject.party, self.subject.network.party])
        title = say.member_of(names.text(self.subject.party), names.text(self.subject.network.party))
        return [(_("Memberships"), reverse("desk:memberships")), (title, self.back())]

    def back(self) -> str:
        return reverse("desk:membership", args=[self.subject.pk])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return MembershipTiesForm(data, files, membership=self.subject)

    def save(self, form: MembershipTiesForm) -> str:
        told, by = form.cleaned_data, self.request.user
        via = resolve(told["via"], by=by) if told["via"] else None
        tie_membership(self.subject, via=via, pair=told["pair"], by=by)
        return self.back()


class Certificate(DeskView):
    """The certificate of a member, as PDF, in the language of the page."""

    section = "memberships"
    permission = "parties.state_fact"
    subject: Membership

    def find(self) -> Membership:
        found = queries.membership_page(today()).filter(withdrawn_at__isnull=True)
        return get_object_or_404(found, pk=self.kwargs["pk"], status=MembershipStatus.MEMBER)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"certificate-{self.subject.party.slug}", "pdf", today())
        return as_pdf(certificate(self.subject, today()), name)
