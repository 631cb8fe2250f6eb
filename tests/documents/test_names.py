import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.documents.names import LENGTH, safe_name

TITLES = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="./\\ -_:\0\n\u202e\u200d\u0301CONcon.pdf", max_size=200),
    st.sampled_from(["CON", "nul.tar", "Lpt1 .x", "com¹"]),
)
SUFFIXES = st.sampled_from([".pdf", ".jpeg", ".png", ".webp"])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Līgums – 1992", "Līgums – 1992.pdf"),
        ("Līgums – 1992.pdf", "Līgums – 1992.pdf"),
        ("Споразумение за побратимяване, 12.05.1992 г.", "Споразумение за побратимяване 12.05.1992 г.pdf"),
        ("Valga/Valka: agreement", "Valga Valka agreement.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("C:\\Windows\\win.ini", "C Windows win.ini.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("-rf", "rf.pdf"),
        ("scan.JPG", "scan.pdf"),
        ("agreement\u202efdp.exe", "agreementfdp.exe.pdf"),
        ("a\nb\0c\td", "a b c d.pdf"),
        ("Le\u0304mums", "Lēmums.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.1992", "_nul.1992.pdf"),
        ("COM¹", "_COM¹.pdf"),
        ("Console", "Console.pdf"),
        ("???", "document.pdf"),
        ("", "document.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 300, "x" * 116 + ".pdf"),
        ("con." + "x" * 300, "_con." + "x" * 111 + ".pdf"),
    ],
)
def test_a_name_stays_readable_and_becomes_safe(title: str, name: str) -> None:
    assert safe_name(title, ".pdf") == name


@given(title=TITLES, suffix=SUFFIXES)
def test_no_title_makes_a_name_that_harms(title: str, suffix: str) -> None:
    name = safe_name(title, suffix)
    assert name.endswith(suffix)
    assert len(suffix) < len(name) <= LENGTH
    assert name[0] not in ".- "
    assert ".." not in name
    assert "  " not in name
    assert unicodedata.is_normalized("NFC", name)
    kinds = {unicodedata.category(letter) for letter in name if letter not in "_. "}
    assert all(kind[0] in "LMN" or kind == "Pd" for kind in kinds)


@given(title=TITLES, suffix=SUFFIXES)
def test_a_safe_name_is_not_changed_again(title: str, suffix: str) -> None:
    name = safe_name(title, suffix)
    assert safe_name(name, suffix) == name
