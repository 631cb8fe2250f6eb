"""Which of a place's names GeoNames lists are kept, and how each is shown."""

from collections.abc import Iterable

from twinhall.reader.sounds import name_key

_AFTER_LATIN = "\u0370"  # where Greek begins, and after it every other script
_CODE_LENGTH = 3


def spellings(name: str, others: Iterable[str]) -> dict[str, str]:
    """Key → the name as it is shown: of several with one key the last by ``_merit``, or its own name."""
    names = [text for text in others if not _is_code(text)]
    found = {name_key(text): text for text in [*sorted(names, key=_merit), name]}
    return {key: text for key, text in found.items() if key}


def _is_code(text: str) -> bool:
    """Whether this is an airport's code: "NAN" would put Nadi before Nantes for who types "nan"."""
    return len(text) == _CODE_LENGTH and text.isascii() and text.isupper()


def _merit(text: str) -> tuple[bool, bool, str]:
    """Machine transliterations ("zi ge re lai ci") first, then other scripts, then Latin with its accents."""
    return not text[:1].islower(), text < _AFTER_LATIN, text
