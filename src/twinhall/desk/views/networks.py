"""Networks at the desk: their list, their page, a new one."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.languages import Text, best
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.facts import FactRow, fact_rows
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.networks import NetworkForm
from twinhall.desk.forms.records import NetworkSearch
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.finder.queries import named
from twinhall.networks import queries
from twinhall.networks.actions import found_network
from twinhall.networks.models import Body, Membership, Network, Post
from twinhall.networks.waiting import applications_to
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.papers import GROUPS


class NetworkList(ListPage):
    section = "networks"
    name = "networks"
    heading = gettext_lazy("Networks")
    model = Network
    filters = NetworkSearch
    orders = queries.NETWORK_ORDERS
    add_href = "desk:network-add"
    add_label = gettext_lazy("Add a network")
    add_permission = "parties.add_party"
    columns = (
        Column("name", gettext_lazy("Name"), is_sorted=True),
        Column("sectors", gettext_lazy("Sectors")),
        Column("founded", gettext_lazy("Founded")),
        Column("members", gettext_lazy("Memberships in the register"), is_sorted=True, is_number=True),
        Column("address", gettext_lazy("Address"), only_in_files=True),
    )

    def found(self, asked: dict[str, str], order: str, day: dt.date, among: Q) -> "QuerySet[Network]":  # noqa: ARG002
        return queries.network_list(**asked, order=order, among=among)

    def called(self, query: str) -> Q:
        return named(query, Party)

    def cells(self, records: Sequence[Network], day: dt.date) -> list[Cells]:  # noqa: ARG002
        names = Names(network.party for network in records)
        return [_network_cells(network, names) for network in records]


def _network_cells(network: Network, names: Names) -> Cells:
    name = names.of(network.party)
    return {
        "name": Cell(name.text, href=reverse("desk:network", args=[network.party.slug]), lang=name.language),
        "sectors": Cell(", ".join(field.label for field in network.sectors.all()).lower()),
        "founded": Cell(say.date(network.founded)),
        "members": Cell(str(network.membership_count)),  # type: ignore[attr-defined]
        "address": Cell(network.party.slug),
    }


class NetworkPage(DeskView):
    section = "networks"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        network = get_object_or_404(queries.network_page(), party__slug=slug)
        sizes, bodies, posts = (
            list(network.sizes.all()),
            list(network.bodies.all()),
            list(network.posts.all()),
        )
        evidence = Evidence([network, network.party, *sizes, *bodies, *posts])
        names = Names([network.party, *(post.party for post in posts)])
        keeps = self.may("parties.keep_record", network)
        context = {
            "record": network,
            "kind": network._meta.label_lower,
            "heading": names.text(network.party),
            "facts": fact_rows(network, evidence.about),
            "party_facts": fact_rows(network.party, evidence.about, "name", "website"),
            "bodies": [_body(body, evidence) for body in bodies],
            "posts": [_post(post, names, evidence) for post in posts],
            "application_count": applications_to(network).count() if keeps else 0,
            "files": [(suffix, _members_href(slug, suffix)) for suffix in ("csv", "xlsx")],
            "papers": [(by, reverse("web:members-paper", args=[slug], query={"by": by})) for by in GROUPS],
            "members_href": reverse("desk:memberships", query={"network": slug}),
            "member_count": Membership.objects.standing().filter(network=network).count(),
            "may_keep": keeps,
            "may_invite": self.may("parties.invite", network.party),
            "public_href": reverse("web:network", args=[slug]),
        }
        return self.page("desk/networks/detail.html", context)


def _members_href(slug: str, suffix: str) -> str:
    return reverse("web:members-file", args=[slug, suffix])


def _body(body: Body, evidence: Evidence) -> tuple[Body, Text, list[FactRow]]:
    return body, best(body.name), fact_rows(body, evidence.about)


def _post(post: Post, names: Names, evidence: Evidence) -> tuple[Post, Text, Text, list[FactRow]]:
    """A post with who has it, and of which body."""
    of = best(post.body.name) if post.body else Text("", "")
    return post, names.of(post.party), of, fact_rows(post, evidence.about)


class NetworkAdd(FormPage):
    """The network of an association."""

    section = "networks"
    permission = "parties.add_party"
    submit = gettext_lazy("Add the network")

    def heading(self) -> str:
        return _("Add a network")

    def crumbs(self) -> Crumbs:
        return [(_("Networks"), self.back())]

    def back(self) -> str:
        return reverse("desk:networks")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return NetworkForm(data, files, user=self.request.user)

    def save(self, form: NetworkForm) -> str:
        network = found_network(form.cleaned_data["association"], by=self.request.user)
        return reverse("desk:network", args=[network.party.slug])
