"""What stands in the index: the spellings of records, and the rows that are made of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings

from twinhall.finder.keys import KEY_LENGTH, ways_of_writing, words_of
from twinhall.finder.weights import weight
from twinhall.parties.models import Identifier, Name, Party
from twinhall.projects.models import Project
from twinhall.reader.gazetteer import gazetteer, gazetteer_path

PARTY, PROJECT = "p", "j"
TEXT_LENGTH = 500
COLUMNS = ("subject_type", "subject_id", "text", "language", "key", "word", "is_head", "weight", "one", "two")

Row: TypeAlias = tuple[str, int, str, str, str, str, bool, int, str | None, str | None]
Places: TypeAlias = dict[tuple[str, str], tuple[str, str, bool]]
"""By key and its first word: the name that is shown, its language, and whether it begins with this word."""
Named: TypeAlias = tuple[str, str, bool]
"""A spelling, its language ("" where that is not known), and whether it may come first.

Those that only GeoNames knows, in other letters than Latin ones, come after the others."""
_AFTER_LATIN = "\u0370"  # where Greek begins, and after it every other script


@dataclass(frozen=True, slots=True)
class Subject:
    """A record with its spellings, the first of them its own."""

    kind: str
    pk: int
    weight: int
    names: Sequence[Named]


Reading: TypeAlias = Callable[[Sequence[int], Mapping[int, int]], Iterator[Subject]]


def read_parties(pks: Sequence[int], ties: Mapping[int, int]) -> Iterator[Subject]:
    """Those of these parties that stand, with all their spellings; ``ties`` by primary key. Three queries."""
    standing = Party.objects.standing().filter(pk__in=pks)
    parties = list(standing.order_by("pk").values_list("pk", "name", "language", "population"))
    names: dict[int, list[Named]] = {
        pk: [(name, language, True)] for pk, name, language, _population in parties
    }
    for pk, text, language in Name.objects.filter(party__in=pks).values_list("party", "text", "language"):
        if pk in names:
            names[pk].append((text, language, True))
    for pk, texts in _spellings_elsewhere(pks):
        if pk in names:
            names[pk] += [(text, "", text < _AFTER_LATIN) for text in texts if not text[:1].islower()]
    for pk, _name, _language, population in parties:
        yield Subject(PARTY, pk, weight(ties.get(pk, 0), population), names[pk])


def _spellings_elsewhere(pks: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    """What GeoNames calls the parties that it knows; nothing where its gazetteer is not compiled yet.

    Those in small letters, which the caller leaves out, were transliterated by a machine ("zi ge re lai ci").
    """
    known = Identifier.objects.filter(scheme="geonames", party__in=pks).values_list("value", "party")
    numbers = {int(value): party for value, party in known if value.isdecimal()}
    if numbers and gazetteer_path(settings.GAZETTEER).exists():
        spellings = gazetteer(settings.GAZETTEER).spellings(numbers)
        yield from ((numbers[number], texts) for number, texts in spellings.items())


def read_projects(pks: Sequence[int], partners: Mapping[int, int]) -> Iterator[Subject]:
    """Those of these projects that stand, with all their titles; ``partners`` by primary key. One query."""
    projects = Project.objects.standing().filter(pk__in=pks).order_by("pk")
    for pk, title, short in projects.values_list("pk", "title", "short"):
        names = [(text, language, True) for texts in (title, short) for language, text in texts.items()]
        yield Subject(PROJECT, pk, weight(partners.get(pk, 0), None), names)


def rows_of(subject: Subject) -> tuple[list[Row], set[str]]:
    """The entries of a record, of those that fold alike one; and the words of its names."""
    places: Places = {}
    words: set[str] = set()
    for text, language, may_lead in subject.names:
        for written in ways_of_writing(text):
            found = words_of(written)
            words.update(found)
            _add(places, found, (text[:TEXT_LENGTH], language, may_lead))
    return list(_rows(subject, places)), words


def _add(places: Places, words: Sequence[str], named: Named) -> None:
    text, language, may_lead = named
    for start in range(len(words)):
        place = "".join(words[start:])[:KEY_LENGTH], words[start]
        is_head = may_lead and start == 0
        if place not in places or (is_head and not places[place][2]):
            places[place] = (text, language, is_head)


def _rows(subject: Subject, places: Places) -> Iterator[Row]:
    seen: set[str] = set()
    for (key, word), (text, language, is_head) in sorted(places.items(), key=lambda item: not item[1][2]):
        one, two = _first(key[:1], seen), _first(key[:2], seen) if len(key) > 1 else None
        yield subject.kind, subject.pk, text, language, key, word, is_head, subject.weight, one, two


def _first(beginning: str, seen: set[str]) -> str | None:
    """The beginning, where no entry of the record before has it."""
    if beginning in seen:
        return None
    seen.add(beginning)
    return beginning
