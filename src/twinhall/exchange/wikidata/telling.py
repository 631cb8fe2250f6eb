"""From what was gathered to what the loader takes: one tie for each pair, its acts, and its sources."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from twinhall.core.dates import PartialDate
from twinhall.core.languages import FALLBACK, is_language
from twinhall.exchange import told
from twinhall.exchange.wikidata import choosing
from twinhall.exchange.wikidata.items import Gathered, Item, Reference, Statement
from twinhall.exchange.wikidata.notes import Note, Reason
from twinhall.exchange.wikidata.reading import gather
from twinhall.exchange.wikidata.values import Rank, order
from twinhall.exchange.wikidata.vocabulary import COUNTRY

LICENCE = "CC0 1.0"
_TITLE, _URL = 300, 1000
_KEY = 16
_OF_ITEMS = frozenset({Note.KIND_UNKNOWN, Note.NO_NAME, Note.NO_COUNTRY})
_LAST = (PartialDate(9999), 1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that is not used: the items at both ends (the twin may be unknown), and why."""

    item: str
    twin: str
    reason: Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What files say, ready to be loaded: ``read`` is the partnerships, the merged and the refused together.

    ``read`` counts statements of a tie; ``merged`` those that say a tie which another said already, mostly
    from its other end.
    """

    sources: tuple[told.Source, ...]
    partnerships: Sequence[told.Partnership]
    refusals: Sequence[Refusal]
    notes: Counter[Note]
    read: int
    merged: int


def tell(paths: Sequence[Path], *, languages: Sequence[str]) -> Told:
    """What files, or folders of saved pages, tell of ties; UnreadableError where one cannot be used.

    Memory grows with the number of items: the ties of the world take some 500 MB.
    """
    gathered = gather(paths, languages)
    return _Teller(gathered, languages).weigh()


class _Teller:
    """Weighs what was gathered, once."""

    def __init__(self, gathered: Gathered, languages: Sequence[str]) -> None:
        self.gathered = gathered
        self.languages = languages
        self.parties: dict[str, told.Party] = {}
        self.kinds: dict[str, str] = {}
        self.refusals: list[Refusal] = []
        self.sources: dict[str, told.Source] = {}

    def weigh(self) -> Told:
        pairs = self._pairs()
        partnerships = [self._partnership(pair, said) for pair, said in pairs.items()]
        read = len(self.gathered.statements)
        return Told(
            sources=tuple(sorted(self.sources.values(), key=lambda source: (source.kind, source.key))),
            partnerships=partnerships,
            refusals=self.refusals,
            notes=Counter(note for note, _where in self.gathered.noted),
            read=read,
            merged=read - len(partnerships) - len(self.refusals),
        )

    # Which statements say which tie ---------------------------------------------------------------------

    def _pairs(self) -> dict[tuple[str, str], list[Statement]]:
        """Usable statements by the pair that they tie, the elder item first; the others are refused."""
        pairs: dict[tuple[str, str], list[Statement]] = {}
        for said in self.gathered.statements.values():
            said.item, said.twin = self.gathered.now(said.item), self.gathered.now(said.twin)
            reason = self._fault(said)
            if reason is not None:
                self.refusals.append(Refusal(said.item, said.twin, reason))
                continue
            elder, younger = sorted((said.item, said.twin), key=order)
            pairs.setdefault((elder, younger), []).append(said)
        return pairs

    def _fault(self, said: Statement) -> Reason | None:
        if said.rank == Rank.DEPRECATED:
            return Reason.DEPRECATED
        if said.lack is not None:
            return said.lack
        if said.item == said.twin:
            return Reason.SELF
        if {said.item, said.twin} & self.gathered.missing:
            return Reason.MISSING
        if COUNTRY in {self._kind(said.item), self._kind(said.twin)}:
            return Reason.COUNTRY
        return None

    def _kind(self, number: str) -> str:
        if number not in self.kinds:
            self.kinds[number], note = choosing.kind(self._item(number), self.gathered.roots)
            self._note(note, number)
        return self.kinds[number]

    # Parties ----------------------------------------------------------------------------------------------

    def _item(self, number: str) -> Item:
        return self.gathered.items.get(number) or Item()

    def _party(self, number: str) -> told.Party:
        if number not in self.parties:
            self.parties[number] = self._made(number, self._item(number))
        return self.parties[number]

    def _made(self, number: str, item: Item) -> told.Party:
        name, language = choosing.name(item, self.languages)
        country, country_note = choosing.country(item)
        (latitude, longitude), position_note = choosing.position(item)
        geonames, geonames_note = choosing.geonames(item)
        population, year = choosing.population(item)
        for note in (None if name else Note.NO_NAME, country_note, position_note, geonames_note):
            self._note(note, number)
        return told.Party(
            name=name,
            language=language,
            kind=self._kind(number),
            country=country,
            latitude=latitude,
            longitude=longitude,
            population=population,
            population_year=year,
            website=choosing.website(item),
            identifiers={"wikidata": number, **({"geonames": geonames} if geonames else {})},
            names=choosing.other_names(item, name, self.languages),
        )

    def _note(self, note: Note | None, where: str) -> None:
        """Note it of a pair, or of an item: one that the files do not hold is only said to be so."""
        if note in _OF_ITEMS and where not in self.gathered.items:
            note = Note.NOT_IN_FILES
        if note is not None:
            self.gathered.noted.add((note, where))

    # Ties -------------------------------------------------------------------------------------------------

    def _partnership(self, pair: tuple[str, str], said: list[Statement]) -> told.Partnership:
        ends = {statement.item for statement in said}
        self._note(Note.BOTH_ENDS if len(ends) > 1 else Note.ONE_END, " ".join(pair))
        keys = [self._keys(statement) for statement in said]
        acts = tuple(_acts(zip(said, keys, strict=True)))
        if _ends_before_it_begins(acts):
            self._note(Note.END_BEFORE_START, " ".join(pair))
        sources = dict.fromkeys(key for of_one in zip(*_padded(keys), strict=True) for key in of_one if key)
        return told.Partnership(
            parties=(self._party(pair[0]), self._party(pair[1])), acts=acts, sources=tuple(sources)
        )

    def _keys(self, said: Statement) -> list[str]:
        """The keys of the sources of a statement: Wikidata on the day, then the pages that it names."""
        keys = [self._wikidata(said.day)]
        for reference in said.references.values():
            if choosing.is_address(reference.url, _URL):
                keys.append(self._page(reference))
            else:
                self._note(Note.REFERENCE_WITHOUT_URL, f"{said.item} {said.twin} {reference.url}")
        return keys

    def _wikidata(self, day: PartialDate) -> str:
        key = f"wikidata-{day}"
        if key not in self.sources:
            self.sources[key] = told.Source(
                key=key,
                title="Wikidata",
                url="https://www.wikidata.org/wiki/Property:P190",
                licence=LICENCE,
                dated=day,
                read_on=day,
            )
        return key

    def _page(self, reference: Reference) -> str:
        """A page is one source, whichever statements name it; the newest day of reading is kept."""
        key = f"wikidata-ref-{hashlib.sha256(reference.url.encode()).hexdigest()[:_KEY]}"
        known = self.sources.get(key)
        read_on = reference.retrieved if _is_day(reference.retrieved) else None
        if known is not None:
            read_on = max((day for day in (known.read_on, read_on) if day), default=None)
        self.sources[key] = told.Source(
            key=key,
            title=(reference.heading or reference.work or reference.url.partition("://")[2])[:_TITLE],
            kind="page",
            url=reference.url,
            language=_language(reference),
            read_on=read_on,
        )
        return key


def _language(reference: Reference) -> str:
    """The language of the title that is taken: works are named in English."""
    if reference.heading:
        return reference.language if is_language(reference.language) else ""
    return FALLBACK if reference.work else ""


def _is_day(date: PartialDate | None) -> bool:
    return date is not None and date.day is not None


def _padded(keys: list[list[str]]) -> list[list[str]]:
    """Lists of one length, so that the first of each come before the second of any."""
    longest = max(map(len, keys))
    return [[*of_one, *[""] * (longest - len(of_one))] for of_one in keys]


def _acts(said: Iterable[tuple[Statement, list[str]]]) -> Iterator[told.Act]:
    """Acts, oldest first; each date once, with the sources that stand behind it; an unknown end last."""
    acts: dict[tuple[str, PartialDate | None], dict[str, None]] = {}
    for statement, keys in said:
        dates: list[tuple[str, PartialDate | None]] = [("begun", date) for date in statement.begun]
        dates += [("ended", date) for date in statement.ended]
        if statement.has_ended and not statement.ended:
            dates.append(("ended", None))
        for act in dates:
            acts.setdefault(act, {}).update(dict.fromkeys(keys))
    for kind, date in sorted(acts, key=lambda act: (act[1], act[0] == "ended") if act[1] else _LAST):
        yield told.Act(kind=kind, date=date, sources=tuple(acts[kind, date]))


def _ends_before_it_begins(acts: Sequence[told.Act]) -> bool:
    begun = [act.date for act in acts if act.kind == "begun" and act.date]
    ended = [act.date for act in acts if act.kind == "ended" and act.date]
    return bool(begun and ended) and max(ended).last_day < min(begun).first_day
