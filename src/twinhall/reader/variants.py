"""What a name as written may stand for: without what is around it, in its basic form, in other letters."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from twinhall.core.text import fold
from twinhall.reader.forms import Forms, small
from twinhall.reader.sounds import name_key

_MOST_FORMS = 14  # of one word
_MOST_KEYS = 160  # of one name
_KEPT = 5_000  # words whose forms are remembered: most names of a page are asked for several times
_IN_BRACKETS = 0.9
_PER_ENDING = 0.96  # how sure a form is whose ending was changed, of one that stands so
_WORD = re.compile(r"[^\s,;/]+")
_BRACKETS = re.compile(r"\(([^()]*)\)?|\[[^\[\]]*\]?")
_LANGUAGE = re.compile(r"^\w{2,5}\. ")  # "lit. …": the language of what stands in brackets
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[/|=]\s*|\s*,\s+")
_AROUND = ' \t\r\n\u00a0\u200b*†•·–—-:;,.?!"“”„«»‹›‘()[]'
_ENGLISH = {"district": "district", "county": "County", "region": "Region"}
"""What is said after the name of a party that is no town, where its own name is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: the bare name, and what sort of party (``forms.SORTS`` or "") it tells."""

    text: str
    sort: str = ""
    sure: float = 1.0
    """How likely it is the name that is meant, of one that stands outside all brackets."""


def readings(written: str, forms: Forms, english: Forms) -> list[Reading]:
    """The ways to read a name as it is written, the likeliest first.

    Whole, without a bracket, each part of a double name, the bracket; each also without words such as
    "Municipality of".
    """
    whole = tidy(written)
    outside = tidy(_BRACKETS.sub(" ", whole))
    inside = [_LANGUAGE.sub("", tidy(match[1] or "")) for match in _BRACKETS.finditer(written)]
    texts = [(whole, 1.0), (outside, 1.0), *((part, 1.0) for part in _PARTS.split(outside))]
    texts += [(part, _IN_BRACKETS) for text in inside for part in _PARTS.split(text) if len(part) > 3]  # noqa: PLR2004
    found: dict[str, Reading] = {}
    for text, sure in texts:
        bare, sort = without_kind(tidy(text), forms, english)
        for reading in (Reading(tidy(text), "", sure), Reading(bare, sort, sure)):
            if reading.text and (reading.text not in found or reading.sort):
                found[reading.text] = reading
    return [*found.values()]


def tidy(text: str) -> str:
    """A name without stray marks around it and with single spaces."""
    text = " ".join(text.split())
    text = text.strip(_AROUND.replace("(", "").replace(")", "").replace(".", ""))
    return text.rstrip(".") if text.count(".") == 1 and text.endswith(".") and len(text) > 4 else text  # noqa: PLR2004


def without_kind(text: str, forms: Forms, english: Forms) -> tuple[str, str]:
    """A name without the words before and after it that say what it is, and the last sort that these say."""
    words = text.split()
    sort = ""
    start, end = 0, len(words)
    joiners = forms.joiners | english.joiners
    while start < end - 1:
        told = _sort_of(words[start], forms, english)
        if not told and not (sort and words[start].lower() in joiners):
            break
        sort, start = told or sort, start + 1
    while end - 1 > start:
        told = _sort_of(words[end - 1], forms, english)
        if not told:
            break
        sort, end = told, end - 1
    return (" ".join(words[start:end]), sort) if sort else (text, "")


def sort_name(name: str, sort: str) -> str:
    """A bare name with its sort, where that is more than a town or a municipality: "Gütersloh district"."""
    return f"{name} {_ENGLISH[sort]}" if sort in _ENGLISH else name


def keys_of(text: str, forms: Forms) -> dict[str, float]:
    """Keys under which a name may stand in the gazetteer, each with how sure that is; as it stands first."""
    keys = {name_key(text): 1.0}
    words = _WORD.findall(text)
    choices = [[(name_key(form), one) for form, one in _forms_of_word(word, forms)] for word in words]
    for combination in islice(product(*choices), _MOST_KEYS):
        key = "".join(part for part, _ in combination)
        if key not in keys:
            keys[key] = min((one for _, one in combination), default=1.0)
    for meant in forms.slash if "/" in text else ():
        keys.setdefault(name_key(text.replace("/", meant)), _PER_ENDING)
    keys.pop("", None)
    return keys


def head_of(text: str, forms: Forms) -> str:
    """What stands in a name before a small word: "Dueville" of "Dueville bei Vicenza"; "" without one."""
    words = text.split()
    at = next((at for at, word in enumerate(words) if at and word.lower() in forms.near), 0)
    return " ".join(words[:at])


def heard_keys(text: str, forms: Forms) -> dict[str, float]:
    """The same in letters that are read alike in most languages, for finding by sound."""
    found: dict[str, float] = {}
    words = [_forms_of_word(word, forms) for word in _WORD.findall(text)]
    for combination in islice(product(*words), _MOST_KEYS // 4):
        key = name_key(" ".join(forms.spelt_out(form) for form, _ in combination))
        found.setdefault(key, min((one for _, one in combination), default=1.0))
    found.pop("", None)
    return found


def basic_name(text: str) -> str:
    """A name that is not known, in Latin letters, its capitals as names have them."""
    if not all(letter < "\u0250" or not letter.isalpha() for letter in text):
        text = " ".join(word[:1].upper() + word[1:] for word in fold(text).split())
    return text.title() if text.isupper() and len(text) > 3 else text  # noqa: PLR2004


@lru_cache(maxsize=_KEPT)
def _forms_of_word(word: str, forms: Forms) -> list[tuple[str, float]]:
    """A word's basic forms, itself first, each with how sure it is."""
    bare = small(word)
    bare = forms.short.get(bare, bare).strip(".")
    if bare in forms.joiners:
        return [(bare, 1.0)]
    before, mark, after = bare.partition("'")
    if mark and before in forms.elisions:
        return [(bare, 1.0), (after, _PER_ENDING)]
    return [(form, _PER_ENDING if at else 1.0) for at, form in enumerate(forms.basic(bare)[:_MOST_FORMS])]


def _sort_of(word: str, forms: Forms, english: Forms) -> str:
    word = word.strip(_AROUND)
    return forms.sort_of(word) or english.sort_of(word)
