from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log, operator
from twinhall.exchange.regions import settle_regions
from twinhall.parties.models import Party
from twinhall.reader.gazetteer import gazetteer


class Command(BaseCommand):
    help = "Work out anew which regions parties lie in, by their GeoNames identifiers and positions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        gazetteer(settings.GAZETTEER)  # compiled here if nobody needed it before
        with transaction.atomic():
            changed = settle_regions(Party.objects.all())
            known, every = Party.objects.exclude(region="").count(), Party.objects.count()
            told = f"{changed:,} parties changed; {known:,} of {every:,} have a region."
            log(gettext_noop("regions worked out"), told, by=operator())
        self.stdout.write(told)
