"""Questions on partnerships: their status on a day, since when, and what each side says of them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Any

from django.db import models
from django.db.models import (
    Count,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils.translation import gettext_lazy as _

from twinhall.core.sql import among, rows
from twinhall.core.ties import at_status, with_status
from twinhall.documents.models import Document
from twinhall.documents.queries import public
from twinhall.evidence.models import SourceKind, Statement, Verdict
from twinhall.evidence.queries import About, disagree, last_words, statements_about
from twinhall.evidence.sorts import EXISTS, ONE
from twinhall.evidence.values import is_compared
from twinhall.parties.models import Party
from twinhall.partnerships import narrowing
from twinhall.partnerships.counting import in_force
from twinhall.partnerships.models import Act, Partnership, Signatory, Status
from twinhall.partnerships.parts import Parts, parts_of

SideWords = Mapping[int, Sequence[Statement]]
"""What each side of a tie says of it itself, by the party's primary key."""


def as_of(partnerships: "QuerySet[Partnership]", day: dt.date) -> "QuerySet[Partnership]":
    """Annotate ``status`` on the day; a tie that fewer than two parties are left in has ended."""
    return with_status(partnerships, day, unknown=Status.UNKNOWN)


def at(partnerships: "QuerySet[Partnership]", status: str, day: dt.date) -> "QuerySet[Partnership]":
    """Those that have the status on the day."""
    return at_status(partnerships, status, day, unknown=Status.UNKNOWN, common=Status.IN_FORCE)


def _rows(day: dt.date, *, withdrawn: bool = False) -> "QuerySet[Partnership]":
    signatories = Prefetch("signatories", Signatory.objects.select_related("party"))
    found = Partnership.objects.all() if withdrawn else Partnership.objects.standing()
    return as_of(found, day).prefetch_related(
        signatories, Prefetch("acts", Act.objects.order_by("number")), "fields"
    )


def _bare(day: dt.date) -> "QuerySet[Partnership]":
    return as_of(Partnership.objects.standing(), day).only("slug", "kind", "since", "since_kind")


PARTNERSHIP_ORDERS: Mapping[str, tuple[str, ...]] = {
    "between": ("slug",),
    "-between": ("-slug",),
    "since": ("undated", "since", "slug"),
    "-since": ("undated", "-since", "slug"),
}


def partnership_list(
    day: dt.date,
    *,
    country: str = "",
    region: str = "",
    partner_country: str = "",
    partner_region: str = "",
    kind: str = "",
    status: str = "",
    field: str = "",
    network: str = "",
    decade: str = "",
    sources: int = 0,
    party: str = "",
    order: str = "between",
    among: Q | None = None,
    has_parts: bool = True,
) -> "QuerySet[Partnership]":
    """Partnerships with status, since, signatories, fields and acts, in one of PARTNERSHIP_ORDERS.

    ``country`` and ``region`` are one side's, the partner's another side's; ``network`` and ``party`` are
    addresses; ``sources`` say at least that the tie exists; ``among`` narrows the list further;
    without ``has_parts`` ties come with what a row says of themselves alone (see ``shown_parts``).
    """
    sides = narrowing.between(
        country=country, region=region, partner_country=partner_country, partner_region=partner_region
    )
    conditions = [among or Q(), sides]
    conditions += [Q(kind=kind)] if kind else []
    conditions += [narrowing.in_field(field)] if field else []
    conditions += [narrowing.in_network(network, day)] if network else []
    conditions += [narrowing.of_decade(decade)] if decade else []
    conditions += [Q(source_count__gte=sources)] if sources else []
    conditions += [narrowing.of_party(party)] if party else []
    found = (_rows(day) if has_parts else _bare(day)).filter(*conditions)
    return (at(found, status, day) if status else found).order_by(*PARTNERSHIP_ORDERS[order])


def partnership_count(day: dt.date, **asked: Any) -> int:
    """How many partnerships ``partnership_list`` finds for the same; one query.

    All that are in force, and nothing else asked, are counted in the index of the spells, not tie by tie.
    """
    if asked != {"status": Status.IN_FORCE}:
        return partnership_list(day, **asked).count()
    every = partnership_list(day).order_by()
    return at_status(every, Status.IN_FORCE, day, unknown=Status.UNKNOWN, common="").count()


def partnerships_of(party: Party, day: dt.date) -> "QuerySet[Partnership]":
    """One party's ties, oldest first; those without a known date at the end."""
    return partnerships_of_any([party], day)


def partnerships_of_any(parties: Iterable[Party], day: dt.date) -> "QuerySet[Partnership]":
    """The ties that any of these parties has, in the same order."""
    theirs = Signatory.objects.filter(party__in=list(parties)).values("partnership")
    return _rows(day).filter(pk__in=theirs).order_by("undated", "since", "slug")


def partnership_page(day: dt.date, *, withdrawn: bool = False) -> "QuerySet[Partnership]":
    """Partnerships with all that their page shows; at the desk, those withdrawn as well."""
    related = Prefetch("signatories", Signatory.objects.select_related("party"))
    return (
        _rows(day, withdrawn=withdrawn)
        .prefetch_related(
            Prefetch("continued_by", Partnership.objects.standing().prefetch_related(related)),
            Prefetch("continues__signatories", Signatory.objects.select_related("party")),
            Prefetch("acts__documents", public(Document.objects.all())),
        )
        .select_related("continues")
    )


