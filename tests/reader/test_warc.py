import gzip
from pathlib import Path

import pytest

from tests.reader.making import answer, packed
from twinhall.reader.warc import Recorded, is_warc, recorded

HTML = "Content-Type: text/html; charset=windows-1251"


def read(path: Path, data: bytes, most: int = 1000) -> list[Recorded]:
    path.write_bytes(data)
    return list(recorded(path, most=most))


def test_answers_that_are_pages_are_given(tmp_path: Path) -> None:
    records = (
        answer("http://a.example/1", b"<p>one", HTML),
        answer("http://a.example/2", b"gone", HTML, status="404 Not Found"),
        answer("http://a.example/3", b"\x89PNG", "Content-Type: image/png"),
        answer("http://a.example/4", b"%PDF-", "Content-Type: application/pdf"),
        answer("http://a.example/5", b"<p>five"),
    )
    plain = read(tmp_path / "a.warc", b"".join(records))
    assert plain == [
        Recorded("http://a.example/1", b"<p>one", "text/html", "windows-1251"),
        Recorded("http://a.example/4", b"%PDF-", "application/pdf", ""),
        Recorded("http://a.example/5", b"<p>five", "", ""),
    ]
    assert read(tmp_path / "a.warc.gz", packed(*records)) == plain


def test_packed_answers_are_unpacked_but_no_further_than_asked(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>" + b"a" * 5000)
    (page,) = read(
        tmp_path / "a.warc", answer("http://a.example/", body, HTML, "Content-Encoding: gzip"), most=100
    )
    assert page.data == b"<p>" + b"a" * 98


def test_answers_in_chunks_are_put_together(tmp_path: Path) -> None:
    body = b"3\r\n<p>\r\n5\r\nSolna\r\n0\r\n\r\n"
    (page,) = read(tmp_path / "a.warc", answer("http://a.example/", body, HTML, "Transfer-Encoding: chunked"))
    assert page.data == b"<p>Solna"


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError, RuntimeError)):
        read(tmp_path / "a.warc", b"hello\n" * 50)


def test_archives_are_known_by_their_names() -> None:
    assert is_warc(Path("A.WARC.GZ"))
    assert not is_warc(Path("warc.txt"))
