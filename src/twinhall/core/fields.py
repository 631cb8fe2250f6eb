"""Column types of the house: partial dates, texts in several languages, graded choices, web sites.

Columns of which two different values need not contradict each other say so in two ways that mean the same:
``agree`` of two values, and ``readings`` for a database that has many. Values of which one reading comes out
differently contradict each other; a reading that a value does not have is null.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Length, Replace, Substr
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.core.languages import is_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    _DateColumn = models.Field[PartialDate | str | None, PartialDate | None]
    _ChoiceColumn = models.CharField[str, str]
    _UrlColumn = models.URLField[str, str]
else:  # Django's own Field takes no type arguments when it runs.
    _DateColumn = models.Field
    _ChoiceColumn = models.CharField
    _UrlColumn = models.URLField

Reading: TypeAlias = "models.expressions.Combinable"


class PartialDateField(_DateColumn):
    """A partial date in one ISO text column, which sorts and compares the same on every database."""

    description = "Partial date"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        # Django leaves out its own defaults, which are not ours.
        return str(name), path, list(args), {**kwargs, "null": self.null, "blank": self.blank}

    def to_python(self, value: object) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        if value == "":
            return None
        try:
            return PartialDate.parse(str(value))
        except NotADateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def from_db_value(self, value: str | None, *_: object) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)

    def get_prep_value(self, value: object) -> str | None:
        # A lookup compares texts, so a plain text passes through: "2006-12-14" is no date of a record.
        return None if value is None else str(value)

    def agree(self, one: str, other: str) -> bool:
        """Whether two dates, as their ISO texts, do not contradict: both can mean the same day."""
        return PartialDate.parse(one).agrees_with(PartialDate.parse(other))

    def readings(self, column: str) -> list[Reading]:
        """The year, the month and the day of ISO texts in a column: dates agree as far as each goes."""
        return [
            Case(When(GreaterThanOrEqual(Length(column), length), then=Substr(column, 1, length)))
            for length in (4, 7, 10)
        ]

    def grade(self, value: str) -> int:
        """How exact a date is, as its ISO text: 1 for a year, 3 for a day."""
        return PartialDate.parse(value).precision

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")


def _texts(value: object) -> None:
    if not isinstance(value, Mapping):
        raise ValidationError(_("A text stands under its language, as in {“en”: “…”}."))
    for language, text in value.items():
        if not is_language(str(language)):
            raise ValidationError(_("“%(language)s” is not a language code."), params={"language": language})
        if not isinstance(text, str) or not text.strip():
            raise ValidationError(_("The text in “%(language)s” is empty."), params={"language": language})


class TranslatedField(models.JSONField):
    """Texts under their language codes: ``{"en": "…", "lv": "…"}``; an empty mapping where none is known."""

    def __init__(self, verbose_name: "StrOrPromise | None" = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        kwargs["validators"] = [_texts]
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return str(name), path, list(args), {**kwargs, "blank": self.blank}


class GradedField(_ChoiceColumn):
    """A choice some of whose values are finer than others: a founding member is a member.

    ``coarser`` gives for a finer value the one that it agrees with.
    """

    def __init__(self, *args: Any, coarser: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.coarser = dict(coarser or {})
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return str(name), path, list(args), dict(kwargs)

    def agree(self, one: str, other: str) -> bool:
        """Whether two values do not contradict: equal, or one the coarser of the other."""
        return one == other or self.coarser.get(one) == other or self.coarser.get(other) == one

    def readings(self, column: str) -> list[Reading]:
        """What the values in a column are taken coarsely, and the finer ones as they are."""
        coarse = [When(**{column: finer}, then=Value(coarser)) for finer, coarser in self.coarser.items()]
        fine = [When(**{f"{column}__in": [*self.coarser]}, then=F(column))]
        kept = models.TextField()
        return [Case(*coarse, default=F(column), output_field=kept), Case(*fine, output_field=kept)]

    def grade(self, value: str) -> int:
        """How fine a value is."""
        return 1 if value in self.coarser else 0


class WebsiteField(_UrlColumn):
    """The address of a web site; with or without TLS, ``www.`` and a slash at the end it is the same site."""

    def agree(self, one: str, other: str) -> bool:
        """Whether two addresses lead to the same site."""
        return _site(one) == _site(other)

    def readings(self, column: str) -> list[Reading]:
        """The sites that the addresses in a column lead to."""
        plain = Replace(Replace(column, Value("https://"), Value("http://")), Value("://www."), Value("://"))
        return [Func(plain, Value("/"), function="RTRIM", output_field=models.TextField())]


def _site(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
