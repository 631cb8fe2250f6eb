"""Holding a record while a deed is done, so that two who act at once act one after the other."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _


def hold(record: models.Model) -> None:
    """Read a record anew, for nobody else to change until the transaction is done.

    What was read before the transaction may be old: a deed asks its questions after this, not before.
    Prefetched rows and related records are forgotten, too. SQLite has no locks on rows; there a writing
    transaction is alone from its beginning, so that reading anew is enough.
    Raises ValidationError where the record is there no more.
    """
    rows = type(record)._base_manager.all()
    try:
        # Rows that point at it may be added meanwhile: no_key lets their foreign keys be checked.
        record.refresh_from_db(from_queryset=rows.select_for_update(no_key=True))
    except ObjectDoesNotExist as error:
        raise ValidationError(_("It is there no more: somebody has taken it away meanwhile.")) from error
