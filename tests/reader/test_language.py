import string

import pytest

from twinhall.reader.language import language_of, languages

TEXTS = {
    "bg": "Общината е подписала договор за сътрудничество с два града, които са от Гърция, през 2005 година.",
    "ca": (
        "El municipi està agermanat amb dues ciutats des de l'any 1991, i els "
        "alumnes fan intercanvis amb elles."
    ),
    "cs": (
        "Město podepsalo smlouvu o partnerství, která byla uzavřena v roce "
        "1991, a jejich školy se stále navštěvují."
    ),
    "da": (
        "Byen har haft venskabsbyer siden 1950, og der bliver også holdt "
        "stævner, hvor børnene kan møde hinanden."
    ),
    "de": (
        "Die Stadt hat seit 1991 eine Partnerschaft mit zwei Städten, und der "
        "Vertrag wurde nach zehn Jahren erneuert."
    ),
    "el": "Ο δήμος έχει υπογράψει πρωτόκολλο με δύο πόλεις από το 1991, και οι μαθητές τους συναντώνται.",
    "en": (
        "The town has been twinned with two others since 1991, and its schools "
        "have exchanges with them each year."
    ),
    "es": (
        "La ciudad está hermanada con otras dos desde el año 1991, y sus escuelas hacen también intercambios."
    ),
    "et": (
        "Linn on sõlminud lepingu kahe vallaga, mis on koostööd teinud aastast "
        "1991 ning kohtuvad igal aastal."
    ),
    "fi": (
        "Kaupunki on tehnyt sopimuksen kahden kunnan kanssa, ja se on ollut "
        "voimassa vuodesta 1991, kun koulut aloittivat."
    ),
    "fr": (
        "La ville est jumelée avec deux autres depuis 1991, et les élèves de "
        "ses écoles y vont pour des échanges."
    ),
    "hr": (
        "Grad je prijatelj s dva grada od 1991. godine, a suradnja je također "
        "potpisana u travnju, gdje su bili učenici."
    ),
    "hu": (
        "A város két településsel kötött megállapodást 1991-ben, és az iskolák "
        "is meglátogatják egymást, mert ez hagyomány."
    ),
    "it": (
        "La città è gemellata con altre due dal 1991, e le scuole della città "
        "sono in contatto anche per gli scambi."
    ),
    "lt": (
        "Miestas yra pasirašęs sutartį su dviem savivaldybėmis, kuri galioja nuo 1991 metų ir buvo pratęsta."
    ),
    "lv": (
        "Pilsēta ir parakstījusi līgumu ar divām pašvaldībām, kas tiek "
        "īstenots no 1991. gada, un skolas arī tiekas."
    ),
    "nl": (
        "De stad heeft sinds 1991 een band met twee gemeenten, en de scholen "
        "zijn daar ook bij met een uitwisseling."
    ),
    "no": (
        "Byen har hatt vennskapsbyer siden 1950, og det blir også holdt "
        "stevner, hvor barna kan møte noen av dem."
    ),
    "pl": (
        "Miasto podpisało umowę o współpracy z dwoma gminami, która jest ważna "
        "od 1991 roku, oraz szkoły się odwiedzają."
    ),
    "pt": (
        "A cidade está geminada com duas outras desde 1991, e as escolas do "
        "município fazem também intercâmbios."
    ),
    "ro": (
        "Orașul este înfrățit cu alte două din anul 1991, iar școlile sunt și ele în schimburi pentru elevi."
    ),
    "ru": (
        "Город подписал договор о сотрудничестве с двумя городами, и он был "
        "продлён в 2001 году, а также школы дружат."
    ),
    "sk": (
        "Mesto podpísalo zmluvu o partnerstve, ktorá bola uzavretá v roku "
        "1991, a ich školy sa tiež navštevujú."
    ),
    "sl": (
        "Občina je podpisala listino z dvema mestoma, ki je bila leta 1991 "
        "podaljšana, in šole se tudi obiskujejo."
    ),
    "sr": (
        "Град је потписао споразум са два града, који је био обновљен у мају "
        "2001. године, а школе се посећују."
    ),
    "sv": (
        "Staden har haft vänorter sedan 1950, och det blir också möten för "
        "barn från några av dem, som inte är långt bort."
    ),
    "tr": (
        "Belediye, iki şehir ile kardeş olarak protokol imzaladı ve bu yılında "
        "öğrenciler için değişim de oldu."
    ),
    "uk": (
        "Місто підписало угоду про співпрацю з двома містами, яка була "
        "подовжена, і школи також дружать між собою."
    ),
}


def test_all_languages_are_known() -> None:
    assert set(languages()) == set(TEXTS)


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize("code", TEXTS)
def test_a_page_that_says_another_language_of_itself_is_not_believed(code: str) -> None:
    other = "fr" if code != "fr" else "de"
    assert language_of(TEXTS[code] * 3, other) == code


def test_serbian_is_known_in_both_scripts() -> None:
    latin = "Grad je potpisao sporazum sa dva grada, koji je bio obnovljen u maju 2001. godine, a takođe i sa"
    assert language_of(latin) == "sr"


@pytest.mark.parametrize(("hint", "code"), [("nb-NO", "no"), ("nn", "no"), ("da", "da"), ("DA-dk", "da")])
def test_a_hint_decides_between_neighbours(hint: str, code: str) -> None:
    assert language_of("Byen og venskapsbyen har en avtale om kultur og sport for barn", hint) == code


@pytest.mark.parametrize("text", ["", "   ", "1991 – 2001", "…", "Solna Halle Viljandi Kolding"])
def test_what_tells_nothing_has_no_language(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize("code", TEXTS)
def test_words_and_letters_are_those_of_the_language(code: str) -> None:
    data = languages()[code]
    assert data["words"] == data["words"].lower()
    used = set(data["words"]) - set(string.ascii_lowercase) - {" ", "'"}
    assert used <= set(data["letters"])
