"""The facts of a record as its page at the desk lists them, each with the way to its own page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import ForeignKey, Model
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.core.languages import best, language_name
from twinhall.desk.records import fact_href
from twinhall.evidence import values
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.queries import About, disagree
from twinhall.evidence.sorts import EXISTS, MANY, ONE, PER_LANGUAGE, Sort
from twinhall.web import say


@dataclass(frozen=True)
class FactRow:
    """One fact: what stands, how many words there are on it, and whether they agree."""

    label: str
    value: str
    lang: str
    small: str
    href: str
    words: int
    waiting: int
    is_disputed: bool


def fact_rows(record: Model, about: About, *names: str) -> list[FactRow]:
    """The facts of a record (all of them, if none is named); no query but for what is prefetched."""
    sorts: dict[str, Sort] = getattr(type(record), "sourced_fields", {})
    return [_row(record, name, about) for name in names or sorts]


def exists_row(record: Model, about: About) -> FactRow:
    """Who says that a record exists."""
    said = _said(record, EXISTS, about)
    return FactRow(
        label=_("Exists"),
        value=_("yes") if any(s.in_force and s.value == "yes" for s in said) else _("not stated"),
        lang="",
        small="",
        href=fact_href(record, EXISTS),
        words=len(said),
        waiting=_waiting(said),
        is_disputed=_disputed(said),
    )


def _said(record: Model, name: str, about: About) -> list[Statement]:
    return [s for s in about.get((record._meta.label_lower, record.pk), []) if s.field == name]


def _waiting(said: Sequence[Statement]) -> int:
    return sum(s.verdict == Verdict.PROPOSED for s in said)


def _disputed(said: Sequence[Statement]) -> bool:
    """Whether accepted words contradict each other; one that still waits disputes nothing."""
    accepted = [s for s in said if s.verdict == Verdict.ACCEPTED]
    return len(accepted) > 1 and disagree(accepted, corrected=True)


def _row(record: Model, name: str, about: About) -> FactRow:
    sort, said = values.sort_of(type(record), name), _said(record, name, about)
    text = best(getattr(record, name)) if sort is PER_LANGUAGE else None
    return FactRow(
        label=say.field(type(record), name),
        value=_value(record, name) if text is None else text.text,
        lang=text.language if text is not None and text.text else "",
        small=", ".join(language_name(code) for code in getattr(record, name)) if text is not None else "",
        href=reverse("desk:texts", args=[record._meta.label_lower, record.pk, name])
        if sort is PER_LANGUAGE
        else fact_href(record, name),
        words=len(said),
        waiting=_waiting(said),
        is_disputed=sort is ONE and values.is_compared(record, name) and _disputed(said),
    )


def _value(record: Model, name: str) -> str:
    model = type(record)
    if values.sort_of(model, name) is MANY:
        return ", ".join(member.label for member in getattr(record, name).all()).lower()
    column = values.holder(model, name)
    if isinstance(column, ForeignKey):
        return str(getattr(record, name) or "")
    value = getattr(record, name)
    return say.value(model, name, values.text(value)) if value not in (None, "") else ""
