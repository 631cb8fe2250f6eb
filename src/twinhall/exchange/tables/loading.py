"""Loading a table: in batches, each of them whole or not at all, resumed where it was broken off."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.copying import copy
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source
from twinhall.exchange import told
from twinhall.exchange.models import Loading, RowDecision, RowFinding
from twinhall.exchange.tables.drafts import Batch, Keys
from twinhall.exchange.tables.maps import Map, Row, SourceMap
from twinhall.exchange.tables.memory import (
    map_digest,
    remember,
    row_digest,
    rows_taken,
    rows_waiting_still,
)
from twinhall.exchange.tables.reading import count_rows, rows_of
from twinhall.exchange.tables.register import Register, mergers, read_register
from twinhall.exchange.tables.report import LeftOut, Outcome, Report, RowReport
from twinhall.exchange.tables.rows import Reader, RefusedError
from twinhall.exchange.tables.taking import PROJECT, Choices, Taker
from twinhall.finder.actions import index_all, index_parties, index_projects
from twinhall.partnerships.models import Signatory
from twinhall.projects.models import Project

BATCH = 2000
MANY = 2000
"""Parties that change above which the whole index is made anew: that is quicker than one by one."""


@dataclass(frozen=True)
class Progress:
    """How far a load has come: rows read of so many (None where unknown), in seconds."""

    rows: int
    of: int | None
    seconds: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that are left, at this rate."""
        return (self.of - self.rows) / self.rate if self.of and self.rate else None


@dataclass(frozen=True)
class Line:
    """A row as it goes in: its number, what it tells or why it is refused, remarks, and its cells."""

    row: int
    told: told.Told | None
    why: str = ""
    notes: tuple[str, ...] = ()
    cells: Row = field(default_factory=dict)
    digest: int | None = None
    """What the row is remembered by once it was taken."""
    is_taken: bool = False

    @property
    def text(self) -> str:
        """What the row says, for the file of those that are left out."""
        return " · ".join(cell for cell in self.cells.values() if cell)[:500]


@dataclass
class Loader:
    """Loads lines into the register, with the register in memory kept in step."""

    register: Register
    by: User
    keys: Keys = field(default_factory=Keys)
    parties: set[int] = field(default_factory=set)
    """Those that were founded, renamed or got a tie, whose entries in the index are to be made anew."""
    projects: set[int] = field(default_factory=set)
    is_resumed: bool = False
    """Whether it goes on with a load that was broken off, of which it is not known what is in the index."""
    meant: Sequence[int] = ()
    """The parties of the row taken last, by their places in it."""

    @cached_property
    def taken(self) -> set[int]:
        """Rows that were taken before, by their digests; those of this load are added."""
        return rows_taken()

    @cached_property
    def waiting(self) -> set[str]:
        """Rows that wait for a person, by their fingerprints."""
        return rows_waiting_still()

    @cached_property
    def decided(self) -> dict[str, Choices | None]:
        """What people said of rows that waited, by fingerprint; None where they left one out."""
        rows = RowFinding.objects.exclude(decision=RowDecision.OPEN)
        columns = rows.values_list("fingerprint", "decision", "choices")
        merged = mergers()
        return {
            key: _living(choices, merged) if how == RowDecision.MATCHED else None
            for key, how, choices in columns
        }

    def take(
        self,
        lines: Sequence[Line],
        sources: Mapping[str, Source],
        *,
        table: str,
        founds: bool = True,
        choices: Choices | None = None,
    ) -> tuple[list[RowReport], list[str]]:
        """Take lines as one batch; give what became of each, and the remarks. Within a transaction."""
        batch = Batch(self.register, sources, self.by, self.keys)
        taker = Taker(batch, founds, choices or {}, self.decided, frozenset() if choices else self.waiting)
        reports = [_take(taker, line) for line in lines]
        self.meant = taker.meant
        new = self._write(batch, taker, table)
        self._remember(zip(lines, reports, strict=True))
        notes = [note for line in lines for note in line.notes] + batch.notes
        return [_merged(report, new) for report in reports], notes

    def _remember(self, taken: Iterable[tuple[Line, RowReport]]) -> None:
        new = {
            line.digest
            for line, report in taken
            if line.digest is not None and not line.is_taken and report.outcome in _TAKEN
        }
        remember(new - self.taken)
        self.taken |= new

    def _write(self, batch: Batch, taker: Taker, table: str) -> set[int]:
        for drafts in (taker.partnerships, taker.memberships):
            drafts.plan()
            drafts.date()
        new = batch.write()
        copy(Signatory, ("partnership_id", "party_id"), taker.signatories)
        for drafts in (taker.partnerships, taker.memberships):
            drafts.spell()
        for waits in taker.waiting:
            waits.table = table
        known = set(
            RowFinding.objects.filter(fingerprint__in=[w.fingerprint for w in taker.waiting]).values_list(
                "fingerprint", flat=True
            )
        )
        fresh = {w.fingerprint: w for w in taker.waiting if w.fingerprint not in known}
        RowFinding.objects.bulk_create(fresh.values(), batch_size=500)
        self.parties.update(party.pk for party, _spot in batch.places)
        self.parties.update(int(str(name[1])) for name in batch.names)
        self.parties.update(party for _tie, party in taker.signatories)
        self.projects.update(r.pk for r in batch.founded if isinstance(r, Project))
        return new

    def index(self) -> None:
        """Make the entries of what has changed anew, so that it is found; of very many, the whole index."""
        if self.is_resumed or len(self.parties) > MANY:
            index_all()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # both databases plan their answers by what they know of the rows
        else:
            index_parties(self.parties)
            index_projects(self.projects)
        self.parties, self.projects, self.is_resumed = set(), set(), False


