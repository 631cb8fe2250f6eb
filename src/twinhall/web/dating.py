"""How old what is said is: a source's own date, else what it allows."""

from django.utils.translation import gettext as _

from twinhall.evidence.models import Source
from twinhall.web import say


def source_dated(source: Source) -> str:
    """A source's own date; else that it is undated, and not before which day."""
    if source.dated:
        return say.date(source.dated)
    if source.not_before:
        return _("undated, not before %(day)s") % {"day": say.date(source.not_before)}
    return _("undated")
