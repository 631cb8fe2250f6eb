"""Writes the description of the API anew: ``.venv/bin/python -m tests.api.renew``."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinhall.settings")
    django.setup()
    from tests.api.test_openapi import SNAPSHOT, text

    SNAPSHOT.write_text(text(), "utf-8")
