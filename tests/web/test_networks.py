"""The pages of networks, on the shipped facts."""

import pytest

from tests.factories.networks import make_membership, make_membership_act, make_network, make_network_size
from tests.factories.parties import make_network_party, make_party
from tests.web.conftest import Read
from tests.web.reading import Page

pytestmark = pytest.mark.usefixtures("register")

CTA = "/en/networks/city-twins-association/"
LAW = "Polish law stands in the way."
ABOUT, VALGA = "What is City Twins Association?", "Kaksiklinnade Assotsiatsioon"


@pytest.fixture
def association(visit: Read) -> Page:
    return visit(CTA)


def test_ten_towns_belong_to_the_association(association: Page) -> None:
    members = association.section("Members")
    assert members.all("h2")[0].text == "Members 10"
    assert sorted(map(tuple, members.rows)) == [
        ("Frankfurt (Oder) Germany", "2006 admitted", "member"),
        ("Görlitz Germany", "2006 admitted", "member"),
        ("Haparanda Sweden", "2006 admitted", "member"),
        ("Imatra Finland", "2006 admitted", "member"),
        ("Ivangorod Russia", "2006 admitted", "member"),
        ("Narva Estonia", "2006 admitted", "member"),
        ("Svetogorsk Russia", "2006 admitted", "member"),
        ("Tornio Finland", "2006 admitted", "member"),
        ("Valga Estonia", "13 December 2006 admitted", "founding member"),
        ("Valka Latvia", "2006 admitted", "member"),
    ]


def test_four_towns_do_not_belong_yet_each_with_the_reason(association: Page) -> None:
    cooperating = association.section("Not yet members")
    assert cooperating.all("h2")[0].text == "Not yet members 4"
    assert sorted((row[0], row[2]) for row in cooperating.rows) == [
        ("Cieszyn Poland", LAW),
        ("Słubice Poland", LAW),
        ("Zgorzelec Poland", LAW),
        ("Český Těšín Czechia", "It has not joined, but says that it wants to work with the network."),
    ]


def test_the_pairs_stand_with_what_each_side_is_to_the_network(association: Page) -> None:
    assert association.section("Pairs of city twins").rows == [
        ["Český Těšín – Cieszyn", "Český Těšín Czechia not yet a member", "Cieszyn Poland not yet a member"],
        ["Frankfurt (Oder) – Słubice", "Frankfurt (Oder) Germany member", "Słubice Poland not yet a member"],
        ["Görlitz – Zgorzelec", "Görlitz Germany member", "Zgorzelec Poland not yet a member"],
        ["Haparanda – Tornio", "Haparanda Sweden member", "Tornio Finland member"],
        ["Imatra – Svetogorsk", "Imatra Finland member", "Svetogorsk Russia member"],
        ["Ivangorod – Narva", "Ivangorod Russia member", "Narva Estonia member"],
        ["Valga – Valka", "Valga Estonia member", "Valka Latvia member"],
    ]


def test_the_founding_is_told_as_exactly_as_one_page_knows_it(association: Page) -> None:
    assert association.main.facts["Founded"] == "13 December 2006 in Imatra"
    founded = association.main.one("dl", class_="facts").all("dd")[0]
    notes = {association.source_of(number): association.note(number) for number in founded.marks}
    assert notes == {
        ABOUT: "Founded · founded December 2006",
        VALGA: "Founded · founded 13.detsembril 2006. aastal · founded in Imatras",
    }


def test_the_founding_is_no_contradiction(association: Page, visit: Read) -> None:
    assert "Founded" not in association.section("Where pages disagree").text
    assert "Founded" not in visit("/en/disagreements/").section("Where sources contradict each other").text


def test_the_members_are_counted_here(association: Page) -> None:
    assert association.main.facts["Members in this register"] == "10 of 6 countries; counted here"


def test_the_association_has_nine_sectors(association: Page) -> None:
    assert association.section("Sectors").items == [
        "Administration",
        "Economy",
        "Labour mobility",
        "Social affairs",
        "Health",
        "Border crossing",
        "Education",
        "Culture",
        "Civil society",
    ]


def test_its_aims_and_actions_are_told_in_our_own_words(association: Page) -> None:
    aims, actions = association.section("Aims").items, association.section("What it does").items
    assert (len(aims), aims[0], aims[-1]) == (
        18,
        "Turn what the pairs have learnt into joint practical work",
        "Be a common forum for the different branches of local administration",
    )
    assert (len(actions), actions[0], actions[-1]) == (
        8,
        (
            "Holds joint meetings of people from the EU, other organisations, local "
            "government, culture and business"
        ),
        "Develops and coordinates projects and seeks money for them",
    )


