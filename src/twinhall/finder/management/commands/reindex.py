import time
from typing import Any

from django.core.management.base import BaseCommand

from twinhall.finder.actions import index_all


class Command(BaseCommand):
    help = "Make the index of names anew, which the search finds by. Needed after an upgrade that says so."

    def handle(self, **_options: Any) -> None:
        began = time.monotonic()
        count = index_all()
        self.stdout.write(f"{count} entries in {time.monotonic() - began:.1f} s")