def _living(choices: Choices, merged: Mapping[int, int]) -> Choices:
    """What was chosen, with the parties that those merged since live on in."""
    return {
        place: choice if isinstance(choice, str) or place == PROJECT else merged.get(choice, choice)
        for place, choice in choices.items()
    }


_TAKEN = (Outcome.ADDED, Outcome.KNOWN, Outcome.MERGED)


def _take(taker: Taker, line: Line) -> RowReport:
    if line.is_taken:
        return RowReport(line.row, Outcome.KNOWN)
    if line.told is None:
        return RowReport(line.row, Outcome.REFUSED, line.why)
    return taker.take(line.row, line.told)


def _merged(report: RowReport, new: set[int]) -> RowReport:
    if report.outcome == Outcome.KNOWN and report.row in new:
        return RowReport(report.row, Outcome.MERGED)
    return report


def keep_sources(told_of: Iterable[told.Source]) -> dict[str, Source]:
    """The sources of a load, made where the register does not have them, by key."""
    today = timezone.localdate()
    found = {}
    for source in told_of:
        found[source.key], _new = Source.objects.get_or_create(
            key=source.key,
            defaults={
                "kind": source.kind,
                "title": source.title,
                "url": source.url,
                "language": source.language,
                "licence": source.licence,
                "dated": source.dated,
                "read_on": source.read_on.first_day if source.read_on else today,
            },
        )
    return found


def source_of(key: str, mapped: SourceMap) -> told.Source:
    """A source as a map tells of it."""
    return told.Source(
        key=key,
        title=mapped.title,
        url=mapped.url,
        language=mapped.language,
        licence=mapped.licence,
        dated=PartialDate.parse(mapped.dated) if mapped.dated else None,
        read_on=PartialDate.parse(mapped.read_on) if mapped.read_on else None,
    )


def lines_of(path: Path, mapped: Map, taken: AbstractSet[int] = frozenset()) -> Iterator[Line]:
    """A table's rows, read by its map, but for those that were ``taken`` before. Raises TableError."""
    reader, of_map = Reader(mapped), map_digest(mapped)
    for number, row in rows_of(path):
        digest = row_digest(of_map, row)
        if digest in taken:
            yield Line(number, None, digest=digest, is_taken=True)
            continue
        try:
            yield Line(number, reader.read(row), notes=tuple(reader.notes), cells=row, digest=digest)
        except RefusedError as error:
            yield Line(number, None, str(error), tuple(reader.notes), row)