def test_it_grew_from_a_project_of_a_programme_as_both_pages_say(association: Page) -> None:
    origin = association.section("Where it comes from")
    assert origin.one("p").text == (
        "It grew from the project City Twins Cooperation Network (Interreg IIIC)."
    )
    assert origin.one("a", href="/en/projects/city-twins-cooperation-network/").text == (
        "City Twins Cooperation Network"
    )
    assert {association.source_of(number) for number in origin.marks} == {ABOUT, VALGA}


def test_its_secretariat_is_in_imatra(association: Page) -> None:
    assert association.section("Bodies, posts and contact").items == [
        "Secretariat, Imatra",
        "Secretary, Secretariat: Imatra",
        "Secretary of the City Twins Association, City of Imatra, Virastokatu 2, FIN-55100 Imatra",
        "http://www.citytwins.net",
    ]


def test_pages_disagree_on_two_members(association: Page) -> None:
    words = "City Twins Association says “cooperating, not yet a member”, Valga says “member”"
    disputes = association.section("Where pages disagree")
    assert disputes.items == [f"Cieszyn: {words}", f"Słubice: {words}"]
    assert [len(item.marks) for item in disputes.all("li")] == [2, 2]


def test_every_mark_of_the_page_leads_to_a_note(association: Page) -> None:
    notes = {int(li.attributes["value"]) for li in association.section("Sources").all("li")}
    marks = set(association.main.marks)
    assert marks == notes
    assert notes == set(range(1, len(notes) + 1))


def test_the_map_joins_the_pairs(association: Page) -> None:
    drawing = association.one("figure", class_="map").one("svg")
    assert len(drawing.one("g", class_="dots").all("circle")) == 14
    assert len(drawing.one("g", class_="ties").all("path")) == 7


@pytest.mark.parametrize(("day", "heading"), [("2006-12-30", "Unknown 13"), ("2006-12-31", "Members 10")])
def test_members_of_2006_are_members_when_the_year_is_over(visit: Read, day: str, heading: str) -> None:
    assert heading in visit(CTA, on=day).headings


def test_the_founding_member_is_one_from_the_day_of_the_founding(visit: Read) -> None:
    assert visit(CTA, on="2006-12-13").section("Members").rows == [
        ["Valga Estonia", "13 December 2006 admitted", "founding member"]
    ]


def test_the_association_of_the_region_keeps_an_office_in_brussels(visit: Read) -> None:
    region = visit("/en/networks/association-of-cities-of-the-south-east-region/")
    assert region.section("Bodies, posts and contact").items == ["Office in Brussels, Brussels"]
    assert region.section("What it does").items == [
        "Keeps an office in Brussels",
        "Presents the region and its member municipalities",
    ]
    assert region.section("Members").rows[0][0] == "Stara Zagora Bulgaria"


def test_cities_for_children_has_a_moderator_and_a_host_in_stara_zagora(visit: Read) -> None:
    children = visit("/en/networks/cities-for-children/")
    offices = children.section("Bodies, posts and contact")
    assert offices.items[0] == "Working group on traffic and safety"
    assert offices.one("details").items == [
        "Moderator, Working group on traffic and safety: Stara Zagora (2009)",
        "Host, annual meeting: Stara Zagora (2009)",
    ]


def test_what_was_held_on_a_day_stands_first(visit: Read) -> None:
    then = visit("/en/networks/cities-for-children/?on=2009-07-01").section("Bodies, posts and contact")
    assert "Host, annual meeting: Stara Zagora (2009)" in then.items
    assert then.all("details") == []


def test_the_founding_of_cities_for_children_is_told(visit: Read) -> None:
    children = visit("/en/networks/cities-for-children/")
    assert children.main.facts["Founded"] == "2007"
    assert children.section("Where it comes from").one("p").text == (
        "On the initiative of: The Mayor of Stuttgart, with support from the Robert Bosch Foundation"
    )


def test_the_strasbourg_club_has_an_active_member(visit: Read) -> None:
    club = visit("/en/networks/strasbourg-club/")
    assert club.section("Members").rows == [
        [
            "Stara Zagora Bulgaria",
            "not stated as seen on 21 November 2026",
            "active member The municipality's page calls it an active member; it names no year of joining.",
        ]
    ]
    assert club.main.facts["Said to have"] == "38 members undated, not before 2009"


