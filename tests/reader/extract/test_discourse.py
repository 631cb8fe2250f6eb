"""Ties told in another sentence than their towns: "A choir came from A. Both towns have been twins since"."""

import pytest

from twinhall.reader.facts import Partnership
from twinhall.reader.places import Places

from .asked import facts_of

OWN = {
    "bg": ("Ловеч", "BG"), "cs": ("Trutnov", "CZ"), "da": ("Nyborg", "DK"), "de": ("Waldkirch", "DE"),
    "el": ("Βέροια", "GR"), "en": ("Oundle", "GB"), "es": ("Tudela", "ES"), "fr": ("Bayeux", "FR"),
    "hu": ("Gyula", "HU"), "it": ("Asolo", "IT"), "lt": ("Utena", "LT"), "lv": ("Cēsis", "LV"),
    "nl": ("Wageningen", "NL"), "pl": ("Kluczbork", "PL"), "ro": ("Baia Mare", "RO"), "ru": ("Выборг", "RU"),
    "sl": ("Ormož", "SI"), "sv": ("Mjölby", "SE"), "tr": ("Bergama", "TR"), "uk": ("Ковель", "UA"),
}  # fmt: skip


def told(places: Places, language: str, text: str) -> list[tuple[str, str, str, str, str, str]]:
    """Of each tie its partner, country, beginning, end, first contact and status."""
    facts = facts_of(places, language, OWN[language], text)

    def said(date: object) -> str:
        return str(date or "")

    return [
        (each.b.name, each.country, said(each.since), said(each.until), said(each.contact), each.status)
        for each in facts
        if isinstance(each, Partnership)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 1974 a bus from Graz stopped here. Nobody spoke German. We have been twinned since 1979."),
        ("es", "De Graz vinieron en 1974 unos músicos. Con esta ciudad firmamos en 1979 un hermanamiento."),
        ("fr", "En 1974, une chorale de Graz chantait ici. Depuis 1979, les deux villes sont jumelées."),
        ("it", "Nel 1974 un coro di Graz cantò qui. Con la cittadina austriaca siamo gemellati dal 1979."),
        ("nl", "In 1974 zong hier een koor uit Graz. Met de Oostenrijkse stad is sinds 1979 een jumelage."),
        ("da", "I 1974 kom et kor fra Graz på besøg. Siden 1979 har de to byer været venskabsbyer."),
        ("sv", "1974 kom en kör från Graz på besök. Vänortsavtalet undertecknades 1979."),
        ("lv", "1974. gadā dziedāja koris no Grācas. Sadraudzības līgumu abas pilsētas slēdza 1979. gadā."),
        ("lt", "1974 m. dainavo choras iš Graco. Bendradarbiavimo sutartį abu miestai pasirašė 1979 m."),
        ("pl", "W 1974 roku śpiewał tu chór z Grazu. Umowę partnerską z tym miastem podpisano w 1979 roku."),
        ("cs", "V roce 1974 tu zpíval sbor z Grazu. S rakouským městem jsme partnery od roku 1979."),
        ("bg", "През 1974 г. при нас пя хор от Грац. Договорът за побратимяване е подписан през 1979 г."),
        ("ro", "În 1974 a cântat la noi un cor din Graz. Cele două orașe sunt înfrățite din 1979."),
        ("el", "Το 1974 τραγούδησε εδώ μια χορωδία από το Γκρατς. Οι δύο πόλεις αδελφοποιήθηκαν το 1979."),
        ("tr", "1974'te Avusturya'nın Graz kentinden bir koro geldi. İki kent 1979'da kardeş şehir oldu."),
        ("ru", "В 1974 году пел хор из Граца. Договор о побратимстве с этим городом подписан в 1979 году."),
        ("uk", "У 1974 році в нас співав хор із Граца. Наші міста побратими з 1979 року."),
    ],
)  # fmt: skip
def test_a_tie_is_of_the_town_abroad_named_before(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "AT", "1979", "", "1974", "")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The band played in Graz in 2019. Our partner towns took part in the fair in June 2020."),
        ("de", "Die Feuerwehr reiste 2019 nach Graz. Der Partnerschaftsverein besteht seit 1990."),
        ("es", "En 2019 la banda tocó en Graz. El convenio con la Diputación se firmó en 2020."),
        ("hu", "2019-ben a zenekar Bécsben járt. A testvérvárosi bizottság 1990 óta működik."),
        ("it", "Nel 2019 la banda ha suonato a Graz. Il comitato gemellaggi è nato nel 1990."),
        ("pl", "Uczniowie zwiedzili Wiedeń. Nasze miasta partnerskie zaproszono na festyn w 2020 roku."),
        ("ru", "В 2019 году оркестр играл в Вене. Договор о ремонте моста подписан в 2020 году."),
        ("tr", "2019'da bandomuz Viyana'da çaldı. Kardeş şehirler komisyonu 1990'da kuruldu."),
        ("en", "Our neighbour Corby sent a bus to Graz in 1974. The twinning was signed in 1990."),
    ],
)
def test_a_society_other_treaties_and_all_twins_are_no_tie_of_it(
    places: Places, language: str, text: str
) -> None:
    assert told(places, language, text) == []


def test_the_country_that_a_sentence_says_chooses_among_towns(places: Places) -> None:
    text = "Choirs from Graz and Brno sang here in 1974. With the Czech town we have been twinned since 1979."
    assert told(places, "en", text) == [("Brno", "CZ", "1979", "", "1974", "")]


def test_a_country_that_does_not_fit_tells_of_another_town(places: Places) -> None:
    text = "A choir from Graz (Austria) sang in 1974. With the Polish town we have been twinned since 1979."
    assert told(places, "en", text) == []


def test_a_rest_is_told_of_the_town_before(places: Places) -> None:
    text = "Still ist es um Graz in Österreich. Der Vertrag von 1989 gilt, doch die Partnerschaft ruht."
    assert told(places, "de", text) == [("Graz", "AT", "1989", "", "", "inactive")]


def test_a_sentence_goes_on_about_a_town_after_a_colon(places: Places) -> None:
    text = "Il y eut un ami à Graz : la ville autrichienne est notre jumelle depuis 1979."
    assert told(places, "fr", text) == [("Graz", "AT", "1979", "", "", "")]


def test_a_year_alone_dates_what_follows_and_both_towns_reach_the_paragraph_before(places: Places) -> None:
    text = (
        "Rok 1990. Do Kluczborka przyjeżdża grupa mieszkańców Grazu.\n\n"
        "Rok 2001. W dniu 28 kwietnia burmistrzowie obu miast podpisują umowę partnerską.\n\n"
        "Rok 2009. W lipcu podpisano umowę partnerską z czeskim miastem Brno.\n"
    )
    assert told(places, "pl", text) == [
        ("Graz", "AT", "2001-04-28", "", "1990", ""),
        ("Brno", "CZ", "2009-07", "", "", ""),
    ]


def test_a_pact_and_the_twinning_that_is_planned_are_two(places: Places) -> None:
    text = (
        "Diverso il caso di Graz. Con la cittadina austriaca è in vigore dal 2019 un patto di amicizia; "
        "il gemellaggio sarà firmato nel 2026."
    )
    assert {(each[0], each[2], each[5]) for each in told(places, "it", text)} == {
        ("Graz", "2019", ""),
        ("Graz", "", "planned"),
    }
