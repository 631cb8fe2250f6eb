"""What is worked out once for each state of the register."""

from types import SimpleNamespace

import pytest
from pytest_django import Settings

from tests.factories.accounts import make_log_entry
from twinhall.web import worked_out as module
from twinhall.web.worked_out import worked_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": "worked out"}}


def numbers() -> list[int]:
    """What is answered, asked for twice before and once after the register changes."""
    made = iter([0, 1, 2])
    first = [worked_out("number", lambda: next(made)) for _ in range(2)]
    make_log_entry()
    return [*first, worked_out("number", lambda: next(made))]


def test_it_is_made_again_when_the_register_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = SimpleNamespace(in_atomic_block=False, settings_dict={"NAME": "elsewhere"})
    monkeypatch.setattr(module, "connection", outside)
    assert numbers() == [0, 0, 1]


def test_inside_a_transaction_nothing_is_kept() -> None:
    assert numbers() == [0, 1, 2]
