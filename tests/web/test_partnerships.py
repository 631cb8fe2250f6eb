"""The pages of ties: on the shipped facts, and on two towns of which both have a page of their own."""

import pytest

from tests.factories.accounts import make_user
from tests.factories.evidence import make_proposal
from tests.factories.parties import make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from tests.web.reading import Element
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import Proposal, accept, propose
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.precedence import rank

pytestmark = pytest.mark.usefixtures("register")

THREE = "/en/partnerships/vallefoglia-valmiera-vodnjan-dignano/"
TWO = "/en/partnerships/vallefoglia-valmiera/"


# The shipped ties --------------------------------------------------------------------------------------


def test_the_act_of_three_names_the_tie_that_it_lived_on_in(visit: Read) -> None:
    three = visit(THREE)
    assert three.heading == "Vallefoglia, Valmiera and Vodnjan-Dignano"
    assert three.main.one("div", role="note").text == (
        "Lives on between fewer parties Cooperation under this agreement goes on between "
        "Vallefoglia and Valmiera."
    )
    assert three.main.one("div", role="note").one("a").attributes["href"] == TWO


def test_the_tie_that_lived_on_names_the_act_of_three(visit: Read) -> None:
    two = visit(TWO)
    assert two.main.one("div", role="note").text == (
        "Lives on from an agreement of more parties "
        "This tie continues what was signed together by Vallefoglia, Valmiera and Vodnjan-Dignano."
    )
    assert two.main.one("div", role="note").one("a").attributes["href"] == THREE
    assert two.main.facts == {
        "Status": "in force on 1 December 2026",
        "Since": "not stated as seen on 21 November 2026",
        "Said by": "Valmiera only no page has been read of: Vallefoglia",
    }


def test_the_tie_of_solna_began_in_1991_and_was_signed_on_an_unknown_day(visit: Read) -> None:
    solna = visit("/en/partnerships/solna-valmiera/")
    assert solna.main.facts["Since"] == "1991 cooperation began · agreement signed, undated"
    assert solna.section("Acts").rows == [
        ["1", "Cooperation began", "1991", "–"],
        ["2", "Agreement signed", "undated", "–"],
    ]
    assert solna.section("What it is about").all("p")[1].text == (
        "Fields: administration, economy, social affairs, health, education, culture, "
        "sport, tourism, environment"
    )
    assert solna.main.all("p", class_="aka")[0].text == "Twinning · Solna (Sweden) · Valmiera (Latvia)"


def test_the_note_of_an_act_stands_under_it(visit: Read) -> None:
    acts = visit("/en/partnerships/halle-westfalen-valmiera/").section("Acts").rows
    assert acts == [
        ["1", "Cooperation began As part of the cooperation between the two regions", "1992", "–"],
        ["2", "Agreement signed", "2011", "–"],
    ]


def test_the_side_of_which_no_page_was_read_says_nothing(visit: Read) -> None:
    sides = visit("/en/partnerships/solna-valmiera/").section("What each side says")
    heads = [th.text for th in sides.one("thead").all("th")]
    assert heads == ["Solna no page of this side has been read", "Valmiera", "Others"]
    assert sides.rows[0] == [
        "The tie",
        "Says nothing of it",
        "Solna, Zviedrija, 1991",
        "Says nothing of it",
    ]


def test_a_pair_is_told_by_both_pages(visit: Read) -> None:
    pair = visit("/en/partnerships/valga-valka/")
    sides = pair.section("What each side says")
    assert sides.rows[0][1:] == [
        "Valga (Eesti) - Valka (Läti)",
        "Says nothing of it",
        "Valka – Valga (Lithuania – Estonia)",
    ]
    assert pair.main.facts["Said by"] == "Valga only no page has been read of: Valka"


@pytest.mark.parametrize(
    ("day", "status"), [("2022-07-21", "unknown"), ("2022-07-22", "in force"), ("2030-01-01", "in force")]
)
def test_the_status_is_that_of_the_day_asked_for(visit: Read, day: str, status: str) -> None:
    assert (
        visit("/en/partnerships/cherkasy-valmiera/", on=day).main.facts["Status"].startswith(f"{status} on ")
    )


def test_an_unknown_tie_is_not_found(visit: Read) -> None:
    visit("/en/partnerships/atlantis-valmiera/", answers=404)


# The list ----------------------------------------------------------------------------------------------


def listed(visit: Read, **query: str) -> list[str]:
    """The last parts of the addresses of the ties in the list."""
    bodies = visit("/en/partnerships/", **query).main.all("tbody")
    rows = [tr for body in bodies for tr in body.all("tr")]
    return [tr.all("a")[0].attributes["href"].split("/")[-2] for tr in rows]


