"""What sentences tell of a tie, in many languages: what was signed, has ended, rests, is yet to come."""

import pytest

from twinhall.reader.facts import Partnership
from twinhall.reader.page import page_of_text
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

OWN = {
    "bg": ("Русе", "BG"), "ca": ("Girona", "ES"), "cs": ("Kladno", "CZ"), "da": ("Randers", "DK"),
    "de": ("Marburg", "DE"), "el": ("Λάρισα", "GR"), "en": ("Exeter", "GB"), "es": ("Burgos", "ES"),
    "et": ("Viljandi", "EE"), "fi": ("Lahti", "FI"), "fr": ("Angers", "FR"), "hr": ("Osijek", "HR"),
    "hu": ("Eger", "HU"), "it": ("Ferrara", "IT"), "lt": ("Alytus", "LT"), "lv": ("Cēsis", "LV"),
    "nl": ("Zwolle", "NL"), "no": ("Hamar", "NO"), "pl": ("Opole", "PL"), "pt": ("Aveiro", "PT"),
    "ro": ("Arad", "RO"), "ru": ("Тверь", "RU"), "sk": ("Nitra", "SK"), "sl": ("Kranj", "SI"),
    "sr": ("Крагујевац", "RS"), "sv": ("Kalmar", "SE"), "tr": ("Edirne", "TR"), "uk": ("Луцьк", "UA"),
}  # fmt: skip


