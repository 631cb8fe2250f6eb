"""Papers to print, sign and file: tagged PDF, set by Typst from templates in the apps' ``typst`` folders."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst
from django.utils import timezone

ROOT = Path(__file__).resolve().parent.parent


def typeset(
    template: str, data: Mapping[str, object], *, language: str, at: dt.datetime | None = None
) -> bytes:
    """A PDF of a template such as ``networks/certificate``, in A4, with page numbers, title and tags.

    ``data`` goes to the template as JSON and is never read as markup; ``title`` must be in it and becomes
    that of the file. ``at`` is when the paper was made, now by default. The letters of Latin, Greek and
    Cyrillic come from the font within Typst; other scripts from the fonts of the machine, where it has
    them. Raises TypstError where the template and its data do not fit.
    """
    app, name = template.split("/")
    paper = typst.Compiler(ROOT / app / "typst" / f"{name}.typ", root=ROOT, font_paths=_fonts())
    sent = {"data": json.dumps(data, ensure_ascii=False), "language": language.split("-", maxsplit=1)[0]}
    pdf = paper.compile(
        format="pdf", sys_inputs=sent, timestamp=(at or timezone.now()).replace(microsecond=0)
    )
    assert isinstance(pdf, bytes)  # noqa: S101 - for the types: one PDF, not pages as pictures
    return pdf


@cache
def _fonts() -> typst.Fonts:
    """The fonts within Typst and those of the machine, looked for once."""
    return typst.Fonts()
