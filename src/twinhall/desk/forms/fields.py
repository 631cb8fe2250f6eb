"""Fields that several forms of the desk have."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.core.languages import FALLBACK, language_name
from twinhall.core.text import alphabetical

LANGUAGE_CODES = [
    "ar",
    "be",
    "bg",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "he",
    "hr",
    "hu",
    "hy",
    "is",
    "it",
    "ja",
    "ka",
    "ko",
    "lb",
    "lt",
    "lv",
    "mk",
    "mt",
    "nb",
    "nl",
    "nn",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "tr",
    "uk",
    "zh",
]
"""The languages of Europe's towns and of their partners most often met elsewhere."""

_EUROPEAN = re.compile(r"(?:(\d{1,2})\s*[./]\s*)?(?:(\d{1,2})\s*[./]\s*)?(\d{4})\.?", re.ASCII)


class PartialDateField(forms.CharField):
    """A date as exact as it is known; also as it is written in Europe: 13.12.2006, 12/2006."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            gettext_lazy("As exact as it is known: 1991, 2013-06 or 2006-12-13; also 13.12.2006."),
        )
        super().__init__(**kwargs)
        # The length is the control's: the validator of a CharField would measure the date itself.
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "class": "short", "maxlength": 14}

    def to_python(self, value: object) -> PartialDate | None:  # type: ignore[override]
        if isinstance(value, PartialDate):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return PartialDate.parse(_iso(text))
        except NotADateError as error:
            raise ValidationError(
                _("“%(text)s” is not a date. Write 1991, 2013-06 or 2006-12-13."), params={"text": text}
            ) from error

    def has_changed(self, initial: object, data: object) -> bool:
        return str(initial or "") != str(data or "")


def _iso(text: str) -> str:
    match = _EUROPEAN.fullmatch(text)
    if match is None:
        return text
    day, month, year = match.groups()
    if day and not month:
        day, month = None, day
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def languages() -> list[tuple[str, str]]:
    """The languages that texts and names are kept in, by their name in the reader's language."""
    named = [(code, language_name(code)) for code in LANGUAGE_CODES]
    return [("", "–"), *sorted(named, key=lambda pair: alphabetical(pair[1]))]


def note_field() -> forms.CharField:
    """A note on a new act, in the language that the reader writes in."""
    language = language_name(get_language() or FALLBACK)
    return forms.CharField(
        label=_("Note, in this language: %(language)s") % {"language": language},
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


def site_languages() -> list[tuple[str, str]]:
    """The languages that the site speaks and writes letters in, by name."""
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]
