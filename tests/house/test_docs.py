"""What the documents name exists: targets, commands, files, settings."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.house.documents import (
    ROOT,
    commands_named,
    dead_links,
    documents,
    make_targets_named,
)

OURS = {"bench", "demo", "load", "read", "regions", "reindex", "serve", "worker"}
ENVIRONMENT_OF_COMMANDS = {"PORT"}


def texts() -> str:
    return "\n".join(document.read_text("utf-8") for document in documents())


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def environment_variables() -> set[str]:
    """What the source asks the environment for."""
    found = set()
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.match(r"env\b|os\.environ\.get", ast.unparse(node.func)):
                found |= {
                    a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
    return found


def test_there_are_documents_to_read() -> None:
    assert {"README.md", "CONTRIBUTING.md", "operating.md", "structure.md", "evidence.md"} <= {
        document.name for document in documents()
    }


def test_every_make_target_that_is_named_exists() -> None:
    assert make_targets_named(texts()) - make_targets() == set()


def test_every_command_that_is_named_exists() -> None:
    assert commands_named(texts()) - set(get_commands()) == set()


def test_every_command_of_ours_is_named() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("twinhall.")}
    assert ours == OURS
    assert ours - commands_named(texts()) == set()


def test_every_target_is_told_by_help() -> None:
    told = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert told == make_targets()


@pytest.mark.parametrize("document", documents(), ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    assert dead_links(document, document.read_text("utf-8")) == []


def test_every_setting_of_the_environment_is_told() -> None:
    told = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operating.md").read_text("utf-8"), re.MULTILINE)
    )
    assert told == (environment_variables() - {"DJANGO_SETTINGS_MODULE"})
    assert told >= ENVIRONMENT_OF_COMMANDS


# The reading itself ------------------------------------------------------------------------------------

SAMPLE = """
# A heading, with `code`

Run `make demo PORT=8080`, then [read](there.md#a-heading), or see [the site](https://twinhall.example/) and
[![a picture](missing.png)](#a-heading-with-code).

```sh
make install   # make or break
.venv/bin/twinhall fly
```

They make cities of it, and [what stands in a block](is-read.md) is read.

```md
[but not](this.md)
```
"""


def test_targets_and_commands_are_found_in_code_only() -> None:
    assert (make_targets_named(SAMPLE), commands_named(SAMPLE)) == ({"demo", "install"}, {"fly"})


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Another heading\n", "utf-8")
    (tmp_path / "is-read.md").write_text("", "utf-8")
    document = tmp_path / "sample.md"
    document.write_text(SAMPLE, "utf-8")
    assert dead_links(document, SAMPLE) == ["there.md#a-heading"]


def test_the_settings_are_found() -> None:
    assert {"TWINHALL_VAR", "DATABASE_URL", "PORT"} <= environment_variables()