def test_the_list_shows_every_tie(visit: Read) -> None:
    assert listed(visit) == [
        "cesky-tesin-cieszyn",
        "cherkasy-valmiera",
        "frankfurt-oder-slubice",
        "gorlitz-zgorzelec",
        "halle-westfalen-valmiera",
        "haparanda-tornio",
        "hoje-taastrup-valmiera",
        "imatra-svetogorsk",
        "ivangorod-narva",
        "kreis-gutersloh-valmiera",
        "solna-valmiera",
        "valga-valka",
        "vallefoglia-valmiera",
        "vallefoglia-valmiera-vodnjan-dignano",
        "valmiera-viljandi",
        "valmiera-zdunska-wola",
    ]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({"country": "UA"}, ["cherkasy-valmiera"]),
        ({"kind": "twinning"}, ["solna-valmiera"]),
        ({"kind": "city twins", "country": "EE"}, ["ivangorod-narva", "valga-valka"]),
        ({"field": "civil-society"}, ["valmiera-viljandi"]),
        ({"status": "ended"}, []),
        ({"status": "in force", "on": "1991-12-31"}, ["solna-valmiera"]),
        ({"status": "in force", "on": "1991-12-30"}, []),
        ({"country": "EE", "partner_country": "LV"}, ["valga-valka", "valmiera-viljandi"]),
        ({"country": "LV", "partner_country": "LV"}, []),
        ({"party": "solna"}, ["solna-valmiera"]),
        ({"decade": "1990", "country": "SE"}, ["solna-valmiera"]),
        ({"network": "city-twins-association", "country": "LV"}, ["valga-valka"]),
        ({"sources": "2", "party": "valka"}, ["valga-valka"]),
    ],
)
def test_the_list_narrows(visit: Read, query: dict[str, str], slugs: list[str]) -> None:
    assert listed(visit, **query) == slugs


@pytest.mark.parametrize(("day", "status"), [("1990-01-01", "unknown"), ("2010-01-01", "in force")])
def test_a_row_of_the_list_says_what_is_known_of_the_tie(visit: Read, day: str, status: str) -> None:
    rows = visit("/en/partnerships/", country="SE", kind="twinning", on=day).main.rows
    assert rows == [
        [
            "Solna – Valmiera Sweden, Latvia",
            "1991 cooperation began · agreement signed, undated",
            "twinning",
            status,
            "Valmiera only",
        ]
    ]


# Two towns with a page each ----------------------------------------------------------------------------


class Told:
    """A tie of Valmera and Viljanta, as the pages of both tell it."""

    def __init__(self, *, theirs: str = "own page") -> None:
        self.valmera = make_party(name="Valmera", country="LV", language="lv")
        self.viljanta = make_party(name="Viljanta", country="EE", language="et")
        self.tie = make_partnership(parties=[self.valmera, self.viljanta], address="valmera-viljanta")
        self.act = make_act(partnership=self.tie)
        kind = "own statement" if theirs == "own statement" else "page"
        self.ours: Source = make_own_page(self.valmera, title="Sadarbība", kind=kind)
        self.theirs: Source = make_own_page(self.viljanta, title="Koostöö", kind=kind)
        for source, language in ((self.ours, "lv"), (self.theirs, "et")):
            source.language = language
            source.save()

    def say(self, source: Source, date: str, printed: str, *, stands: bool = True) -> None:
        """Both that the tie is, or is not, and when it was signed; proposed and accepted."""
        self.keep(
            make_proposal(
                subject=self.tie, field=EXISTS, stated="yes" if stands else "no", source=source, as_printed=""
            ),
            make_proposal(
                subject=self.act,
                field="date",
                stated=PartialDate.parse(date),
                source=source,
                as_printed=printed,
            ),
        )

    def keep(self, *proposals: Proposal) -> None:
        accept(propose(proposals), by=make_user(), rank=rank)

    @staticmethod
    def comparison(visit: Read) -> Element:
        return visit("/en/partnerships/valmera-viljanta/").section("What each side says")


def test_the_words_of_both_sides_stand_side_by_side(visit: Read) -> None:
    told = Told()
    told.say(told.ours, "1992", "1992.gadā")
    told.say(told.theirs, "1993", "1993. aastal")
    sides = told.comparison(visit)
    assert sides.rows == [
        ["The tie", "said to be so", "said to be so", "Says nothing of it"],
        ["Agreement signed", "Differs: 1992.gadā 1992", "Differs: 1993. aastal 1993", "Says nothing of it"],
    ]
    assert {q.text: q.attributes["lang"] for q in sides.all("q")} == {"1992.gadā": "lv", "1993. aastal": "et"}
    assert [th.attributes["class"] for th in sides.one("thead").all("th")] == ["here", "there", "others"]


