import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from twinhall.accounts.actions import operator
from twinhall.exchange.facts.ledger import Report as FactsReport
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.facts.problems import FactsRefusedError
from twinhall.exchange.tables.loading import Progress, load_table, load_told
from twinhall.exchange.tables.maps import MapError, Subject, read_map, shipped
from twinhall.exchange.tables.reading import TableError
from twinhall.exchange.tables.report import LeftOut, Outcome, Report, RowReport
from twinhall.exchange.tables.world import load_world, tables_in
from twinhall.exchange.wikidata.asking import ENDPOINT, AskingError
from twinhall.exchange.wikidata.paging import Progress as Page
from twinhall.exchange.wikidata.paging import ask
from twinhall.exchange.wikidata.reading import UnreadableError
from twinhall.exchange.wikidata.telling import tell

EVERY = 5.0
"""Seconds between two lines of progress where they are not written over one another."""


class Command(BaseCommand):
    help = "Load facts into the register: from fact files, tables, Wikidata, or a folder of tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="facts|table|wikidata|world")
        facts = kinds.add_parser("facts", help="fact files in TOML: what sources say, in our own words")
        facts.add_argument("files", nargs="+", type=Path, metavar="FILE")
        table = kinds.add_parser("table", help="a table: CSV (also .gz) or XLSX, by a map of its columns")
        table.add_argument("file", type=Path, metavar="FILE")
        table.add_argument("--as", dest="subject", choices=get_args(Subject), help="what its rows are about")
        table.add_argument(
            "--map",
            dest="by_map",
            required=True,
            metavar="MAP",
            help="a map in TOML, or the name of one that ships",
        )
        wikidata = kinds.add_parser("wikidata", help="twinned administrative bodies (P190) of Wikidata")
        wikidata.add_argument("files", nargs="*", type=Path, metavar="FILE", help="saved results")
        wikidata.add_argument("--countries", nargs="+", default=[], metavar="CC", help="such as LV EE")
        wikidata.add_argument("--endpoint", default=ENDPOINT, help="the query service (default: %(default)s)")
        for parsed in (facts, table, wikidata):
            parsed.add_argument(
                "--dry-run", action="store_true", help="say what would be done; change nothing"
            )
        world = kinds.add_parser("world", help="a folder of the tables that maps ship for")
        world.add_argument("folder", type=Path, metavar="FOLDER")
        for parsed in (table, world):
            parsed.add_argument(
                "--left-out",
                type=Path,
                metavar="PATH",
                help="where the rows that are refused or wait are noted (default: loads/ under TWINHALL_VAR)",
            )

    def handle(self, *_args: Any, kind: str, **options: Any) -> None:
        getattr(self, kind)(**options)

    # Fact files ----------------------------------------------------------------------------------------

    def facts(self, *, files: list[Path], dry_run: bool, **_options: Any) -> None:
        """Load fact files."""
        try:
            with transaction.atomic():
                report = load_facts(files, by=operator(), dry_run=dry_run)
                transaction.set_rollback(dry_run)
        except FactsRefusedError as error:
            raise CommandError(
                "Nothing was loaded.\n" + "\n".join(f"  {problem}" for problem in error.problems)
            ) from error
        for line in lines(report, dry_run=dry_run):
            self.stdout.write(line)

    # Tables --------------------------------------------------------------------------------------------

    def table(
        self, *, file: Path, by_map: str, subject: str | None, dry_run: bool, left_out: Path | None, **_: Any
    ) -> None:
        """Load one table."""
        noted = LeftOut(left_out or _loads() / f"{file.name}.left-out.csv")
        path = Path(by_map) if by_map.endswith(".toml") else shipped(by_map)
        with _told_where_it_stopped():
            report = load_table(
                file,
                read_map(path, subject=subject or ""),
                by=operator(),
                progress=Teller(self.stderr.write),
                left_out=None if dry_run else noted,
                dry_run=dry_run,
            )
        self.tell(report, None if dry_run else noted, dry_run=dry_run)

    def world(self, *, folder: Path, left_out: Path | None, **_options: Any) -> None:
        """Load a folder of tables."""
        if not tables_in(folder):
            raise CommandError(f"There is no table in {folder} that a map ships for.")
        reports = left_out or _loads()
        began, total = time.monotonic(), Report()
        with _told_where_it_stopped():
            for table, report in load_world(
                folder, by=operator(), progress=Teller(self.stderr.write), reports=reports
            ):
                self.stdout.write(f"{table.path.name}:")
                self.tell(report, None)
                total.add(report)
        self.stdout.write(f"All: {next(total.lines())}, in {time.monotonic() - began:.0f} seconds.")
        self.stdout.write(f"Rows that were refused or wait: {reports}")

    # Wikidata ------------------------------------------------------------------------------------------

    def wikidata(
        self, *, files: list[Path], countries: list[str], endpoint: str, dry_run: bool, **_options: Any
    ) -> None:
        """Load twinned administrative bodies of Wikidata, from saved results or from its query service."""
        languages = [code for code, _name in settings.LANGUAGES]
        try:
            paths = files or [
                ask(
                    endpoint=endpoint,
                    countries=[code.upper() for code in countries],
                    folder=Path(settings.VAR) / "wikidata",
                    contact=settings.OPERATOR_EMAIL,
                    languages=languages,
                    progress=self.tell_page,
                )
            ]
            told = tell(paths, languages=languages)
        except (AskingError, UnreadableError) as error:
            raise CommandError(str(error)) from error
        report = load_told(
            told.partnerships,
            told.sources,
            table="Wikidata",
            by=operator(),
            progress=Teller(self.stderr.write),
            dry_run=dry_run,
        )
        report.outcomes[Outcome.REFUSED] += len(told.refusals)
        report.outcomes[Outcome.KNOWN] += told.merged
        report.reasons.update((Outcome.REFUSED.value, str(r.reason.label)) for r in told.refusals)
        report.reasons[Outcome.KNOWN, "the same tie, stated at its other end or once more"] += told.merged
        report.notes.update({str(note.label): count for note, count in told.notes.items()})
        noted = LeftOut(_loads() / "wikidata.left-out.csv")
        if not dry_run:
            noted.begin(after=0)
            noted.add(
                (RowReport(number, Outcome.REFUSED, str(r.reason.label)), f"{r.item} – {r.twin}")
                for number, r in enumerate(told.refusals, start=1)
            )
        self.tell(report, None if dry_run else noted, dry_run=dry_run)

    def tell_page(self, page: Page) -> None:
        """Show which page was asked for."""
        self.stderr.write(f"  {page.kind}: page {page.page} of {page.pages}, {page.rows:,} rows")

    def tell(self, report: Report, left_out: LeftOut | None, *, dry_run: bool = False) -> None:
        """Show what a load did."""
        if dry_run:
            self.stdout.write("Dry run; nothing was changed. Loading would do this:")
        for line in report.lines():
            self.stdout.write(line)
        if left_out and (report.outcomes[Outcome.REFUSED] or report.outcomes[Outcome.WAITING]):
            self.stdout.write(f"Rows that were refused or wait: {left_out.path}")


