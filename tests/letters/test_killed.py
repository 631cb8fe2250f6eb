"""Workers are killed while two hundred letters go out: none is sent twice, and none is lost unseen."""

import json
import os
import signal
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.letters.smtp import MailServer, mail_server
from tests.web.serving import environment

NUMBER, HELD_FROM = 200, 60
PREPARE = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from twinhall.accounts.actions import operator
from twinhall.letters.actions import write_letter
from django.db import transaction
with transaction.atomic():
    for number in range({NUMBER}):
        write_letter(key=f"meeting-1/call/{{number}}", kind="notice", to=f"person{{number}}@valga.example",
                     subject="Call", body="Come.", by=operator(), language="en", duty=True)
"""
LET_TIME_PASS = """
import datetime as dt
from django.utils import timezone
from twinhall.work.models import Shift
Shift.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=5))
"""
TELL = """
import json
from twinhall.letters.models import Letter
print(json.dumps({letter.key: letter.state.value for letter in Letter.objects.all()}))
"""
DJANGO = "import django; django.setup()\n"


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    """A database of its own, of the kind that the tests run on; for SQLite the default one of the folder."""
    if connection.vendor == "sqlite":
        yield {}
        return
    told, name = settings.DATABASES["default"], f"letters_{uuid.uuid4().hex[:12]}"
    place = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
    login = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        yield {"DATABASE_URL": f"postgres://{login}/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class House:
    """A site with its workers, as processes of their own."""

    def __init__(self, var: Path, **more: str) -> None:
        self.environment = environment(var, DJANGO_SETTINGS_MODULE="twinhall.settings", **more)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.log = var / "workers.log"

    def run(self, code: str) -> str:
        """What a piece of Python prints."""
        done = subprocess.run(
            [sys.executable, "-c", DJANGO + code],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin_workers(self, number: int) -> None:
        command = [sys.executable, "-m", "twinhall", "worker", "--once"]
        with self.log.open("a") as log:
            self.workers = [
                subprocess.Popen(command, env=self.environment, stdout=log, stderr=log) for _ in range(number)
            ]

    def kill_workers(self) -> None:
        for worker in self.workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()

    def wait(self) -> list[int]:
        return [worker.wait(timeout=120) for worker in self.workers]

    def states(self) -> dict[str, str]:
        told: dict[str, str] = json.loads(self.run(TELL))
        return told


@pytest.fixture
def slow() -> Iterator[MailServer]:
    """A mail server that takes its time, and from some letter on answers no more."""
    with mail_server(pause=0.01, hold_from=HELD_FROM) as server:
        yield server


def keyed(state: str, states: dict[str, str]) -> set[str]:
    """The Message-IDs of the letters in a state."""
    return {f"<{key}@localhost>" for key, told in states.items() if told == state}


def test_none_is_sent_twice_and_none_is_lost_unseen(
    tmp_path: Path, database: dict[str, str], slow: MailServer
) -> None:
    house = House(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{slow.port}", **database)
    house.run(PREPARE)
    house.begin_workers(2)
    assert slow.held.wait(120), house.log.read_text()
    house.kill_workers()
    in_the_air = set(slow.ids) - set(slow.answered)
    assert 1 <= len(in_the_air) <= 2

    slow.hold_from = None
    house.run(LET_TIME_PASS)
    house.begin_workers(2)
    assert house.wait() == [0, 0]

    states = house.states()
    assert len(states) == NUMBER
    assert set(states.values()) == {"sent", "doubt"}
    doubted = keyed("doubt", states)
    assert in_the_air <= doubted
    assert len(doubted) <= 2  # one for each worker that was killed
    assert [key for key, times in Counter(slow.ids).items() if times > 1] == []
    assert keyed("sent", states) <= set(slow.answered)
    assert set(slow.ids) | doubted == keyed("sent", states) | doubted
    assert len(slow.ids) >= NUMBER - 2
