"""Partnerships at the desk: list, page, a new tie, its acts, and what my side says of it."""

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.desk.acts import act_rows, check_next, state_act
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.facts import exists_row, fact_rows
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.forms.partnerships import (
    ActForm,
    ConfirmForm,
    ContestForm,
    PartnershipForm,
    PartnershipSearch,
)
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.documents.models import Document
from twinhall.evidence import values
from twinhall.evidence.actions import Proposal, RefusedError
from twinhall.evidence.sorts import EXISTS
from twinhall.finder.queries import named
from twinhall.parties.actions import ORIGIN, own_source, state
from twinhall.parties.models import Party
from twinhall.parties.rules import readable_by, standing
from twinhall.partnerships import queries
from twinhall.partnerships.actions import add_act, found_partnership, open_deeds
from twinhall.partnerships.models import Act, ActKind, Partnership, Status
from twinhall.web import rows, say
from twinhall.web.environment import today
from twinhall.web.names import Names
from twinhall.web.notes import Evidence


class PartnershipList(ListPage):
    section = "partnerships"
    name = "partnerships"
    heading = gettext_lazy("Partnerships")
    model = Partnership
    filters = PartnershipSearch
    orders = queries.PARTNERSHIP_ORDERS
    add_href = "desk:partnership-add"
    add_label = gettext_lazy("Add a partnership")
    add_permission = "parties.add_party"
    columns = (
        Column("between", gettext_lazy("Between"), is_sorted=True),
        Column("kind", gettext_lazy("Kind")),
        Column("since", gettext_lazy("Since"), is_sorted=True),
        Column("basis", gettext_lazy("Acts"), only_in_files=True),
        Column("status", gettext_lazy("Status")),
        Column("said", gettext_lazy("Said by")),
        Column("fields", gettext_lazy("Fields"), only_in_files=True),
        Column("address", gettext_lazy("Address"), only_in_files=True),
    )

    def found(self, asked: dict[str, Any], order: str, day: dt.date, among: Q) -> "QuerySet[Partnership]":
        return queries.partnership_list(day, **asked, order=order, among=among)

    def called(self, query: str) -> Q:
        return named(query, Party, "signatories__party")

    def cells(self, records: Sequence[Partnership], day: dt.date) -> list[Cells]:  # noqa: ARG002
        said = queries.sides(records, queries.statements_on(records))
        names = Names(rows.parties_of(records))
        return [_cells(rows.tie(p, said[p.pk], names), p, names) for p in records]


def _cells(tie: rows.Tie, partnership: Partnership, names: Names) -> Cells:
    parties = [signatory.party for signatory in partnership.signatories.all()]
    return {
        "between": Cell(
            " – ".join(names.text(party) for party in parties),
            href=reverse("desk:partnership", args=[partnership.slug]),
            small=", ".join(dict.fromkeys(say.country(p.country) for p in parties if p.country)),
        ),
        "kind": Cell(tie.kind),
        "since": Cell(tie.since.when),
        "basis": Cell(tie.since.small),
        "status": Cell(tie.status_label, tone=tie.tone),
        "said": Cell(tie.said.label, tone="bad" if tie.said.disputed else ""),
        "fields": Cell(tie.fields),
        "address": Cell(partnership.slug),
    }


class PartnershipPage(DeskView):
    section = "partnerships"
    template = "desk/partnerships/detail.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        partnership = get_object_or_404(queries.partnership_page(today(), withdrawn=True), slug=slug)
        documents = Prefetch("documents", readable_by(request.user, Document.objects.all()))
        acts = list(Act.every.filter(partnership=partnership).prefetch_related(documents).order_by("number"))
        evidence = Evidence([partnership, *acts])
        parties = [signatory.party for signatory in partnership.signatories.all()]
        names = Names(parties)
        sides = queries.sides([partnership], evidence.about)[partnership.pk]
        mine = [party for party in parties if party.pk in standing(request.user).speaking]
        keeps = self.may("parties.keep_record", partnership)
        context = {
            "record": partnership,
            "kind": partnership._meta.label_lower,
            "heading": say.listed(names.text(party) for party in parties),
            "parties": [rows.party_link(party, names) for party in parties],
            "tie": rows.tie(partnership, sides, names),
            "status_label": Status(partnership.status).label,
            "sides": sides,
            "facts": [exists_row(partnership, evidence.about), *fact_rows(partnership, evidence.about)],
            "acts": act_rows(acts, evidence.about, names),
            "may_keep": keeps,
            "deeds": deeds(partnership) if keeps else [],
            "grave_deeds": deeds(partnership, grave=True) if keeps else [],
            "speaks": [names.text(party) for party in mine],
            "has_confirmed": bool(mine) and all(party in sides.confirming for party in mine),
            "public_href": reverse("web:partnership", args=[slug]),
            "more": self._more(partnership),
        }
        return self.page(self.template, context)

    def _more(self, partnership: Partnership) -> list[tuple[str, str]]:
        if partnership.withdrawn_at or not self.may("parties.administer", None):
            return []
        args = [partnership._meta.label_lower, partnership.pk]
        return [(_("Merge into another"), reverse("desk:merge", args=args))]


