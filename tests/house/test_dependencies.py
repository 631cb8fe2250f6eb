"""Each dependency carries its reason, and the lock file knows it."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYPROJECT = ROOT / "pyproject.toml"
SELF_EXPLAINING = {"pytest", "pytest-django", "ruff", "mypy", "django-stubs"}
"""Tools for tests and types that need no word on what they are for."""


def listed(text: str) -> dict[str, str]:
    """The dependencies of a list in TOML, one a line, each with what is said after it."""
    lines = re.findall(r'^ {4}"([A-Za-z0-9-]+)[^"]*",[ \t]*(?:#[ \t]*(.*))?$', text, re.MULTILINE)
    return {name.lower(): why.strip() for name, why in lines}


def section(start: str) -> str:
    """The text of one list of pyproject.toml."""
    text = PYPROJECT.read_text("utf-8")
    return text[text.index(start) :].partition("\n]")[0]


def test_every_dependency_that_runs_carries_its_reason() -> None:
    dependencies = listed(section("dependencies = ["))
    assert len(dependencies) == len(tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["dependencies"])
    assert [name for name, why in dependencies.items() if len(why.split()) < 3] == []


def test_every_tool_carries_its_reason_or_needs_none() -> None:
    tools = listed(section("dev = ["))
    assert len(tools) == len(tomllib.loads(PYPROJECT.read_text("utf-8"))["dependency-groups"]["dev"])
    assert {name for name, why in tools.items() if not why} == SELF_EXPLAINING


def test_a_dependency_without_a_reason_is_seen() -> None:
    assert listed('dependencies = [\n    "django>=5.2",  # the base\n    "jinja2[x]>=3",\n') == {
        "django": "the base",
        "jinja2": "",
    }


def test_every_dependency_is_locked() -> None:
    locked = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]}
    assert {*listed(section("dependencies = [")), *listed(section("dev = ["))} - locked == set()
