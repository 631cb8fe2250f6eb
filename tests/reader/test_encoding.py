import codecs

import pytest

from twinhall.reader.encoding import declared_in, decoded
from twinhall.reader.unreadable import Reason, UnreadableError

TEXTS = {
    "cp1250": (
        "Město podepsalo smlouvu o partnerství již v roce 1991 a spolupracuje "
        "také s dalšími obcemi, které leží u řeky."
    ),
    "iso8859-2": (
        "Miasto podpisało umowę o współpracy z miastem Żywiec oraz z gminą, "
        "która leży na Śląsku, już w roku 1998."
    ),
    "cp1251": (
        "Город подписал договор о сотрудничестве с городами-побратимами, и они встречаются каждый год в мае."
    ),
    "koi8-r": (
        "Город подписал договор о сотрудничестве с городами-побратимами, и они встречаются каждый год в мае."
    ),
    "cp1252": (
        "Die Stadt hat für die Städtepartnerschaft mit Västerås und Mosbæk eine Urkunde über Jahre geführt."
    ),
    "cp1253": (
        "Ο δήμος υπέγραψε το πρωτόκολλο της αδελφοποίησης με την πόλη της "
        "Νάουσας και είναι μέλος του δικτύου."
    ),
    "cp1254": (
        "Belediyemiz ile kardeş şehir olan ilçe arasında imzalanan protokol "
        "için tören düzenlendi ve ağırlandı."
    ),
    "cp1257": (
        "Pilsēta ir parakstījusi sadarbības līgumu ar vairākām pašvaldībām, un tā tiek īstenota no šā gada."
    ),
}
DECLARED = ("", "iso-8859-1", "utf-8", "us-ascii", "no-such-encoding", "base64")


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("encoding", TEXTS)
def test_what_is_declared_wrongly_is_seen(encoding: str, declared: str) -> None:
    assert decoded(TEXTS[encoding].encode(encoding), declared=declared) == TEXTS[encoding]


@pytest.mark.parametrize("encoding", TEXTS)
def test_what_is_declared_rightly_is_kept(encoding: str) -> None:
    assert decoded(TEXTS[encoding].encode(encoding), declared=encoding) == TEXTS[encoding]


@pytest.mark.parametrize("declared", ["windows-1251", "iso-8859-2", ""])
@pytest.mark.parametrize("text", TEXTS.values())
def test_utf_8_is_known_whatever_is_declared(text: str, declared: str) -> None:
    assert decoded(text.encode(), declared=declared) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decoded("Žywiec".encode(encoding), declared="cp1252") == "Žywiec"


def test_a_few_broken_places_do_not_make_it_another_encoding() -> None:
    data = ("Põhja linn ja Lõuna vald. " * 20).encode() + b"\xe4 end"
    assert decoded(data, declared="iso-8859-1").endswith("Lõuna vald. \ufffd end")


def test_names_of_other_languages_do_not_mislead() -> None:
    text = (
        "The city of Kraków and the city of Győr have been partners of Tromsø since 1991, and of São Paulo."
    )
    data = text.encode("cp1252", "replace")
    assert decoded(data) == text.replace("ő", "?")


def test_a_text_that_fits_nothing_is_refused() -> None:
    data = bytes(0x81 + number * 7 % 31 for number in range(500))
    with pytest.raises(UnreadableError) as refusal:
        decoded(data)
    assert refusal.value.reason is Reason.ENCODING


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<meta charset="windows-1257">', "windows-1257"),
        (b'<META http-equiv=Content-Type content="text/html; Charset = ISO-8859-2">', "ISO-8859-2"),
        (b'<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        (b"<p>" + b" " * 5000 + b"<meta charset=x-late>", ""),
        (b"charset" * 2000, ""),
        (codecs.BOM_UTF8, ""),
    ],
)
def test_declarations_are_found(data: bytes, said: str) -> None:
    assert declared_in(data) == said
