"""Names on a page and the places of the gazetteer that they could mean: all of them, the likeliest first."""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice

from babel.core import get_global
from babel.languages import get_official_languages

from twinhall.core.text import fold
from twinhall.reader.countries import country_of
from twinhall.reader.divisions import region_called
from twinhall.reader.facts import Candidate
from twinhall.reader.forms import LANGUAGES, forms_of
from twinhall.reader.gazetteer import Gazetteer, Place
from twinhall.reader.matching import (
    LEAST_POPULATION,
    LIKE,
    LIKE_ANYWHERE,
    LIKE_NEAR,
    OWN,
    Hit,
    Known,
    Matcher,
    elsewhere,
    hits_of,
)
from twinhall.reader.mentions import Mention, Name, Stretch, stretches
from twinhall.reader.variants import Reading, basic_name, heard_keys, readings, sort_name

_MOST = 5  # candidates
_LEAST_BEGINNING, _LONGEST_ENDING = 4, 3  # letters of a spelling that must stay, and that may change
_LONGEST = 200  # letters of a name
_KEPT = 10_000  # names of which is kept what they are taken for: those of some hundred pages
_ELSEWHERE = 0.3  # how sure a place is that lies in another country than the page says
_SEAT = 0.5  # … a town after which a district or a region is called
_SURE_ENOUGH = 0.12  # below it a name stays as it is written
_AROUND_A_SEAT = ("district", "county", "region")
# How much likelier: by the written ending, not another; near the page's subject; on this continent.
_CHANGED, _NEAR, _EUROPE = 0.35, 2.5, 5.0
_BASE, _POWER = 300, 0.7  # how population counts


class Places:
    """Finds places by names as pages write them; keeps what it was asked last, so it is for one process."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known = Known(gazetteer)
        self._matcher = Matcher(gazetteer, self._known)
        self._found_for = lru_cache(maxsize=_KEPT)(self._resolved)
        self._begins = lru_cache(maxsize=_KEPT)(self._spelling_begins)

    def resolve(
        self, written: str, *, language: str, country: str = "", near: str = ""
    ) -> tuple[str, tuple[Candidate, ...]]:
        """The name in Latin letters that a name as written is taken for, and the places that it could be.

        ``written`` may be inflected, transliterated, in brackets, double, with a word such as "Municipality
        of". ``country`` (ISO 3166-1, two letters) is the one that the page prints; places of other countries
        are then offered only where it has none, and with little confidence. ``near`` is the country of the
        page's subject. The best candidate comes first. Without candidates the name is the written one, bare.
        """
        return self._found_for(written[:_LONGEST], language, country, near)

    def mentions(self, text: str, language: str, *, near: str = "") -> list[Mention]:
        """Stretches of a text that look like names of places, in their order, none over another.

        The longest known name wins; a name that is not known is given without candidates.
        """
        return self.mentions_of([text], language, near=near)[0]

    def mentions_of(self, texts: list[str], language: str, *, near: str = "") -> list[list[Mention]]:
        """The same of several texts, each by itself; the gazetteer is asked once."""
        near = near or _home(language)
        found = [stretches(text, language) for text in texts]
        names = [name for each in found for stretch in each for name in stretch.names]
        known = self._known.named({key for name in names for key in name.keys})
        return [_mentions(each, known, near) for each in found]

    def sort_of(self, written: str, language: str) -> str:
        """What sort of party the words of a name tell, or "": town, municipality, district or region."""
        ways = readings(written, forms_of(language), forms_of("en"))
        sort = next((reading.sort for reading in ways if reading.sort), "")
        return "district" if sort == "county" else sort

    def is_spelt(self, written: str, candidate: Candidate) -> bool:
        """Whether a name as written spells the place, maybe but for its ending; not one only by sound."""
        return self._begins(fold(written), candidate.geonames, candidate.name)

    def _spelling_begins(self, written: str, place: int, name: str) -> bool:
        """Whether a spelling of a place begins as a folded name does, but for its ending."""
        begun = written[: max(_LEAST_BEGINNING, len(written) - _LONGEST_ENDING)]
        spellings = self._gazetteer.spellings([place]).get(place, [])
        return any(fold(each).startswith(begun) for each in [name, *spellings])

    def _resolved(
        self, written: str, language: str, country: str, near: str
    ) -> tuple[str, tuple[Candidate, ...]]:
        ways, printed = _ways(written, language, "en")
        country = country or printed
        hits, reading, own = self._found(written, ways, (language, country, near))
        reading = reading if reading.text else _last(ways, written)
        sort = reading.sort or next((way.sort for way in ways if way.sort and way.sure == 1), "")
        found = _ranked(hits, near or _home(language), _SEAT if sort in _AROUND_A_SEAT else 1.0)
        name = basic_name(reading.text)
        if own and found and found[0].confidence >= _SURE_ENOUGH:
            name = found[0].name
        if sort in _AROUND_A_SEAT:
            where = country or (found[0].country if found else "")
            called = region_called(heard_keys(reading.text, forms_of(language)), where)
            name = called or sort_name(name, sort)
        return name, found

    def _found(
        self, written: str, ways: list[Reading], asked: tuple[str, str, str]
    ) -> tuple[list[Hit], Reading, bool]:
        """What a name hits, the reading that did, and whether it may be called as the place calls itself.

        In this order: by name in the page's language and in those of the country, by parts, by sound; then
        in another country than the page prints, where a name stays as it is written unless it is the place's.
        """
        language, country, near = asked
        forms = forms_of(language)
        hits, reading = self._matcher.by_name(ways, forms, country)
        if hits:
            return self._matcher.told_apart(written, hits, forms, country), reading, True
        if country:
            hits, reading = self._in_country(written, language, country)
        if not hits:
            hits, reading = self._matcher.by_part(ways, forms, country)
        if not hits:
            least = LIKE if country else LIKE_NEAR
            hits, reading = self._matcher.by_sound(ways, forms, country or near, least)
        if not hits and not country:
            hits, reading = self._matcher.by_sound(ways, forms, "", LIKE_ANYWHERE)
        if hits or not country:
            return hits, reading, True
        hits, reading = self._matcher.by_name(ways, forms, "")
        return elsewhere(hits, _ELSEWHERE), reading, any(hit.merit >= OWN for hit in hits)

    def _in_country(self, written: str, language: str, country: str) -> tuple[list[Hit], Reading]:
        """By the names and words of the country's own languages."""
        for tongue in _languages_of(country):
            if tongue != language:
                others = _ways(written, language, tongue)[0]
                hits, reading = self._matcher.by_name(others, forms_of(tongue), country)
                if hits:
                    return hits, reading
        return [], Reading("")


