"""Making the spells of ties anew from their acts, in few queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django.db import connection, models, transaction

from twinhall.core.copying import copy
from twinhall.core.spells import Rules, Since, Span, Step, since, spans
from twinhall.core.ties import Tie, related

BATCH = 2000


def batches(pks: Iterable[int]) -> Iterator[list[int]]:
    """Primary keys in order, so many at once as one query takes."""
    ordered = sorted(pks)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def respell(ties: type[Tie], ids: Iterable[int]) -> int:
    """Make the spells and the kept columns of these ties anew from their acts; give how many changed.

    A few queries for every ``BATCH`` of them, and none that writes where nothing has changed.
    """
    with transaction.atomic(savepoint=False):
        return sum(_respell(ties, batch) for batch in batches(set(ids)))


def _respell(ties: type[Tie], ids: Sequence[int]) -> int:
    # Locked, so that who adds another act at the same time waits, and then sees this one as well.
    locked = ties._base_manager.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    kept = {pk: Since(*rest) for pk, *rest in locked.values_list("pk", *Since._fields)}
    acts = related(ties, "acts")
    steps = _steps(acts, ids)
    parties = _parties(ties, acts.rules, steps)
    was = _spells(ties, acts.tie, ids)
    dated = {pk: since(steps[pk], acts.rules) for pk in kept}
    told = {pk: spans(steps[pk], acts.rules, parties[pk]) for pk in kept}
    redated = {pk: new for pk, new in dated.items() if new != kept[pk]}
    retold = {pk: new for pk, new in told.items() if new != was[pk]}
    _write_spells(ties, acts.tie, retold, [pk for pk in retold if was[pk]])
    _write_since(ties, redated)
    return len({*redated, *retold})


def _steps(acts: type[Any], ids: Sequence[int]) -> Mapping[int, list[Step]]:
    columns = ["kind", "date", "valid_until", *(["party_id"] if acts.rules.left else [])]
    standing = acts._base_manager.filter(**{f"{acts.tie}__in": ids}, withdrawn_at__isnull=True)
    found: dict[int, list[Step]] = defaultdict(list)
    for tie, *told in standing.order_by(acts.tie, "number").values_list(f"{acts.tie}_id", *columns):
        found[tie].append(Step(*told))
    return found


def _parties(
    ties: type[Tie], rules: Rules, steps: Mapping[int, Sequence[Step]]
) -> Mapping[int, Sequence[int]]:
    """The signatories of those ties that somebody has left."""
    found: dict[int, list[int]] = defaultdict(list)
    leaving = [pk for pk, told in steps.items() if rules.left and any(s.kind == rules.left for s in told)]
    if leaving:
        signatories = related(ties, "signatories")
        rows = signatories._base_manager.filter(**{f"{signatories.tie}__in": leaving})
        for tie, party in rows.values_list(f"{signatories.tie}_id", "party_id"):
            found[tie].append(party)
    return found


def _spells(ties: type[Tie], tie: str, ids: Sequence[int]) -> Mapping[int, list[Span]]:
    rows = related(ties, "spells")._base_manager.filter(**{f"{tie}__in": ids}).order_by(tie, "starts")
    found: dict[int, list[Span]] = defaultdict(list)
    for pk, *span in rows.values_list(f"{tie}_id", *Span._fields):
        found[pk].append(Span(*span))
    return found


def _write_spells(
    ties: type[Tie], tie: str, told: Mapping[int, Sequence[Span]], outdated: Sequence[int]
) -> None:
    spells = related(ties, "spells")
    if outdated:
        spells._base_manager.filter(**{f"{tie}__in": outdated}).delete()
    rows = [(pk, *span) for pk, found in told.items() for span in found]
    if rows:
        copy(spells, [f"{tie}_id", *Span._fields], rows)


def _write_since(ties: type[Tie], dated: Mapping[int, Since]) -> None:
    if not dated:
        return
    columns = [cast("models.Field[Any, Any]", ties._meta.get_field(name)) for name in Since._fields]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(column.column))} = %s" for column in columns)
    key = quote(str(ties._meta.pk.column))
    values = [
        [*(c.get_db_prep_save(v, connection) for c, v in zip(columns, new, strict=True)), pk]
        for pk, new in dated.items()
    ]
    with connection.cursor() as cursor:
        update = f"UPDATE {quote(ties._meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608 - our columns
        cursor.executemany(update, values)
