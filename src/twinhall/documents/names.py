"""The names that files are offered under."""

import re
import unicodedata

from django.utils.translation import gettext as _

from twinhall.documents.models import MediaType

LENGTH = 120
_ENDING = re.compile("|".join(re.escape(kind.suffix) for kind in MediaType) + r"|\.jpg", re.IGNORECASE)
# Names of devices, with whatever follows a dot, which Windows lets no file have:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)


def safe_name(title: str, suffix: str) -> str:
    """A name that every system takes, still readable: ``Līgums – 1992.pdf``.

    Letters and digits of any script stay, and so do dashes, dots, spaces and ``_``. What else stands
    between them becomes a space; marks that cannot be seen, such as those that turn the direction of
    writing, go without a trace.
    """
    text = " ".join("".join(map(_harmless, unicodedata.normalize("NFC", title))).split())
    text = re.sub(r"\.{2,}", ".", unicodedata.normalize("NFC", text)).lstrip(" .-")
    stem = _without_ending(text)[: LENGTH - len(suffix)].rstrip(" .") or _("document")
    return (f"_{stem}"[: LENGTH - len(suffix)] if _DEVICE.match(stem) else stem) + suffix


def _harmless(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind[0] in "LMN" or kind == "Pd" or letter in "_.":
        return letter
    return "" if kind == "Cf" else " "


def _without_ending(text: str) -> str:
    ending = text.rfind(".")
    return text[:ending] if ending > 0 and _ENDING.fullmatch(text, ending) else text
