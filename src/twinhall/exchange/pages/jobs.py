"""Which pages are to be read, and what is known of each: from files, web archives and addresses."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from twinhall.exchange.fetching import Fetched, FetchError
from twinhall.reader.page import LARGEST
from twinhall.reader.warc import is_warc, recorded


class BadIndexError(Exception):
    """An index of pages cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page beforehand: whose it is, in which country (two letters), in which language."""

    subject: str = ""
    subject_country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A page to read: its name in the results, and its bytes, or the file that holds them."""

    page: str
    known: Known
    path: Path | None = None
    data: bytes = b""
    media_type: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that could not even be had; says why."""

    page: str
    fault: str


class Index:
    """What is known of pages, by their names or addresses, and of all others."""

    def __init__(self, rows: Mapping[str, Known], otherwise: Known) -> None:
        self._rows = rows
        self._otherwise = otherwise

    def of(self, name: str) -> Known:
        """What is known of a page."""
        return self._rows.get(name, self._otherwise)


def read_index(path: Path | None, otherwise: Known) -> Index:
    """An index: a JSON object a line, with ``id`` or ``url``, ``subject``, ``subject_country``, ``language``.

    ``otherwise`` holds for pages that it does not list, and wins where it says something. BadIndexError.
    """
    rows: dict[str, Known] = {}
    try:
        lines = path.read_text("utf-8").splitlines() if path else []
    except (OSError, UnicodeDecodeError) as error:
        raise BadIndexError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                _add(rows, json.loads(line), otherwise)
        except (ValueError, AttributeError) as error:
            raise BadIndexError(f"{path}, line {number}: this is not a JSON object.") from error
    return Index(rows, otherwise)


def _add(rows: dict[str, Known], row: Mapping[str, object], otherwise: Known) -> None:
    known = Known(
        otherwise.subject or str(row.get("subject") or ""),
        otherwise.subject_country or str(row.get("subject_country") or "").upper(),
        str(row.get("language") or ""),
    )
    for key in ("id", "url"):
        if row.get(key):
            rows.setdefault(str(row[key]), known)


def jobs(sources: Iterable[str], index: Index, *, fetch: Callable[[str], Fetched]) -> Iterator[Job | Failed]:
    """The pages of files, web archives (``.warc``, ``.warc.gz``) and addresses, in their order.

    A page of a file is called after it, without its ending; others by their address.
    """
    for source in sources:
        if source.lower().startswith(("http://", "https://")):
            yield _visited(source, index, fetch)
        elif is_warc(Path(source)):
            yield from _archived(Path(source), index)
        else:
            yield _file(Path(source), index)


def _visited(url: str, index: Index, fetch: Callable[[str], Fetched]) -> Job | Failed:
    try:
        got = fetch(url)
    except FetchError as error:
        return Failed(url, str(error))
    return Job(url, index.of(url), data=got.data, media_type=got.media_type, charset=got.charset)


def _archived(path: Path, index: Index) -> Iterator[Job | Failed]:
    try:
        for page in recorded(path, most=LARGEST):
            yield Job(page.url, index.of(page.url), None, page.data, page.media_type, page.charset)
    except (OSError, ValueError, RuntimeError) as error:
        yield Failed(str(path), f"The archive cannot be read any further: {error}")


def _file(path: Path, index: Index) -> Job | Failed:
    if not path.is_file():
        return Failed(str(path), "There is no such file.")
    return Job(path.stem, index.of(path.stem), path)