def told(places: Places, language: str, text: str) -> list[tuple[str, str, str, str, str]]:
    """Partner, since, until, first contact and status of each tie that a text tells."""
    subject, country = OWN[language]
    facts = read_facts(page_of_text(text, language), places=places, subject=subject, subject_country=country)
    return [
        (
            fact.b.name,
            str(fact.since or ""),
            str(fact.until or ""),
            str(fact.contact or ""),
            fact.status,
        )
        for fact in facts
        if isinstance(fact, Partnership)
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "until"),
    [
        ("bg", "Партньорството с град Грац (Австрия) беше прекратено през 2015 г.", "Graz", "2015"),
        ("cs", "Partnerství s městem Graz v Rakousku bylo ukončeno v roce 2015.", "Graz", "2015"),
        ("da", "Venskabsbysamarbejdet med Graz i Østrig ophørte i 2015.", "Graz", "2015"),
        ("de", "Die Städtepartnerschaft mit Brno (Tschechien) wurde 2015 aufgelöst.", "Brno", "2015"),
        ("el", "Η αδελφοποίηση με το Γκρατς (Αυστρία) έληξε το 2015.", "Graz", "2015"),
        ("en", "The twinning with Graz in Austria came to an end in 2015.", "Graz", "2015"),
        ("es", "El hermanamiento con Graz (Austria) quedó disuelto en 2015.", "Graz", "2015"),
        ("et", "Sõpruslinnaleping Graziga (Austria) lõpetati 2015. aastal.", "Graz", "2015"),
        ("fi", "Ystävyyskaupunkisopimus Grazin (Itävalta) kanssa päättyi vuonna 2015.", "Graz", "2015"),
        ("fr", "Le jumelage avec Graz (Autriche) a pris fin en 2015.", "Graz", "2015"),
        ("hr", "Partnerstvo s gradom Graz (Austrija) prestalo je 2015. godine.", "Graz", "2015"),
        ("hu", "A testvérvárosi szerződés Graz (Ausztria) városával 2015-ben megszűnt.", "Graz", "2015"),
        ("it", "Il gemellaggio con Graz (Austria) è stato sciolto nel 2015.", "Graz", "2015"),
        ("lt", "Partnerystės sutartis su Gracu (Austrija) nutraukta 2015 m.", "Graz", "2015"),
        ("lv", "Sadraudzības līgums ar Grācu (Austrija) tika izbeigts 2015. gadā.", "Graz", "2015"),
        ("nl", "De stedenband met Graz (Oostenrijk) is in 2015 beëindigd.", "Graz", "2015"),
        ("no", "Vennskapsavtalen med Graz i Østerrike ble sagt opp i 2015.", "Graz", "2015"),
        ("pl", "Umowa partnerska z miastem Graz (Austria) wygasła w 2015 roku.", "Graz", "2015"),
        ("pt", "A geminação com Graz (Áustria) cessou em 2015.", "Graz", "2015"),
        ("ro", "Acordul de înfrățire cu orașul Graz (Austria) a încetat în 2015.", "Graz", "2015"),
        ("ru", "Побратимские связи с городом Грац (Австрия) прекращены в 2015 году.", "Graz", "2015"),
        ("sk", "Partnerstvo s mestom Graz v Rakúsku zaniklo v roku 2015.", "Graz", "2015"),
        ("sl", "Pobratenje z mestom Gradec (Avstrija) je prenehalo leta 2015.", "Graz", "2015"),
        ("sr", "Споразум о братимљењу са градом Грац (Аустрија) раскинут је 2015. године.", "Graz", "2015"),
        ("sv", "Vänortsavtalet med Graz i Österrike sades upp 2015.", "Graz", "2015"),
        ("tr", "Avusturya'nın Graz kenti ile kardeş şehir protokolü 2015'te feshedildi.", "Graz", "2015"),
        ("uk", "Угоду про побратимство з містом Грац (Австрія) розірвано у 2015 році.", "Graz", "2015"),
    ],
)  # fmt: skip
def test_what_has_ended(places: Places, language: str, text: str, name: str, until: str) -> None:
    found = told(places, language, text)
    assert [(each[0], each[2], each[4]) for each in found] == [(name, until, "ended")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("bg", "Предстои подписването на споразумение за побратимяване с град Грац (Австрия).", "Graz"),
        ("ca", "L'any vinent se signarà l'agermanament amb Graz (Àustria).", "Graz"),
        ("cs", "Město připravuje partnerskou smlouvu s městem Graz v Rakousku.", "Graz"),
        ("da", "En venskabsbyaftale med Graz i Østrig ventes underskrevet til foråret.", "Graz"),
        ("de", "Der Gemeinderat beschloss die Städtepartnerschaft mit Brno (Tschechien).", "Brno"),
        ("el", "Το δημοτικό συμβούλιο ενέκρινε την αδελφοποίηση με το Γκρατς (Αυστρία).", "Graz"),
        ("en", "The council voted to twin with Graz in Austria; the charter is being drafted.", "Graz"),
        ("es", "Está pendiente la firma del hermanamiento con Graz (Austria).", "Graz"),
        ("et", "Sõpruslinnaleping Graziga (Austria) on kavas allkirjastada kevadel.", "Graz"),
        ("fi", "Ystävyyskaupunkisopimus Grazin (Itävalta) kanssa on tarkoitus allekirjoittaa.", "Graz"),
        ("fr", "Le conseil municipal a approuvé le jumelage avec Graz (Autriche).", "Graz"),
        ("hr", "U pripremi je sporazum o partnerstvu s gradom Graz (Austrija).", "Graz"),
        ("hu", "A testvérvárosi szerződés aláírása Graz (Ausztria) városával tavasszal várható.", "Graz"),
        ("it", "È in corso di definizione il gemellaggio con Graz (Austria).", "Graz"),
        ("lt", "Ketinama pasirašyti partnerystės sutartį su Gracu (Austrija).", "Graz"),
        ("lv", "Plānots parakstīt sadraudzības līgumu ar Grācu (Austrija).", "Graz"),
        ("nl", "De stedenband met Graz (Oostenrijk) is in voorbereiding.", "Graz"),
        ("no", "Kommunestyret vedtok å inngå vennskapsavtale med Graz i Østerrike.", "Graz"),
        ("pl", "Rada podjęła uchwałę o nawiązaniu partnerstwa z miastem Graz (Austria).", "Graz"),
        ("pt", "Aguarda-se a assinatura do protocolo de geminação com Graz (Áustria).", "Graz"),
        ("ro", "Consiliul local a aprobat înfrățirea cu orașul Graz (Austria).", "Graz"),
        ("ru", "Планируется подписание соглашения о побратимстве с городом Грац (Австрия).", "Graz"),
        ("sk", "Mestské zastupiteľstvo schválilo partnerstvo s mestom Graz v Rakúsku.", "Graz"),
        ("sl", "V pripravi je listina o pobratenju z mestom Gradec (Avstrija).", "Graz"),
        ("sr", "Ускоро ће бити потписан споразум о братимљењу са градом Грац (Аустрија).", "Graz"),
        ("sv", "Ett vänortsavtal med Graz i Österrike väntas bli undertecknat i vår.", "Graz"),
        ("tr", "Avusturya'nın Graz şehri ile kardeş şehir protokolü imzalanması planlanıyor.", "Graz"),
        ("uk", "Планується підписання угоди про побратимство з містом Грац (Австрія).", "Graz"),
    ],
)  # fmt: skip
def test_what_is_decided_or_planned_is_not_yet(places: Places, language: str, text: str, name: str) -> None:
    found = told(places, language, text)
    assert [(each[0], each[1], each[4]) for each in found] == [(name, "", "planned")]