def load_table(
    path: Path,
    mapped: Map,
    *,
    by: User,
    loader: Loader | None = None,
    progress: Callable[[Progress], None] = lambda _progress: None,
    left_out: LeftOut | None = None,
    dry_run: bool = False,
) -> Report:
    """Load a table by its map, or say what loading it would do. Raises TableError.

    Each batch is written whole, with how far the file has come; a load that was broken off goes on there.
    Rows that are refused or wait are noted in ``left_out``. Whoever gives a ``loader`` for several tables
    has it make the index at the end.
    """
    own = loader is None
    loader = loader or Loader(read_register(), by)
    with transaction.atomic():
        sources = keep_sources(source_of(key, told_of) for key, told_of in mapped.sources.items())
        checkpoint = _checkpoint(path, mapped)
        transaction.set_rollback(dry_run)
    if dry_run:
        return _dry(path, mapped, loader)
    if left_out:
        left_out.begin(checkpoint.row)
    loader.is_resumed |= checkpoint.row > 1
    report = Report.from_json(checkpoint.counts)
    began, of = time.monotonic(), count_rows(path)
    done_before = report.read
    rows_left = (line for line in lines_of(path, mapped, loader.taken) if line.row > checkpoint.row)
    for lines in _batches(rows_left):
        with transaction.atomic():
            rows, notes = loader.take(lines, sources, table=mapped.title, founds=mapped.founds)
            report.count(rows, notes)
            checkpoint.row, checkpoint.counts = lines[-1].row, report.as_json()
            checkpoint.save()
        if left_out:
            by_row = {line.row: line for line in lines}
            lost = (Outcome.REFUSED, Outcome.WAITING)
            left_out.add((r, by_row[r.row].text) for r in rows if r.outcome in lost)
        progress(Progress(report.read - done_before, of and of - done_before, time.monotonic() - began))
    if own:
        loader.index()
    checkpoint.finished_at = timezone.now()
    checkpoint.save()
    log(gettext_noop("table loaded"), f"{path.name}: {report.read}", by=by)
    return report


def load_told(
    records: Sequence[told.Told],
    sources: Iterable[told.Source],
    *,
    table: str,
    by: User,
    progress: Callable[[Progress], None] = lambda _progress: None,
    dry_run: bool = False,
) -> Report:
    """Load what was told elsewhere than in a table, in batches; each record counts as a row."""
    loader, report, began = Loader(read_register(), by), Report(), time.monotonic()
    lines = (Line(number, record) for number, record in enumerate(records, start=1))
    with transaction.atomic() if dry_run else nullcontext():  # a dry run undoes all batches
        kept = keep_sources(sources)
        for batch in _batches(lines):
            with transaction.atomic():
                report.count(*loader.take(batch, kept, table=table))
            progress(Progress(report.read, len(records), time.monotonic() - began))
        if dry_run:
            transaction.set_rollback(True)
            return report
        loader.index()
    log(gettext_noop("table loaded"), f"{table}: {report.read}", by=by)
    return report


def _dry(path: Path, mapped: Map, loader: Loader) -> Report:
    report = Report()
    with transaction.atomic():
        sources = keep_sources(source_of(key, told_of) for key, told_of in mapped.sources.items())
        for lines in _batches(lines_of(path, mapped, loader.taken)):
            report.count(*loader.take(lines, sources, table=mapped.title, founds=mapped.founds))
        transaction.set_rollback(True)
    return report


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rows = iter(lines)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _checkpoint(path: Path, mapped: Map) -> Loading:
    """Where the loading of this very file by this map has come to; a finished one begins anew."""
    digest = hashlib.sha256(mapped.model_dump_json().encode())
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    kept, _new = Loading.objects.get_or_create(key=digest.hexdigest(), defaults={"file": path.name})
    if kept.finished_at is not None:
        kept.row, kept.counts, kept.finished_at, kept.started_at = 1, {}, None, timezone.now()
        kept.save()
    return kept
