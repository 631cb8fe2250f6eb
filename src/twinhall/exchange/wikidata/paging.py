"""Asks for ties in pages and keeps each as a file, so that what was asked once is not asked again.

Pages are sets of items, not rows counted off: the service promises no order without ORDER BY, and sorting all
for each page would cost it more than the answers. The first page is the list of the items that state a tie;
the others ask about so many of them at a time, by their numbers.
"""

import datetime as dt
import fcntl
import gzip
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from twinhall.core.languages import is_country
from twinhall.exchange.wikidata import queries, results, values
from twinhall.exchange.wikidata.asking import ENDPOINT, Answer, AskingError, Manners, Service, TooHeavyError
from twinhall.exchange.wikidata.vocabulary import classes

FINISHED = "finished"
"""A file in the folder of a run that has all its pages."""
GOES_ON = dt.timedelta(days=7)
"""How long a run that broke off is gone on with; later it begins anew."""
_SEVERAL = 5


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many items, or classes, one question is about."""

    ties: int = 200
    parties: int = 150
    classes: int = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of which kind the page is, its place among so many, its rows, and since when.

    ``asked`` is whether it was asked now, not found in the folder; ``seconds`` are since the beginning.
    """

    kind: str
    page: int
    pages: int
    rows: int
    seconds: float
    asked: bool


