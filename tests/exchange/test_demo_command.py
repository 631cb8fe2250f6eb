"""What ``twinhall demo`` does, beside the processes that ``tests/web/test_serve.py`` starts."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.factories.accounts import make_user
from tests.factories.places import make_gazetteer, make_town
from tests.web.serving import passwords_shown
from twinhall.accounts.models import SYSTEM_DOMAIN, User
from twinhall.exchange.facts.ledger import Report
from twinhall.reader import compiling

pytestmark = pytest.mark.django_db

DEMO_READY = ["Preparing the database …", "Loading the facts of five pages …"]
HEAD = "People to sign in as, shown this once (new passwords: twinhall demo --users):"


@pytest.fixture(autouse=True)
def _var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.GAZETTEER = tmp_path / "towns"
    make_gazetteer(settings.GAZETTEER, make_town(1, "Valga"))


def demo(*words: str) -> str:
    out = StringIO()
    call_command("demo", "--no-serve", *words, stdout=out)
    return out.getvalue()


def people() -> list[User]:
    """Those whom one can sign in as; the meetings of the demo's year have more, who are invented."""
    others = User.objects.exclude(email__endswith=SYSTEM_DOMAIN)
    return list(others.exclude(name__endswith="(invented)"))


def test_the_passwords_shown_are_those_that_work(shipped: Report) -> None:  # noqa: ARG001
    printed = demo()
    shown = passwords_shown(printed)

    assert printed.splitlines()[-len(shown) - 1] == HEAD  # they come last, so that nothing hides them
    assert {user.email for user in people()} == set(shown)
    assert all(user.check_password(shown[user.email]) for user in people())


def test_made_again_it_neither_shows_nor_changes_people(shipped: Report) -> None:  # noqa: ARG001
    shown = passwords_shown(demo())

    assert HEAD not in demo()
    assert all(user.check_password(shown[user.email]) for user in people())


def test_a_site_in_use_gets_no_people_of_the_demo(shipped: Report) -> None:  # noqa: ARG001
    somebody = make_user()

    assert HEAD not in demo()
    assert people() == [somebody]


def test_new_passwords_are_shown_and_no_facts_loaded(shipped: Report) -> None:  # noqa: ARG001
    old = passwords_shown(demo())
    printed = demo("--users")
    new = passwords_shown(printed)

    assert printed.splitlines()[:2] == ["Preparing the database …", HEAD]
    assert new.keys() == old.keys()
    assert all(user.check_password(new[user.email]) for user in people())


def test_people_who_are_missing_are_made_when_asked_for(shipped: Report) -> None:  # noqa: ARG001
    assert len(passwords_shown(demo("--users"))) == 5


def test_a_register_with_people_of_its_own_is_left_alone(shipped: Report) -> None:  # noqa: ARG001
    make_user()
    with pytest.raises(CommandError, match=r"^This register has people of its own"):
        demo("--users")
    assert User.objects.exclude(email__endswith=SYSTEM_DOMAIN).count() == 1


def test_the_gazetteer_is_compiled_once_with_a_word_of_progress(
    shipped: Report,  # noqa: ARG001
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.GAZETTEER = tmp_path / "new"
    monkeypatch.setattr(compiling, "_towns", lambda: [make_town(1, "Valga"), make_town(2, "Valka")])

    assert demo().splitlines()[:5] == [
        *DEMO_READY,
        "  All there already; nothing was changed.",
        "Reading the names of the world's towns (once, half a minute) …",
        "  2 places.",
    ]
    assert demo().splitlines() == [*DEMO_READY, "  All there already; nothing was changed."]


def test_a_folder_that_cannot_be_written_to_is_told(
    shipped: Report,  # noqa: ARG001
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.GAZETTEER = tmp_path / "file" / "towns"
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="Name another folder in TWINHALL_GAZETTEER"):
        demo()
