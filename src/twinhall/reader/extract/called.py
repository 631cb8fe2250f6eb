"""Names that what follows calls a partner: "Konin is our twin town", "Konin, with which we are twinned"."""

from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import is_known, is_of_longer_name, is_word, opens
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.forms import small
from twinhall.reader.lexicon import Hit
from twinhall.reader.mentions import Mention

_SURE = 0.5  # of a place with which a sentence begins
_SHORTEST = 4  # letters of a name that begins a sentence
_TO_TIE = 70  # characters from a name or a relative pronoun to the tie's word, at most
_TO_PRONOUN = 40  # characters from a name to its relative pronoun, with a country between
_NEAR_TIE = 60  # characters between a tie's word and "à" after it, at most
_ARTICLE = 3  # letters of a small word
_APPOSED = 3  # words between a name and the tie's word of its apposition, at most
_BESIDE = 30  # characters before a name in which a tie's word begins
_QUOTES = " \u00a0„“”\"«'’"
_NEXT = 40  # characters after a tie's word in which whom else it is with stands


def is_called_partner(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether the words that follow a name say that it is a partner: of the subject, or of nobody else."""
    if not is_known(mention) or is_of_longer_name(scene, span, mention):
        return False
    if opens(scene, span, mention) and _is_told_so(scene, subject, span, mention):
        return True
    return _is_apposed(scene, subject, span, mention) or _is_related(scene, subject, span, mention)


def follows_tie(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a word for a tie stands right before a name: "our twin town Konin"."""
    before = scene.hits(max(span[0], mention.start - _BESIDE), mention.start, *NAMED_TIES)
    beside = bool(before) and not scene.text[before[-1].end : mention.start].strip(_QUOTES)
    return beside and scene.is_spelt(mention.text, mention.candidates)


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
    """Whether a comma and another place follow, and a tie is named: "Konin, Graz and Brno are …"."""
    following = [each for each in scene.mentions(*span) if each.start >= mention.end]
    if not following or scene.text[mention.end : following[0].start].strip() != ",":
        return False
    listed = is_known(following[0]) and len(following[0].text) >= _SHORTEST
    return listed and scene.has(following[0].end, span[1], "word.and") and scene.has(*span, *NAMED_TIES)


def _is_apposed(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether an apposition to a town abroad calls it a twin: "Konin, our Polish twin town"."""
    best = mention.candidates[0]
    if best.country == scene.near or best.confidence < _SURE:
        return False
    if scene.text[mention.end : mention.end + 1] != ",":
        return False
    tie = _tie_after(scene, subject, span, mention.end + 1)
    between = scene.text[mention.end + 1 : tie.start] if tie else ""
    words = between.split()
    ends = tie is not None and scene.text[tie.end : min(span[1], tie.end + 1)] in {"", ",", ".", ")"}
    return ends and 0 < len(words) <= _APPOSED and not any(sign in between for sign in ",;:(–")


def _is_related(scene: Scene, subject: Subject, span: Span, mention: Mention) -> bool:
    """Whether a relative clause after a name tells the tie with it."""
    for which in scene.hits(mention.end, min(span[1], mention.end + _TO_PRONOUN), "word.which"):
        between = scene.text[mention.end : which.start]
        with_it = bool(scene.hits(which.start, which.end, "word.with"))
        if not (with_it or between.rstrip().endswith((",", ")"))) or not _is_country(
            scene, mention.end, which.start
        ):
            continue
        if _tie_after(scene, subject, span, which.end, with_it=with_it):
            return True
    return False


def _is_country(scene: Scene, start: int, end: int) -> bool:
    """Whether at most a country stands in a stretch, with signs and small words."""
    countries = scene.countries(start, end)
    return all(
        len(word.strip(",()")) <= _ARTICLE
        or any(word.strip(",()") in scene.text[c.start : c.end] for c in countries)
        for word in scene.text[start:end].split()
    )


def _tie_after(
    scene: Scene, subject: Subject, span: Span, start: int, *, with_it: bool = False
) -> Hit | None:
    """The tie's word that follows, if no other town stands before it, nor after "with" behind it."""
    ties = scene.hits(start, min(span[1], start + _TO_TIE), *NAMED_TIES)
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


def ties_to(scene: Scene, span: Span, hit: Hit) -> bool:
    """Whether the Romance "a" that also means "in" joins a name to a tie: "jumelée à", not "signée à"."""
    if small(scene.text[hit.start : hit.end]) not in {"a", "à"}:
        return False
    near = (max(span[0], hit.start - _NEAR_TIE), hit.start)
    done = scene.hits(*near, "act.sign", "act.visit", "act.anniversary")
    was_there = bool(done) and not any(letter.isupper() for letter in scene.text[done[-1].end : hit.start])
    return scene.has(*near, *NAMED_TIES) and not was_there
