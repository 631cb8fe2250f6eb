"""Items in Wikidata's own JSON: of Special:EntityData, of wbgetentities, and of dumps."""

from pathlib import Path

import pytest

from tests.exchange.wikidata import made
from tests.exchange.wikidata.made import entity, item_value, snak, statement, text_value, time_value
from tests.exchange.wikidata.world import ALDA, BORA, CILE
from twinhall.core.dates import PartialDate
from twinhall.exchange import told
from twinhall.exchange.wikidata.notes import Note, Reason
from twinhall.exchange.wikidata.telling import Told, tell

LANGUAGES = ["en", "lv"]
CITY = statement("P31", item_value("Q515"))
IN_LATVIA = statement("P17", item_value("Q211"))


def twin(number: str, *qualifiers: made.Json, **more: object) -> made.Json:
    return statement("P190", item_value(number), *qualifiers, **more)  # type: ignore[arg-type]


def told_of(tmp_path: Path, *entities: made.Json) -> Told:
    return tell([made.saved(tmp_path / "items.json.gz", made.asked_for(*entities))], languages=LANGUAGES)


def party(tmp_path: Path, *statements: made.Json, **labels: str) -> told.Party:
    """The party that an item with these statements becomes."""
    (tie,) = told_of(
        tmp_path, entity(ALDA, CITY, twin(BORA), *statements, labels=labels), entity(BORA, CITY)
    ).partnerships
    return tie.parties[0]


def test_everything_of_a_town(tmp_path: Path) -> None:
    found = party(
        tmp_path,
        IN_LATVIA,
        statement("P625", made.place_value(57.5, 24.5)),
        statement(
            "P1082",
            {"value": {"amount": "+1200", "unit": "1"}},
            snak("P585", time_value("+2020-01-01T00:00:00Z")),
        ),
        statement(
            "P1082",
            {"value": {"amount": "+1300", "unit": "1"}},
            snak("P585", time_value("+2010-01-01T00:00:00Z")),
        ),
        statement("P1566", text_value("9000001")),
        statement("P856", text_value("https://alda.example/")),
        lv="Aldas pilsēta",
        en="Alda",
        de="Alda an der See",
    )
    assert found == told.Party(
        name="Aldas pilsēta",
        language="lv",
        kind="municipality",
        country="LV",
        latitude=57.5,
        longitude=24.5,
        population=1200,
        population_year=PartialDate(2020, 1, 1),
        website="https://alda.example/",
        identifiers={"wikidata": ALDA, "geonames": "9000001"},
        names=(("Alda", "en", "exonym"),),
    )


def test_its_native_label_is_its_name(tmp_path: Path) -> None:
    native = statement("P1705", {"value": {"text": "Alda linn", "language": "et"}})
    found = party(tmp_path, IN_LATVIA, native, lv="Alda", en="Alda")
    assert (found.name, found.language) == ("Alda linn", "et")
    assert found.names == (("Alda", "lv", "alias"),)


@pytest.mark.parametrize(
    ("statements", "country"),
    [
        ([IN_LATVIA, statement("P17", item_value("Q28513"))], "LV"),
        (
            [
                IN_LATVIA,
                statement("P17", item_value("Q15180"), snak("P582", time_value("+1991-08-21T00:00:00Z"))),
            ],
            "LV",
        ),
        ([IN_LATVIA, statement("P17", item_value("Q183"), snak("P582", None, "somevalue"))], "LV"),
        ([IN_LATVIA, statement("P17", item_value("Q191"), snak("P582", None, "novalue"))], ""),
        ([statement("P17", None, kind="somevalue")], ""),
    ],
    ids=["Austria-Hungary", "until 1991", "ended some day", "both, without an end", "an unknown country"],
)
def test_countries(tmp_path: Path, statements: list[made.Json], country: str) -> None:
    assert party(tmp_path, *statements, en="Alda").country == country


def test_a_place_on_the_moon_is_none(tmp_path: Path) -> None:
    moon = "http://www.wikidata.org/entity/Q405"
    assert party(tmp_path, statement("P625", made.place_value(1, 2, moon))).latitude is None


