"""Countries by what tables call them: any name that CLDR knows in the languages of Europe, and more."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from twinhall.core.languages import is_country, locale
from twinhall.core.text import fold

_LANGUAGES = [
    "en", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nl",
    "nb", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
]  # fmt: skip
_FRAME = re.compile(r"^(?:in|the)\s+|\s*\([^)]*\)\s*$|[^\w\s,.'’()&-]+", re.IGNORECASE)


class Country(NamedTuple):
    """What a name of a country comes to: a code of ISO 3166-1, or a remark on why there is none."""

    code: str
    remark: str = ""


@lru_cache(maxsize=10_000)
def country_code(name: str) -> Country:
    """The country of this name or code. A state that is no more, or a name nobody knows, has no code."""
    said = name.replace("\xa0", " ").strip()
    if is_country(said):
        return Country(said)
    names, former = _names(), _former()
    plain = _FRAME.sub("", said).strip()
    for part in (said, plain, plain.rsplit(",", maxsplit=1)[-1], plain.split(",", maxsplit=1)[0]):
        key = _key(part)
        if key in former:
            return Country("", f"a state that is no more: {said}")
        if key in names:
            return Country(names[key])
    return Country("", f"not a country: {said}")


def _key(name: str) -> str:
    """A name as it is compared: CLDR writes “Bosnia & Herzegovina” where tables write “and”."""
    return " ".join(word for word in fold(name).split() if word not in {"and", "the"})


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in locale(language).territories.items():
            if is_country(str(code)):
                found.setdefault(_key(str(name)), str(code))
    return found | {_key(name): code for name, code in _spellings()["names"].items()}


@cache
def _former() -> frozenset[str]:
    return frozenset(_key(name) for name in _spellings()["former"])


@cache
def _spellings() -> dict[str, dict[str, str]]:
    text = (files("twinhall.data") / "vocabularies" / "countries.toml").read_text("utf-8")
    return tomllib.loads(text)
