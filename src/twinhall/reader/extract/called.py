"""Names that the words after them call a partner: "Konin is our twin town", "Konin, with which we are twinned"."""

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import is_known, is_of_longer_name, is_word, opens
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.lexicon import Hit
from twinhall.reader.mentions import Mention

_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_SURE = 0.5  # of a place with which a sentence begins
_SHORTEST = 4  # letters of a name that begins a sentence
_TO_TIE = 70  # characters from a name or a relative pronoun to the tie's word, at most
_TO_PRONOUN = 40  # characters from a name to its relative pronoun, with a country between
_ARTICLE = 3  # letters of a small word
_NEXT = 40  # characters after a tie's word in which whom else it is with stands


def is_called_partner(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether the words that follow a name say that it is a partner: of the subject, or of nobody else."""
    if not is_known(mention) or is_of_longer_name(scene, span, mention):
        return False
    if opens(scene, span, mention) and _is_told_so(scene, subject, span, mention):
        return True
    return _is_related(scene, subject, span, mention)


def _is_told_so(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether a sentence begins with a town abroad and tells that it is a twin, alone or with others."""
    best = mention.candidates[0]
    if best.country == scene.near or best.confidence < _SURE or len(mention.text) < _SHORTEST:
        return False
    if scene.text[span[0] : span[1]].rstrip().endswith("?"):
        return False
    if not scene.is_spelt(mention.text, mention.candidates):
        return False
    if _begins_list(scene, span, mention):
        return True
    after = mention.end + (1 if scene.language == "tr" and scene.text[mention.end] == "," else 0)
    tie = _tie_after(scene, subject, span, after)
    return tie is not None and not any(sign in scene.text[after : tie.start] for sign in ",;:(")


def _begins_list(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a comma and another place follow, and a tie is named after them: "Konin, Graz and Brno are …"."""
    following = [each for each in scene.mentions(*span) if each.start >= mention.end]
    if not following or scene.text[mention.end : following[0].start].strip() != ",":
        return False
    listed = is_known(following[0]) and len(following[0].text) >= _SHORTEST
    return listed and scene.has(following[0].end, span[1], "word.and") and scene.has(*span, *_NAMED_TIES)


def _is_related(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether a relative clause after a name tells the tie with it."""
    for which in scene.hits(mention.end, min(span[1], mention.end + _TO_PRONOUN), "word.which"):
        between = scene.text[mention.end : which.start]
        with_it = bool(scene.hits(which.start, which.end, "word.with"))
        if not (with_it or between.rstrip().endswith((",", ")"))) or not _is_country(scene, mention.end, which.start):
            continue
        if _tie_after(scene, subject, span, which.end, with_it=with_it):
            return True
    return False


def _is_country(scene: Scene, start: int, end: int) -> bool:
    """Whether at most a country stands in a stretch, with signs and small words."""
    countries = scene.countries(start, end)
    return all(
        len(word.strip(",()")) <= _ARTICLE or any(word.strip(",()") in scene.text[c.start : c.end] for c in countries)
        for word in scene.text[start:end].split()
    )


def _tie_after(
    scene: Scene, subject: Subject, span: Span, start: int, *, with_it: bool = False
) -> Hit | None:
    """The tie's word that follows, if no other town stands before it, nor after "with" behind it."""
    ties = scene.hits(start, min(span[1], start + _TO_TIE), *_NAMED_TIES)
    if not ties or ";" in scene.text[start : ties[0].start]:
        return None
    end = min(span[1], ties[0].end + (0 if with_it else _NEXT))
    others = [
        each
        for each in scene.mentions(*span)
        if start <= each.start < end
        and is_known(each)
        and not is_word(scene, span, each)
        and not subject.is_meant(each.text, each.candidates)
    ]
    if any(each.start < ties[0].start for each in others):
        return None
    if any(scene.has(ties[0].end, each.start, "word.with") for each in others if each.start >= ties[0].end):
        return None
    return ties[0]
