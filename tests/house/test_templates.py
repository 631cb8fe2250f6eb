"""Templates compile, take only what there is, and have nothing inline, which the content policy refuses."""

import re
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError, meta

from tests.house.templates import SOURCE, environment, name_of, parsed, templates

INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*(?:\bsrc=|type=\"application/ld\+json\"))"
    r"|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)


def inline(text: str) -> list[str]:
    return INLINE.findall(text)


def by_name(path: Path) -> str:
    return name_of(path)


def test_there_are_templates_of_several_floors() -> None:
    assert {path.relative_to(SOURCE).parts[0] for path in templates()} >= {"accounts", "core", "web"}
    assert len(templates()) > 35


@pytest.mark.parametrize("path", templates(), ids=by_name)
def test_a_template_compiles(path: Path) -> None:
    environment().get_template(name_of(path))


def test_a_template_that_does_not_compile_is_seen() -> None:
    with pytest.raises(TemplateSyntaxError):
        environment().from_string("{% if %}")


@pytest.mark.parametrize("path", templates(), ids=by_name)
def test_what_a_template_takes_from_others_exists(path: Path) -> None:
    names = {name for name in meta.find_referenced_templates(parsed(path)) if name}
    assert names - {name_of(other) for other in templates()} == set()


@pytest.mark.parametrize("path", templates(), ids=by_name)
def test_a_template_has_no_style_or_script_of_its_own(path: Path) -> None:
    assert inline(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "<p STYLE='x'>",
    ],
)
def test_a_style_or_script_is_seen(text: str) -> None:
    assert len(inline(text)) == 1


@pytest.mark.parametrize("path", templates(), ids=by_name)
def test_a_component_takes_values_only(path: Path) -> None:
    """What a component needs is handed to it: it looks up no name of a page, so it can be drawn anywhere."""
    if path.parent.name == "components" and path.parents[1].name == "jinja2":
        free = meta.find_undeclared_variables(parsed(path))
        assert free - {"_", "gettext", "ngettext", "pgettext", "static"} == set()