def test_the_list_shows_what_networks_are_said_to_have_beside_what_is_recorded(visit: Read) -> None:
    listed = visit("/en/networks/").main.one("tbody").all("tr")
    rows = {tr.one("a").text: [td.text for td in tr.all("td")] for tr in listed}
    assert rows["City Twins Association"] == ["13 December 2006", "–", "14"]
    assert rows["Strasbourg Club"] == ["2003", "38 members", "1"]
    assert rows["Cities for Children"] == ["2007", "more than 50 members, 26 countries", "1"]
    assert rows["Union of the Baltic Cities"] == ["–", "more than 70 members", "1"]
    assert len(rows) == 6


def test_the_list_shows_the_networks_of_one_sector(visit: Read) -> None:
    rows = visit("/en/networks/", field="border-crossing").main.rows
    assert [row[0] for row in rows] == ["City Twins Association"]


def test_a_network_that_nobody_is_known_to_belong_to_says_so(visit: Read) -> None:
    make_network(party=make_network_party(name="Lonely League"))
    assert visit("/en/networks/lonely-league/").section("Members").text == (
        "Members No member is recorded. "
        "A member stands here as soon as the secretary adds it, "
        "or a page that names it has been read and accepted."
    )


def test_former_and_suspended_members_stand_apart(visit: Read) -> None:
    network = make_network(party=make_network_party(name="Lonely League"))
    for name, last in (("Ada", "left"), ("Bea", "suspended"), ("Cia", "")):
        membership = make_membership(network=network, party=make_party(name=name))
        make_membership_act(membership=membership, date="2001")
        if last:
            make_membership_act(membership=membership, kind=last, date="2002")
    shown = visit("/en/networks/lonely-league/")
    assert [h for h in shown.headings if not h.startswith("Sources")] == [
        "Members 1",
        "Suspended 1",
        "Former member 1",
    ]


def test_a_stated_size_with_a_day_of_its_own_says_it(visit: Read) -> None:
    network = make_network(party=make_network_party(name="Lonely League"))
    make_network_size(network=network, members=1, countries=1, as_of="2019-05")
    assert visit("/en/networks/lonely-league/").main.facts["Said to have"] == (
        "1 member, 1 country as of May 2019"
    )


def test_a_party_that_is_no_network_has_no_page_among_them(visit: Read) -> None:
    visit("/en/networks/valmiera/", answers=404)


def a_large_network() -> None:
    """The League: 101 members of Finland and one of Latvia, which comes last."""
    league = make_network(party=make_network_party(name="League"))
    for number in range(102):
        country = "FI" if number < 101 else "LV"
        town = make_party(name=f"Town {number:03}", country=country, latitude=60.0, longitude=25.0)
        make_membership_act(membership=make_membership(network=league, party=town), date="2001")


def test_a_large_network_shows_a_hundred_members_at_once(visit: Read) -> None:
    a_large_network()
    first, second = visit("/en/networks/league/"), visit("/en/networks/league/", page="2")
    assert [len(page.section("Members").rows) for page in (first, second)] == [100, 2]
    assert [row[0] for row in second.section("Members").rows] == ["Town 100 Finland", "Town 101 Latvia"]
    assert {page.section("Members").one("h2").text for page in (first, second)} == {"Members 102"}
    assert second.main.facts["Members in this register"] == "102 of 2 countries; counted here"
    assert first.main.all("details")[0].items == ["Finland (101)", "Latvia (1)"]
    latvian = visit("/en/networks/league/", country="LV")
    assert [row[0] for row in latvian.section("Members").rows] == ["Town 101 Latvia"]
    assert "/en/networks/league/" in {a.attributes["href"] for a in latvian.main.all("a")}
    aside = first.main.one("aside")
    assert aside.all("p")[-1].text == "The map shows the members of this page. All members on the map"
    assert aside.all("a")[-1].attributes["href"] == "/en/parties/?network=league"


@pytest.mark.parametrize("asked", [{"page": "2"}, {"page": "0"}, {"country": "JP"}, {"country": "x"}])
def test_members_that_are_not_there_are_refused(visit: Read, asked: dict[str, str]) -> None:
    visit(CTA, answers=400, **asked)


def test_an_applicant_stands_as_that_whatever_a_page_calls_it(visit: Read) -> None:
    league = make_network(party=make_network_party(name="League"))
    for name, category in (("Zgorzelec", "cooperating"), ("Oulu", "observer")):
        made = make_membership(network=league, party=make_party(name=name), category=category)
        make_membership_act(membership=made, kind="applied", date="2001")
    shown = visit("/en/networks/league/")
    rows = {row[0]: row[2] for row in shown.section("Applicant").rows}
    assert [standing for _name, standing in sorted(rows.items())] == ["observer", "applicant"]
