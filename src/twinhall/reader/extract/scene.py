"""A page with all that was found in it, asked by place: lines, words, dates, countries, names."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypedDict

from twinhall.core.text import fold
from twinhall.reader.bodies import bodies
from twinhall.reader.countries import CountryMention, countries_in
from twinhall.reader.dates import Told, dates_in
from twinhall.reader.facts import Candidate, Named
from twinhall.reader.layout import Line, Part, lines_of, parts_of, sentences_of
from twinhall.reader.lexicon import Hit, Lexicon, lexicon, plain, small_words, words
from twinhall.reader.mentions import Mention
from twinhall.reader.places import Places

NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
"""Words for a tie that say of what kind it is; cooperation and agreements do not."""
_SHORT_NAME = 6  # letters of a name of which one, of a longer one two, may change where it is inflected
_LONGEST_ENDING = 6
LONGEST_QUOTE, _SHORTEST_QUOTE = 400, 8
_SURE = 0.2  # of a place that a name without a country is taken for
_SHORTEST_KEY = 3  # letters by which the subject is known again
_SHORTEST_HEAD = 4  # … by the first part of its name
_HEAD, _SEARCHED = 4, 60  # lines that count thrice, and that count at all, for whose page it is
_NOWHERE: tuple[list[int], list[int]] = ([], [])
_LONGEST_LINE = 60  # words of a line that tells whose page it is


@dataclass(frozen=True, slots=True)
class Subject:
    """The party whose page it is.

    ``is_town`` is whether it can have ties (a network or an embassy has none).
    """

    named: Named
    keys: tuple[str, ...]
    ids: frozenset[int]
    is_town: bool

    @property
    def is_plain(self) -> bool:
        """Whether its name has no word for what it is, as a county's has."""
        return not any(_says_town(word) for word in fold(self.named.name).split())

    def is_meant(self, written: str, candidates: tuple[Candidate, ...] = ()) -> bool:
        """Whether a name, inflected as it may be, is the subject's."""
        if not self.keys:
            return False
        if candidates and self.ids and candidates[0].geonames in self.ids:
            return True
        key = fold(written).replace(" ", "")
        return any(_alike(own, key) for own in self.keys)


def _alike(own: str, key: str) -> bool:
    least = len(own) - (1 if len(own) <= _SHORT_NAME else 2)
    return len(key) - len(own) <= _LONGEST_ENDING and key[:least] == own[:least] and len(key) >= least > 1


class Quoted(TypedDict):
    """What a fact rests on."""

    quote: str
    quote_start: int


