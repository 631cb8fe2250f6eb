"""What a merge writes, noted as it writes it, and how it is taken back."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.evidence.actions import move, prefer
from twinhall.evidence.models import Deed, Statement, Verdict
from twinhall.evidence.settling import Ranker
from twinhall.exchange.merge.columns import WRITERS, Rows, Value, held, holding
from twinhall.exchange.models.findings import Finding
from twinhall.parties import precedence
from twinhall.parties.models import Name, Party

FIRST = -1
"""Before every rank of the order of precedence."""


class Row(TypedDict):
    """One column of one row, and what it held."""

    model: str
    pk: int
    column: str
    was: Value
    now: Value


class Words(TypedDict):
    """The statements on two records of which one is gone, by primary keys."""

    model: str
    kept: int
    gone: int
    moved: list[int]
    weighed: list[int]
    """Those on both that were accepted."""
    in_force: list[int]
    preferred: list[int]
    """Those on the gone record that a person had chosen over others."""


class Moved(TypedDict):
    rows: list[Row]
    words: list[Words]
    names: list[int]
    """Names of the kept party that were made by the merge."""


class Journal:
    """Writes the columns of a merge and moves statements, and notes how it was before."""

    def __init__(self) -> None:
        self.moved = Moved(rows=[], words=[], names=[])

    def put(self, record: Model, column: str, now: Value) -> None:
        """Write a column of a record."""
        was = held(record, column)
        if was != now:
            self._write(record, column, was, now)

    def offer(self, record: Model, column: str, now: Value) -> bool:
        """Write a column, unless the kept record has such a row: then it stays as it is."""
        try:
            with transaction.atomic():
                self.put(record, column, now)
        except IntegrityError:
            return False
        return True

    def repoint(self, rows: Rows, column: str, now: int) -> None:
        """Point all rows that can be to another record."""
        for record in list(rows):
            self.offer(record, column, now)

    def relink(self, rows: Rows, column: str, was: int, now: int) -> None:
        """Link documents or findings to another record than the one that they are linked to."""
        for record in rows.filter(**{column: was}).exclude(**{column: now}):
            self._write(record, column, was, now)

    def _write(self, record: Model, column: str, was: Value, now: Value) -> None:
        WRITERS[column](holding(type(record), record.pk, column, was), was, now)
        self.moved["rows"].append(
            Row(model=record._meta.label_lower, pk=record.pk, column=column, was=was, now=now)
        )

    def withdraw(self, record: Model, why: str) -> None:
        """Take a record out of the register, with the reason."""
        self.put(record, "withdrawn_why", why)

    def pass_on(self, gone: Model, kept: Model) -> None:
        """What is said of one record is said of the other; what a source says of both stays on each."""
        reported = Finding.objects.filter(subject_type=gone._meta.label_lower, subject_id=gone.pk)
        self.repoint(reported, "subject_id", kept.pk)
        theirs = list(_about(gone))
        if not theirs:
            return
        words = _words(gone, kept, theirs)
        rank = _as_it_was({s.pk for s in theirs}, words["in_force"])  # where nothing is said of the kept one
        words["moved"] = [s.pk for s in move(theirs, kept, rank=rank)]
        self.moved["words"].append(words)

    def call(self, party: Party, text: str, language: str) -> None:
        """Let a party be found by a name; the statements that came with it are its sources."""
        if not Name.every.filter(party=party, text=text).exists():
            self.moved["names"].append(Name.objects.create(party=party, text=text, language=language).pk)


def _about(record: Model) -> "QuerySet[Statement]":
    found = Statement.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk)
    return found.select_related("source")


def _words(gone: Model, kept: Model, theirs: Sequence[Statement]) -> Words:
    """What is said of two records, before it moves."""
    accepted = [s for s in [*theirs, *_about(kept)] if s.verdict == Verdict.ACCEPTED]
    return Words(
        model=gone._meta.label_lower,
        kept=kept.pk,
        gone=gone.pk,
        moved=[],
        weighed=[s.pk for s in accepted],
        in_force=[s.pk for s in accepted if s.in_force],
        preferred=[s.pk for s in theirs if s.preferred],
    )


def touched(moved: Moved) -> set[tuple[str, int]]:
    """The records that a merge wrote, by kind and primary key."""
    written = {(row["model"], row["pk"]) for row in moved["rows"]}
    spoken_of = {(words["model"], words[end]) for words in moved["words"] for end in ("kept", "gone")}
    return written | spoken_of | {(Name._meta.label_lower, pk) for pk in moved["names"]}


# Taking back -------------------------------------------------------------------------------------------


def take_back(moved: Moved, *, by: User) -> None:
    """Put rows and statements back, the last first. What was changed since by somebody else stays so."""
    for row in reversed(moved["rows"]):
        _put_back(row)
    for words in reversed(moved["words"]):
        _give_back(words, by=by)
    _forget(moved["names"])


def _put_back(row: Row) -> None:
    rows = holding(apps.get_model(row["model"]), row["pk"], row["column"], row["now"])
    record = rows.first()
    if record is None:
        return
    try:
        with transaction.atomic():
            WRITERS[row["column"]](rows, row["now"], row["was"])
    except IntegrityError as error:
        message = _("This cannot be undone: another record has taken the place of “%(record)s” meanwhile.")
        raise ValidationError(message, params={"record": record}) from error


def _give_back(words: Words, *, by: User) -> None:
    gone = apps.get_model(words["model"])._base_manager.get(pk=words["gone"])
    rank = _as_it_was(words["weighed"], words["in_force"])
    moved = Statement.objects.filter(pk__in=words["moved"], subject_id=words["kept"])
    move(moved.select_related("source"), gone, rank=rank)
    chosen = Statement.objects.filter(pk__in=words["preferred"], subject_id=words["gone"])
    for statement in chosen.filter(verdict=Verdict.ACCEPTED, preferred=False):
        choice = statement.decisions.filter(deed=Deed.PREFERRED).latest("at", "pk")
        prefer(statement, by=by, rank=rank, why=choice.why)


def _as_it_was(known: Iterable[int], in_force: Iterable[int]) -> Ranker:
    """What was in force stays so, unless something else than what is known is said of the field."""
    weighed, stood = set(known), set(in_force)

    def rank(statements: Sequence[Statement]) -> dict[int, int]:
        new = {_place(s) for s in statements if s.pk not in weighed}
        again = {s.pk: FIRST for s in statements if s.pk in stood and _place(s) not in new}
        return precedence.rank(statements) | again

    return rank


def _place(statement: Statement) -> tuple[int, str, str]:
    return statement.subject_id, statement.field, statement.language


def _forget(names: Iterable[int]) -> None:
    """Delete the names that came with the merge, but for those of which something has been said since."""
    said = Statement.objects.filter(subject_type=Name._meta.label_lower).values("subject_id")
    Name.every.filter(pk__in=list(names)).exclude(pk__in=said).delete()
