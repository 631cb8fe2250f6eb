"""A page is read by a process of its own: what comes of it comes back, and none takes the asker with it."""

import pytest

from tests.reader.making import pdf
from twinhall.reader import apart
from twinhall.reader.apart import read_page_apart
from twinhall.reader.page import read_page
from twinhall.reader.unreadable import Reason, UnreadableError

HTML = "<!doctype html><title>Pilsēta</title><h1>Draugi</h1><p>Solna, Zviedrija, kopš 1991. gada</p>".encode()
SLOW = b"<p>" + b"<p>ab" * 1_900_000


def test_a_page_comes_back_as_it_was_read() -> None:
    assert read_page_apart(HTML, media_type="text/html") == read_page(HTML, media_type="text/html")
    assert read_page_apart(b"Solna \xe5r 1991, och v\xe4nort sedan dess.", charset="latin-1").text[6] == "å"


def test_a_refusal_comes_back_with_its_reason() -> None:
    with pytest.raises(UnreadableError) as told:
        read_page_apart(pdf())
    assert told.value.reason is Reason.SCANNED
    assert "its pages are pictures" in str(told.value)


def test_a_page_that_takes_too_long_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(UnreadableError) as told:
        read_page_apart(SLOW, media_type="text/html")
    assert told.value.reason is Reason.TOO_LONG


def test_a_page_that_breaks_the_process_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", "none")  # which its process does not understand
    with pytest.raises(UnreadableError) as told:
        read_page_apart(HTML)
    assert told.value.reason is Reason.DAMAGED
