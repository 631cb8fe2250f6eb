"""The countries as a choice."""

from twinhall.core.languages import country_name, is_country, locale
from twinhall.core.text import alphabetical


def countries() -> list[tuple[str, str]]:
    """Every country, by its name in the reader's language."""
    codes = [str(code) for code in locale("en").territories]
    named = [(code, country_name(code)) for code in codes if is_country(code)]
    return [("", "–"), *sorted(named, key=lambda pair: alphabetical(pair[1]))]
