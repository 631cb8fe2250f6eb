"""What is done for networks each day."""

import datetime as dt

from django.utils import timezone

from twinhall.accounts.actions import operator
from twinhall.networks.applying import KEPT
from twinhall.networks.erasing import erase_old_applications


def erase_applications(_day: dt.date) -> None:
    """Erase who wrote applications that were decided on long ago. Done twice, it does nothing more."""
    erase_old_applications(before=timezone.now() - KEPT, by=operator())