def ask(
    *,
    folder: Path,
    contact: str,
    languages: Sequence[str],
    countries: Sequence[str] = (),
    endpoint: str = ENDPOINT,
    progress: Callable[[Progress], None] = lambda _progress: None,
    manners: Manners | None = None,
    sizes: Sizes | None = None,
    today: dt.date | None = None,
) -> Path:
    """Ask for the ties of countries (ISO 3166-1 alpha-2), or of the world; gives the folder of the pages.

    A run that broke off in the last seven days is gone on with. One that is finished is asked again on
    another day only. AskingError where it cannot go on; the pages so far stay.
    """
    for code in countries:
        if not is_country(code):
            raise AskingError(_("“%(code)s” is not a country code of ISO 3166-1.") % {"code": code})
    service = Service(endpoint, contact=contact, manners=manners or Manners())
    run = _Run(service, sorted(set(countries)), list(languages), sizes or Sizes(), progress)
    place = _place(folder, run.name, today or dt.datetime.now(tz=dt.UTC).date())
    with _alone(place):
        if not (place / FINISHED).exists():
            run.go(place)
            (place / FINISHED).touch()
    return place


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of page: how many numbers one is about, what is asked, which columns name more to ask about."""

    name: str
    size: int
    query: Callable[[Sequence[str]], str]
    columns: tuple[str, ...]
    what: str = ""
    """Take the columns of these rows of a page of parties only."""


class _Run:
    """All the questions of one run, in their order."""

    def __init__(
        self,
        service: Service,
        countries: list[str],
        languages: list[str],
        sizes: Sizes,
        progress: Callable[[Progress], None],
    ) -> None:
        self.service = service
        self.countries = countries
        self.languages = languages
        self.sizes = sizes
        self.progress = progress
        self.began = time.monotonic()
        self.folder = Path()

    @property
    def name(self) -> str:
        """Says what is asked for: pages of other questions lie in another folder."""
        what = "-".join(self.countries) or "world"
        if len(self.countries) > _SEVERAL:
            what = f"{len(self.countries)}-countries"
        names = ("items", "items-of-country", "ties", "parties", "classes")
        asked = [self.service.endpoint, self.countries, self.languages, asdict(self.sizes), classes().roots]
        asked += [queries.text(name) for name in names]
        return f"{what}-{hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:8]}"

    def go(self, folder: Path) -> None:
        """Ask for what the folder does not hold yet."""
        self.folder = folder
        items = self._items()
        ends = set(items)
        ends |= self._pages(_Kind("ties", self.sizes.ties, queries.ties, ("item", "twin")), items)
        if self.countries:
            of_others = partial(queries.ties, end="named")
            ends |= self._pages(_Kind("ties-of-others", self.sizes.ties, of_others, ("item", "twin")), items)
        parties = partial(queries.parties, languages=self.languages)
        found = self._pages(
            _Kind("parties", self.sizes.parties, parties, ("value",), what="class"), _by_age(ends)
        )
        self._pages(_Kind("classes", self.sizes.classes, queries.kinds, ()), _by_age(found))

    def _items(self) -> list[str]:
        """Every item that has a tie, by age."""
        found: set[str] = set()
        for place, country in enumerate(self.countries or [""], start=1):
            path = self.folder / f"items-{country or 'world'}.json.gz"
            asked = not path.exists()
            if asked:
                _save(path, self._whole(queries.items(country)))
            rows = _rows(path)
            found |= _numbers(rows, ("item",))
            self._tell("items", place, len(self.countries) or 1, len(rows), asked=asked)
        return _by_age(found)

    def _whole(self, query: str) -> Answer:
        """The answer of a query that cannot be made smaller."""
        for _attempt in range(self.service.manners.tries):
            try:
                return self.service.ask(query)
            except TooHeavyError:
                self.service.rest()
        raise AskingError(_("%(address)s takes too long.") % {"address": self.service.endpoint})

    def _pages(self, kind: _Kind, numbers: list[str]) -> set[str]:
        """Ask about these numbers, so many at a time; gives the items that the kind says to note."""
        found: set[str] = set()
        pages = -(-len(numbers) // kind.size)
        for page in range(pages):
            asked, count = False, 0
            for path, new in self._parts(kind, numbers[page * kind.size : (page + 1) * kind.size]):
                rows = _rows(path)
                asked, count = asked or new, count + len(rows)
                found |= _numbers([row for row in rows if kind.what in ("", row.get("what"))], kind.columns)
            self._tell(kind.name, page + 1, pages, count, asked=asked)
        return found

    def _parts(self, kind: _Kind, numbers: list[str]) -> Iterator[tuple[Path, bool]]:
        """The file of a page, and whether it is new; two of half the numbers each where it is too heavy."""
        path = self._path(kind, numbers)
        half = len(numbers) // 2
        if path.exists():
            yield path, False
        elif (half and self._path(kind, numbers[:half]).exists()) or not self._ask(kind, path, numbers):
            yield from self._parts(kind, numbers[:half])
            yield from self._parts(kind, numbers[half:])
        else:
            yield path, True

    def _ask(self, kind: _Kind, path: Path, numbers: list[str]) -> bool:
        """Ask for a page and save it; False where the service finds it too heavy."""
        if len(numbers) == 1:
            _save(path, self._whole(kind.query(numbers)))
            return True
        try:
            _save(path, self.service.ask(kind.query(numbers)))
        except TooHeavyError:
            self.service.rest()
            return False
        return True

    def _path(self, kind: _Kind, numbers: list[str]) -> Path:
        return self.folder / f"{kind.name}-{numbers[0]}-{numbers[-1]}.json.gz"

    def _tell(self, kind: str, page: int, pages: int, rows: int, *, asked: bool) -> None:
        self.progress(Progress(kind, page, pages, rows, time.monotonic() - self.began, asked))


def _by_age(numbers: set[str]) -> list[str]:
    return sorted(numbers, key=values.order)


def _numbers(rows: list[results.Row], columns: tuple[str, ...]) -> set[str]:
    return {number for row in rows for column in columns if (number := values.item(row.get(column)))}


def _rows(path: Path) -> list[results.Row]:
    return list(results.rows(json.loads(gzip.decompress(path.read_bytes()))) or ())


def _save(path: Path, answer: Answer) -> None:
    """The answer, whole or not at all, however this process ends."""
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(gzip.compress(answer.body, mtime=0))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _place(folder: Path, name: str, today: dt.date) -> Path:
    """The folder of a run: of one that broke off lately, or a new one of today."""
    for path in sorted(folder.glob(f"????-??-??-{name}"), reverse=True):
        begun = dt.date.fromisoformat(path.name[:10])
        if begun == today or (not (path / FINISHED).exists() and today - begun <= GOES_ON):
            return path
    path = folder / f"{today}-{name}"
    path.mkdir(parents=True)
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process: two at once would ask the same twice."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AskingError(_("Another process is asking for the same.")) from error
        yield
