"""What a value of a sourced field may be: its column says so. There is no second system of types."""

import math
import re
import unicodedata
from decimal import Decimal
from typing import Any, TypeAlias, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from twinhall.core.fields import GradedField, PartialDateField, Reading, WebsiteField
from twinhall.evidence.sorts import EXISTS, EXISTS_VALUES, MANY, ONE, PER_LANGUAGE, Sort

Column: TypeAlias = "models.Field[Any, Any]"
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def sort_of(model: type[models.Model], field: str) -> Sort:
    """How the field holds its values; raise ValidationError where the field is not sourced."""
    sorts: dict[str, Sort] = getattr(model, "sourced_fields", {})
    if field == EXISTS:
        return ONE
    if field not in sorts:
        raise ValidationError(
            _("“%(field)s” of a %(record)s is no fact that takes a source.")
            % {"field": field, "record": model._meta.verbose_name}
        )
    return sorts[field]


def holder(model: type[models.Model], field: str) -> Column:
    """The column that holds the field in the record."""
    return cast("Column", model._meta.get_field(field))


def column(model: type[models.Model], field: str) -> Column:
    """The column that says what one value may be: for a set and for a reference, that of the member."""
    found = holder(model, field)
    if isinstance(found, models.ForeignKey | models.ManyToManyField):
        return found.target_field
    return found


def text(value: object) -> str:
    """The canonical text of a value: dates as ISO, numbers without trailing zeros, texts in Unicode NFC."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, float):
        return repr(value)
    return unicodedata.normalize("NFC", str(value)).strip()


def writable(*texts: str) -> None:
    """Refuse characters that no database keeps in a text: NUL, and halves of surrogate pairs."""
    if any(_UNWRITABLE.search(text) for text in texts):
        raise ValidationError(_("The text holds characters that cannot be kept, such as NUL."))


def normalise(model: type[models.Model], field: str, value: object, language: str = "") -> str:
    """Clean a value through its column and give its canonical text; raise ValidationError with the reason."""
    if value is None or text(value) == "":
        raise ValidationError(_("The value is empty; leave the field out where nothing is stated."))
    if field == EXISTS:
        if text(value) not in EXISTS_VALUES:
            raise ValidationError(_("Whether a record exists is said with “yes” or “no”."))
        return text(value)
    writable(text(value))
    if sort_of(model, field) is PER_LANGUAGE:
        column(model, field).clean({language: text(value)}, None)
        return text(value)
    value = unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
    cleaned = column(model, field).clean(value, None)
    if isinstance(cleaned, float) and not math.isfinite(cleaned):
        raise ValidationError(_("The value is not a number."))
    found = holder(model, field)
    if isinstance(found, models.ForeignKey | models.ManyToManyField):
        _must_exist(found, cleaned)
    return text(cleaned)


def _must_exist(reference: "models.ForeignKey[Any] | models.ManyToManyField[Any, Any]", key: object) -> None:
    target: type[models.Model] = reference.related_model
    name = "pk" if isinstance(reference, models.ManyToManyField) else reference.target_field.name
    if not target._default_manager.filter(**{name: key}).exists():
        raise ValidationError(
            _("There is no %(record)s “%(key)s”.") % {"record": target._meta.verbose_name, "key": key}
        )


def python(model: type[models.Model], field: str, stated: str) -> object:
    """The value of a canonical text, as its column holds it."""
    if field == EXISTS or sort_of(model, field) is PER_LANGUAGE:
        return stated
    return column(model, field).to_python(stated)


def agree(model: type[models.Model], field: str, one: str, other: str) -> bool:
    """Whether two canonical texts do not contradict: equal, or one the coarser of the other.

    Columns that know coarser and finer values, or several ways to write one, say so themselves
    (``PartialDateField``, ``GradedField``, ``WebsiteField``).
    """
    if one == other or field == EXISTS or sort_of(model, field) is MANY:
        return one == other or field != EXISTS
    kept = column(model, field)
    if isinstance(kept, PartialDateField | GradedField | WebsiteField):
        return kept.agree(one, other)
    return bool(python(model, field, one) == python(model, field, other))


def readings(model: type[models.Model], field: str, kept_in: str) -> list[Reading]:
    """What a database compares the texts on a field by, which ``kept_in`` holds (``core/fields.py``)."""
    kept = column(model, field)
    if isinstance(kept, PartialDateField | GradedField | WebsiteField):
        return kept.readings(kept_in)
    return [F(kept_in)]


def is_compared(record: models.Model, field: str) -> bool:
    """Whether words on a field of the record can contradict each other (``sorts.py``, ``uncompared``)."""
    rule = getattr(type(record), "uncompared", {}).get(field, ("pk", frozenset()))
    return rule is not None and getattr(record, rule[0]) not in rule[1]


def grade(model: type[models.Model], field: str, stated: str) -> int:
    """How fine a value is among those that agree: a day is finer than its year, a founder than a member."""
    kept = None if field == EXISTS or sort_of(model, field) is not ONE else column(model, field)
    if isinstance(kept, PartialDateField | GradedField):
        return kept.grade(stated)
    return 0