@contextmanager
def _told_where_it_stopped() -> Iterator[None]:
    try:
        yield
    except MapError as error:
        raise CommandError(f"Nothing was loaded. {error}") from error
    except (TableError, OSError) as error:
        raise CommandError(
            f"{error}\nWhat was loaded before that is kept; once it is mended, the same command goes on."
        ) from error


class Teller:
    """Tells how far a load has come: over one line on a terminal, else a line every few seconds."""

    def __init__(self, write: Callable[..., object]) -> None:
        self.write = write
        self.last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        of = f" of {progress.of:,}" if progress.of else ""
        left = f", {progress.left:.0f} s left" if progress.left is not None else ""
        line = f"  {progress.rows:,}{of} rows, {progress.rate:,.0f} a second{left}"
        if sys.stderr.isatty():
            self.write(f"\r{line:<70}", ending="\n" if progress.rows == progress.of else "")
        elif time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            self.write(line)


def _loads() -> Path:
    return Path(settings.VAR) / "loads"


def lines(report: FactsReport, *, dry_run: bool = False) -> list[str]:
    """What a load of fact files did, for people."""
    made = [f"  {count} {name}" for name, count in report.made.most_common()]
    head = "Dry run; nothing was changed. There would be new:" if dry_run else "New in the register:"
    said = f"{report.new_statements} statements are new, {report.known_statements} were known."
    return [head, *made, said] if made else [said]
