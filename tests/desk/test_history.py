"""The history of a record: every deed and every decision, by whom, when and why, with a way back."""

import datetime as dt

import pytest

from tests.desk.conftest import Desk, address, lines_of_history, of_record
from tests.factories.accounts import make_log_entry
from tests.factories.parties import make_officer, make_party
from twinhall.accounts.models import LogEntry
from twinhall.parties.models import Name, Party
from twinhall.partnerships.models import Act, Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


def ways_back(person: Desk, where: str) -> list[str]:
    rows = person.open(where).main.one("tbody").all("tr")
    return [a.attributes["href"] for row in rows for a in row.all("a")]


def test_a_record_that_nobody_touched_says_so(kadri: Desk, valga: Party) -> None:
    shown = kadri.open(of_record("history", valga))
    assert shown.title == "History, Valga – Twinhall"
    assert "Nothing has been done to this record at the desk yet." in shown.main.text


def test_a_tie_s_history_tells_of_its_acts_too(kadri: Desk, tie: Partnership) -> None:
    kadri.send(address("partnership-act", tie.slug, "signed"), date="1995")
    act = Act.objects.get()
    kadri.send(of_record("withdraw", act), why="Another tie.")
    kadri.send(of_record("restore", act))
    told = lines_of_history(kadri, tie)
    assert [(who, what.split()[0], why) for who, what, why in told] == [
        ("Kadri Kask", "Restored", "–"),
        ("Kadri Kask", "Withdrawn", "Another tie."),
        ("Kadri Kask", "Accepted", "–"),
        ("Kadri Kask", "Accepted", "–"),
        ("Kadri Kask", "Act", "–"),
    ]
    assert [line[:2] for line in lines_of_history(kadri, act)] == [line[:2] for line in told]


def test_each_line_leads_to_where_it_is_undone(kadri: Desk, tie: Partnership) -> None:
    kadri.send(address("partnership-act", tie.slug, "signed"), date="1995")
    act = Act.objects.get()
    kadri.send(of_record("withdraw", act), why="Another tie.")
    assert ways_back(kadri, of_record("history", tie)) == [
        of_record("restore", act),
        of_record("fact", act, "date"),
        of_record("fact", act, "exists"),
        of_record("withdraw", act),
    ]


def test_a_time_is_told_in_the_readers_words(kadri: Desk, valga: Party) -> None:
    make_log_entry(by=kadri.user)
    LogEntry.objects.update(
        record_type="parties.party",
        record_id=str(valga.pk),
        at=dt.datetime(2026, 11, 30, 8, 5, tzinfo=dt.UTC),
    )
    where = of_record("history", valga)
    assert "30 November 2026" in kadri.open(where).main.rows[0][0]
    assert "30. november 2026" in kadri.open(where.replace("/en/", "/et/")).main.rows[0][0]


def test_a_long_history_goes_on_over_pages(kadri: Desk, valga: Party) -> None:
    entries = [
        LogEntry(
            by=kadri.user,
            deed="party added",
            label=f"No. {n}",
            record_type="parties.party",
            record_id=str(valga.pk),
        )
        for n in range(120)
    ]
    LogEntry.objects.bulk_create(entries)
    first = kadri.open(of_record("history", valga)).main
    assert first.rows[0][2] == "Party added Valga"
    assert any(a.attributes["href"].endswith("?page=2") for a in first.all("a"))
    second = kadri.open(of_record("history", valga) + "?page=2").main
    assert len(first.rows) + len(second.rows) > len(first.rows) >= 50


def test_a_record_of_more_parts_than_a_condition_takes(kadri: Desk, valga: Party) -> None:
    Name.objects.bulk_create(
        Name(party=valga, text=f"Walk {n}", language="de", kind="exonym") for n in range(1100)
    )
    kadri.send(of_record("fact", valga, "population"), value="12182")
    assert len(lines_of_history(kadri, valga)) == 1


def test_everybody_at_the_desk_reads_it_and_nobody_else(kadri: Desk, valga: Party) -> None:
    kadri.open(of_record("history", make_party(name="Elva")))
    Desk(make_officer()).open(of_record("history", valga), 403)
    kadri.open(address("history", "parties.party", 10**9), 404)
    kadri.open(address("history", "accounts.user", kadri.user.pk), 404)
