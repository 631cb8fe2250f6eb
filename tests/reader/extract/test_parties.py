"""Who the parties of a sentence are, in many languages: no words, persons, schools, streets or continents."""

import pytest

from twinhall.reader.extract.parties import parties_in
from twinhall.reader.places import Places

from .asked import on_page


def parties(places: Places, language: str, whose: tuple[str, str], sentence: str) -> list[tuple[str, str]]:
    """The names and printed countries of the parties of one sentence, without the subject."""
    scene, subject = on_page(places, language, whose, sentence)
    found = parties_in(scene, subject, (0, len(scene.text)))
    return [(party.named.name, party.country) for party in found if party.named is not subject.named]


@pytest.mark.parametrize(
    ("language", "whose", "sentence", "expected"),
    [
        ("en", ("Ludlow", "GB"), "In 1997 a charter was signed with San Pietro in Cariano (Italy).",
         [("San Pietro in Cariano", "IT")]),
        ("de", ("Eutin", "DE"), "Mit der amerikanischen Stadt Lawrence in Kansas besteht ein Vertrag.",
         [("Lawrence", "US")]),
        ("fr", ("Angers", "FR"), "Un pacte d'amitié unit Angers à Kanazawa (Japon).", [("Kanazawa", "JP")]),
        ("es", ("Burgos", "ES"), "Con Chefchauen existe un hermanamiento desde 1994.", [("Chefchaouen", "")]),
        ("hu", ("Eger", "HU"), "Szlovákiából Érsekújvár, Romániából Székelyudvarhely a testvérvárosunk.",
         [("Nové Zámky", "SK"), ("Odorheiu Secuiesc", "RO")]),
        ("fi", ("Iisalmi", "FI"), "Unkarin Kiskunhalasin kanssa ystävyyssopimus solmittiin 1990.",
         [("Kiskunhalas", "HU")]),
        ("tr", ("Edirne", "TR"), "Almanya'nın Teublitz kenti ile protokol imzalandı.", [("Teublitz", "DE")]),
        ("ru", ("Тверь", "RU"), "Побратимские отношения с польским Гостынином приостановлены.",
         [("Gostynin", "PL")]),
        ("bg", ("Русе", "BG"), "Подписано е споразумение за побратимяване с полския град Гнезно.",
         [("Gniezno", "PL")]),
        ("el", ("Λάρισα", "GR"), "Υπογράφηκε πρωτόκολλο αδελφοποίησης με την πόλη Στρούμιτσα.",
         [("Strumica", "")]),
    ],
)  # fmt: skip
def test_parties_of_a_tie(
    places: Places, language: str, whose: tuple[str, str], sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert parties(places, language, whose, sentence) == expected


@pytest.mark.parametrize(
    ("language", "whose", "sentence"),
    [
        ("de", ("Eutin", "DE"), "Der Verein für Städtepartnerschaften pflegt Kontakte in fünf Länder."),
        ("de", ("Eutin", "DE"), "Familien, Chöre und Vereine füllen die Partnerschaft mit Leben."),
        ("de", ("Eutin", "DE"), "Das Gymnasium unterhält eine Partnerschaft mit einem Lyzeum in Krakau."),
        ("en", ("Ludlow", "GB"), "The hospital has long been twinned with a clinic in Lusaka."),
        ("en", ("Ludlow", "GB"), "Our twinning group meets in Berlin Street."),
        ("es", ("Burgos", "ES"), "El concejo, capital del Reino, mantiene lazos de hermandad:"),
        ("it", ("Bra", "IT"), "La scuola media è gemellata con una scuola di Monaco."),
        ("pl", ("Opole", "PL"), "Burmistrz Jerzy Kulak podpisał umowę partnerską."),
        ("da", ("Randers", "DK"), "Uden for Norden har kommunen ingen venskabsbyer."),
        ("ca", ("Vic", "ES"), "A Europa i Àfrica tenim agermanaments."),
        ("tr", ("Edirne", "TR"), "Belediye Meclisimizin kararıyla kardeş şehir olunmuştur."),
        ("nl", ("Zwolle", "NL"), "Wethouder De Vries vraagt of er in Oekraïne een zusterstad te vinden is."),
    ],
)  # fmt: skip
def test_what_is_no_party(places: Places, language: str, whose: tuple[str, str], sentence: str) -> None:
    assert parties(places, language, whose, sentence) == []


def test_a_list_goes_on_only_after_a_party(places: Places) -> None:
    sentence = "Ungdomar från Krylbo och Horndal fick vänner i vänorten Gevelsberg i Tyskland."
    assert parties(places, "sv", ("Avesta", "SE"), sentence) == [("Gevelsberg", "DE")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("bg", "Побратимените градове проведоха срещата „Улично движение и безопасност“."),
        ("ru", "Города-побратимы провели фестиваль «Мирное небо над нами»."),
        ("sr", "Gradovi pobratimi završili su projekat „Otvoreni gradovi bez granica“."),
        ("pl", "Turyści ze Słowacji odwiedzili miasto partnerskie."),
        ("hu", "Bányászok Szlovákiából érkeztek a testvérvárosba."),
        ("tr", "Belediye Meclisi kardeş şehir protokolünü kabul etti."),
        ("et", "Samal päeval tähistati sõpruslinnade sõprust."),
    ],
)
def test_a_first_word_is_no_party(places: Places, language: str, sentence: str) -> None:
    assert parties(places, language, ("Tartu", "EE"), sentence) == []


def test_a_name_in_quotation_marks_may_be_one(places: Places) -> None:
    sentence = "Побратимен град е „Грац“ в Австрия."
    assert parties(places, "bg", ("Русе", "BG"), sentence) == [("Graz", "AT")]


def test_a_town_abroad_that_is_beyond_doubt_needs_no_word_before_it(places: Places) -> None:
    sentence = "Siden 2009 har der ikke været kontakt til Dalvík, der blev venskabsby i 1978."
    assert parties(places, "da", ("Randers", "DK"), sentence) == [("Dalvík", "")]
    assert parties(places, "da", ("Randers", "DK"), "Siden 2009 har der ikke været kontakt til Dalvík.") == []


def test_an_article_is_nobodys_name(places: Places) -> None:
    text = "Die Stadt Lippstadt\n\nDie Stadt Lippstadt ist stolz. Die Stadt lädt ein.\n"
    _, subject = on_page(places, "de", ("", "DE"), text)
    assert subject.named.name == "Lippstadt"
