"""Pages of a web archive (WARC, ISO 28500), one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

_READ = ("text/html", "application/xhtml", "text/plain", "application/pdf", "application/vnd.openxml")
_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A page as a server sent it, unpacked; ``data`` is cut after ``most`` bytes, see ``recorded``."""

    url: str
    data: bytes
    media_type: str
    charset: str


def is_warc(path: Path) -> bool:
    """Whether a file is called as archives are: ``.warc``, or packed, ``.warc.gz``."""
    return path.name.lower().endswith(_SUFFIXES)


def recorded(path: Path, *, most: int) -> Iterator[Recorded]:
    """The answers of an archive that could be pages: with status 200, in one of the formats that we read.

    No more than ``most`` bytes and one of each are unpacked. OSError, ValueError or RuntimeError where it is
    no archive.
    """
    with path.open("rb") as stream:
        for record in ArchiveIterator(
            stream,
            record_types=WarcRecordType.response | WarcRecordType.resource,
            auto_decode="all",
        ):
            if page := _page(record, most):
                yield page


def _page(record: WarcRecord, most: int) -> Recorded | None:
    if record.is_http and record.http_headers.status_code != HTTPStatus.OK:
        return None
    media_type = (record.http_content_type if record.is_http else record.headers.get("Content-Type")) or ""
    if media_type and not media_type.lower().startswith(_READ):
        return None
    url = record.headers.get("WARC-Target-URI") or record.record_id or ""
    return Recorded(url.strip("<>"), record.reader.read(most + 1), media_type, record.http_charset or "")
