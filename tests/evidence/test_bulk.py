"""Words of data sets: on new records at once, on known ones weighed as all words are."""

import datetime as dt

import pytest

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source
from tests.factories.parties import make_own_page, make_party
from twinhall.accounts.models import User
from twinhall.core.copying import reserve
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import Proposal, accept, propose
from twinhall.evidence.bulk import Word, enter
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.parties import precedence
from twinhall.parties.models import Party
from twinhall.partnerships.models import CooperationField, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return make_user()


@pytest.fixture
def old() -> Source:
    return make_source(dated=PartialDate(2016))


@pytest.fixture
def new() -> Source:
    return make_source(dated=PartialDate(2020))


def say(*words: Word, founded: list[Party] | list[Partnership] | None = None, by: User) -> set[int]:
    sources = Source.objects.in_bulk([word.source for word in words])
    return enter(words, founded=founded or [], sources=sources, by=by, origin="table", rank=precedence.rank)


def a_party() -> Party:
    return Party(pk=reserve(Party, 1)[0], slug="valga", kind="municipality")


def values(field: str) -> list[tuple[str, bool]]:
    return list(Statement.objects.filter(field=field).order_by("value").values_list("value", "in_force"))


def test_a_new_record_is_written_with_its_columns(by: User, old: Source) -> None:
    party = a_party()
    rows = say(Word(Party, party.pk, "population", "12182", old.pk, 2), founded=[party], by=by)
    assert rows == {2}
    assert Party.objects.get().population == 12182
    said = Statement.objects.get()
    assert (said.verdict, said.in_force, said.decided_by) == (Verdict.ACCEPTED, True, by)
    assert (said.stated, said.value, said.origin) == ("12182", "12182", "table")
    assert said.first_seen == said.last_seen == old.read_on


def test_of_two_words_the_newer_is_in_force(by: User, old: Source, new: Source) -> None:
    party = a_party()
    say(
        Word(Party, party.pk, "population", "13000", new.pk, 2),
        Word(Party, party.pk, "population", "12182", old.pk, 3),
        founded=[party],
        by=by,
    )
    assert values("population") == [("12182", False), ("13000", True)]
    assert Party.objects.get().population == 13000


def test_a_finer_date_that_agrees_is_in_force(by: User, old: Source, new: Source) -> None:
    party = a_party()
    say(
        Word(Party, party.pk, "population_year", "2019", new.pk, 2),
        Word(Party, party.pk, "population_year", "2019-01", old.pk, 3),
        founded=[party],
        by=by,
    )
    assert Party.objects.get().population_year == PartialDate(2019, 1)


def test_the_same_word_twice_is_kept_once(by: User, old: Source) -> None:
    party = a_party()
    word = Word(Party, party.pk, "population", "12182", old.pk, 2)
    say(word, word._replace(row=3), founded=[party], by=by)
    assert Statement.objects.count() == 1


def test_sources_that_say_that_it_exists_are_counted(by: User, old: Source, new: Source) -> None:
    tie = Partnership(pk=reserve(Partnership, 1)[0], slug="a-b", kind="twinning", parties_key="1 2")
    say(
        Word(Partnership, tie.pk, EXISTS, "yes", old.pk, 2),
        Word(Partnership, tie.pk, EXISTS, "yes", new.pk, 2),
        founded=[tie],
        by=by,
    )
    assert Partnership.objects.get().source_count == 2


def test_a_known_word_tells_nothing_new_but_is_seen_again(by: User, old: Source) -> None:
    party = make_party()
    word = Word(Party, party.pk, "population", "12182", old.pk, 2)
    assert say(word, by=by) == {2}
    Source.objects.filter(pk=old.pk).update(read_on=dt.date(2027, 1, 1))
    assert say(word, by=by) == set()
    assert Statement.objects.get().last_seen == dt.date(2027, 1, 1)


def test_a_list_does_not_displace_what_a_town_says_itself(by: User, new: Source) -> None:
    party = make_party()
    own = make_own_page(party)
    accept(
        propose([Proposal(subject=party, field="population", stated=12182, source=own, origin="page")]),
        by=by,
        rank=precedence.rank,
    )
    say(Word(Party, party.pk, "population", "13000", new.pk, 2), by=by)
    assert values("population") == [("12182", True), ("13000", False)]
    party.refresh_from_db()
    assert party.population == 12182


def test_a_set_is_not_founded_in_bulk(by: User, old: Source) -> None:
    tie = Partnership(pk=reserve(Partnership, 1)[0], slug="a-b", kind="twinning", parties_key="1 2")
    code = CooperationField.objects.values_list("code", flat=True)[0]
    with pytest.raises(TypeError, match="fields of Partnership is a set"):
        say(Word(Partnership, tie.pk, "fields", code, old.pk, 2), founded=[tie], by=by)
