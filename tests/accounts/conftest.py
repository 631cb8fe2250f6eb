"""People who can sign in; attempts are counted anew for each test."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from twinhall.accounts.actions import open_account
from twinhall.accounts.models import User

PASSWORD = "a long sentence to sign in with"


@pytest.fixture(autouse=True)
def _counting_anew(settings: Settings) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    cache.clear()


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def kadri(db: None) -> User:  # noqa: ARG001
    return open_account(email="kadri@valga.example", name="Kadri Kask", password=PASSWORD)
