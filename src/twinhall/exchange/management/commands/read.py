import json
import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from twinhall.exchange.fetching import fetch
from twinhall.exchange.pages.jobs import BadIndexError, Known, jobs, read_index
from twinhall.exchange.pages.table import HEAD, row_of
from twinhall.exchange.pages.work import Outcome, cores, read_all
from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.warc import is_warc

EVERY = 5.0
"""Seconds between two lines of progress where they are not written over one another."""
SOME_UNREAD = 3
"""The exit code where some pages could not be read, and the facts of the others were given."""


def _workers(given: str) -> int:
    if not given.isdecimal():
        raise ArgumentTypeError("give a number of processes, or 0 for all cores")
    return int(given)


class Command(BaseCommand):
    help = (
        "Read pages and print the facts that they state: files (HTML, plain text, PDF, DOCX), "
        "web archives (WARC), addresses. Nothing is changed in the register."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="PATH|URL")
        parser.add_argument(
            "--index",
            type=Path,
            metavar="FILE",
            help="JSON lines with what is known of pages: id or url, subject, subject_country, language",
        )
        parser.add_argument("--subject", default="", metavar="NAME", help="whose pages they are")
        parser.add_argument("--subject-country", default="", metavar="CC", help="such as LV")
        parser.add_argument(
            "--format", choices=["jsonl", "table"], default="jsonl", help="(default: %(default)s)"
        )
        parser.add_argument(
            "--workers", type=_workers, default=0, metavar="N", help="processes (default: all cores)"
        )

    def handle(
        self, *_args: Any, sources: list[str], index: Path | None, workers: int, **options: Any
    ) -> None:
        otherwise = Known(options["subject"], options["subject_country"].upper())
        try:
            known = read_index(index, otherwise)
        except BadIndexError as error:
            raise CommandError(str(error)) from error
        gazetteer(settings.GAZETTEER)  # compiled here, before processes need it
        told = Told(self.stderr.write)
        write = self.write_table if options["format"] == "table" else self.write_lines
        if options["format"] == "table":
            self.stdout.write(HEAD)
        first = Path(sources[0])
        is_one = len(sources) == 1 and first.is_file() and not is_warc(first)
        for outcome in read_all(
            jobs(sources, known, fetch=fetch),
            folder=settings.GAZETTEER,
            workers=1 if is_one else workers or cores(),
        ):
            try:
                write(outcome)
            except BrokenPipeError:  # whoever reads the facts has had enough, as `head` has
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return
            told.one(outcome)
        told.all()
        if told.unread:
            sys.exit(SOME_UNREAD)

    def write_lines(self, outcome: Outcome) -> None:
        """Facts as JSON, one a line."""
        for fact in outcome.facts:
            self.stdout.write(json.dumps(fact, ensure_ascii=False))

    def write_table(self, outcome: Outcome) -> None:
        """Facts as rows for people."""
        for fact in outcome.facts:
            self.stdout.write(row_of(fact))


class Told:
    """Tells on the standard error which pages could not be read, and how far it has come."""

    def __init__(self, write: Callable[..., object]) -> None:
        self.write = write
        self.pages = self.facts = self.unread = 0
        self.began = self.last = time.monotonic()

    def one(self, outcome: Outcome) -> None:
        """A page is done."""
        self.pages += 1
        self.facts += len(outcome.facts)
        if outcome.fault:
            self.unread += 1
            self.write(f"{outcome.page}: {outcome.fault}")
        if time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            self.write(f"  {self.line()}")

    def all(self) -> None:
        """All pages are done."""
        if self.pages != 1:
            self.write(self.line())

    def line(self) -> str:
        """How far it has come."""
        rate = self.pages / max(time.monotonic() - self.began, 0.001)
        unread = f", {self.unread:,} could not be read" if self.unread else ""
        return f"{self.pages:,} pages{unread}, {self.facts:,} facts, {rate:,.1f} pages a second"
