"""A text in its languages, side by side; a translation is marked where its original changed after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.core.languages import best, is_language, language_name
from twinhall.desk import records
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.statements import TextForm
from twinhall.desk.indexing import index_subject
from twinhall.desk.views.facts import Line, lines, statements_on
from twinhall.evidence import values
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.sorts import PER_LANGUAGE
from twinhall.parties.actions import ORIGIN, state
from twinhall.web import say


@dataclass(frozen=True)
class Side:
    """The text in one language: what stands, what else is stated, and whether it is behind its original."""

    language: str
    name: str
    standing: Line | None
    others: Sequence[Line]
    made_from: str
    is_behind: bool
    href: str


class Texts(FormPage):
    """All languages of one text, and a form for one of them beside the text that it is made from."""

    permission = "parties.propose_fact"
    template = "desk/texts.html"

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        self.field = self.kwargs["field"]
        try:
            sort = values.sort_of(type(record), self.field)
        except ValidationError as error:
            raise Http404 from error
        if sort is not PER_LANGUAGE:
            raise Http404
        self.found = statements_on(record, self.field)
        return record

    @property
    def texts(self) -> dict[str, str]:
        """What stands, by language."""
        return dict(getattr(self.subject, self.field))

    @property
    def to(self) -> str:
        """The language that is written in: as asked for, else the reader's."""
        asked = self.request.GET.get("to", "")
        return asked if is_language(asked) else (get_language() or "en")

    @property
    def beside(self) -> str:
        """The language whose text stands beside the form: as asked for, else the best there is."""
        asked = self.request.GET.get("from", "")
        return asked if asked in self.texts else best(self.texts).language if self.texts else ""

    def heading(self) -> str:
        return say.field(type(self.subject), self.field)

    def crumbs(self) -> Crumbs:
        return [(records.label(self.subject), records.href(self.subject))]

    def back(self) -> str:
        return records.href(self.subject)

    def here(self, **asked: str) -> str:
        """The address of this page, for other languages."""
        args = [self.kwargs["kind"], self.kwargs["pk"], self.field]
        return reverse("desk:texts", args=args, query=asked or None)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        beside = self.beside if self.beside != self.to else ""
        return TextForm(
            data,
            files,
            initial={"to": self.to, "made_from": beside, "text": self.texts.get(self.to, "")},
            originals=[(code, language_name(code)) for code in self.texts],
            user=self.request.user,
            sides=records.sides(self.subject),
        )

    def save(self, form: TextForm) -> str:
        told = form.cleaned_data
        if told["made_from"] == told["to"]:
            raise ValidationError({"made_from": _("A text is not a translation of itself.")})
        proposal = Proposal(
            subject=self.subject,
            field=self.field,
            stated=told["text"],
            language=told["to"],
            quote=told["quote"],
            source=form.source(),
            origin=ORIGIN,
            translation_of=self._standing(told["made_from"]),
        )
        statements = state([proposal], by=self.request.user)
        self.waits = statements[0].verdict == Verdict.PROPOSED
        index_subject(self.subject)
        return self.here(to=told["to"])

    def done(self) -> str:
        if self.waits:
            return _("Proposed. It waits for those who speak for the record to accept it.")
        return _("Saved.")

    def _standing(self, language: str) -> Statement | None:
        return next((s for s in self.found if s.in_force and s.language == language), None)

    def extra(self) -> dict[str, object]:
        return {
            "label": records.label(self.subject),
            "sides": self._sides(),
            "to": self.to,
            "to_name": language_name(self.to),
            "beside": self.beside if self.beside != self.to else "",
            "beside_name": language_name(self.beside) if self.beside else "",
            "beside_text": self.texts.get(self.beside, ""),
            "beside_choices": [
                (code, language_name(code), self.here(to=self.to, **{"from": code})) for code in self.texts
            ],
        }

    def _sides(self) -> list[Side]:
        by_language: dict[str, list[Line]] = {}
        for line in lines(self.found, self):
            by_language.setdefault(line.statement.language, []).append(line)
        return [self._side(language, found) for language, found in sorted(by_language.items())]

    def _side(self, language: str, found: Sequence[Line]) -> Side:
        standing = next((line for line in found if line.statement.in_force), None)
        original = standing.statement.translation_of_id if standing else None
        by_pk = {s.pk: s for s in self.found}
        return Side(
            language=language,
            name=language_name(language),
            standing=standing,
            others=[line for line in found if line is not standing],
            made_from=language_name(by_pk[original].language) if original in by_pk else "",
            is_behind=original in by_pk and not by_pk[original].in_force,
            href=self.here(to=language),
        )
