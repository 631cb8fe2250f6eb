"""Acts at the desk: of partnerships and of memberships alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.core.acts import Act, out_of_order
from twinhall.core.dates import PartialDate
from twinhall.core.languages import Text, best
from twinhall.desk.facts import FactRow, exists_row, fact_rows
from twinhall.desk.forms.sources import SourcedForm
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal
from twinhall.evidence.queries import About
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.actions import ORIGIN, state
from twinhall.web import say
from twinhall.web.names import Names

FACTS = ("date", "place", "deciding_body", "valid_until")


@dataclass(frozen=True)
class ActRow:
    """An act as a row: its facts with the way to each, its documents, and whether it was taken back."""

    act: Act
    kind: str
    deed: str
    who: str
    when: str
    facts: list[FactRow]
    note: Text
    reason: Text
    documents: Sequence[Document]
    is_disputed: bool


def act_rows(acts: Sequence[Act], about: About, names: Names) -> list[ActRow]:
    """Acts with their facts; their documents are prefetched."""
    return [_row(act, about, names) for act in acts]


def _row(act: Act, about: About, names: Names) -> ActRow:
    facts = [exists_row(act, about), *fact_rows(act, about)]
    party = getattr(act, "party", None)
    return ActRow(
        act=act,
        kind=act._meta.label_lower,
        deed=say.capital(act.deed),
        who=names.text(party) if party else "",
        when=say.date(act.date),
        facts=facts,
        note=best(act.note),
        reason=best(getattr(act, "reason", {})),
        documents=list(act.documents.all()),  # type: ignore[attr-defined]
        is_disputed=any(fact.is_disputed for fact in facts),
    )


def check_next(acts: Iterable[Act], date: PartialDate | None) -> None:
    """Refuse a next act that lies before the last one. A day on which a source saw the tie is no act."""
    dates = [act.date for act in sorted(acts, key=lambda act: act.number) if act.kind not in act.undeciding]
    if out_of_order([*dates[-1:], date]):
        message = _("This lies before the last act, which is of %(day)s: it would change nothing.")
        raise ValidationError({"date": message % {"day": say.date(dates[-1])}})


def state_act(act: Act, form: SourcedForm, *, language: str) -> None:
    """State what a form says of a new act, on its source; a document that says so is kept with the act."""
    told, source = form.cleaned_data, form.source()
    common = {"subject": act, "source": source, "origin": ORIGIN, "quote": told["quote"]}
    proposals = [Proposal(field=EXISTS, stated="yes", **common)]
    proposals += [Proposal(field=name, stated=told[name], **common) for name in FACTS if told.get(name)]
    proposals += [
        Proposal(field=name, stated=told[name], language=language, **common)
        for name in ("note", "reason")
        if told.get(name)
    ]
    state(proposals, by=form.user)
    form.file_with(act)
