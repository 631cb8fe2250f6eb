"""Parties at the desk: list, page, a new one, its names, identifiers and contacts, and whom it succeeded."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.text import free_slug, slug
from twinhall.desk import records
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.facts import fact_rows
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.forms.records import (
    PARTY_FACTS,
    ContactForm,
    IdentifierForm,
    NameForm,
    PartyForm,
    PartySearch,
    SuccessionForm,
)
from twinhall.desk.indexing import index_subject
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.evidence.actions import Proposal
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.regions import settle_regions
from twinhall.finder.queries import named
from twinhall.parties import queries
from twinhall.parties.actions import ORIGIN, PartyDraft, add_name, add_party, state, succeed
from twinhall.parties.models import Contact, Identifier, Name, Party, PartyKind
from twinhall.partnerships.queries import ties_in_force
from twinhall.projects.queries import ties_of
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.notes import Evidence


class PartyList(ListPage):
    section = "parties"
    name = "parties"
    heading = gettext_lazy("Parties")
    model = Party
    filters = PartySearch
    orders = queries.PARTY_ORDERS
    add_href = "desk:party-add"
    add_label = gettext_lazy("Add a party")
    add_permission = "parties.add_party"
    columns = (
        Column("name", gettext_lazy("Name"), is_sorted=True),
        Column("own_name", gettext_lazy("Own name")),
        Column("kind", gettext_lazy("Kind")),
        Column("country", gettext_lazy("Country")),
        Column("population", gettext_lazy("Population"), is_sorted=True, is_number=True),
        Column("ties", gettext_lazy("Partnerships in force"), is_number=True),
        Column("website", gettext_lazy("Web site"), only_in_files=True),
        Column("address", gettext_lazy("Address"), only_in_files=True),
    )

    def found(self, asked: dict[str, str], order: str, day: dt.date, among: Q) -> "QuerySet[Party]":  # noqa: ARG002
        return queries.party_list(**asked, order=order, among=among, kinds=PartyKind.values)

    def called(self, query: str) -> Q:
        return named(query, Party)

    def cells(self, records: Sequence[Party], day: dt.date) -> list[Cells]:
        names, ties = Names(records), ties_in_force(records, day)
        return [_cells(party, names, ties.get(party.pk, 0)) for party in records]


def _cells(party: Party, names: Names, ties: int) -> Cells:
    name = names.of(party)
    return {
        "name": Cell(name.text, href=reverse("desk:party", args=[party.slug]), lang=name.language),
        "own_name": Cell(str(party), lang=party.language),
        "kind": Cell(party.get_kind_display()),
        "country": Cell(say.country(party.country) if party.country else ""),
        "population": Cell(str(party.population) if party.population is not None else ""),
        "ties": Cell(str(ties)),
        "website": Cell(party.website),
        "address": Cell(party.slug),
    }


class PartyPage(DeskView):
    section = "parties"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        party = get_object_or_404(queries.party_page(withdrawn=True), slug=slug)
        if hasattr(party, "network") and not request.GET.get("party"):
            return redirect("desk:network", slug)
        spellings = list(Name.every.filter(party=party).order_by("withdrawn_at", "language", "text"))
        contacts, inherited = (
            list(party.contacts.all()),
            list(party.inheritances.select_related("predecessor")),
        )
        evidence = Evidence([party, *spellings, *contacts, *inherited])
        keeps = self.may("parties.keep_record", party)
        context = {
            "record": party,
            "kind": party._meta.label_lower,
            "heading": Names([party]).text(party),
            "country": say.country(party.country) if party.country else "",
            "facts": fact_rows(party, evidence.about),
            "spellings": spellings,
            "contacts": [(contact, fact_rows(contact, evidence.about)) for contact in contacts],
            "successions": [(s, fact_rows(s, evidence.about)) for s in inherited],
            "ties": ties_of(party),
            "may_keep": keeps,
            "may_invite": self.may("parties.invite", party),
            "may_administer": self.may("parties.administer", None),
            "public_href": reverse("web:party", args=[slug]),
        }
        return self.page("desk/parties/detail.html", context)


class PartyAdd(FormPage):
    """A party that no gazetteer has."""

    section = "parties"
    permission = "parties.add_party"
    submit = gettext_lazy("Add the party")

    def heading(self) -> str:
        return _("Add a party")

    def crumbs(self) -> Crumbs:
        return [(_("Parties"), reverse("desk:parties"))]

    def back(self) -> str:
        return reverse("desk:parties")

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "A town of the gazetteer is added where it is chosen as a partner or member. "
                "Here you add what no gazetteer has: a region, an association, a school, a company."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PartyForm(data, files, user=self.request.user, sides=[])

    def save(self, form: PartyForm) -> str:
        told = form.cleaned_data
        names = [(told["english"], "en", "exonym")] if told["english"] else []
        draft = PartyDraft(
            kind=told["kind"],
            name=told["name"],
            language=told["language"],
            english=told["english"],
            facts={name: told[name] for name in PARTY_FACTS},
            names=names if told["english"] != told["name"] else [],
            identifiers=form.identifiers,
        )
        party = add_party(draft, source=form.source(), by=self.request.user)
        settle_regions([party])
        index_subject(party)
        return reverse("desk:party", args=[party.slug])

    def done(self) -> str:
        return _("Added.")


class _OfParty(FormPage):
    section = "parties"
    permission = "parties.keep_record"
    subject: Party

    def find(self) -> Party:
        return get_object_or_404(Party.objects.standing(), slug=self.kwargs["slug"])

    def crumbs(self) -> Crumbs:
        return [
            (_("Parties"), reverse("desk:parties")),
            (Names([self.subject]).text(self.subject), self.back()),
        ]

    def back(self) -> str:
        return records.href(self.subject)


class NameAdd(_OfParty):
    """Another spelling, so that the party is found by it."""

    permission = "parties.state_fact"

    def heading(self) -> str:
        return _("Add a name")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return NameForm(data, files, user=self.request.user, sides=[self.subject])

    def save(self, form: NameForm) -> str:
        told = form.cleaned_data
        add_name(
            self.subject,
            text=told["text"],
            language=told["language"],
            kind=told["kind"],
            source=form.source(),
            by=self.request.user,
        )
        index_subject(self.subject)
        return self.back()


class IdentifierAdd(_OfParty):
    """What a register elsewhere calls the party."""

    def heading(self) -> str:
        return _("Add an identifier")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return IdentifierForm(data, files)

    def save(self, form: IdentifierForm) -> str:
        told = form.cleaned_data
        identifier = Identifier(party=self.subject, scheme=told["scheme"], value=told["value"])
        identifier.full_clean()
        identifier.save()
        return self.back()


class ContactAdd(_OfParty):
    """An office to write to."""

    def heading(self) -> str:
        return _("Add a contact")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ContactForm(data, files, user=self.request.user, sides=[self.subject])

    def save(self, form: ContactForm) -> str:
        told, source = form.cleaned_data, form.source()
        taken = self.subject.contacts.filter
        key = free_slug(slug(told["office"]) or "office", taken=lambda k: taken(key=k).exists())
        contact = Contact.objects.create(party=self.subject, key=key)
        common = {"subject": contact, "source": source, "origin": ORIGIN, "quote": told["quote"]}
        texts = Proposal(field="office", stated=told["office"], language=told["office_language"], **common)
        proposals = [Proposal(field=EXISTS, stated="yes", **common), texts]
        proposals += [
            Proposal(field=name, stated=told[name], **common) for name in ("address", "website") if told[name]
        ]
        state(proposals, by=self.request.user)
        return self.back()


class SuccessionAdd(_OfParty):
    """Whose place the party took: the old one's ties then show on its page."""

    def heading(self) -> str:
        return _("Add a predecessor")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return SuccessionForm(data, files, user=self.request.user, sides=[self.subject])

    def save(self, form: SuccessionForm) -> str:
        told, by = form.cleaned_data, self.request.user
        predecessor = resolve(told["predecessor"], by=by)
        if not self.may("parties.keep_record", predecessor):
            message = _("You do not speak for this party. Ask whoever runs the register to record it.")
            raise ValidationError({"predecessor": message})
        succession = succeed(predecessor, self.subject, by=by)
        common = {"subject": succession, "source": form.source(), "origin": ORIGIN, "quote": told["quote"]}
        proposals = [Proposal(field=EXISTS, stated="yes", **common)]
        if told["date"]:
            proposals.append(Proposal(field="date", stated=told["date"], **common))
        state(proposals, by=by)
        return self.back()
