"""Facts put into words, in the language of the request."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.core.acts import Act
from twinhall.core.dates import PartialDate
from twinhall.core.languages import country_name, here, locale
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.evidence import values
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE

country = country_name


def _calendar() -> str:
    """English is European here: 13 December 2006; one, two and three."""
    return _calendar_in(get_language() or "en")


@cache
def _calendar_in(language: str) -> str:
    return "en_GB" if language == "en" else str(locale(language))


def date(value: PartialDate | dt.date | None) -> str:
    """A date as exact as it is known: 1991, June 2013, 13 December 2006; empty where there is none."""
    return "" if value is None else _written(value, _calendar())


@lru_cache(maxsize=10_000)
def _written(value: PartialDate | dt.date, calendar: str) -> str:
    """A date in the language of a calendar; most pages say the same few of them."""
    if isinstance(value, dt.date):
        return format_date(value, "long", locale=calendar)
    if value.day is not None:
        return format_date(value.first_day, "long", locale=calendar)
    if value.month is None:
        return str(value.year)
    if calendar == "lv":  # CLDR shortens "gada" here, but not where a day is named
        return format_date(value.first_day, "y. 'gada' MMMM", locale="lv")
    return format_skeleton("yMMMM", dt.datetime.combine(value.first_day, dt.time()), locale=calendar)


def moment(value: dt.datetime) -> str:
    """A day and the time of it, in the site's time zone: 13 December 2006, 14:05."""
    there = timezone.localtime(value)
    return f"{date(there.date())}, {format_time(there, 'short', locale=_calendar())}"


def number(value: float | Decimal) -> str:
    """A number with the separators of the language."""
    if isinstance(value, int):
        return _whole(value, get_language() or "en")
    return format_decimal(value, locale=here(), decimal_quantization=False)


@lru_cache(maxsize=10_000)
def _whole(value: int, language: str) -> str:
    return format_decimal(value, locale=locale(language), decimal_quantization=False)


def label(choice: models.TextChoices) -> str:
    """What a choice is called."""
    return _called(choice, get_language())


@lru_cache(maxsize=None, typed=True)  # by type, as choices of two kinds may be of one value
def _called(choice: models.TextChoices, _language: str | None) -> str:
    return str(choice.label)


def share(value: Decimal) -> str:
    """A share given in per cent."""
    return format_percent(value / 100, locale=here(), decimal_quantization=False)


def money(amount: Decimal, currency: str) -> str:
    """An amount in a currency of ISO 4217, without cents where there are none."""
    whole = amount == amount.to_integral_value()
    pattern = "#,##0\u00a0¤¤" if whole else "#,##0.00\u00a0¤¤"
    return format_currency(amount, currency, pattern, locale=here(), currency_digits=False)


def listed(items: Iterable[object]) -> str:
    """One, two and three."""
    return format_list([str(item) for item in items], locale=_calendar())


def act(told: Act) -> str:
    """An act and its date: “agreement signed, 2011”; “agreement signed, undated”."""
    language = get_language()
    if told.kind in told.undeciding:
        return _seen(told.date, language)
    return _done(told.deed, told.date, language)


@lru_cache(maxsize=10_000)
def _seen(day: PartialDate | None, _language: str | None) -> str:
    """When something was seen, in the language of the request."""
    is_day = day is not None and day.day is not None
    seen = _("as seen on %(day)s") if is_day else _("as seen in %(day)s")
    return seen % {"day": date(day)}


@lru_cache(maxsize=10_000)
def _done(deed: str, day: PartialDate | None, _language: str | None) -> str:
    """What was done and when, in the language of the request."""
    when = date(day) if day else _("undated")
    return _("%(act)s, %(when)s") % {"act": deed, "when": when}


def member_of(member: str, network: str) -> str:
    """Who takes part in what, by their names: a member in its network, a partner in a project."""
    return _("%(member)s in %(network)s") % {"member": member, "network": network}


def capital(text: str) -> str:
    """The text with its first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def field(model: type[models.Model], name: str) -> str:
    """What a sourced field is called."""
    if name == EXISTS:
        return _("Named as")
    column = cast("models.Field[Any, Any]", model._meta.get_field(name))
    return capital(str(column.verbose_name))


def value(model: type[models.Model], name: str, stated: str) -> str:
    """What is stated of a sourced field, for a reader."""
    if name == EXISTS:
        return _("said to be so") if stated == "yes" else _("said not to be so")
    sort = values.sort_of(model, name)
    if sort is PER_LANGUAGE:
        return stated
    if sort is MANY:
        return fields_of_cooperation()[stated].label
    return country(stated) if name == "country" else _one(model, name, stated)


def _one(model: type[models.Model], name: str, stated: str) -> str:
    """What is stated of a field of one value."""
    column = model._meta.get_field(name)
    if isinstance(column, models.ForeignKey):
        return stated  # who calls records by their names is ``subjects``
    known = values.python(model, name, stated)
    if isinstance(known, PartialDate):
        return date(known)
    if isinstance(known, Decimal | int | float):
        return number(known)
    return str(dict(getattr(column, "choices", None) or ()).get(stated, stated))