def deed_words() -> dict[str, str]:
    """What can be done with a tie, as its buttons say it."""
    return {
        ActKind.INTENT: _("Declare intent"),
        ActKind.BEGUN: _("Begin cooperation"),
        ActKind.SIGNED: _("Sign"),
        ActKind.RENEWED: _("Renew"),
        ActKind.WIDENED: _("Widen"),
        ActKind.SUSPENDED: _("Suspend"),
        ActKind.RESUMED: _("Resume"),
        ActKind.REVIVED: _("Revive"),
        ActKind.LAPSED: _("Let lapse"),
        ActKind.ENDED: _("End"),
        ActKind.LEFT: _("A party leaves"),
    }


GRAVE = frozenset({ActKind.LAPSED, ActKind.ENDED, ActKind.LEFT})
"""Deeds that take a tie, or a party's place in it, away."""


def deeds(partnership: Partnership, *, grave: bool = False) -> list[tuple[str, str]]:
    """What can be done with the tie now, or what ends it: words and address."""
    words = deed_words()
    return [
        (words[kind], reverse("desk:partnership-act", args=[partnership.slug, kind]))
        for kind in open_deeds(partnership)
        if (kind in GRAVE) == grave
    ]


class PartnershipAdd(FormPage):
    """A new tie: between whom, of which kind, and who says so. Its acts follow on its page."""

    section = "partnerships"
    permission = "parties.add_party"
    submit = gettext_lazy("Add the partnership")
    called = MappingProxyType({"parties": "partner"})

    def heading(self) -> str:
        return _("Add a partnership")

    def crumbs(self) -> Crumbs:
        return [(_("Partnerships"), reverse("desk:partnerships"))]

    def back(self) -> str:
        return reverse("desk:partnerships")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PartnershipForm(data, files, user=self.request.user)

    def save(self, form: PartnershipForm) -> str:
        told, by = form.cleaned_data, self.request.user
        chosen = [choice for choice in (told["partner"], told["third"]) if choice]
        parties = [told["mine"], *(resolve(choice, by=by) for choice in chosen)]
        partnership = found_partnership(kind=told["kind"], parties=parties, by=by)
        state([_exists(partnership, form)], by=by)
        return reverse("desk:partnership", args=[partnership.slug])

    def done(self) -> str:
        return _("Added. Its status follows from its acts: add the first one.")


def _exists(record: Model, form: PartnershipForm) -> Proposal:
    quote = form.cleaned_data["quote"]
    return Proposal(
        subject=record, field=EXISTS, stated="yes", source=form.source(), quote=quote, origin=ORIGIN
    )


class _OfPartnership(FormPage):
    section = "partnerships"
    subject: Partnership

    def find(self) -> Partnership:
        return get_object_or_404(queries.partnership_page(today()), slug=self.kwargs["slug"])

    @property
    def parties(self) -> list[Party]:
        return [signatory.party for signatory in self.subject.signatories.all()]

    def title(self) -> str:
        """The tie as its parties are called."""
        return say.listed(Names(self.parties).text(party) for party in self.parties)

    def crumbs(self) -> Crumbs:
        return [(_("Partnerships"), reverse("desk:partnerships")), (self.title(), self.back())]

    def back(self) -> str:
        return reverse("desk:partnership", args=[self.subject.slug])


