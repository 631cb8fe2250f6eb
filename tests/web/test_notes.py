"""The numbered notes of a page: each leads to the words that a fact rests on."""

import datetime as dt

import pytest
from django.utils import translation

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_name, make_own_page, make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import reject
from twinhall.parties.models import Party
from twinhall.parties.precedence import rank
from twinhall.web.dating import source_dated
from twinhall.web.notes import Evidence, Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Party:
    return make_party(name="Valga", language="et")


def test_notes_are_numbered_as_they_are_cited(town: Party) -> None:
    first, second = make_source(title="First"), make_source(title="Second")
    make_accepted(subject=town, field="population", stated=12000, source=first)
    make_accepted(subject=town, field="website", stated="https://valga.example", source=second)
    evidence = Evidence([town])
    assert [
        evidence.marks("Web site", town, "website"),
        evidence.marks("Population", town, "population"),
        evidence.marks("Web site", town, "website"),
    ] == [[1], [2], [1]]
    assert [source.title for source in evidence.sources()] == ["Second", "First"]


def test_notes_stand_under_their_source_which_is_described_once(town: Party) -> None:
    page = make_own_page(town, title="Valga linn")
    page.language = "et"
    page.save()
    population, website = (
        make_accepted(
            subject=town, field=field, stated=stated, source=page, as_printed=f"{stated}", by=make_user()
        )
        for field, stated in (("population", 12000), ("website", "https://valga.example"))
    )
    evidence = Evidence([town])
    with translation.override("en"):
        evidence.marks("Population", town, "population")
        evidence.marks("Web site", town, "website")
        (source,) = evidence.sources()
    assert (source.title, source.publisher, source.language, source.lang, source.dated, source.read) == (
        "Valga linn",
        "Valga",
        "Estonian",
        "et",
        "undated",
        "1 May 2024",
    )
    assert source.accepted_by == ["Kadri Kask"]
    assert source.href.endswith(f"/sources/{page.pk}/")
    assert source.notes == [
        Note(
            number=1,
            matter="Population",
            report=f"/en/report/{population.pk}/",
            printed=[("Population", "12000")],
        ),
        Note(
            number=2,
            matter="Web site",
            report=f"/en/report/{website.pk}/",
            printed=[("Web site", "https://valga.example")],
        ),
    ]


def test_several_words_of_a_source_on_one_matter_share_a_note(town: Party) -> None:
    page = make_source()
    name = make_name(party=town, text="Walk")
    make_accepted(subject=town, field="name", stated="Valga", source=page, as_printed="Valga")
    make_accepted(
        subject=name, field="exists", stated="yes", source=page, as_printed="Walk", quote="once Walk"
    )
    evidence = Evidence([town, name])
    with translation.override("en"):
        numbers = evidence.marks("Names", town), evidence.marks("Names", name)
    assert numbers == ([1], [1])
    (note,) = evidence.sources()[0].notes
    assert (note.printed, note.quotes) == ([("Name", "Valga"), ("Named as", "Walk")], ["once Walk"])


def test_every_source_that_speaks_of_a_fact_is_cited_and_one_is_in_force(town: Party) -> None:
    for stated in (12000, 12500):
        make_accepted(subject=town, field="population", stated=stated)
    evidence = Evidence([town])
    assert evidence.marks("Population", town, "population") == [1, 2]
    assert len(evidence.marks_in_force("Population", town, "population")) == 1


def test_what_was_rejected_is_not_cited(town: Party) -> None:
    statement = make_statement(subject=town, field="population", stated=12000)
    assert Evidence([town]).marks("Population", town) == [1]
    reject([statement], by=make_user(), rank=rank)
    assert Evidence([town]).marks("Population", town) == []


def test_the_reason_of_a_correction_stands_in_the_note(town: Party) -> None:
    make_accepted(
        subject=town, field="name", stated="Vlaga", value="Valga", why="A slip.", as_printed="Vlaga"
    )
    evidence = Evidence([town])
    evidence.marks("Name", town)
    assert evidence.sources()[0].notes[0].whys == ["A slip."]


def test_what_nobody_accepted_yet_names_nobody(town: Party) -> None:
    make_statement(subject=town, field="population", stated=12000)
    evidence = Evidence([town])
    evidence.marks("Population", town)
    assert evidence.sources()[0].accepted_by == []


def test_a_page_without_records_has_no_notes() -> None:
    assert list(Evidence([]).sources()) == []


@pytest.mark.parametrize(
    ("dated", "not_before", "words"),
    [
        ("2013-06", "", "June 2013"),
        ("", "2022-07-22", "undated, not before 22 July 2022"),
        ("", "2009", "undated, not before 2009"),
        ("", "", "undated"),
    ],
)
def test_a_source_says_how_old_it_is(dated: str, not_before: str, words: str) -> None:
    source = make_source(
        dated=PartialDate.parse(dated) if dated else None,
        not_before=PartialDate.parse(not_before) if not_before else None,
        read_on=dt.date(2026, 11, 21),
    )
    with translation.override("en"):
        assert source_dated(source) == words
