"""Names that the gazetteer does not know, where they can only be a party's: "the town of", "twinned with"."""

from collections.abc import Sequence
from typing import Protocol

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import opens
from twinhall.reader.extract.scene import NAMED_TIES, Scene
from twinhall.reader.mentions import Mention

_NEXT = 25  # characters between two names of a list, at most
_SLOT = 30  # characters before a name in which "with" or "the town of" stands
_NEAR_TIE = 60  # characters between a tie's word and "with" a name that is not known
_KIND_AFTER = {"fi", "hu", "tr"}  # languages that say "the Solna town"


class _Ending(Protocol):
    """What ends somewhere: a party."""

    end: int


def is_named_so(scene: Scene, span: Span, mention: Mention, found: Sequence[_Ending]) -> bool:
    """Whether an unknown name must be a party's: in a list of others, after "the town of", "twinned with"."""
    if _goes_on_list(scene, mention, found):
        return True
    if opens(scene, span, mention):
        return False
    if scene.language in _KIND_AFTER:
        beside = scene.hits(mention.end, min(span[1], mention.end + _SLOT), "word.town")
        return bool(beside) and not scene.text[mention.end : beside[0].start].strip() and "'" in mention.text
    before = scene.hits(max(span[0], mention.start - _SLOT), mention.start, "word.town", "tie.region")
    if before and not scene.text[before[-1].end : mention.start].strip():
        return True
    return scene.language != "de" and _is_with_tie(scene, span, mention)


def _is_with_tie(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether an unknown name that sounds like a place stands right after "with", near a tie's word."""
    before = scene.hits(max(span[0], mention.start - _SLOT), mention.start, "word.with")
    if not before or scene.text[before[-1].end : mention.start].strip():
        return False
    near = (max(span[0], before[-1].start - _NEAR_TIE), min(span[1], mention.end + _NEAR_TIE))
    return scene.has(*near, *NAMED_TIES) and bool(scene.named(mention.text).candidates)


def _goes_on_list(scene: Scene, mention: Mention, found: Sequence[_Ending]) -> bool:
    """Whether a name that is not known stands between others: "A (X), B, C (Y)"."""
    if not found or mention.start - found[-1].end > _NEXT:
        return False
    after = scene.text[mention.end : mention.end + 1]
    return scene.text[found[-1].end : mention.start].rstrip().endswith(",") and after in {",", ")"}