@pytest.mark.parametrize(
    ("language", "text", "name", "status"),
    [
        ("cs", "Partnerství s městem Graz v Rakousku bylo v roce 2022 pozastaveno.", "Graz", "suspended"),
        ("da", "Venskabet med venskabsbyen Graz i Østrig ligger i dvale.", "Graz", "inactive"),
        ("de", "Die Partnerschaft mit Brno (Tschechien) ruht seit 2011.", "Brno", "inactive"),
        ("en", "The twinning with Graz in Austria was put on hold in 2022.", "Graz", "suspended"),
        ("es", "El hermanamiento con Graz (Austria) está suspendido desde 2022.", "Graz", "suspended"),
        ("et", "Sõpruslinnasuhted Graziga (Austria) on peatatud.", "Graz", "suspended"),
        ("fi", "Ystävyyskaupunkitoiminta Grazin (Itävalta) kanssa on jäissä.", "Graz", "suspended"),
        ("fr", "Le jumelage avec Graz (Autriche) est en sommeil.", "Graz", "inactive"),
        ("hu", "A testvérvárosi kapcsolat Graz (Ausztria) városával 2022 óta szünetel.", "Graz", "suspended"),
        ("it", "Il gemellaggio con Graz (Austria) è sospeso dal 2022.", "Graz", "suspended"),
        ("lt", "Partnerystė su Gracu (Austrija) sustabdyta 2022 m.", "Graz", "suspended"),
        ("lv", "Sadraudzība ar Grācu (Austrija) ir apturēta.", "Graz", "suspended"),
        ("nl", "De stedenband met Graz (Oostenrijk) is opgeschort.", "Graz", "suspended"),
        ("no", "Vennskapsavtalen med Graz i Østerrike er satt på pause.", "Graz", "suspended"),
        ("pl", "Współpraca z miastem partnerskim Graz (Austria) jest zawieszona.", "Graz", "suspended"),
        ("pt", "A geminação com Graz (Áustria) está inativa.", "Graz", "inactive"),
        ("ro", "Înfrățirea cu orașul Graz (Austria) este suspendată.", "Graz", "suspended"),
        ("ru", "Побратимские связи с городом Грац (Австрия) приостановлены.", "Graz", "suspended"),
        ("sk", "Partnerstvo s mestom Graz v Rakúsku je pozastavené.", "Graz", "suspended"),
        ("sl", "Pobratenje z mestom Gradec (Avstrija) miruje.", "Graz", "inactive"),
        ("sr", "Братимљење са градом Грац (Аустрија) је у мировању.", "Graz", "inactive"),
        ("sv", "Vänortsavtalet med Graz i Österrike är vilande.", "Graz", "inactive"),
        ("tr", "Avusturya'nın Graz şehri ile kardeş şehir ilişkisi askıya alındı.", "Graz", "suspended"),
        ("uk", "Побратимські зв'язки з містом Грац (Австрія) призупинено.", "Graz", "suspended"),
    ],
)  # fmt: skip
def test_what_rests_has_neither_begun_nor_ended_then(
    places: Places, language: str, text: str, name: str, status: str
) -> None:
    (found,) = told(places, language, text)
    assert (found[0], found[1], found[4]) == (name, "", status)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", ("Erste Kontakte mit Brno (Tschechien) gab es 1987, die Partnerschaft wurde am 3. Mai 1991 "
         "unterzeichnet."), ("Brno", "1991-05-03", "", "1987", "")),
        ("en", "First contacts with Graz in Austria date from 1974; the twinning was signed on 3 May 1979.",
         ("Graz", "1979-05-03", "", "1974", "")),
        ("fr", "Le jumelage avec Graz (Autriche) fut signé en 1979, après une première rencontre en 1974.",
         ("Graz", "1979", "", "1974", "")),
        ("pl", ("Umowę partnerską z miastem Graz (Austria) podpisano 3 maja 1979 r. Pierwsze kontakty "
         "nawiązano w 1974 r."), ("Graz", "1979-05-03", "", "1974", "")),
        ("en", "The twinning with Graz in Austria was signed in 1979. The council decided in 2014 to end it.",
         ("Graz", "1979", "2014", "", "ended")),
        ("it", ("Il gemellaggio con Graz (Austria) fu firmato nel 1979. Nel 2004 ne è stato festeggiato il "
         "venticinquesimo anniversario."), ("Graz", "1979", "", "", "")),
        ("es", "El hermanamiento con Graz (Austria) se firmó en 1979 y fue renovado en 2009.",
         ("Graz", "1979", "", "", "")),
        ("sv", "Vänortsavtalet med Graz i Österrike skrevs under 1979 och löpte ut 2009.",
         ("Graz", "1979", "2009", "", "ended")),
        ("ru", ("Соглашение о побратимстве с городом Грац (Австрия), подписанное в 1979 году, расторгнуто "
         "в 2009 году."), ("Graz", "1979", "2009", "", "ended")),
        ("cs", ("Partnerská smlouva s městem Graz v Rakousku byla podepsána v roce 1979 a je zaměřena na "
         "kulturu."), ("Graz", "1979", "", "", "")),
        ("pt", "A geminação com Graz (Áustria), assinada em 1979, pretende promover a cultura.",
         ("Graz", "1979", "", "", "")),
        ("no", "Vennskapsavtalen med Graz i Østerrike ble inngått i 1979 for å fremme kultur.",
         ("Graz", "1979", "", "", "")),
        ("el", "Η αδελφοποίηση με το Γκρατς (Αυστρία) υπογράφηκε το 1979 και διακόπηκε το 2009.",
         ("Graz", "1979", "2009", "", "ended")),
    ],
)  # fmt: skip
def test_each_date_is_of_its_act(
    places: Places, language: str, text: str, expected: tuple[str, str, str, str, str]
) -> None:
    assert told(places, language, text) == [expected]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Sadraudzības pilsētas\n\nBrno, Čehija, 1995\n\nKopš tā laika mūsu sadarbība bijusi cieša.\n", ""),
        ("Sadraudzības pilsētas\n\nBrno, Čehija – bijušais sadarbības partneris\n", "ended"),
    ],
)
def test_what_has_been_close_is_not_former(places: Places, text: str, status: str) -> None:
    """In Latvian one letter parts “has been” from “former”, which folding drops."""
    ((_name, _since, _until, _contact, found),) = told(places, "lv", text)
    assert found == status
