"""Files with what Wikidata says: saved answers of the query service, or items in Wikidata's own JSON."""

import datetime as dt
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.exchange.wikidata import entities, results
from twinhall.exchange.wikidata.items import Gathered

_GZIP = b"\x1f\x8b"
_DAY = re.compile(r"(?<!\d)(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
"""2026-11-21, or as dumps are named 20261121."""
_DUMP = re.compile(rb"\s*\[\s*\n\s*\{\s*\"(?:type|id|pageid)\"")
"""How a dump begins: a list with an item on each line, too long to be read at once."""
_PEEK = 200


class UnreadableError(Exception):
    """Files cannot be used; the words say which, and why."""


def gather(paths: Sequence[Path], languages: Sequence[str]) -> Gathered:
    """Read files, and the pages in folders; UnreadableError names all that cannot be used."""
    gathered, problems = Gathered(), []
    files = [file for path in paths for file in _files(path)]
    for file in files:
        try:
            _read(file, gathered, frozenset(languages))
        except UnreadableError as problem:
            problems.append(f"{file}: {problem}")
        except OSError as error:
            problems.append(f"{file}: {error.strerror or error}")
    if not files:
        problems.append(_("There are no files to read."))
    if problems:
        raise UnreadableError("\n".join(problems))
    return gathered


def _files(path: Path) -> list[Path]:
    """The file itself; of a folder the pages that were saved in it."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.endswith((".json", ".json.gz")))


def _read(file: Path, into: Gathered, languages: frozenset[str]) -> None:
    is_dump, day = _is_dump(file), _day(file)
    for document in _documents(file, is_dump=is_dump):
        found = entities.entities(document)
        if found is None:
            _rows(document, day, into)
            continue
        items = list(found)
        # A dump is of one day; of single items the file itself says how old they are.
        days = () if is_dump else (entities.modified(item) for _asked, item in items)
        dated = max((known for known in days if known), default=day)
        for asked, item in items:
            entities.gather(asked, item, dated, into, languages)


def _rows(document: object, day: PartialDate, into: Gathered) -> None:
    found = results.rows(document)
    if found is None:
        raise UnreadableError(_("This is neither an answer of the query service nor items of Wikidata."))
    try:
        results.gather(found, day, into)
    except results.NotOurColumnsError as error:
        raise UnreadableError(
            _("These columns are not those of one of our queries: %(columns)s.") % {"columns": error}
        ) from error


def _day(file: Path) -> PartialDate:
    """The day in the name of the file or of its folder, else that of the file itself."""
    for name in (file.name, file.absolute().parent.name):
        for year, _hyphen, month, day in _DAY.findall(name):
            try:
                return PartialDate(int(year), int(month), int(day))
            except NotADateError:
                continue
    changed = dt.datetime.fromtimestamp(file.stat().st_mtime, tz=dt.UTC).date()
    return PartialDate.parse(changed.isoformat())


def _is_dump(file: Path) -> bool:
    with _damage_told(), _open(file) as start:
        return _DUMP.match(start.read(_PEEK)) is not None


def _documents(file: Path, *, is_dump: bool) -> Iterator[object]:
    """The JSON of a file, packed or not: one document, or of a dump each line's."""
    with _damage_told(), _open(file) as stream:
        if is_dump:
            yield from _lines(stream)
        else:
            yield json.load(stream)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # JSON, and bytes that are not UTF-8
        raise UnreadableError(_("It is not JSON, or it breaks off: %(why)s.") % {"why": error}) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(_("The packed file is damaged: %(why)s.") % {"why": error}) from error


def _lines(stream: IO[bytes]) -> Iterator[object]:
    for line in stream:
        text = line.strip().rstrip(b",")
        if text not in {b"", b"[", b"]"}:
            yield json.loads(text)


@contextmanager
def _open(file: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is packed."""
    with file.open("rb") as start:
        packed = start.read(2) == _GZIP
    with gzip.open(file, "rb") if packed else file.open("rb") as stream:
        yield cast("IO[bytes]", stream)
