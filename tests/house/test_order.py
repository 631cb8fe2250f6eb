"""Data falls straight down; nothing looks up."""

from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_ERROR, EXIT_STATUS_SUCCESS, lint_imports

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
UPSIDE_DOWN = """
[importlinter]
root_package = twinhall

[importlinter:contract:upside-down]
name = What stands on others stands under them
type = layers
layers =
    twinhall.core
    twinhall.parties
"""


def test_every_app_imports_only_what_stands_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(str(PYPROJECT), no_cache=True) == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_an_order_that_does_not_hold_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = tmp_path / ".importlinter"
    contract.write_text(UPSIDE_DOWN, "utf-8")
    assert lint_imports(str(contract), no_cache=True) == EXIT_STATUS_ERROR
    assert "What stands on others stands under them BROKEN" in capsys.readouterr().out
