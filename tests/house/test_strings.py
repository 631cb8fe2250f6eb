"""No string is missing in any language of the site, and the check that says so can fail."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

ROOT = Path(__file__).parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("strings", ROOT / "tools" / "strings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


strings = _load()


@pytest.fixture(scope="module")
def template() -> Catalog:
    found: Catalog = strings.extracted()
    return found


def test_the_languages_checked_are_those_of_the_site() -> None:
    assert {"en", *strings.LANGUAGES} == {code for code, _ in settings.LANGUAGES}


def test_strings_of_python_and_of_templates_are_found(template: Catalog) -> None:
    assert "agreement signed" in template
    assert "Register as of" in template
    assert len(template) > 300


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_no_string_is_missing(template: Catalog, language: str) -> None:
    assert list(strings.faults(template, language)) == []


# That the check can fail -------------------------------------------------------------------------------

BROKEN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);\\n"

msgid "Whole"
msgstr "Vesels"

msgid "Empty"
msgstr ""

#, fuzzy
msgid "Doubtful"
msgstr "Varbūt"

#, python-format
msgid "with %(name)s"
msgstr "ar %(vards)s"

#, python-format
msgid "%(n)s town"
msgid_plural "%(n)s towns"
msgstr[0] "%(n)s pilsēta"
msgstr[1] "%(n)s pilsētas"
msgstr[2] ""

msgid "Gone"
msgstr "Prom"
"""


@pytest.fixture
def faults_of_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    folder = tmp_path / "lv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(BROKEN, "utf-8")
    monkeypatch.setattr(strings, "LOCALE", tmp_path)
    wanted = Catalog()
    for message in ("Whole", "Empty", "Doubtful", "with %(name)s", ("%(n)s town", "%(n)s towns"), "New"):
        wanted.add(message)
    return list(strings.faults(wanted, "lv"))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("not in the catalogue", "New"),
        ("no longer in the source", "Gone"),
        ("not translated", "Empty"),
        ("not translated", "%(n)s town"),
        ("marked as doubtful", "Doubtful"),
        ("", "with %(name)s"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told(faults_of_broken: list[str], kind: str, message: str) -> None:
    assert [fault for fault in faults_of_broken if message in fault and kind in fault] != []


def test_what_is_whole_is_not_told(faults_of_broken: list[str]) -> None:
    assert [fault for fault in faults_of_broken if "Whole" in fault] == []
    assert len(faults_of_broken) == 6
