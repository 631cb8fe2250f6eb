"""Which places of the gazetteer have a name, by its letters or by its sound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from twinhall.reader.forms import Forms, small
from twinhall.reader.gazetteer import Gazetteer, Place
from twinhall.reader.sounds import likeness, name_key, skeletons
from twinhall.reader.variants import Reading, head_of, heard_keys, keys_of

# How alike names must sound: in the country that the page prints, in that of its subject, in any.
LIKE, LIKE_NEAR, LIKE_ANYWHERE = 0.7, 0.85, 0.87
_STRICTER = 0.08  # … where only the first consonants agree
_HEAD = 3  # consonants that agree at least
_BRIEF, _LIKE_BRIEF = 5, 0.8  # … names of so few letters
_NEARLY = 0.1  # how much less alike others may be than the likest
_SHORT = 3  # letters of words that are no name by themselves
_LEAST_SKELETON = 4  # consonants by which a name is sought in all countries
LEAST_POPULATION = 3_000  # of a place that is sought by sound in all countries
_BY_SOUND = 0.9  # how sure a name is that only sounds so
_BY_PART = 0.7  # … of which only a part is a name
_KEPT = 100_000  # keys of which is kept what the gazetteer knows: those of some hundred pages
OWN, _SPELT = 8.0, 5.0  # how much likelier by a place's own name, by one to the letter


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a name may mean; ``sure`` is how sure it is that the written name is one of its names.

    ``merit`` is how much likelier it is meant than by any other name for it; ``changed`` tells that the
    ending of the written name had to be changed.
    """

    place: Place
    sure: float
    merit: float
    changed: bool = False


class Known:
    """The gazetteer asked by keys: for each but once, until there are too many to be kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._kept: dict[str, list[Place]] = {}

    def named(self, keys: set[str], country: str = "") -> dict[str, list[Place]]:
        """The places of those keys that are names, the most populous first; of one country, or of any."""
        fresh = keys - self._kept.keys()
        if len(self._kept) + len(fresh) > _KEPT:
            self._kept, fresh = {}, keys
        if fresh:
            self._kept |= dict.fromkeys(fresh, _NONE) | self._gazetteer.named(fresh)
        known = {key: places for key in keys if (places := self._kept[key])}
        if not country:
            return known
        return {key: [place for place in places if place.country == country] for key, places in known.items()}


_NONE: list[Place] = []  # one for all keys that are no name


class Matcher:
    """Asks the gazetteer for the readings of a name."""

    def __init__(self, gazetteer: Gazetteer, known: Known) -> None:
        self._gazetteer = gazetteer
        self._known = known

    def by_name(self, ways: list[Reading], forms: Forms, country: str) -> tuple[list[Hit], Reading]:
        """Places that have the name of one of the readings: those that most parts of a double name share."""
        keys = [keys_of(way.text, forms) for way in ways]
        known = self._known.named({key for one in keys for key in one}, country)
        best: dict[int, Hit] = {}
        said: dict[int, set[str]] = {}
        first = Reading("")
        for way, sure in zip(ways, keys, strict=True):
            for hit in hits_of(way.text, sure, known, way.sure):
                first = first if best else way
                said.setdefault(hit.place.id, set()).add(way.text)
                if hit.place.id not in best or best[hit.place.id].sure < hit.sure:
                    best[hit.place.id] = hit
        most = max(map(len, said.values()), default=0)
        return [hit for number, hit in best.items() if len(said[number]) == most], first

    def by_part(self, ways: list[Reading], forms: Forms, country: str) -> tuple[list[Hit], Reading]:
        """Places of which two words are a name each ("Vodņanas Dignano"), or what stands before "bei …"."""
        for way in ways:
            words = [Reading(word, way.sort) for word in way.text.split() if len(word) > _SHORT]
            if len(words) > 1:
                each = {hit.place.id: hit for hit in self.by_name(words[:1], forms, country)[0]}
                also = {hit.place.id for hit in self.by_name(words[1:2], forms, country)[0]}
                if both := [hit for number, hit in each.items() if number in also]:
                    return both, way
        heads = [Reading(head, way.sort, _BY_PART) for way in ways if (head := head_of(way.text, forms))]
        return self.by_name(heads, forms, country)

    def told_apart(self, written: str, hits: list[Hit], forms: Forms, country: str) -> list[Hit]:
        """Of namesakes those that brackets tell: "Halle (Westf.)" begins "Halle (Westfalen)"."""
        if "(" not in written or len(hits) < 2:  # noqa: PLR2004
            return hits
        wanted = {skeleton for key in heard_keys(written, forms) for skeleton in skeletons(key)}
        told = {place.id for _, place in self._gazetteer.sounding(wanted, country=country, begins=True)}
        return [hit for hit in hits if hit.place.id in told] or hits

    def by_sound(
        self, ways: list[Reading], forms: Forms, country: str, least: float
    ) -> tuple[list[Hit], Reading]:
        """Places that sound like the first reading that sounds like any; in a country, close ones too."""
        for way in ways:
            keys = heard_keys(way.text, forms)
            wanted = {skeleton for key in keys for skeleton in skeletons(key)}
            if not country:
                wanted = {skeleton for skeleton in wanted if len(skeleton) >= _LEAST_SKELETON}
            near = self._gazetteer.sounding(wanted, country=country)
            if hits := _like(keys, near, least, anywhere=not country):
                return hits, way
            heads = {skeleton[:_HEAD] for skeleton in wanted if country and len(skeleton) >= _HEAD}
            near = self._gazetteer.sounding(heads, country=country, begins=True, limit=400)
            if hits := _like(keys, near, least + _STRICTER, anywhere=False):
                return hits, way
        return [], Reading("")


def hits_of(text: str, keys: dict[str, float], known: dict[str, list[Place]], sure: float) -> Iterator[Hit]:
    """The places of a name's keys; ``sure`` is how sure the name itself is."""
    written = small(text)
    for key, one in keys.items():
        for place in known.get(key, ()):
            merit = OWN if name_key(place.name) == key else 1.0
            merit *= _SPELT if written in (small(place.name), small(place.matched)) else 1.0
            yield Hit(place, one * sure, merit, changed=one < 1)


def _like(
    keys: dict[str, float], near: Iterable[tuple[str, Place]], least: float, *, anywhere: bool
) -> list[Hit]:
    """Of places that may sound so those that do, each once: the likest, and what is nearly as like."""
    best: dict[int, Hit] = {}
    for other, place in near:
        if anywhere and (place.population or 0) < LEAST_POPULATION:
            continue
        enough = max(least, _LIKE_BRIEF) if len(other) <= _BRIEF else least
        sure = max(likeness(key, other) * one for key, one in keys.items())
        hit = Hit(place, sure * _BY_SOUND, OWN if name_key(place.name) == other else 1.0)
        if sure >= enough and (place.id not in best or best[place.id].sure < hit.sure):
            best[place.id] = hit
    top = max((hit.sure for hit in best.values()), default=0)
    return [hit for hit in best.values() if hit.sure >= top - _NEARLY]


def elsewhere(hits: list[Hit], doubt: float) -> list[Hit]:
    """The same places, so much less sure."""
    return [replace(hit, sure=hit.sure * doubt) for hit in hits]
