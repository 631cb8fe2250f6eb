"""Languages and countries: which the site speaks, how they are called, which text to show."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

FALLBACK = "en"
# What CLDR lists besides the countries of ISO 3166-1: places that a country has reserved a code for,
# groups of countries, and codes that stand for nothing.
_NO_COUNTRIES = frozenset({
    "AC", "CP", "CQ", "DG", "EA", "IC", "TA",
    "EU", "EZ", "QO", "UN",
    "XA", "XB", "ZZ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language that it is written in, so that a page can mark it."""

    text: str
    language: str

    def __bool__(self) -> bool:
        return bool(self.text)


@cache
def locale(language: str) -> Locale:
    """CLDR's data for a language; English where CLDR has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def here() -> Locale:
    """CLDR's data for the language of the present request."""
    return locale(get_language() or FALLBACK)


def is_language(code: str) -> bool:
    """Whether CLDR has a name for the language."""
    return code.split("-", maxsplit=1)[0] in locale(FALLBACK).languages


@cache
def _countries() -> frozenset[str]:
    return frozenset(str(code) for code in locale(FALLBACK).territories) - _NO_COUNTRIES


def is_country(code: str) -> bool:
    """Whether the code is a territory of ISO 3166-1 alpha-2, or XK for Kosovo, as CLDR lists them."""
    return re.fullmatch("[A-Z]{2}", code) is not None and code in _countries()


def country_name(code: str, language: str | None = None) -> str:
    """A country's name in the language (of the request, if none is named); the code where CLDR has none."""
    return _country_name(code, language or get_language() or FALLBACK)


@cache
def _country_name(code: str, language: str) -> str:
    return str(locale(language).territories.get(code, code))


def language_name(code: str) -> str:
    """A language's name in the language of the request; the code where CLDR has none."""
    return str(here().languages.get(code.split("-", maxsplit=1)[0], code))


def best(texts: Mapping[str, str], language: str | None = None) -> Text:
    """The text in the language, else in English, else in an interface language, else in any; or empty."""
    wanted = language or get_language() or FALLBACK
    for code in (wanted, wanted.split("-")[0], FALLBACK, *(code for code, _ in settings.LANGUAGES), *texts):
        if texts.get(code):
            return Text(texts[code], code)
    return Text("", wanted)
