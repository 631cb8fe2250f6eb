from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from twinhall.exchange.regions import settle_regions
from twinhall.parties.models import Party
from twinhall.reader.gazetteer import gazetteer


class Command(BaseCommand):
    help = "Work out anew which regions parties lie in, by their GeoNames identifiers and positions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        gazetteer(settings.GAZETTEER)  # compiled here if nobody needed it before
        changed = settle_regions(Party.objects.all())
        known, every = Party.objects.exclude(region="").count(), Party.objects.count()
        self.stdout.write(f"{changed:,} parties changed; {known:,} of {every:,} have a region.")
