"""Bytes to text. What a page declares is believed only where the text that comes of it is a language's."""

import codecs
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from twinhall.reader.language import language_of, languages
from twinhall.reader.unreadable import Reason, UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""")
_HEAD = 4096
"""Bytes in which a declaration is sought; HTML asks for it in the first 1024."""
_SAMPLE = 40_000
_AROUND = 400
"""Bytes that are looked at, and how many around each one beyond ASCII: the others tell nothing."""
# What WHATWG's Encoding standard makes of these labels, as browsers do.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
# Encodings in which pages of our languages were written, the most frequent first.
_USUAL = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1257",
    "cp1253",
    "cp1254",
    "iso8859-2",
    "iso8859-15",
    "iso8859-13",
    "iso8859-4",
    "iso8859-7",
    "iso8859-5",
    "koi8-u",
)
_ICELAND = "ðþ"  # its names stand on Nordic pages
_ALWAYS = frozenset("–—‒„“”‚‘’«»‹›…•·°§€£©®™×½¼¾²³ªº¿¡´¨¸\u00a0\u00ad№")
_BEYOND = re.compile(rb"[\x80-\xff]")
_TAG = re.compile(rb"<[^<>]*>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_BELIEVED = 0.9
"""A declared encoding is kept where so many of the characters beyond ASCII belong to the text's language."""
_HOPELESS = 0.25
_TELLING = 20
"""A text that no encoding fits better, in so many characters, is refused; fewer tell nothing."""
_FOREIGN = 0.5
"""What a letter counts that does not belong to the language but to another of ours: names on the page."""
_HOME = 0.05
"""What counts for an encoding that has all letters of the language; it decides between equals."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """``share``: how well the characters beyond ASCII fit, 1 for all; ``beyond``: how many there are."""

    encoding: str
    share: float
    beyond: int
    is_home: bool

    @property
    def rank(self) -> float:
        return self.share + _HOME * (self.is_home and self.share > _FOREIGN)


def decoded(data: bytes, *, declared: str = "", hint: str = "") -> str:
    """The text of bytes: by its byte order mark, as UTF-8 where it is well formed, else as declared.

    ``declared`` is what was said with the bytes (HTTP), ``hint`` the language. What is declared and does not
    fit gives way to the encoding of which most letters belong to the language. UnreadableError where none
    fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _by(data, _best(data, declared, hint))


def declared_in(data: bytes) -> str:
    """The encoding that an HTML or XML page declares at its beginning, or nothing."""
    head = data[:_HEAD]
    found = _DECLARED.search(head) or (_XML_DECLARED.search(head) if head.lstrip()[:5] == b"<?xml" else None)
    return found[1].decode("ascii", "ignore") if found else ""


def _by(data: bytes, encoding: str) -> str:
    """Decoded; a page that is UTF-8 but for a few broken places keeps its text, with U+FFFD at those."""
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError) as error:
        raise _unfit() from error


def _best(data: bytes, declared: str, hint: str) -> str:
    sample = _telling(data)
    if _is_broken_utf8(sample):
        return "utf-8"
    first = _guess(sample, _known(declared), hint)
    if first and first.share >= _BELIEVED and first.is_home:
        return first.encoding
    others = (_guess(sample, name, hint) for name in _USUAL)
    guesses = [one for one in (first, *others) if one]
    best = max(guesses, key=lambda one: one.rank, default=None)
    if best is None or (best.share < _HOPELESS and best.beyond >= _TELLING):
        raise _unfit()
    return best.encoding


def _known(encoding: str) -> str:
    """Python's name for an encoding, as browsers take it; empty where it knows none, and for UTF-8."""
    try:
        name = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(name, name)
    return "" if name.startswith("utf") else name


def _telling(data: bytes) -> bytes:
    """What stands around bytes beyond ASCII, without tags."""
    pieces, taken, length = [], 0, 0
    for found in _BEYOND.finditer(data):
        if found.start() < taken:
            continue
        start, taken = max(taken, found.start() - _AROUND), found.start() + _AROUND
        pieces.append(_TAG.sub(b" ", data[start:taken]))
        length += len(pieces[-1])
        if length > _SAMPLE:
            break
    return b"\n".join(pieces)


def _is_broken_utf8(sample: bytes) -> bool:
    """Whether nearly all that is beyond ASCII is well formed UTF-8: a page of several hands, or cut off."""
    text = sample.decode("utf-8", "replace")
    beyond = sum(not char.isascii() for char in text)
    return beyond > 0 and text.count("\ufffd") <= beyond / 10


def _guess(sample: bytes, encoding: str, hint: str) -> _Guess | None:
    """How an encoding fits; None where it does not decode the sample, or is none for text."""
    try:
        text = sample.decode(encoding) if encoding else ""
    except (UnicodeDecodeError, LookupError):
        return None
    beyond = [char for char in text if not char.isascii()]
    if not beyond:
        return None
    language = language_of(text, hint, sure=False)
    fit = sum(_fit(char.lower(), language) for char in beyond)
    odd = len(_CONTROLS.findall(text)) + _garbled(text)
    return _Guess(encoding, (fit - odd) / len(beyond), len(beyond), _is_home(encoding, language))


def _fit(char: str, language: str) -> float:
    if char in _ALWAYS or (language and char in _letters(language)):
        return 1
    return _FOREIGN if char in _letters("") else 0


def _garbled(text: str) -> int:
    """Capitals after small letters, and letters of two scripts side by side, within words."""
    pairs = [pair for pair in pairwise(text) if not "".join(pair).isascii()]
    return sum(
        one.isalpha()
        and two.isalpha()
        and ((one.islower() and two.isupper()) or _is_latin(one) != _is_latin(two))
        for one, two in pairs
    )


def _is_latin(char: str) -> bool:
    return char < "\u0370"  # where Greek begins, and after it Cyrillic


@cache
def _is_home(encoding: str, language: str) -> bool:
    """Whether an encoding has all letters of a language, in one of its scripts."""
    return any(_has(encoding, letters) for letters in _alphabets(language)) if language else False


def _has(encoding: str, letters: str) -> bool:
    try:
        letters.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _letters(language: str) -> frozenset[str]:
    """Letters beyond a to z of a language, or of all and of their neighbours where it is not known."""
    chosen = [language] if language else list(languages())
    return frozenset(
        "".join(letters for code in chosen for letters in _alphabets(code)) + _ICELAND * (not language)
    )


def _alphabets(language: str) -> list[str]:
    data = languages()[language]
    return [data[key] for key in ("letters", "latin_letters") if key in data]


def _unfit() -> UnreadableError:
    return UnreadableError(
        "The text's encoding is neither what is declared nor one that can be told from the text. "
        "Save it as UTF-8 and send that.",
        Reason.ENCODING,
    )
