"""How names are cut and folded for the index, and what is looked up for a query."""

import re

from twinhall.core.text import fold

KEY_LENGTH = 80
"""Of longer keys, those of titles, the beginning is kept; of longer queries it is looked up."""
MOST_WORDS = 8
"""Of longer queries the first words are looked up."""

# Words end at spaces and signs, and not where folding makes a sign: Georgian ვალკა is “valk'a”, one word.
_BETWEEN = re.compile(
    r"[\s!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2000-\u206f\u3000-\u303f]+"
)
_SPELLED_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "å": "aa",
        "ø": "oe",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "Å": "Aa",
        "Ø": "Oe",
    }
)


def key_of(text: str) -> str:
    """A text as it is compared: Latin letters and digits without spaces, at most KEY_LENGTH of them.

    Spellings differ in spaces: “Sankt-Peterburg”, “Sanktpeterburg”; “St.Gallen”, “St. Gallen”.
    """
    return fold(text).replace(" ", "")[:KEY_LENGTH]


def words_of(text: str) -> list[str]:
    """The words of a text, each folded; signs between them are dropped."""
    return [key for key in (key_of(word) for word in _BETWEEN.split(text)) if key]


def ways_of_writing(text: str) -> list[str]:
    """The text, and where it has an umlaut the text without it: “Köln”, “Koeln”."""
    spelled_out = text.translate(_SPELLED_OUT)
    return [text] if spelled_out == text else [text, spelled_out]
