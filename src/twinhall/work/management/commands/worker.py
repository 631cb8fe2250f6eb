from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from twinhall.work.worker import Worker


class Command(BaseCommand):
    help = "Send letters and do whatever else no page waits for. Ctrl+C ends it, after the task at hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument(
            "--beside",
            action="store_true",
            help="end with the process that starts this one, as “twinhall serve” does",
        )

    def handle(self, *_args: Any, once: bool, beside: bool, **_options: Any) -> None:
        worker = Worker(once=once, beside=beside)
        worker.stop_on_signals()
        worker.run()
