"""Our templates, parsed."""

from pathlib import Path

from django.template import engines
from jinja2 import Environment, nodes

SOURCE = Path(__file__).parents[2] / "src" / "twinhall"
COMPONENTS = SOURCE / "core" / "jinja2" / "components"
GALLERY = SOURCE / "web" / "jinja2" / "web" / "components.html"


def templates() -> list[Path]:
    return sorted(path for folder in SOURCE.glob("*/jinja2") for path in folder.rglob("*.html"))


def name_of(path: Path) -> str:
    """What a template is called by others."""
    return path.relative_to(next(p for p in path.parents if p.name == "jinja2")).as_posix()


def environment() -> Environment:
    made: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return made


def parsed(path: Path) -> nodes.Template:
    return environment().parse(path.read_text("utf-8"))


def macros(path: Path) -> set[str]:
    """The macros of a template that others may use."""
    return {node.name for node in parsed(path).find_all(nodes.Macro) if not node.name.startswith("_")}