def test_a_difference_is_told_in_words_and_makes_the_tie_disputed(visit: Read) -> None:
    told = Told()
    told.say(told.ours, "1992", "1992.gadā")
    told.say(told.theirs, "1993", "1993. aastal")
    shown = visit("/en/partnerships/valmera-viljanta/")
    assert shown.section("What each side says").one("div", role="note").text == (
        "The words do not agree. Agreement signed: Valmera says 1992, Viljanta says 1993."
    )
    assert shown.main.facts["Said by"] == "disputed between the sides"
    assert visit("/en/parties/valmera/").section("Partnerships").rows[0][3] == "disputed between the sides"
    rows = visit("/en/disagreements/").section("Where sources contradict each other 3").rows
    assert [row[1:] for row in rows if row[0] == "Valmera and Viljanta: agreement signed Date"] == [
        ["Valmera undated", "1992 in the register", "1992.gadā"],
        ["Viljanta undated", "1993", "1993. aastal"],
    ]


def test_a_coarser_date_of_the_other_side_is_no_difference(visit: Read) -> None:
    told = Told()
    told.say(told.ours, "1992-05", "1992.gada maijā")
    told.say(told.theirs, "1992", "1992")
    sides = told.comparison(visit)
    assert sides.rows[1] == [
        "Agreement signed",
        "1992.gada maijā May 1992",
        "1992 1992",
        "Says nothing of it",
    ]
    assert sides.all("div", role="note") == []
    shown = visit("/en/partnerships/valmera-viljanta/").main.facts
    assert (shown["Since"], shown["Said by"]) == ("May 1992 agreement signed", "said by both sides")


def test_a_side_that_denies_the_tie_disputes_it(visit: Read) -> None:
    told = Told()
    told.say(told.ours, "1992", "1992.gadā")
    told.say(told.theirs, "1992", "1992. aastal", stands=False)
    assert told.comparison(visit).rows[0] == [
        "The tie",
        "Differs: said to be so",
        "Differs: said not to be so",
        "Says nothing of it",
    ]
    assert visit("/en/partnerships/valmera-viljanta/").main.facts["Said by"] == "disputed between the sides"


def test_own_statements_of_both_sides_confirm_the_tie(visit: Read) -> None:
    told = Told(theirs="own statement")
    told.say(told.ours, "1992", "")
    assert visit("/en/partnerships/valmera-viljanta/").main.facts["Said by"] == "Valmera only"
    told.say(told.theirs, "1992", "")
    assert visit("/en/partnerships/valmera-viljanta/").main.facts["Said by"] == "confirmed by both sides"


def test_only_third_parties_may_speak_of_a_tie(visit: Read) -> None:
    told = Told()
    other = make_own_page(make_party(name="Wikitown"), title="A list")
    told.say(other, "1990", "1990")
    shown = visit("/en/partnerships/valmera-viljanta/")
    assert shown.main.facts["Said by"] == "said by third parties only"
    assert shown.section("What each side says").rows[1] == [
        "Agreement signed",
        "Says nothing of it",
        "Says nothing of it",
        "1990 1990",
    ]


def test_fields_of_both_sides_add_up_and_are_no_difference(visit: Read) -> None:
    told = Told()
    told.say(told.ours, "1992", "")
    told.keep(
        make_proposal(subject=told.tie, field="fields", stated="culture", source=told.ours),
        make_proposal(subject=told.tie, field="fields", stated="sport", source=told.theirs),
    )
    shown = visit("/en/partnerships/valmera-viljanta/")
    assert shown.section("What it is about").text == "What it is about Fields: culture, sport"
    assert shown.section("What each side says").rows[-1] == [
        "Fields",
        "Culture",
        "Sport",
        "Says nothing of it",
    ]


def test_a_tie_without_an_act_says_that_its_status_is_unknown(visit: Read) -> None:
    make_partnership(parties=[make_party(name="Ada"), make_party(name="Bea")], address="ada-bea")
    shown = visit("/en/partnerships/ada-bea/")
    assert shown.section("Acts").text == "Acts No act is recorded, so its status is unknown."
    assert shown.main.facts["Status"] == "unknown on 1 December 2026"


def test_an_act_shows_its_place_and_its_term(visit: Read) -> None:
    tie = make_partnership(parties=[make_party(name="Ada"), make_party(name="Bea")], address="ada-bea")
    make_act(partnership=tie, date="2001-05-09", valid_until="2006", place="Ada")
    shown = visit("/en/partnerships/ada-bea/")
    assert shown.section("Acts").rows == [["1", "Agreement signed", "9 May 2001", "Ada valid until 2006"]]
    assert shown.main.facts["Status"] == "ended on 1 December 2026"
    assert (
        visit("/en/partnerships/ada-bea/", on="2006-06-01").main.facts["Status"] == "in force on 1 June 2006"
    )