class Said(models.TextChoices):
    """Who says that a tie is: worked out from the publishers of its statements."""

    CONFIRMED = "confirmed by both", _("confirmed by both sides")
    BOTH = "said by both", _("said by both sides")
    ONE = "said by one", _("said by one side")
    OTHERS = "said by others", _("said by third parties only")
    DISPUTED = "disputed", _("disputed between the sides")


@dataclass(frozen=True)
class Sides:
    """What the sides of a tie say of it."""

    said: Said
    saying: tuple[Party, ...]
    unread: tuple[Party, ...]
    """Sides of whom no page has been read."""
    confirming: tuple[Party, ...] = ()
    """Sides that have said here themselves that the tie is so."""


def statements_on(partnerships: Iterable[Partnership]) -> About:
    """The statements on partnerships and their acts (prefetched), by (kind, primary key)."""
    return statements_about(record for p in partnerships for record in (p, *p.acts.all()))


def sides(
    partnerships: Sequence[Partnership], about: About | None = None, parts: Mapping[int, Parts] | None = None
) -> dict[int, Sides]:
    """What the sides say of each partnership, by primary key; one query for any number.

    ``about`` are the statements on them, where all have been read; else those of the sides are, in one more,
    if a side publishes anything.
    ``parts`` are their parties and acts, where they were not prefetched.
    """
    parts = parts_of(partnerships) if parts is None else parts
    parties = {party.pk for p in partnerships for party in parts[p.pk].parties}
    publisher = _published(parties)
    if about is None and not publisher:
        return {p.pk: Sides(Said.OTHERS, (), tuple(parts[p.pk].parties)) for p in partnerships}
    records: dict[int, list[models.Model]] = {p.pk: [p, *parts[p.pk].acts] for p in partnerships}
    if about is None:
        about = statements_about(chain.from_iterable(records.values()), sources=publisher)
    read = {*publisher.values()}
    return {pk: _sides(parts[pk].parties, told, about, publisher, read) for pk, told in records.items()}


def _published(parties: Collection[int]) -> dict[int, int]:
    """The sources that these parties publish, each with its publisher, by primary keys; one query."""
    which = among("publisher_id", parties)
    sql = f"SELECT source_id, publisher_id FROM parties_publication WHERE {which.sql}"  # noqa: S608 - ours
    return dict(rows(sql, *which.values))


def _sides(
    parties: Sequence[Party],
    records: Sequence[models.Model],
    about: About,
    publisher: Mapping[int, int],
    read: set[int],
) -> Sides:
    statements = [s for r in records for s in _about(r, about)]
    unread = tuple(party for party in parties if party.pk not in read)
    if not any(s.source_id in publisher for s in statements):
        return Sides(Said.OTHERS, (), unread)
    own: dict[int, list[Statement]] = {party.pk: [] for party in parties}
    for statement in statements:
        side = publisher.get(statement.source_id)
        if side in own and statement.verdict == Verdict.ACCEPTED:  # what waits, a side has not said yet
            own[side].append(statement)
    saying = {side for side, said in own.items() if said}
    observed = {s.pk for r in records for s in _about(r, about) if not is_compared(r, s.field)}
    return Sides(
        said=_said(own, observed),
        saying=tuple(party for party in parties if party.pk in saying),
        unread=unread,
        confirming=tuple(party for party in parties if any(_confirms(s) for s in own[party.pk])),
    )


def _about(record: models.Model, about: About) -> Sequence[Statement]:
    return about.get((record._meta.label_lower, record.pk), [])


def _said(own: SideWords, observed: Collection[int]) -> Said:
    if _in_dispute(own, observed):
        return Said.DISPUTED
    if all(any(_confirms(s) for s in said) for said in own.values()):
        return Said.CONFIRMED
    if all(own.values()):
        return Said.BOTH
    return Said.ONE if any(own.values()) else Said.OTHERS


def _confirms(statement: Statement) -> bool:
    return (
        statement.field == EXISTS
        and statement.stated == "yes"
        and statement.source.kind == SourceKind.OWN_STATEMENT
    )


def _in_dispute(own: SideWords, observed: Collection[int]) -> bool:
    """Whether one side denies the tie, or two contradict each other on a field of one value.

    Not so the ``observed`` ones, which say only when something was seen.
    """
    if any(s.field == EXISTS and s.stated == "no" for said in own.values() for s in last_words(said)):
        return True
    words = [
        last_words(s for s in said if _has_one_value(s) and s.pk not in observed) for said in own.values()
    ]
    return any(
        _place(mine) == _place(theirs) and disagree([mine, theirs])
        for one, other in combinations(words, 2)
        for mine, theirs in product(one, other)
    )


def _has_one_value(statement: Statement) -> bool:
    return (Partnership.sourced_fields | Act.sourced_fields).get(statement.field, ONE) is ONE


def _place(statement: Statement) -> tuple[str, int, str]:
    return statement.subject_type, statement.subject_id, statement.field


def ties_in_force(parties: Iterable[Party], day: dt.date) -> dict[int, int]:
    """How many partnerships in force on the day each of the parties has, by primary key; one query."""
    return dict(in_force(day).filter(party__in=list(parties)).values_list("party").annotate(Count("pk")))
