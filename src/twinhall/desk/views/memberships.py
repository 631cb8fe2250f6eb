"""Memberships at the desk: their list, new ones, and through whom a party is a member."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.networks import JoinForm, MembershipForm, MembershipTiesForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.forms.records import MembershipSearch
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.evidence.actions import Proposal
from twinhall.evidence.sorts import EXISTS
from twinhall.finder.queries import named
from twinhall.networks import queries
from twinhall.networks.actions import add_membership_act, open_membership, tie_membership
from twinhall.networks.models import Membership, MembershipActKind, MembershipStatus, Network
from twinhall.parties.actions import ORIGIN, state
from twinhall.parties.models import Party
from twinhall.web import rows, say
from twinhall.web.environment import today
from twinhall.web.names import Names


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
