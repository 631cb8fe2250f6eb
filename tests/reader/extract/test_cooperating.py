"""Ties told by more or by less than a word for twinning: who cooperates since when, who is no partner."""

import pytest

from twinhall.reader.places import Places

from .test_telling import told


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("lv", "Ar Grācu Austrijā Cēsis sadarbojas kopš 1998. gada.", "Graz"),
        ("pl", "Od 1998 roku miasto współpracuje z austriackim Graz.", "Graz"),
        ("ru", "С 1998 года город дружит с австрийским городом Грац.", "Graz"),
        ("sl", "Z angleškim Oldhamom mesto prijateljuje od leta 1998.", "Oldham"),
        ("de", "Mit der Stadt Brno (Tschechien) kooperiert Marburg seit 1998.", "Brno"),
    ],
)
def test_two_towns_that_cooperate_since_a_year_are_partners(
    places: Places, language: str, text: str, name: str
) -> None:
    assert [(each[0], each[1]) for each in told(places, language, text)] == [(name, "1998")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hr", "Klub surađuje od 2003. s klubom iz Beča (Austrija)."),
        ("sv", "Kommunen samarbetar sedan 2004 med Malmö om vatten."),
        ("fi", "Satama on tehnyt yhteistyötä Tallinnan (Viro) sataman kanssa vuodesta 1995."),
        ("de", "Der Landkreis arbeitet seit 2005 mit der Stadt Bremen im Nahverkehr zusammen."),
        ("en", "The university has cooperated with Vienna and Prague since 1998 in research on soil."),
        ("hr", "Vijeće je prihvatilo ugovor o suradnji sa Splitom o otpadu."),
    ],
)
def test_clubs_ports_and_towns_at_home_that_cooperate_are_none(
    places: Places, language: str, text: str
) -> None:
    assert told(places, language, text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Il sindaco è stato autorizzato a firmare il gemellaggio con Graz, in Austria."),
        ("ru", "Депутаты одобрили проект соглашения о сотрудничестве с австрийским городом Грац."),
        ("sv", "Fullmäktige sade ja till ett vänortsavtal med Graz i Österrike, som undertecknas i höst."),
        ("de", "Der Rat sprach sich dafür aus, mit Graz (Österreich) eine Partnerschaft einzugehen."),
        ("lt", "Meras įgaliotas pasirašyti partnerystės sutartį su Gracu (Austrija)."),
    ],
)
def test_whoever_may_sign_has_not_signed_yet(places: Places, language: str, text: str) -> None:
    assert [(each[0], each[1], each[4]) for each in told(places, language, text)] == [("Graz", "", "planned")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sk", "S rakúskym mestom Graz nás od roku 1979 spája partnerstvo, od roku 2011 však stagnuje."),
        ("es", "Con Graz (Austria), hermanada desde 1979, no hay actividad desde 2011."),
        (
            "tr",
            "Avusturya'nın Graz kenti ile 1979'dan beri kardeş şehiriz, 2011'den beri temas kesildi.",
        ),
        (
            "de",
            "Mit Brno verbindet uns seit 1979 eine Partnerschaft, seit 2011 herrscht Funkstille.",
        ),
    ],
)
def test_since_when_it_rests_is_when_it_lived_last(places: Places, language: str, text: str) -> None:
    (found,) = told(places, language, text)
    assert (found[1], found[2], found[4]) == ("1979", "2011", "inactive")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "Com Graz (Áustria) existiu uma geminação de 1979 a 2001."),
        ("es", "Existió un hermanamiento con Graz (Austria) de 1979 a 2001."),
        ("en", "A twinning with Graz (Austria) existed from 1979 to 2001."),
        ("fi", "Ystävyyskaupunkisopimus Grazin (Itävalta) kanssa solmittiin 1979 ja purettiin 2001."),
        ("et", "Koostööleping Graziga (Austria) kehtis 1979. aastast kuni 2001. aastani."),
    ],
)
def test_from_one_year_to_another(places: Places, language: str, text: str) -> None:
    (found,) = told(places, language, text)
    assert (found[1], found[2], found[4]) == ("1979", "2001", "ended")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "A mais antiga cidade geminada é Graz (Áustria), desde 1979."),
        ("es", "La más antigua ciudad hermana es Graz (Austria), desde 1979."),
        ("lt", "Anksčiau pasirašyta partnerystės sutartis su Gracu (Austrija) galioja nuo 1979 m."),
        ("ca", "Amb Graz (Àustria) hi ha un agermanament des del 1979."),
        ("sk", "Zmluva o partnerstve s mestom Graz v Rakúsku siaha do roku 1979."),
    ],
)
def test_what_sounds_like_an_end_or_a_month_is_none(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979", "", "", "")]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ro", "Cel mai vechi oraș înfrățit este Landshut din Germania, din 1979.", "Landshut"),
        ("hr", "Grad je pobratimljen s njemačkim gradom Selbom od 1979.", "Selb"),
        ("de", "Eine Partnerschaft mit Stadthagen besteht seit 1979.", "Stadthagen"),
        ("tr", "Bulgaristan'ın Kazanlak kenti ile 1979'dan beri kardeş şehiriz.", "Kazanlak"),
        ("sk", "Mesto má partnerskú zmluvu s talianskym mestom Mestre od roku 1979.", "Mestre"),
    ],
)
def test_a_name_that_begins_as_a_word_for_a_town_is_one(
    places: Places, language: str, text: str, name: str
) -> None:
    assert [(each[0], each[1]) for each in told(places, language, text)] == [(name, "1979")]