def test_dates_and_references_of_a_tie(tmp_path: Path) -> None:
    url = "https://alda.example/twins"
    dated = twin(
        BORA,
        snak("P580", time_value("+1990-00-00T00:00:00Z", 9)),
        snak("P582", time_value("+2001-06-00T00:00:00Z", 10)),
        references=(
            [snak("P854", text_value(url)), snak("P813", time_value("+2019-05-06T00:00:00Z"))],
            [snak("P143", item_value("Q328"))],
            [
                snak("P854", text_value("https://bora.example/")),
                snak("P1476", {"value": {"text": "Bora un draugi", "language": "lv"}}),
            ],
        ),
    )
    found = told_of(tmp_path, entity(ALDA, CITY, dated), entity(BORA, CITY))
    wikidata, *pages = found.sources
    assert wikidata == told.Source(
        key="wikidata-2024-03-09",
        title="Wikidata",
        url="https://www.wikidata.org/wiki/Property:P190",
        licence="CC0 1.0",
        dated=PartialDate(2024, 3, 9),
        read_on=PartialDate(2024, 3, 9),
    )
    assert {(page.title, page.url, page.kind, page.language, str(page.read_on)) for page in pages} == {
        ("alda.example/twins", url, "page", "", "2019-05-06"),
        ("Bora un draugi", "https://bora.example/", "page", "lv", "None"),
    }
    (tie,) = found.partnerships
    keys = {page.url: page.key for page in pages}
    sources = (wikidata.key, keys[url], keys["https://bora.example/"])
    assert tie.sources == sources
    assert tie.acts == (
        told.Act(kind="begun", date=PartialDate(1990), sources=sources),
        told.Act(kind="ended", date=PartialDate(2001, 6), sources=sources),
    )
    assert found.notes[Note.REFERENCE_WITHOUT_URL] == 1


def test_an_end_on_an_unknown_day_is_an_end(tmp_path: Path) -> None:
    unknown = twin(BORA, snak("P582", None, "somevalue"))
    (tie,) = told_of(tmp_path, entity(ALDA, unknown), entity(BORA)).partnerships
    assert [(act.kind, act.date) for act in tie.acts] == [("ended", None)]
    none = twin(BORA, snak("P582", None, "novalue"))
    (tie,) = told_of(tmp_path, entity(ALDA, none), entity(BORA)).partnerships
    assert tie.acts == ()


@pytest.mark.parametrize(
    ("statement_of_a_tie", "reason"),
    [
        (twin(ALDA), Reason.SELF),
        (twin(BORA, rank="deprecated"), Reason.DEPRECATED),
        (twin(CILE), Reason.MISSING),
        (twin("Q9000020"), Reason.COUNTRY),
        (twin("Q9000021"), Reason.COUNTRY),
        (statement("P190", None, kind="somevalue"), Reason.UNKNOWN),
        (statement("P190", None, kind="novalue"), Reason.NO_TWIN),
    ],
)
def test_what_cannot_be_used_is_refused(
    tmp_path: Path, statement_of_a_tie: made.Json, reason: Reason
) -> None:
    found = told_of(
        tmp_path,
        entity(ALDA, CITY, statement_of_a_tie),
        entity(BORA, CITY),
        {"id": CILE, "missing": ""},
        entity("Q9000020", statement("P31", item_value("Q3624078"))),
        entity("Q9000021", statement("P31", item_value("Q3024240"))),
    )
    assert [refusal.reason for refusal in found.refusals] == [reason]
    assert (found.read, len(found.partnerships), found.merged) == (1, 0, 0)


def test_ranks_normal_and_preferred_are_taken_both(tmp_path: Path) -> None:
    found = told_of(tmp_path, entity(ALDA, twin(BORA, rank="preferred"), twin(CILE)))
    assert len(found.partnerships) == 2


def test_an_item_that_was_merged_into_another(tmp_path: Path) -> None:
    moved = {"entities": {CILE: entity(BORA, CITY, twin(ALDA), labels={"en": "Bora"})}}
    first = made.saved(tmp_path / "first.json", moved)
    second = made.saved(
        tmp_path / "second.json", made.asked_for(entity(ALDA, CITY, twin(CILE), labels={"en": "Alda"}))
    )
    found = tell([first, second], languages=LANGUAGES)
    (tie,) = found.partnerships
    assert [party.name for party in tie.parties] == ["Alda", "Bora"]
    assert (found.read, found.merged) == (2, 1)
    assert found.notes[Note.REDIRECTED] == 1


def test_old_files_have_numbers_without_their_letter(tmp_path: Path) -> None:
    old = statement("P190", {"value": {"entity-type": "item", "numeric-id": int(BORA[1:])}})
    (tie,) = told_of(tmp_path, entity(ALDA, old)).partnerships
    assert tie.parties[1].identifiers == {"wikidata": BORA}


def test_a_twin_that_the_files_do_not_hold_has_a_number_only(tmp_path: Path) -> None:
    found = told_of(tmp_path, entity(ALDA, CITY, IN_LATVIA, twin(BORA), labels={"en": "Alda"}))
    assert found.partnerships[0].parties[1] == told.Party(name="", identifiers={"wikidata": BORA})
    assert found.notes == {Note.NOT_IN_FILES: 1, Note.ONE_END: 1}
