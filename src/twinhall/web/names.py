"""What places are called: in the reader's language where that name is known, their own name beside it."""

import unicodedata
from collections.abc import Iterable

from django.utils.translation import get_language

from twinhall.core.languages import FALLBACK, Text
from twinhall.evidence.models import Source
from twinhall.parties.models import Party
from twinhall.parties.queries import names_in

CYRILLIC_READERS = frozenset({"bg"})


def _is_latin(name: str) -> bool:
    if name.isascii():
        return True
    letters = [letter for letter in name if letter.isalpha()]
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


class Names:
    """The names of the parties of one page; two queries for any number of them. Given none: of all."""

    def __init__(self, parties: Iterable[Party] | None = None) -> None:
        self.language = get_language() or FALLBACK
        ids = None if parties is None else {party.pk for party in parties}
        self._here = names_in(self.language, ids)
        self._english = names_in(FALLBACK, ids) if self.language != FALLBACK else self._here

        self._chosen: dict[int, Text] = {}

    def of(self, party: Party) -> Text:
        """The name to show, and its language.

        A name in another script than the reader's is replaced by the English one where
        that is known.
        """
        if party.pk not in self._chosen:
            self._chosen[party.pk] = self.chosen(party.pk, str(party), party.language)
        return self._chosen[party.pk]

    def chosen(self, party: int, name: str, language: str) -> Text:
        """The name to show of a party given by primary key, own name and the language of that."""
        own = Text(name, language or "und")
        if language == self.language:
            return own
        if party in self._here:
            return Text(self._here[party], self.language)
        readable = self.language in CYRILLIC_READERS or _is_latin(name)
        if not readable and party in self._english:
            return Text(self._english[party], FALLBACK)
        return own

    def text(self, party: Party) -> str:
        """The name to show."""
        return self.of(party).text

    def publisher(self, party: Party | None, source: Source) -> str:
        """Who says what a source states: its publisher, else the source itself."""
        return self.text(party) if party else source.words.text
