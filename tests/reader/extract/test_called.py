"""Partners that only what follows their name tells; whose tie it is where a neighbour or a county has it."""

import pytest

from twinhall.reader.facts import Partnership
from twinhall.reader.places import Places

from .asked import facts_of
from .test_telling import OWN, told


def ties(places: Places, language: str, whose: tuple[str, str], text: str) -> list[tuple[str, str, str]]:
    """Who has a tie with whom, and of what kind."""
    facts = [each for each in facts_of(places, language, whose, text) if isinstance(each, Partnership)]
    return [(fact.a.name, fact.b.name, fact.kind) for fact in facts]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("bg", "Грац е най-старият ни побратимен град, от 1979 г."),
        ("ca", "Graz és la nostra ciutat agermanada més antiga, des del 1979."),
        ("cs", "Graz je naším nejstarším partnerským městem od roku 1979."),
        ("da", "Graz er vores ældste venskabsby, siden 1979."),
        ("de", "Graz ist seit 1979 unsere Partnerstadt."),
        ("en", "Graz has been our twin town since 1979."),
        ("es", "Graz es nuestra ciudad hermanada más antigua, desde 1979."),
        ("et", "Graz on meie vanim sõpruslinn, alates 1979. aastast."),
        ("fi", "Graz on ollut ystävyyskaupunkimme vuodesta 1979."),
        ("fr", "Graz est notre ville jumelle depuis 1979."),
        ("hr", "Graz je naš najstariji grad prijatelj, od 1979."),
        ("hu", "Graz a legrégebbi testvérvárosunk, 1979 óta."),
        ("it", "Graz è la nostra città gemella più antica, dal 1979."),
        ("lt", "Gracas yra seniausias mūsų miestas partneris nuo 1979 metų."),
        ("lv", "Grāca ir mūsu vecākā sadraudzības pilsēta kopš 1979. gada."),
        ("nl", "Graz is onze oudste partnerstad, sinds 1979."),
        ("pl", "Graz jest naszym najstarszym miastem partnerskim, od 1979 roku."),
        ("pt", "Graz é a nossa cidade geminada mais antiga, desde 1979."),
        ("ro", "Graz este cel mai vechi oraș înfrățit al nostru, din 1979."),
        ("ru", "Грац — наш самый старый город-побратим, с 1979 года."),
        ("sl", "Graz je naše najstarejše pobrateno mesto, od leta 1979."),
        ("sr", "Грац је наш најстарији град побратим, од 1979. године."),
        ("sv", "Graz är vår äldsta vänort, sedan 1979."),
        ("tr", "Graz, 1979 yılından beri kardeş şehrimizdir."),
        ("uk", "Грац — наше найдавніше місто-побратим, з 1979 року."),
    ],
)
def test_a_sentence_may_begin_with_the_partner(places: Places, language: str, text: str) -> None:
    assert [each[:2] for each in told(places, language, text)] == [("Graz", "1979")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Konin, Graz and Solna are our twin towns."),
        ("de", "Konin, Graz und Solna sind unsere Partnerstädte."),
        ("fi", "Konin, Graz ja Solna ovat ystävyyskaupunkejamme."),
        ("ro", "Konin, Graz și Solna sunt orașele noastre înfrățite."),
    ],
)
def test_the_first_of_a_list_begins_the_sentence(places: Places, language: str, text: str) -> None:
    assert [each[0] for each in told(places, language, text)] == ["Konin", "Graz", "Solna"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In March a choir came from Graz, with which Exeter has been twinned since 7 June 2007."),
        ("de", "Gäste kamen aus Graz, mit dem uns seit dem 7. Juni 2007 eine Partnerschaft verbindet."),
        ("fr", "Un groupe est venu de Graz, avec laquelle Angers est jumelée depuis le 7 juin 2007."),
        ("it", "A marzo è arrivato un gruppo da Graz, con cui Ferrara è gemellata dal 7 giugno 2007."),
        ("hr", "Stigli su gosti iz Graza, s kojim Osijek od 7. lipnja 2007. veže povelja o prijateljstvu."),
        ("cs", "V březnu přijeli hosté z Grazu, se kterým má Kladno od 7. června 2007 partnerskou smlouvu."),
        ("bg", "През март дойдоха гости от Грац, с който Русе е побратимен от 7 юни 2007 г."),
        ("sv", "I mars kom gäster från Graz, som Kalmar är vänort med sedan 7 juni 2007."),
        ("hu", "Vendégek jöttek Grazból, amellyel Eger 2007. június 7. óta testvérvárosi kapcsolatban áll."),
    ],
)  # fmt: skip
def test_a_relative_clause_tells_the_tie(places: Places, language: str, text: str) -> None:
    assert [each[:2] for each in told(places, language, text)] == [("Graz", "2007-06-07")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Gäste aus Graz, unserer österreichischen Partnerstadt, waren dabei."),
        ("es", "Una delegación de Graz, nuestra ciudad hermana, vino en mayo."),
        ("nl", "Gasten uit Graz, onze zusterstad, waren erbij."),
        ("pl", "Goście z Grazu, naszego miasta partnerskiego, byli z nami."),
        ("ro", "O delegație din Graz, orașul nostru înfrățit, a venit."),
        ("sv", "Gäster från Graz, vår vänort, var med."),
    ],
)
def test_an_apposition_tells_the_tie(places: Places, language: str, text: str) -> None:
    assert [each[0] for each in told(places, language, text)] == ["Graz"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Speakers came from Graz, several partners and universities."),
        ("en", "A choir came from Graz, which many of us had never seen."),
        ("sv", "Vill din förening resa till en vänort?"),
        ("de", "Es gibt Fahrten in viele Länder, für die der Partnerschaftsverein sorgt."),
    ],
)
def test_what_follows_may_tell_no_tie_of_ours(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == []


def test_whose_partner_a_clause_tells_is_not_ours_too(places: Places) -> None:
    told_here = told(places, "en", "Graz, which is twinned with Pécs, sent a choir.")
    assert "Graz" not in [each[0] for each in told_here]


def test_what_a_partner_lies_near_is_no_partner(places: Places) -> None:
    text = "Exeter is twinned with Lèves, just outside Chartres."
    assert [each[0] for each in told(places, "en", text)] == ["Lèves"]
    text = "Opole ma umowę partnerską z miastem Rho koło Mediolanu."
    assert [each[0] for each in told(places, "pl", text)] == ["Rho"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "sk", "Skalica má nového partnera. Stalo sa ním talianske Conegliano; zmluvu podpísali 2024.",
            ("Skalica", "Conegliano", "partner"),
        ),
        ("en", "Our neighbours, too: Nailsworth is twinned with Lèves.", ("Nailsworth", "Lèves", "twin")),
        (
            "sr", "Гости су били из Димитровграда, који је са бугарским Годечом побратимљен од 2003. године.",
            ("Dimitrovgrad", "Godech", "twin"),
        ),
        (
            "hr", "Bjelovarsko-bilogorska županija sklopila je sporazum s mađarskom županijom Somogy.",
            ("Bjelovarsko-bilogorska County", "Somogy County", "region"),
        ),
    ],
)  # fmt: skip
def test_the_tie_is_whose_the_clause_is_about(
    places: Places, language: str, text: str, expected: tuple[str, str, str]
) -> None:
    assert ties(places, language, OWN[language], text) == [expected]


def test_the_county_of_our_name_is_not_the_town(places: Places) -> None:
    text = "Der Landkreis Emmendingen unterhält eine Partnerschaft mit dem Landkreis Brzeg in Polen."
    assert [each[0] for each in ties(places, "de", ("Emmendingen", "DE"), text)] == ["Emmendingen district"]


def test_a_town_is_known_by_the_head_of_its_name(places: Places) -> None:
    text = "Im Oktober 1997 schlossen Lauf und das tschechische Loket einen Partnerschaftsvertrag."
    own = "Lauf an der Pegnitz"
    assert ties(places, "de", (own, "DE"), text) == [(own, "Loket", "partner")]


def test_a_friendship_may_be_signed_as_a_twinning(places: Places) -> None:
    text = "Наша дружба з Грацом почалася 2009 року. 27 вересня 2013 року підписано угоду про побратимство."
    assert ties(places, "uk", OWN["uk"], text) == [("Луцьк", "Graz", "twin")]
