import os
import socket
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from twinhall.work.beside import worker_beside

HIGHEST_PORT = 65_535


class Command(BaseCommand):
    help = "Serve the site with the production server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT", "8000")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument(
            "--port", type=port_number, default=port, help="port to listen on (PORT, else 8000)"
        )
        parser.add_argument("--workers", type=int, default=1, help="processes that answer (1)")
        parser.add_argument(
            "--no-worker", action="store_true", help="send no letters from here; “twinhall worker” runs apart"
        )

    def handle(
        self, *_args: Any, host: str, port: int, workers: int, no_worker: bool = False, **_options: Any
    ) -> None:
        refuse_busy(host, port)
        refuse_unmigrated()
        collect_static_files()
        self.stdout.write(banner(host, port))
        self.stdout.flush()
        server = Granian(
            "twinhall.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        # Letters name the port of the site, so the worker must know it.
        with nullcontext() if no_worker else worker_beside({"PORT": str(port)}):
            server.serve()


def port_number(text: str) -> int:
    """A port as it is written in the command line or in PORT."""
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        raise ArgumentTypeError(f"“{text}” is not a port. A port is a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def refuse_busy(host: str, port: int) -> None:
    """Say which port is taken before anything is started."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        why = str(error.strerror).partition(" (while ")[0]  # what Python adds repeats the address
        raise CommandError(
            f"Port {port} on {host} cannot be used ({why}). "
            f"Stop what listens there, or choose another: PORT={port + 1}."
        ) from error


def refuse_unmigrated() -> None:
    """Say what to do about a database whose tables are missing or old."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database has old tables or none. Run: twinhall migrate")


def collect_static_files() -> None:
    """Fingerprint and compress the static files where any is newer than the last time."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    made = manifest.stat().st_mtime if manifest.exists() else 0.0
    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    if any(file.stat().st_mtime > made for file in files):
        call_command("collectstatic", interactive=False, verbosity=0)


def banner(host: str, port: int) -> str:
    """Where the site is and how to stop it."""
    shown = f"[{host}]" if ":" in host else host
    return f"\n  Twinhall is open at http://{shown}:{port}/\n  Press Ctrl+C to stop.\n"
