import os
from argparse import ArgumentParser
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import SYSTEM_DOMAIN, User
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.facts.problems import FactsRefusedError
from twinhall.exchange.people import SECRETARY, has_people_of_its_own, make_demo_people, new_passwords
from twinhall.exchange.regions import settle_regions
from twinhall.exchange.year import make_demo_year
from twinhall.parties.models import Party
from twinhall.reader.gazetteer import gazetteer, gazetteer_path


class Command(BaseCommand):
    help = "Make a database with the facts that ship and some people, if there is none yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="prepare only; do not serve")
        parser.add_argument(
            "--users", action="store_true", help="give the demo's people new passwords; load no facts"
        )

        parser.add_argument(
            "--world", type=Path, metavar="FOLDER", help="load this folder of tables as well (load world)"
        )

    def handle(
        self, *_args: Any, no_serve: bool, users: bool, world: Path | None = None, **_options: Any
    ) -> None:
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0, interactive=False)
        actor = system_actor("shipped", gettext_noop("shipped with Twinhall"))
        if users:
            self.renew_people(actor)
        else:
            self.load(actor)
            self.compile()
            settle_regions()
            if world is not None:
                call_command("load", "world", str(world), stdout=self.stdout)
            self.make_people(actor)
        if not no_serve:
            if "EMAIL_URL" not in os.environ:
                self.stdout.write(f"Letters go nowhere: each is a file in {Path(settings.VAR) / 'mail'}.")
            call_command("serve", stdout=self.stdout)

    def load(self, actor: User) -> None:
        """Load the facts that ship."""
        self.stdout.write("Loading the facts of five pages …")
        try:
            report = load_facts(shipped_facts(), by=actor)
        except FactsRefusedError as error:
            raise CommandError(f"The facts that ship could not be loaded.\n{error}") from error
        if report.changed:
            self.stdout.write(f"  {report.made.total()} records, {report.new_statements} statements.")
        else:
            self.stdout.write("  All there already; nothing was changed.")

    def compile(self) -> None:
        """Compile the gazetteer where it is not there, so that nobody waits for it at a form."""
        if gazetteer_path(settings.GAZETTEER).exists():
            return
        self.stdout.write("Reading the names of the world's towns (once, half a minute) …")
        try:
            towns = gazetteer(settings.GAZETTEER)
        except OSError as error:
            raise CommandError(
                f"The gazetteer could not be written to {settings.GAZETTEER} ({error.strerror}). "
                "Name another folder in TWINHALL_GAZETTEER."
            ) from error
        self.stdout.write(f"  {len(towns):,} places.")

    def make_people(self, actor: User) -> None:
        """Make the demo's people where nobody has an account, and so on no site that is in use."""
        if not User.objects.exclude(email__endswith=SYSTEM_DOMAIN).exists():
            passwords = make_demo_people(by=actor)
            secretary = User.objects.get(email=SECRETARY)
            made = make_demo_year(secretary=secretary, today=timezone.localdate())
            self.stdout.write(f"Made up a year of the association’s meetings: {len(made)}.")
            self.tell(passwords)

    def renew_people(self, actor: User) -> None:
        """Give the demo's people new passwords, and make those who are missing."""
        if has_people_of_its_own():
            raise CommandError("This register has people of its own, so the demo's people are left alone.")
        try:
            self.tell([*new_passwords(by=actor), *make_demo_people(by=actor)])
        except Party.DoesNotExist as error:
            raise CommandError("There is no demo in this database yet. Run: twinhall demo") from error

    def tell(self, passwords: list[tuple[User, str]]) -> None:
        """Show whom one can sign in as; the passwords this once."""
        self.stdout.write("People to sign in as, shown this once (new passwords: twinhall demo --users):")
        for user, password in passwords:
            acting = user.affiliations.select_related("party").first()
            who = f"{acting.role}, {acting.party}" if acting else "administrator"
            self.stdout.write(f"  {user.email:<30}{password:<20}{user.name}: {who}")


def shipped_facts() -> list[Path]:
    """The fact files that ship with Twinhall."""
    folder = Path(str(files("twinhall.data") / "pages"))
    return sorted(folder.glob("*.toml"))
