"""Every part that pages are made of is drawn in the gallery."""

import re

from jinja2 import nodes

from tests.house.templates import COMPONENTS, GALLERY, macros, parsed

CALLS = re.compile(r"\b(?:call\s+)?([a-z_]+)\(")


def imported() -> dict[str, set[str]]:
    """The macros that the gallery takes from each file."""
    found: dict[str, set[str]] = {}
    for node in parsed(GALLERY).find_all(nodes.FromImport):
        assert isinstance(node.template, nodes.Const)
        found.setdefault(str(node.template.value), set()).update(str(name) for name in node.names)
    return found


def test_every_file_of_components_is_taken_by_the_gallery() -> None:
    files = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert len(files) > 15
    assert files - imported().keys() == set()


def test_every_macro_that_others_may_use_is_taken() -> None:
    public = {f"components/{path.name}": macros(path) for path in COMPONENTS.glob("*.html")}
    assert {
        name: wanted - imported()[name] for name, wanted in public.items() if wanted - imported()[name]
    } == {}


def test_every_macro_that_is_taken_is_drawn() -> None:
    called = {
        node.node.name for node in parsed(GALLERY).find_all(nodes.Call) if isinstance(node.node, nodes.Name)
    }
    taken = set().union(*imported().values())
    assert taken - called == set()
