"""The page of one fact: who says what of it, what stands, and a form to state another value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.core.languages import Text
from twinhall.desk import records
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.statements import CorrectForm, NeedsReasonForm, ReasonForm, StateForm
from twinhall.desk.indexing import index_subject
from twinhall.evidence import values
from twinhall.evidence.actions import correct, prefer, reject, release, reopen
from twinhall.evidence.models import Decision, Statement, Verdict
from twinhall.evidence.queries import disagree
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.parties.actions import accept_words, state
from twinhall.parties.precedence import rank
from twinhall.parties.queries import publishers_of
from twinhall.parties.rules import Word, words
from twinhall.web import say
from twinhall.web.dating import source_dated
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects


@dataclass(frozen=True)
class Line:
    """One word on the fact, as the page shows it, with what the person may do to it."""

    statement: Statement
    who: Text
    dated: str
    stated: str
    value: str
    decisions: Sequence[Decision]
    deeds: Sequence[tuple[str, str]]


def deeds_on(word: Word, page: FormPage) -> list[str]:
    """What can be done to a word, in its present state and by this person."""
    statement = word.statement
    is_accepted = statement.verdict == Verdict.ACCEPTED
    offered = []
    if not is_accepted and page.may("parties.accept_word", word):
        offered.append("accept")
    if page.may("parties.reject_word", word):
        offered += [] if statement.verdict == Verdict.REJECTED else ["reject"]
        offered += [] if statement.verdict == Verdict.PROPOSED else ["reopen"]
        offered.append("correct")
    if not statement.is_member and page.may("parties.prefer_word", word):
        offered += ["release"] if statement.preferred else ["prefer"] if is_accepted else []
    return offered


class FactPage(FormPage):
    """Who says what of one field of one record, and a form to state another value."""

    permission = "parties.propose_fact"
    template = "desk/fact.html"

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        self.field = self.kwargs["field"]
        try:
            sort = values.sort_of(type(record), self.field)
        except ValidationError as error:
            raise Http404 from error
        if sort is PER_LANGUAGE:
            raise Http404
        self.called = {self.field: "value"}
        return record

    def heading(self) -> str:
        if self.field == EXISTS:
            return _("Whether it exists")
        return say.field(type(self.subject), self.field)

    def crumbs(self) -> Crumbs:
        return [(records.label(self.subject), records.href(self.subject))]

    def back(self) -> str:
        return records.href(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return StateForm(
            data,
            files,
            record=self.subject,
            name=self.field,
            user=self.request.user,
            sides=records.sides(self.subject),
        )

    def save(self, form: StateForm) -> str:
        statements = state(form.proposals(form.source()), by=self.request.user)
        form.file_with(self.subject)
        self.waits = any(s.verdict == Verdict.PROPOSED for s in statements)
        index_subject(self.subject)
        return records.fact_href(self.subject, self.field)

    def done(self) -> str:
        if self.waits:
            return _("Proposed. It waits for those who speak for the record to accept it.")
        return _("Stated. It stands in the register with its source.")

    def extra(self) -> dict[str, object]:
        found = list(statements_on(self.subject, self.field))
        standing = [s for s in found if s.verdict == Verdict.ACCEPTED]
        return {
            "record": self.subject,
            "field": self.field,
            "label": records.label(self.subject),
            "lines": lines(found, self),
            "is_disputed": (
                len(standing) > 1
                and values.is_compared(self.subject, self.field)
                and disagree(standing, corrected=True)
            ),
            "history_href": reverse("desk:history", args=[self.kwargs["kind"], self.kwargs["pk"]]),
        }


def statements_on(record: Model, field: str) -> "list[Statement]":
    """Everything that was ever stated of a field, what is in force first."""
    return list(
        Statement.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk, field=field)
        .select_related("source", "decided_by")
        .prefetch_related("decisions__by")
        .order_by("-in_force", "verdict", "language", "-last_seen", "pk")
    )


def lines(found: Sequence[Statement], page: FormPage) -> list[Line]:
    """The words on a fact with what can be done to each; as many queries for any number."""
    published = publishers_of(found)
    names, subjects = Names(published.values()), Subjects(found)
    return [
        Line(
            statement=word.statement,
            who=names.of(published[word.statement.source_id])
            if word.statement.source_id in published
            else word.statement.source.words,
            dated=source_dated(word.statement.source),
            stated=subjects.stated(word.statement),
            value=subjects.corrected(word.statement) if word.statement.printed_in_error else "",
            decisions=list(word.statement.decisions.all()),
            deeds=[
                (deed, reverse("desk:statement", args=[word.statement.pk, deed]))
                for deed in deeds_on(word, page)
            ],
        )
        for word in words(found)
    ]


class StatementDeed(FormPage):
    """Accept, reject, reopen, prefer, release or correct one word."""

    permissions: ClassVar[Mapping[str, str]] = {
        "accept": "parties.accept_word",
        "reject": "parties.reject_word",
        "reopen": "parties.reject_word",
        "correct": "parties.reject_word",
        "prefer": "parties.prefer_word",
        "release": "parties.prefer_word",
    }
    template = "desk/statement.html"

    @property
    def permission(self) -> str:  # type: ignore[override]
        """Each deed has a rule of its own."""
        return self.permissions[self.kwargs["deed"]]

    def find(self) -> Word:
        if self.kwargs["deed"] not in self.permissions:
            raise Http404
        self.statement = get_object_or_404(Statement.objects.select_related("source"), pk=self.kwargs["pk"])
        if self.kwargs["deed"] == "prefer" and self.statement.verdict != Verdict.ACCEPTED:
            raise Http404  # choosing a word accepts it too, and that is asked by a rule of its own
        self.record = records.find(self.statement.subject_type, self.statement.subject_id)
        on_the_field = statements_on(self.record, self.statement.field)
        return next(w for w in words(on_the_field) if w.statement == self.statement)

    @property
    def submit(self) -> str:
        """The button says which deed it does."""
        return {
            "accept": _("Accept"),
            "reject": _("Reject"),
            "reopen": _("Reopen"),
            "correct": _("Correct"),
            "prefer": _("Let it stand"),
            "release": _("Let precedence decide"),
        }[self.kwargs["deed"]]

    def heading(self) -> str:
        return {
            "accept": _("Accept this word"),
            "reject": _("Reject this word"),
            "reopen": _("Reopen this word"),
            "correct": _("Correct what is printed"),
            "prefer": _("Choose this word over the others"),
            "release": _("Let the order of precedence decide again"),
        }[self.kwargs["deed"]]

    def crumbs(self) -> Crumbs:
        model = type(self.record)
        return [(say.field(model, self.statement.field), self.back())]

    def back(self) -> str:
        if self.statement.language:
            kind = self.statement.subject_type
            return reverse("desk:texts", args=[kind, self.record.pk, self.statement.field])
        return records.fact_href(self.record, self.statement.field)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        if self.kwargs["deed"] == "correct":
            return CorrectForm(data, files, statement=self.statement, model=type(self.record))
        if self.kwargs["deed"] == "release":
            return DeskForm(data, files)
        needs = self.kwargs["deed"] in {"prefer", "reject"}
        return (NeedsReasonForm if needs else ReasonForm)(data, files)

    def extra(self) -> dict[str, object]:
        return {"lines": lines([self.statement], self), "record": self.record}

    def save(self, form: DeskForm) -> str:
        by, why, deed = self.request.user, form.cleaned_data.get("why", ""), self.kwargs["deed"]
        if deed == "accept":
            accept_words([self.statement], by=by, why=why)
        elif deed == "reject":
            reject([self.statement], by=by, rank=rank, why=why)
        elif deed == "reopen":
            reopen([self.statement], by=by, rank=rank, why=why)
        elif deed == "prefer":
            prefer(self.statement, by=by, rank=rank, why=why)
        elif deed == "release":
            release(self.statement, by=by, rank=rank)
        else:
            correct(self.statement, form.cleaned_data["value"], why=why, by=by, rank=rank)
        index_subject(self.record)
        return self.back()

    def done(self) -> str:
        return _("Done. The history of the record keeps it.")
