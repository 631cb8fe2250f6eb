"""Settings that are not safe are refused with a word on what to do; the demo's stay on this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LONG = "a-secret-of-more-than-fifty-random-characters-0123456789"
NEEDS_A_SECRET = (
    "TWINHALL_HOSTS names an address that others reach, so TWINHALL_SECRET_KEY must be set to at least 50 "
    "random characters. Make some with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
ASK = """
import django
django.setup()
from django.conf import settings
print(settings.ALLOWED_HOSTS, settings.DEBUG, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS)
"""


def start(tmp_path: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Sets Django up with these settings and no others, and prints some of them."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "twinhall.settings",
        "TWINHALL_VAR": str(tmp_path),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("secret", ["", "short", "x" * 49, "demo: only for a site on this machine"])
def test_an_address_for_others_needs_a_long_secret(tmp_path: Path, secret: str) -> None:
    settings = {"TWINHALL_SECRET_KEY": secret} if secret else {}
    started = start(tmp_path, TWINHALL_HOSTS="example.org", **settings)
    assert started.returncode == 1
    assert started.stderr.splitlines()[-1].endswith(f"ImproperlyConfigured: {NEEDS_A_SECRET}")


def test_any_address_at_all_is_refused(tmp_path: Path) -> None:
    started = start(tmp_path, TWINHALL_HOSTS="example.org,*", TWINHALL_SECRET_KEY=LONG)
    assert started.returncode == 1
    assert started.stderr.splitlines()[-1].endswith(
        "ImproperlyConfigured: TWINHALL_HOSTS must name the site's addresses; “*” is not safe."
    )


def test_a_long_secret_opens_the_site_to_others(tmp_path: Path) -> None:
    started = start(tmp_path, TWINHALL_HOSTS="example.org", TWINHALL_SECRET_KEY=LONG)
    assert (started.returncode, started.stdout) == (0, "['example.org'] False False 0\n")


def test_https_makes_cookies_and_browsers_keep_to_it(tmp_path: Path) -> None:
    started = start(tmp_path, TWINHALL_HOSTS="example.org", TWINHALL_SECRET_KEY=LONG, TWINHALL_HTTPS="1")
    assert started.stdout == "['example.org'] False True 31536000\n"


def test_without_settings_the_site_is_for_this_machine_only(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert started.stdout == "['127.0.0.1', 'localhost', '[::1]'] False False 0\n"
