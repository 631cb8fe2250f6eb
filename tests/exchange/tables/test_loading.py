"""Loading tables: what rows become, what they are refused for, and that the sum adds up."""

from pathlib import Path

import pytest

from tests.exchange.tables.conftest import PAIRS, PLACES, TIE, VALGA, VALKA, Load, a_map, write_csv
from tests.factories.parties import make_identifier, make_party
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.models import Loading, RowFinding
from twinhall.exchange.tables.loading import load_table
from twinhall.exchange.tables.reading import TableError
from twinhall.exchange.tables.report import Outcome, Report
from twinhall.finder.queries import search
from twinhall.parties.models import Identifier, Party
from twinhall.partnerships.models import Act, Partnership, Spell

PLACE = {
    "name": "Valga",
    "country": "EE",
    "lat": "57.7769",
    "lon": "26.0311",
    "people": "12182",
    "qid": "Q216877",
}


def outcomes(report: Report) -> dict[str, int]:
    """What became of the rows; the sum is checked on the way."""
    assert report.read == sum(report.outcomes.values())
    return {str(outcome): count for outcome, count in report.outcomes.items() if count}


def statements_on(record: Party | Partnership | Act, field: str) -> list[tuple[str, str, bool]]:
    kind = record._meta.label_lower
    rows = Statement.objects.filter(subject_type=kind, subject_id=record.pk, field=field).order_by(
        "source__key"
    )
    return list(rows.values_list("source__key", "value", "in_force"))


def test_a_place_becomes_a_party_with_its_words(load: Load) -> None:
    assert outcomes(load([PLACE], PLACES)) == {"added": 1}
    valga = Party.objects.get()
    assert (valga.name, valga.country, valga.latitude, valga.population) == ("Valga", "EE", 57.7769, 12182)
    assert valga.kind == "municipality"
    assert statements_on(valga, "population") == [("list", "12182", True)]
    assert Identifier.objects.get().value == "Q216877"


def test_what_is_loaded_is_found(load: Load) -> None:
    load([PLACE], PLACES)
    assert [hit.record for hit in search("valg")] == [Party.objects.get()]


def test_a_table_loaded_twice_is_known(load: Load) -> None:
    load([PLACE], PLACES)
    before = Statement.objects.count()
    assert outcomes(load([PLACE], PLACES)) == {"known": 1}
    assert (Party.objects.count(), Statement.objects.count()) == (1, before)


def test_what_was_taken_is_known_whatever_came_since(load: Load) -> None:
    place = {**PLACE, "qid": ""}
    load([place], PLACES)
    make_party(name="Valga", country="EE", latitude=57.7769, longitude=26.0311)  # now it would be in doubt
    assert outcomes(load([place], PLACES)) == {"known": 1}
    assert outcomes(load([{**place, "people": "12183"}], PLACES, name="changed.csv")) == {"waiting": 1}


def test_a_row_is_remembered_by_the_map_it_was_read_by(load: Load) -> None:
    load([PLACE], PLACES)
    assert outcomes(load([PLACE], PLACES.replace('always = "list"', 'always = "other"'))) == {"merged": 1}


def test_a_dry_run_remembers_nothing(load: Load) -> None:
    load([PLACE], PLACES, dry_run=True)
    assert outcomes(load([PLACE], PLACES)) == {"added": 1}


def test_a_pair_becomes_a_tie_that_each_source_attests(load: Load) -> None:
    assert outcomes(load([{**TIE, "sources": "list|other", "since": "1992"}])) == {"added": 1}
    tie = Partnership.objects.get()
    assert (tie.slug, tie.kind, tie.source_count) == ("valga-valka", "twinning", 2)
    assert tie.since == PartialDate(1992)
    acts = list(Act.objects.order_by("number").values_list("kind", "date"))
    assert acts == [
        ("signed", PartialDate(1992)),
        ("attested", PartialDate(2016, 9)),
        ("attested", PartialDate(2018)),
    ]
    assert [source for source, _, _ in statements_on(tie, EXISTS)] == ["list", "other"]
    assert sum(force for _, _, force in statements_on(tie, EXISTS)) == 1
    assert list(Spell.objects.values_list("status", "starts")) == [("in force", PartialDate(1992).last_day)]


def test_a_tie_said_by_another_source_is_merged(load: Load) -> None:
    load([TIE])
    assert outcomes(load([{**TIE, "sources": "other"}], name="second.csv")) == {"merged": 1}
    tie = Partnership.objects.get()
    assert tie.source_count == 2
    assert [str(date) for date in tie.acts.values_list("date", flat=True)] == ["2016-09", "2018"]


def test_an_older_sighting_goes_before_a_newer_one(load: Load) -> None:
    load([{**TIE, "sources": "other"}])
    load([TIE], name="second.csv")
    acts = list(Act.objects.order_by("number").values_list("number", "date"))
    assert acts == [(1, PartialDate(2016, 9)), (2, PartialDate(2018))]
    assert list(Spell.objects.values_list("starts", flat=True)) == [PartialDate(2016, 9).last_day]


def test_the_same_pair_from_its_other_end_is_known(load: Load) -> None:
    turned = {
        "sources": "list",
        **{f"a{k[1:]}": v for k, v in VALKA.items()},
        **{f"b{k[1:]}": v for k, v in VALGA.items()},
    }
    assert outcomes(load([TIE, turned])) == {"added": 1, "known": 1}
    assert Partnership.objects.count() == 1


