"""What a visit has besides: its programme, gifts and costs, each kept line by line."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.meetings.models import Cost, Gift, ProgrammeLine

Part = ProgrammeLine | Gift | Cost

_KEPT: Mapping[type[Part], str] = {
    ProgrammeLine: gettext_noop("programme changed"),
    Gift: gettext_noop("gift noted"),
    Cost: gettext_noop("cost noted"),
}
_REMOVED: Mapping[type[Part], str] = {
    ProgrammeLine: gettext_noop("line taken off the programme"),
    Gift: gettext_noop("gift struck out"),
    Cost: gettext_noop("cost struck out"),
}


@transaction.atomic
def keep_part(part: ProgrammeLine | Gift | Cost, *, by: User, **told: Any) -> None:
    """Keep a line of the programme, a gift or a cost, new or changed, as ``told``. Raises ValidationError."""
    for name, value in told.items():
        setattr(part, name, value)
    part.full_clean()
    part.save()
    log(_KEPT[type(part)], f"{part.meeting}: {part}", by=by, record=part.meeting)


@transaction.atomic
def remove_part(part: Part, *, by: User) -> None:
    """Take a line of the programme, a gift or a cost away."""
    log(_REMOVED[type(part)], f"{part.meeting}: {part}", by=by, record=part.meeting)
    part.delete()
