"""From answers of the service to ties: pairs, acts, sources, and a sum that adds up."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.wikidata import made
from tests.exchange.wikidata.service import as_json
from tests.exchange.wikidata.world import (
    ALDA,
    BORA,
    CILE,
    DEPRECATED,
    DUNO,
    LAND,
    PREFERRED,
    fact,
    tie,
    town,
    when,
)
from twinhall.core.dates import PartialDate
from twinhall.exchange.wikidata import results
from twinhall.exchange.wikidata.items import Gathered
from twinhall.exchange.wikidata.notes import Note, Reason
from twinhall.exchange.wikidata.telling import Told, _Teller, tell

LANGUAGES = ["en", "lv", "bg"]
DAY = "2026-11-21"


def told_of(tmp_path: Path, *pages: list[dict[str, str]], day: str = DAY) -> Told:
    folder = tmp_path / f"{day}-world"
    folder.mkdir(exist_ok=True)
    for number, page in enumerate(pages):
        made.saved(folder / f"page-{number}.json.gz", as_json(list(page)))
    return tell([folder], languages=LANGUAGES)


def acts(told: Told) -> list[tuple[str, str]]:
    (partnership,) = told.partnerships
    return [(act.kind, str(act.date)) for act in partnership.acts]


def test_one_tie_for_both_ends(tmp_path: Path) -> None:
    told = told_of(tmp_path, [tie(BORA, ALDA, "1995"), tie(ALDA, BORA, "1995")])
    assert acts(told) == [("begun", "1995")]
    assert (told.read, told.merged) == (2, 1)
    assert told.notes[Note.BOTH_ENDS] == 1
    assert [party.identifiers["wikidata"] for party in told.partnerships[0].parties] == [ALDA, BORA]


def test_dates_of_both_ends_stay_apart_each_with_its_sources(tmp_path: Path) -> None:
    page = {"reference": "r", "url": "https://bora.example/"}
    told = told_of(tmp_path, [tie(ALDA, BORA, "1995-02-18"), tie(BORA, ALDA, "1994", **page)])
    (partnership,) = told.partnerships
    first, second = partnership.acts
    reference = told.sources[1].key
    assert (str(first.date), first.sources) == ("1994", (f"wikidata-{DAY}", reference))
    assert (str(second.date), second.sources) == ("1995-02-18", (f"wikidata-{DAY}",))
    assert partnership.sources == (f"wikidata-{DAY}", reference)


def test_rows_that_repeat_a_statement_are_one(tmp_path: Path) -> None:
    rows = [
        tie(ALDA, BORA, "1995", reference="r1", url="https://one.example/"),
        tie(ALDA, BORA, "1995", reference="r1", url="https://two.example/"),
        tie(ALDA, BORA, "1995", reference="r2", work="A book"),
        tie(ALDA, BORA, "1995", "2004", reference="r2", work="A book"),
    ]
    told = told_of(tmp_path, rows)
    assert acts(told) == [("begun", "1995"), ("ended", "2004")]
    assert told.read == 1
    assert {source.title for source in told.sources[1:]} == {"one.example/", "two.example/"}
    assert told.notes[Note.REFERENCE_WITHOUT_URL] == 1


def test_a_page_is_one_source_for_all_ties(tmp_path: Path) -> None:
    page = {"reference": "r", "url": "https://alda.example/", "title": "Sadraudzība", "titleLanguage": "lv"}
    rows = [
        tie(ALDA, BORA, **page, **when("retrieved", "2019-01-02")),
        tie(ALDA, CILE, **page, **when("retrieved", "2020-01-02")),
        tie(ALDA, DUNO, **page, **when("retrieved", "2021")),
    ]
    told = told_of(tmp_path, rows)
    (source,) = told.sources[1:]
    assert (source.title, source.language) == ("Sadraudzība", "lv")
    assert source.read_on == PartialDate(2020, 1, 2)
    assert {partnership.sources for partnership in told.partnerships} == {(f"wikidata-{DAY}", source.key)}


def test_an_end_without_a_day(tmp_path: Path) -> None:
    row = {**tie(ALDA, BORA, "1995"), "endSaid": "_:t123"}
    assert acts(told_of(tmp_path, [row])) == [("begun", "1995"), ("ended", "None")]


def test_an_end_before_the_beginning_is_told(tmp_path: Path) -> None:
    told = told_of(tmp_path, [tie(ALDA, BORA, "2004", "1995")])
    assert acts(told) == [("ended", "1995"), ("begun", "2004")]
    assert told.notes[Note.END_BEFORE_START] == 1


def test_refusals_name_both_ends(tmp_path: Path) -> None:
    rows = [
        tie(ALDA, ALDA),
        tie(ALDA, "_:t431453150"),
        tie(ALDA, BORA) | {"rank": DEPRECATED},
        tie(CILE, LAND),
        tie(ALDA, CILE) | {"rank": PREFERRED},
    ]
    told = told_of(tmp_path, rows, [fact(LAND, "class", "Q6256"), *town(CILE, "Cile")])
    assert [(refusal.item, refusal.twin, refusal.reason) for refusal in told.refusals] == [
        (ALDA, ALDA, Reason.SELF),
        (ALDA, "", Reason.UNKNOWN),
        (ALDA, BORA, Reason.DEPRECATED),
        (CILE, LAND, Reason.COUNTRY),
    ]
    assert (told.read, len(told.partnerships), told.merged) == (5, 1, 0)


def test_what_is_known_of_a_town(tmp_path: Path) -> None:
    facts = [
        *town(ALDA, "Alda"),
        fact(ALDA, "label", "Алда", language="bg"),
        fact(ALDA, "label", "Q9000001", language="et"),
        fact(ALDA, "country", "Q28513", ended="1918-11-11T00:00:00Z"),
        fact(ALDA, "country", "_:t431453150"),
        fact(ALDA, "population", "1200", **when("date", "2019")),
        fact(ALDA, "population", "1100", **when("date", "2021-01-01")),
        fact(ALDA, "geonames", "9000001"),
        fact(ALDA, "website", "https://alda.example/"),
        fact(ALDA, "colour", "green"),
    ]
    told = told_of(tmp_path, [tie(ALDA, BORA)], facts)
    party = told.partnerships[0].parties[0]
    assert (party.name, party.language, party.names) == ("Alda", "lv", (("Алда", "bg", "exonym"),))
    assert (party.country, party.latitude, party.longitude) == ("LV", 57.5, 24.5)
    assert (party.population, party.population_year) == (1100, PartialDate(2021, 1, 1))
    assert party.identifiers == {"wikidata": ALDA, "geonames": "9000001"}
    assert party.website == "https://alda.example/"


def test_answers_of_two_days_are_two_sources(tmp_path: Path) -> None:
    told_of(tmp_path, [tie(ALDA, BORA, "1995")], day="2025-01-02")
    told_of(tmp_path, [tie(ALDA, BORA, "1995")], day="2026-01-02")
    told = tell(sorted(tmp_path.iterdir()), languages=LANGUAGES)
    assert [source.key for source in told.sources] == ["wikidata-2025-01-02", "wikidata-2026-01-02"]
    (partnership,) = told.partnerships
    assert partnership.sources == ("wikidata-2025-01-02", "wikidata-2026-01-02")
    assert (told.read, told.merged) == (2, 1)


ITEMS = st.sampled_from([ALDA, BORA, CILE, DUNO, LAND])
TIES = st.lists(
    st.builds(
        lambda item, twin, rank, begun: {**tie(item, twin, begun), "rank": rank},
        ITEMS,
        st.one_of(ITEMS, st.just("_:t1")),
        st.sampled_from([PREFERRED, DEPRECATED, ""]),
        st.sampled_from(["", "1990", "1991-05", "1991-05-06"]),
    ),
    max_size=12,
)


@settings(max_examples=50)
@given(TIES)
def test_the_sum_adds_up(rows: list[dict[str, str]]) -> None:
    gathered = Gathered()
    results.gather(rows, PartialDate(2026), gathered)
    results.gather([fact(LAND, "class", "Q6256")], PartialDate(2026), gathered)
    told = _Teller(gathered, LANGUAGES).weigh()
    assert told.read == len(told.partnerships) + told.merged + len(told.refusals)
    assert told.read == len({row["statement"] for row in rows})
    pairs = [tuple(party.identifiers["wikidata"] for party in one.parties) for one in told.partnerships]
    assert len(set(pairs)) == len(pairs)
    assert told.notes[Note.ONE_END] + told.notes[Note.BOTH_ENDS] == len(pairs)
    assert {key for one in told.partnerships for key in one.sources} <= {s.key for s in told.sources}
