"""Fact files for tests, and the whole register as it stands, to compare before and after."""

from importlib.resources import files
from pathlib import Path

from django.apps import apps

SHIPPED = sorted(Path(str(files("twinhall.data") / "pages")).glob("*.toml"))

SOURCE = """
[[source]]
key = "page"
title = "Partner towns"
language = "en"
publisher = "valga"
dated = "2024-03"
read = "2024-05-01"
"""

TOWNS = """
[[party]]
slug = "valga"
kind = "municipality"
name = "Valga"
language = "et"
country = "EE"

[[party]]
slug = "valka"
kind = "municipality"
name = "Valka"
language = "lv"
country = "LV"

[[party]]
slug = "city-twins"
kind = "association"
name = "City Twins"
language = "en"
"""

BASE = SOURCE + TOWNS


def write(folder: Path, text: str, name: str = "facts.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def register() -> dict[str, list[dict[str, object]]]:
    """Every row of every table, with the times at which it was written."""
    tables = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in tables}


def counts() -> dict[str, int]:
    """How many rows each table has that has any."""
    return {table: len(rows) for table, rows in register().items() if rows}