class Scene:
    """What stands where on a page. All places are counted in characters of its text."""

    def __init__(self, text: str, language: str, places: Places, near: str = "") -> None:
        self.text = text
        self.language = language
        self.places = places
        self.near = near
        self.lexicon: Lexicon = lexicon(language)
        self.lines: list[Line] = lines_of(text)
        found = words(text, self.lexicon.language)
        self._hits = self.lexicon.hits(found)
        self._bodies = bodies(self.lexicon.language).hits(found)
        self._body_starts = [hit.start for hit in self._bodies]
        self._hit_starts = [hit.start for hit in self._hits]
        self._hit_tables = [hit.sort.partition(".")[0] for hit in self._hits]
        self._places_of: dict[str, tuple[list[int], list[int]]] = {}
        for hit, table in zip(self._hits, self._hit_tables, strict=True):
            for sort in (hit.sort, table):
                starts, ends = self._places_of.setdefault(sort, ([], []))
                starts.append(hit.start)
                ends.append(hit.end)
        self._dates = [told for line in self.lines for told in dates_in(line.text, self.lexicon, line.start)]
        self._date_starts = [told.start for told in self._dates]
        self._countries: dict[tuple[int, int], list[CountryMention]] = {}
        self._mentions: dict[tuple[int, int], list[Mention]] = {}
        self._sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def hits(self, start: int, end: int, *sorts: str) -> list[Hit]:
        """Entries of the lexicon between two places: of these keys ("tie.twin") or tables ("tie"), or all."""
        first = bisect_left(self._hit_starts, start)
        if first == len(self._hits) or self._hit_starts[first] >= end:
            return []
        last = bisect_left(self._hit_starts, end, first)
        found = self._hits[first:last]
        if not sorts:
            return [hit for hit in found if hit.end <= end]
        tables = self._hit_tables[first:last]
        return [
            hit
            for hit, table in zip(found, tables, strict=True)
            if (hit.sort in sorts or table in sorts) and hit.end <= end
        ]

    def has(self, start: int, end: int, *sorts: str) -> bool:
        """Whether one of these stands between two places."""
        for sort in sorts:
            starts, ends = self._places_of.get(sort, _NOWHERE)
            at = bisect_left(starts, start)
            while at < len(starts) and starts[at] < end:
                if ends[at] <= end:
                    return True
                at += 1
        return False

    def bodies(self, start: int, end: int, table: str) -> list[Hit]:
        """Known networks ("network") or programmes ("programme") named between two places."""
        first, last = bisect_left(self._body_starts, start), bisect_left(self._body_starts, end)
        return [hit for hit in self._bodies[first:last] if hit.end <= end and hit.sort.startswith(table)]

    def dates(self, start: int, end: int) -> list[Told]:
        """The dates between two places."""
        first, last = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        return self._dates[first:last]

    def countries(self, start: int, end: int) -> list[CountryMention]:
        """The countries named between two places."""
        if (start, end) not in self._countries:
            self._countries[start, end] = [
                CountryMention(each.start + start, each.end + start, each.code, each.is_adjective)
                for each in countries_in(self.text[start:end], self.language)
            ]
        return self._countries[start, end]

    def mentions(self, start: int, end: int) -> list[Mention]:
        """What looks like names of places between two places."""
        if (start, end) not in self._mentions:
            self.look_up([(start, end)])
        return self._mentions[start, end]

    def look_up(self, spans: list[tuple[int, int]]) -> None:
        """Find what looks like names of places in many stretches at once, for ``mentions``."""
        spans = [span for span in spans if span not in self._mentions]
        texts = [self.text[start:end] for start, end in spans]
        found = self.places.mentions_of(texts, self.language, near=self.near)
        for (start, end), mentions in zip(spans, found, strict=True):
            self._mentions[start, end] = [
                Mention(each.start + start, each.end + start, each.text, each.candidates) for each in mentions
            ]

    def sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where the sentences between two places begin and end."""
        if (start, end) not in self._sentences:
            self._sentences[start, end] = sentences_of(self.text[start:end], start)
        return self._sentences[start, end]

    def parts(self, start: int, end: int) -> list[Part]:
        """The stretches between signs."""
        return parts_of(self.text[start:end], start)

    def is_spelt(self, written: str, candidates: tuple[Candidate, ...]) -> bool:
        """Whether the first of the places that a name could be is spelt so, or so but for an ending."""
        bare = written.partition("(")[0].partition("'")[0]
        return bool(candidates) and any(
            self.places.is_spelt(name, candidates[0])
            for name in {bare, written.split(maxsplit=1)[0], written.rsplit(maxsplit=1)[-1]}
        )

    def quoted(self, start: int, end: int) -> "Quoted":
        """The words between two places as a fact's quote.

        It has 8 to 400 characters, for which more or less of the page is taken if need be.
        """
        end = min(end, start + LONGEST_QUOTE)
        if end - start < _SHORTEST_QUOTE:
            end = min(len(self.text), start + _SHORTEST_QUOTE)
            start = max(0, end - _SHORTEST_QUOTE)
        return {"quote": self.text[start:end], "quote_start": start}

    def named(self, written: str, country: str = "") -> Named:
        """The party that a written name means."""
        name, candidates = self.places.resolve(
            written, language=self.language, country=country, near=self.near
        )
        return Named(name, written, country, candidates)


def subject_of(scene: Scene, name: str, country: str) -> Subject:
    """The party whose page it is: as the caller knows it, else as the page's head tells."""
    if not name:
        name = _from_head(scene)
    if not name:
        return Subject(Named("", ""), (), frozenset(), is_town=False)
    _, candidates = scene.places.resolve(name, language="en", country=country, near=country)
    english = lexicon("en")
    is_body = any(
        hit.sort in {"net.network", "project.project", "tie.border", "word.body"}
        for each in (scene.lexicon, english)
        for hit in each.hits(words(name, each.language))
    )
    is_body = is_body or bool(bodies("").hits(words(name)))
    bare = [word for word in fold(name).split() if not _says_town(word)]
    keys = {"".join(bare), *(fold(c.name).replace(" ", "") for c in candidates[:1] if c.confidence > _SURE)}
    if len(bare) > 1 and len(bare[0]) > _SHORT_NAME - 2:
        keys.add(bare[0])
    keys |= _head(scene, name)
    ids = frozenset(each.geonames for each in candidates[:2] if each.confidence > _SURE)
    named = Named(name, name, country, candidates)
    return Subject(
        named, tuple(sorted(key for key in keys if len(key) >= _SHORTEST_KEY)), ids, is_town=not is_body
    )


def _head(scene: Scene, name: str) -> set[str]:
    """What comes before the small words of a name, by which it is called at home: "Lauf an der Pegnitz"."""
    parts = name.split()
    small = next((at for at, part in enumerate(parts) if part[:1].islower()), 0)
    key = fold("".join(parts[:small]))
    is_name = len(key) >= _SHORTEST_HEAD and not scene.lexicon.hits(words(" ".join(parts[:small])))
    return {key} if is_name else set()


def _says_town(word: str) -> bool:
    return word in {"municipality", "city", "town", "of", "district", "county", "commune", "region", "the"}


def _is_small_word(scene: Scene, mention: Mention) -> bool:
    """Whether what looks like a name is an article or another word that opens a line: "Die Stadt …"."""
    bare = plain(mention.text, scene.lexicon.language)
    return bare in small_words(scene.language) or any(
        (hit.start, hit.end) == (mention.start, mention.end)
        for hit in scene.hits(mention.start, mention.end, "word.opener")
    )


def _from_head(scene: Scene) -> str:
    """The name that the page's first lines or most of its lines tell."""
    seen: dict[str, float] = {}
    names: dict[str, str] = {}
    lines = [line for line in enumerate(scene.lines[:_SEARCHED]) if line[1].words <= _LONGEST_LINE]
    scene.look_up([(line.start, line.end) for _, line in lines])
    for number, line in lines:
        for mention in scene.mentions(line.start, line.end):
            if _is_small_word(scene, mention):
                continue
            if mention.candidates and mention.candidates[0].confidence > _SURE:
                best = mention.candidates[0]
                key = str(best.geonames)
                names[key] = best.name
                seen[key] = seen.get(key, 0) + (3 if number < _HEAD else 1)
    if not seen:
        return ""
    best_key = max(seen, key=lambda key: seen[key])
    return names[best_key] if seen[best_key] > 1 else ""