def test_two_years_of_one_signing_are_one_act_that_sources_disagree_on(load: Load) -> None:
    load([{**TIE, "since": "1992"}, {**TIE, "sources": "other", "since": "1993"}])
    signed = Act.objects.get(kind="signed")
    assert statements_on(signed, "date") == [("list", "1992", False), ("other", "1993", True)]


def test_a_list_without_kinds_attests_the_tie_that_there_is(load: Load) -> None:
    load([{**TIE, "kind": "friendship"}])
    assert outcomes(load([{**TIE, "sources": "other"}], name="second.csv")) == {"merged": 1}
    assert Partnership.objects.get().kind == "friendship"


def test_a_region_makes_a_regional_partnership(load: Load) -> None:
    load([{**TIE, "a": "Valga County", "a_qid": "Q189474"}])
    assert Partnership.objects.get().kind == "regional partnership"
    assert Party.objects.get(name="Valga County").kind == "region"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({**TIE, "b": "Valga", "b_country": "EE", "b_qid": "Q216877"}, "a link from a party to itself"),
        ({**TIE, "b": "", "b_qid": ""}, "a party has no name"),
        ({**TIE, "b": "Q736591", "b_qid": ""}, "a party has no name"),
        ({**TIE, "kind": "marriage"}, "not a kind of partnership: marriage"),
        ({**TIE, "sources": "hearsay"}, "a source that the map does not know: hearsay"),
        (
            {"a": "Valga", "b": "Valka", "b_country": "LV", "sources": "list"},
            "a party is told by its name alone",
        ),
        ({**TIE, "b": "V" * 300}, "a name cannot be kept: "),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_and_leaves_nothing(
    load: Load, row: dict[str, str], why: str
) -> None:
    report = load([row])
    assert outcomes(report) == {"refused": 1}
    assert next(reason for _, reason in report.reasons).startswith(why)
    assert (Party.objects.count(), Partnership.objects.count(), Statement.objects.count()) == (0, 0, 0)


def test_a_refused_row_does_not_stop_the_others(load: Load) -> None:
    assert outcomes(load([{**TIE, "sources": "hearsay"}, TIE])) == {"refused": 1, "added": 1}


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ({"people": "many"}, "a population that is not a number"),
        ({"lat": "north"}, "a position that is not a number"),
        ({"lat": "123"}, "a position that is nowhere"),
        ({"country": "Austria-Hungary"}, "a state that is no more: Austria-Hungary"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_remarked(
    load: Load, cell: dict[str, str], remark: str
) -> None:
    report = load([{**PLACE, **cell}], PLACES)
    assert outcomes(report) == {"added": 1}
    assert report.notes == {remark: 1}


def test_a_dry_run_says_the_same_and_changes_nothing(load: Load) -> None:
    report = load([TIE], dry_run=True)
    assert outcomes(report) == {"added": 1}
    assert not Party.objects.exists()
    assert not Statement.objects.exists()
    assert not Loading.objects.exists()


def test_words_of_a_side_are_not_displaced_by_a_list(load: Load) -> None:
    valga = make_party(name="Valga", country="EE", latitude=57.7769, longitude=26.0311)
    make_identifier(party=valga, scheme="wikidata", value="Q216877")
    load([{**PLACE, "name": "Walk"}], PLACES)
    assert statements_on(valga, "name") == []  # a list of places tells no party what it is called


def test_an_empty_file_says_that_it_is(tmp_path: Path, operator: User) -> None:
    path = tmp_path / "table.csv"
    path.write_text("")
    with pytest.raises(TableError, match="the file is empty"):
        load_table(path, a_map(tmp_path, PAIRS), by=operator)


def test_a_file_that_is_no_text_says_so(tmp_path: Path, operator: User) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n\xff\xfe\n")
    with pytest.raises(TableError, match=r"table\.csv"):
        load_table(path, a_map(tmp_path, PAIRS), by=operator)


def test_a_spreadsheet_is_a_table(tmp_path: Path, operator: User) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(list(PLACE))
    book.active.append([*list(PLACE.values())[:4], 12182, "Q216877"])
    book.save(tmp_path / "table.xlsx")
    report = load_table(tmp_path / "table.xlsx", a_map(tmp_path, PLACES), by=operator)
    assert outcomes(report) == {"added": 1}
    assert Party.objects.get().population == 12182


def test_questions_do_not_grow_with_rows(
    tmp_path: Path, operator: User, django_assert_max_num_queries: object
) -> None:
    few = [{**TIE, "a": f"Town {n}", "a_qid": f"Q{n}"} for n in range(1, 4)]
    many = [{**TIE, "a": f"Town {n}", "a_qid": f"Q{n}"} for n in range(1, 120)]
    counts = []
    for number, rows in enumerate((few, many)):
        path = write_csv(tmp_path / f"{number}.csv", rows)
        with django_assert_max_num_queries(120) as asked:  # type: ignore[operator]
            load_table(path, a_map(tmp_path, PAIRS), by=operator)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 12


def test_nothing_waits_where_all_is_certain(load: Load) -> None:
    report = load([TIE])
    assert report.outcomes[Outcome.WAITING] == 0
    assert not RowFinding.objects.exists()
