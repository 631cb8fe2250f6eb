from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import system_actor
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.facts.problems import FactsRefusedError


class Command(BaseCommand):
    help = "Load facts into the register. `twinhall load facts FILE…`"

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="facts")
        facts = kinds.add_parser("facts", help="fact files in TOML: what sources say, in our own words")
        facts.add_argument("files", nargs="+", type=Path, metavar="FILE")
        facts.add_argument("--dry-run", action="store_true", help="say what would be done; change nothing")

    def handle(self, *_args: Any, files: list[Path], dry_run: bool, **_options: Any) -> None:
        try:
            with transaction.atomic():
                actor = system_actor("command-line", gettext_noop("the operator, on the command line"))
                report = load_facts(files, by=actor, dry_run=dry_run)
                transaction.set_rollback(dry_run)
        except FactsRefusedError as error:
            raise CommandError(
                "Nothing was loaded.\n" + "\n".join(f"  {problem}" for problem in error.problems)
            ) from error
        for line in lines(report, dry_run=dry_run):
            self.stdout.write(line)


def lines(report: Report, *, dry_run: bool = False) -> list[str]:
    """What a load did, for people."""
    made = [f"  {count} {name}" for name, count in report.made.most_common()]
    head = "Dry run; nothing was changed. There would be new:" if dry_run else "New in the register:"
    said = f"{report.new_statements} statements are new, {report.known_statements} were known."
    return [head, *made, said] if made else [said]
