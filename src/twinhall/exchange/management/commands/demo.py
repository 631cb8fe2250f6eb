from argparse import ArgumentParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import system_actor
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.facts.problems import FactsRefusedError


class Command(BaseCommand):
    help = "Make a database with the facts that ship, if there is none yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="prepare only; do not serve")

    def handle(self, *_args: Any, no_serve: bool, **_options: Any) -> None:
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Loading the facts of five pages …")
        actor = system_actor("shipped", gettext_noop("shipped with Twinhall"))
        try:
            report = load_facts(shipped_facts(), by=actor)
        except FactsRefusedError as error:
            raise CommandError(f"The facts that ship could not be loaded.\n{error}") from error
        if report.changed:
            self.stdout.write(f"  {report.made.total()} records, {report.new_statements} statements.")
        else:
            self.stdout.write("  All there already; nothing was changed.")
        if not no_serve:
            call_command("serve", stdout=self.stdout)


def shipped_facts() -> list[Path]:
    """The fact files that ship with Twinhall."""
    folder = Path(str(files("twinhall.data") / "pages"))
    return sorted(folder.glob("*.toml"))