def _mentions(found: list[Stretch], known: dict[str, list[Place]], near: str) -> list[Mention]:
    """The mentions of the stretches of one text."""
    plain = {key for stretch in found for name in stretch.names for key in islice(name.keys, 1)}
    sure = {place.id for key in plain for place in known.get(key, ())}
    return [mention for stretch in found for mention in _told(stretch, known, near, sure)]


def _told(stretch: Stretch, known: dict[str, list[Place]], near: str, sure: set[int]) -> Iterable[Mention]:
    """The mentions of one stretch: from the left the longest name that is known, else what is unknown.

    ``sure`` are the places that the text has by a name as it stands.
    """
    at = 0
    for name in stretch.names:
        if name.first < at:
            continue
        hits = [
            hit
            for hit in hits_of(name.text, name.keys, known, 1.0)
            if hit.place.id in sure or not _is_far_fetched(hit, name, near)
        ]
        if hits:
            yield from stretch.unknown(at, name.first)
            last = stretch.last_near(name.last)
            yield stretch.known(name, last, _ranked(hits, near, 1.0))
            at = last + 1
    yield from stretch.unknown(at, len(stretch.words))


def _is_far_fetched(hit: Hit, name: Name, near: str) -> bool:
    """Whether a word of a text is hardly this place, as its ending had to be changed: a small one abroad."""
    small_abroad = hit.place.country != near and (hit.place.population or 0) < LEAST_POPULATION
    return hit.changed and (name.hyphened or (name.first == name.last and small_abroad))


def _ways(written: str, language: str, other: str) -> tuple[list[Reading], str]:
    """The readings of a name, without those that are a country's name, and that country's code or ""."""
    ways = readings(written, forms_of(language), forms_of(other))
    if len(ways) == 1:
        return ways, ""
    codes = {way.text: country_of(way.text, language) for way in ways}
    return [way for way in ways if not codes[way.text]] or ways, next(filter(None, codes.values()), "")


def _last(ways: list[Reading], written: str) -> Reading:
    """The reading of a name that is not known: without brackets, without words for what it is."""
    bare = [way for way in ways if "(" not in way.text] or [*ways, Reading(written)]
    return next((way for way in bare if way.sort), bare[0])


@cache
def _home(language: str) -> str:
    """The country in which most speak a language, by CLDR, or ""."""
    likely = str(get_global("likely_subtags").get(language, ""))
    return likely.rpartition("_")[2]


@cache
def _languages_of(country: str) -> tuple[str, ...]:
    """The official languages of a country that the reader reads, by CLDR."""
    official = get_official_languages(country, de_facto=True)
    return tuple(language for language in official if language in LANGUAGES)


def _ranked(hits: Iterable[Hit], near: str, doubt: float) -> tuple[Candidate, ...]:
    """Candidates, the best first; their confidence is shared by how likely each is to be meant."""
    weights = [(_weight(hit, near), hit) for hit in hits]
    whole = sum(weight for weight, _ in weights)
    weights.sort(key=lambda pair: (-pair[0], pair[1].place.id))
    found: dict[int, Candidate] = {}
    for weight, hit in weights:
        place, sure = hit.place, round(hit.sure * doubt * weight / whole, 3)
        found.setdefault(place.id, Candidate(place.id, place.name, place.country, sure))
    return tuple(islice(found.values(), _MOST))


def _weight(hit: Hit, near: str) -> float:
    place = hit.place
    weight: float = ((place.population or 0) + _BASE) ** _POWER * hit.sure**6 * hit.merit
    if place.country == near:
        weight *= _NEAR
    elif hit.changed:
        weight *= _CHANGED
    return weight * (_EUROPE if place.timezone.startswith("Europe/") else 1.0)
