"""From an address, a file or a pasted text to the page and the facts that it states. Nothing is kept here."""

from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.exchange.fetching import FetchError, fetch
from twinhall.parties.models import Party
from twinhall.reader.apart import read_page_apart
from twinhall.reader.facts import Fact
from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.page import Page, Reason, UnreadableError, page_of_text
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

LARGEST_FILE = 20_000_000
"""Bytes of a file that are read while a person waits."""
LONGEST = 500_000
"""Characters of a page that are read while a person waits."""


@dataclass(frozen=True)
class Read:
    """A page as it was read, the facts that it states, and the address that it came from in the end."""

    page: Page
    facts: list[Fact]
    url: str = ""


def read_address(url: str, *, subject: Party) -> Read:
    """Read the page at an address. Raises ValidationError with what is wrong and what to do."""
    try:
        fetched = fetch(url)
    except FetchError as error:
        raise ValidationError(str(error)) from error
    return _read(_page(fetched.data, fetched.media_type, "", fetched.charset), subject, fetched.url)


def read_file(file: BinaryIO, *, name: str, subject: Party) -> Read:
    """Read a file. Raises ValidationError with what is wrong and what to do."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValidationError(_("The file is too large: at most 20 MB are read here."))
    return _read(_page(data, "", name, ""), subject)


def read_text(text: str, *, subject: Party) -> Read:
    """Read a text that was pasted. Raises ValidationError with what is wrong and what to do."""
    try:
        return _read(page_of_text(text), subject)
    except UnreadableError as error:
        raise _refused(error) from error


def _page(data: bytes, media_type: str, name: str, charset: str) -> Page:
    try:
        return read_page_apart(data, media_type=media_type, name=name, charset=charset)
    except UnreadableError as error:
        raise _refused(error) from error


def _read(page: Page, subject: Party, url: str = "") -> Read:
    if len(page.text) > LONGEST:
        raise ValidationError(
            _("The page is too long to be read while you wait. Paste the part that lists the partners.")
        )
    places = Places(gazetteer(settings.GAZETTEER))  # which keeps what it was asked: for one page
    facts = read_facts(page, places=places, subject=str(subject), subject_country=subject.country)
    return Read(page, facts, url)


def _refused(error: UnreadableError) -> ValidationError:
    """What is wrong, in the reader's language; the reader itself speaks English."""
    words = {
        Reason.EMPTY: _("There is nothing in it: it is empty."),
        Reason.SCRIPTED: _(
            "The page has no text before a browser runs its scripts, which are not run here. Open it in your "
            "browser, copy its text and paste it, or print it to a PDF and upload that."
        ),
        Reason.BINARY: _("This is no text, but data for programmes. Give a page, a PDF, a DOCX or a text."),
        Reason.KIND: _("Files of this kind are not read. Give a page (HTML), a PDF, a DOCX or a text."),
        Reason.TOO_LARGE: _(
            "It is too large to be read: at most 20 MB of a PDF or document, and 10 MB of a page or a text. "
            "Paste the part that lists the partners."
        ),
        Reason.TOO_LONG: _("Reading it takes too long. Paste the part that lists the partners."),
        Reason.ENCODING: _("Its characters cannot be made out. Save it as UTF-8 and try again."),
        Reason.LOCKED: _("It is locked by a password. Take the password off and try again."),
        Reason.SCANNED: _("It holds pictures of pages and no text: a scan cannot be read. Paste its text."),
        Reason.DAMAGED: _(
            "It is damaged and cannot be opened. Print it to a new PDF and upload that, or paste its text."
        ),
        Reason.BOMB: _(
            "It unpacks to far more than a document holds, and is not opened. "
            "Print it to a new PDF and upload that."
        ),
        Reason.LOGIN: _("This is a page for signing in. Save the page behind it and upload it."),
        Reason.MISSING: _("This is a server’s message that there is no such page. Look at the address."),
        Reason.BLOCKED: _("The site shows robots another page. Save the page in your browser and upload it."),
    }
    return ValidationError(words.get(error.reason, str(error)))
