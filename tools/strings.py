"""Bring the catalogues up to date with the strings in the source, or check that they are, and whole.

``python tools/strings.py`` extracts and merges; with ``--check`` it changes nothing and says what is missing.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "twinhall" / "locale"
LANGUAGES = ("bg", "et", "lv")
# Lines of a catalogue's head that change without a string changing, or say nothing.
VOLATILE = tuple(
    f'"{name}'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def extracted() -> Catalog:
    """Every string of the source that is to be translated."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(project="Twinhall", charset="utf-8")
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, comment_tags=["Translators:"])
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str) -> Path:
    """Where a language's catalogue stands."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Twinhall", charset="utf-8", fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def merge(template: Catalog) -> None:
    """Write each catalogue anew: new strings empty, those that are gone left out."""
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        catalog.header_comment = "# Twinhall in another language. Licence: EUPL-1.2."
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        out = BytesIO()
        write_po(out, catalog, width=100, sort_output=True, omit_header=False, include_lineno=False)
        lines = out.getvalue().decode().splitlines(keepends=True)
        path_of(language).write_text("".join(line for line in lines if not line.startswith(VOLATILE)))


def faults(template: Catalog, language: str) -> Iterator[str]:
    """What a catalogue lacks: strings, translations, plural forms, placeholders."""
    catalog = read(language)
    wanted = {(m.id, m.context) for m in template if m.id}
    known = {(m.id, m.context) for m in catalog if m.id}
    yield from (f"{language}: not in the catalogue: {message!r}" for message, _ in wanted - known)
    yield from (f"{language}: no longer in the source: {message!r}" for message, _ in known - wanted)
    for message in catalog:
        if message.id:
            yield from _faults_of(catalog, message, language)


def _faults_of(catalog: Catalog, message: Message, language: str) -> Iterator[str]:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.pluralizable and len(texts) != catalog.num_plurals:
        yield f"{language}: needs {catalog.num_plurals} plural forms: {message.id!r}"
    if not all(texts):
        yield f"{language}: not translated: {message.id!r}"
        return
    if message.fuzzy:
        yield f"{language}: marked as doubtful: {message.id!r}"
    for check in checkers:
        try:
            check(catalog, message)
        except Exception as error:  # noqa: BLE001 - a checker raises what it finds wrong
            yield f"{language}: {error}: {message.id!r}"


def main() -> int:
    template = extracted()
    if "--check" not in sys.argv:
        merge(template)
        return 0
    found = [fault for language in LANGUAGES for fault in faults(template, language)]
    print("\n".join(found) or f"{len(template)} strings, whole in {', '.join(LANGUAGES)}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
