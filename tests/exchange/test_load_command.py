from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.files import BASE, register, write
from twinhall.accounts.models import LogEntry, User
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db


def load(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("load", "facts", *map(str, arguments), stdout=out)
    return out.getvalue()


MADE = """\
  3 parties
  1 sources
5 statements are new, 0 were known.
"""


def test_what_is_new_is_told(tmp_path: Path) -> None:
    assert load(write(tmp_path, BASE)) == f"New in the register:\n{MADE}"
    assert {party.slug for party in Party.objects.all()} == {"valga", "valka", "city-twins"}


def test_who_loaded_is_named(tmp_path: Path) -> None:
    load(write(tmp_path, BASE))
    actor = User.objects.get()
    assert (actor.name, actor.is_active) == ("the operator, on the command line", False)
    assert {line.by for line in LogEntry.objects.all()} == {actor}


def test_what_was_known_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, BASE)
    load(path)
    before = register()
    assert load(path) == "0 statements are new, 5 were known.\n"
    assert register() == before


def test_a_dry_run_tells_and_changes_nothing(tmp_path: Path) -> None:
    before = register()
    told = load(write(tmp_path, BASE), "--dry-run")
    assert told == f"Dry run; nothing was changed. There would be new:\n{MADE}"
    assert register() == before


def test_several_files_are_one_load(tmp_path: Path) -> None:
    other = (
        '[[source]]\nkey = "other"\ntitle = "T"\nread = 2024-05-01\n'
        '[[partnership]]\nkind = "twinning"\nparties = ["valga", "valka"]\n'
    )
    told = load(write(tmp_path, other, "1.toml"), write(tmp_path, BASE, "2.toml"))
    assert "  1 partnerships\n" in told


def test_what_is_wrong_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    before = register()
    path = write(tmp_path, BASE + '[[party]]\nslug = "riga"\nkind = "municipality"\ncountry = "XX"\n')
    with pytest.raises(CommandError) as refusal:
        load(path, tmp_path / "nowhere.toml")
    assert str(refusal.value) == (
        f"Nothing was loaded.\n  {tmp_path}/nowhere.toml: The file cannot be read: No such file or directory."
    )
    with pytest.raises(CommandError) as refusal:
        load(path)
    assert refusal.value.returncode == 1
    assert str(refusal.value) == (
        "Nothing was loaded.\n  facts.toml, party riga, country: "
        "“XX” is not a country code of ISO 3166-1, such as LV or BG."
    )
    assert register() == before


@pytest.mark.parametrize("arguments", [[], ["facts"], ["tables", "x.toml"], ["facts", "x.toml", "--wet-run"]])
def test_a_question_that_is_none_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("load", *arguments)