class ActAdd(_OfPartnership):
    """A deed: sign, renew, suspend, resume, end; or an act of an earlier day."""

    permission = "parties.keep_record"

    def find(self) -> Partnership:
        if self.kwargs.get("kind", ActKind.SIGNED) not in deed_words():
            raise Http404
        return super().find()

    @property
    def kind(self) -> str:
        return str(self.kwargs.get("kind", ""))

    @property
    def is_grave(self) -> bool:  # type: ignore[override]
        """What ends a tie warns."""
        return self.kind in GRAVE

    @property
    def submit(self) -> str:
        """The button says which deed it does."""
        return deed_words()[self.kind] if self.kind else _("Save")

    def heading(self) -> str:
        if not self.kind:
            return _("Add an act of an earlier day")
        words = {"deed": deed_words()[ActKind(self.kind)], "tie": self.title()}
        return _("%(deed)s: %(tie)s") % words

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ActForm(data, files, kind=self.kind, user=self.request.user, sides=self.parties)

    def save(self, form: ActForm) -> str:
        date = form.cleaned_data["date"]
        if self.kind:  # what happens next stands after all that is known, also what a page saw later
            check_next(self.subject.acts.all(), date)
        place = None if self.kind else date
        act = add_act(self.subject, kind=form.told_kind, party=form.party, date=place, by=self.request.user)
        state_act(act, form, language=get_language() or "en")
        return self.back()


class Confirm(_OfPartnership):
    """My side says that the tie is so."""

    permission = "parties.keep_record"
    submit = gettext_lazy("Confirm")

    def heading(self) -> str:
        return _("Confirm this partnership")

    def mine(self) -> list[Party]:
        """The sides that the person speaks for; an administrator speaks for none."""
        found = [party for party in self.parties if party.pk in standing(self.request.user).speaking]
        if not found:
            raise Http404
        return found

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ConfirmForm(data, files, sides=self.mine())

    def extra(self) -> dict[str, object]:
        lead = _(
            "Your side’s own word: that the partnership is as the register has it. "
            "When each side has said so, it is shown as confirmed by both."
        )
        return {"lead": lead}

    def done(self) -> str:
        return _("Confirmed. Your side’s own word stands in the register.")

    def save(self, form: ConfirmForm) -> str:
        source = own_source(form.speaker, day=today())
        quote = form.cleaned_data["quote"]
        proposal = Proposal(
            subject=self.subject, field=EXISTS, stated="yes", source=source, quote=quote, origin=ORIGIN
        )
        state([proposal], by=self.request.user)
        return self.back()


class Contest(Confirm):
    """My side says that the tie, or a fact of it, is not so, and why."""

    submit = gettext_lazy("Contest")

    def heading(self) -> str:
        return _("Contest what the register says")

    def extra(self) -> dict[str, object]:
        lead = _(
            "Your side’s word is shown beside the other side’s, with your reason, and the fact as disputed. "
            "It does not displace the other side’s own word."
        )
        return {"lead": lead}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ContestForm(data, files, sides=self.mine(), facts=self._facts())

    def _facts(self) -> list[tuple[str, str]]:
        """What can be contested: the tie itself, and what its acts hold."""
        found = [("exists", _("That there is such a partnership"))]
        for act in self.subject.acts.all():
            for name in ("date", "place", "deciding_body", "valid_until"):
                value = getattr(act, name)
                if value:
                    shown = say.value(Act, name, values.text(value))
                    words = {
                        "act": say.capital(act.deed),
                        "field": say.field(Act, name).lower(),
                        "value": shown,
                    }
                    found.append((f"{act.pk}:{name}", _("%(act)s, %(field)s: %(value)s") % words))
        return found

    def save(self, form: ConfirmForm) -> str:
        fact, told = form.cleaned_data["fact"], form.cleaned_data
        act, _colon, name = fact.partition(":")
        subject: Partnership | Act = self.subject if fact == "exists" else Act.objects.get(pk=act)
        proposal = Proposal(
            subject=subject,
            field=name or EXISTS,
            stated="no" if fact == "exists" else told["value"],
            source=own_source(form.speaker, day=today()),
            quote=told["quote"],
            origin=ORIGIN,
        )
        try:
            state([proposal], by=self.request.user)
        except RefusedError as error:
            raise ValidationError({"value": [why for _proposal, why in error.refusals]}) from error
        return self.back()

    def done(self) -> str:
        return _("Your word is kept beside the other side’s.")
