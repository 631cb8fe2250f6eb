"""The pages of towns and regions, on the shipped facts."""

import json

import pytest
from django.test import Client

from tests.factories.evidence import make_accepted, make_source
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_name, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from twinhall.core.dates import PartialDate

pytestmark = pytest.mark.usefixtures("register")

VALMIERA = "/en/parties/valmiera/"
OWN_PAGE = "Starptautiskā sadarbība"
THREE = (
    "Vallefoglia Italy Vodnjan-Dignano Croatia cooperation agreement",
    "2016 agreement signed",
    "–",
    "Valmiera only",
)


def test_the_partners_of_valmiera_stand_with_since_when_fields_and_who_says_so(visit: Read) -> None:
    ties = visit(VALMIERA).section("Partnerships")
    assert ties.all("h2")[0].text == "Partnerships 9 in force"
    assert [tuple(row) for row in ties.rows] == [
        (
            "Solna Sweden twinning",
            "1991 cooperation began · agreement signed, undated",
            (
                "administration, economy, social affairs, health, education, culture, sport, "
                "tourism, environment"
            ),
            "Valmiera only",
        ),
        (
            "Gütersloh district Germany · region regional partnership",
            "1992 cooperation began",
            "–",
            "Valmiera only",
        ),
        (
            "Viljandi Estonia cooperation agreement",
            "1992 agreement signed",
            (
                "administration, economy, social affairs, health, education, culture, sport, "
                "tourism, environment, "
                "civil society"
            ),
            "Valmiera only",
        ),
        (
            "Høje-Taastrup Denmark cooperation agreement",
            "1995 agreement signed",
            "administration, education, culture, sport",
            "Valmiera only",
        ),
        (
            "Zduńska Wola Poland cooperation agreement",
            "2001 agreement signed",
            "economy, education, culture, sport",
            "Valmiera only",
        ),
        (
            "Halle (Westf.) Germany cooperation agreement",
            "2011 agreement signed · cooperation began, 1992",
            "social affairs, health, education, culture, environment",
            "Valmiera only",
        ),
        THREE,
        (
            "Cherkasy Ukraine cooperation agreement",
            "22 July 2022 agreement signed",
            "economy, health, education, culture",
            "Valmiera only",
        ),
        (
            "Vallefoglia Italy cooperation agreement",
            "not stated as seen on 21 November 2026",
            "–",
            "Valmiera only",
        ),
    ]


def test_each_partner_carries_the_words_of_valmieras_own_page(visit: Read) -> None:
    valmiera = visit(VALMIERA)
    rows = valmiera.section("Partnerships").one("tbody").all("tr")
    marks = [row.marks for row in rows]
    assert [len(numbers) for numbers in marks] == [1] * 9
    assert {valmiera.source_of(number) for (number,) in marks} == {OWN_PAGE}
    assert [valmiera.note(number) for (number,) in marks][:4] == [
        "Solna · named as Solna, Zviedrija, 1991 · date 1991.gadā",
        (
            "Gütersloh district · named as Halle (Vestf.) un Giterslo apriņķis, Vācija, "
            "1992/2011 · date 1992.gadā"
        ),
        "Viljandi · named as Viljandi, Igaunija, 1992 · date 1992.gadā",
        "Høje-Taastrup · named as Høje Taastrup, Dānija, 1995 · date 1995.gadā",
    ]


def test_the_source_says_how_old_it_is_when_it_was_read_and_who_accepted_it(visit: Read) -> None:
    valmiera = visit(VALMIERA)
    source = next(s for s in valmiera.all("div", class_="noted-source") if s.one("cite").text == OWN_PAGE)
    assert [span.text for span in source.one("p", class_="source").all("span")] == ["Valmiera", "Latvian"]
    assert source.one("p", class_="trail").text == (
        "undated, not before 22 July 2022 · Read on 21 November 2026. Accepted by: shipped with Twinhall."
    )


def test_the_key_facts_say_how_they_are_counted(visit: Read) -> None:
    assert visit(VALMIERA).main.facts == {
        ("Partnerships in force"): (
            "9 with 9 towns and regions in 8 countries; an agreement of several counts once"
        ),
        "Oldest in force": "1991 with Solna",
        "Member of networks": "2 Union of the Baltic Cities · Union of Cities THE HANSA",
        "Population": "22,812 year not stated",
    }


def test_of_many_networks_the_key_facts_name_the_first(visit: Read) -> None:
    ada = make_party(name="Ada")
    for name in ("Airports", "Bridges", "Castles", "Deltas", "Estuaries"):
        membership = make_membership(network=make_network(name=name), party=ada)
        make_membership_act(membership=membership, date="2000")
    shown = visit("/en/parties/ada/")
    assert shown.main.facts["Member of networks"] == "5 Airports · Bridges · Castles · and 2 more"
    assert len(shown.section("Networks").rows) == 5


def test_the_names_of_a_town_stand_once_each(visit: Read) -> None:
    assert visit(VALMIERA).main.all("p", class_="aka")[0].text == (
        "Municipality · Latvia · Валмиера · Валмієра"
    )


def test_the_networks_of_valmiera_stand_with_the_day_of_joining_where_it_is_known(visit: Read) -> None:
    assert visit(VALMIERA).section("Networks").rows == [
        ["Union of the Baltic Cities", "January 2021 admitted", "member Valmiera joined in January 2021."],
        [
            "Union of Cities THE HANSA",
            "not stated as seen on 21 November 2026",
            "member Listed among Valmiera's networks, without a year of joining.",
        ],
    ]


def test_the_time_line_holds_every_dated_act_and_no_sighting(visit: Read) -> None:
    assert visit(VALMIERA).section("Time line").one("ol").items == [
        "1991 Cooperation began: Solna",
        "1992 Cooperation began: Gütersloh district",
        "1992 Agreement signed: Viljandi",
        "1992 Cooperation began: Halle (Westf.)",
        "1995 Agreement signed: Høje-Taastrup",
        "2001 Agreement signed: Zduńska Wola",
        "2011 Agreement signed: Halle (Westf.)",
        "2016 Agreement signed: Vallefoglia and Vodnjan-Dignano",
        "January 2021 Admitted: Union of the Baltic Cities",
        "22 July 2022 Agreement signed: Cherkasy",
    ]


def test_the_map_shows_the_town_and_its_partners_and_names_its_equal(visit: Read) -> None:
    drawing = visit(VALMIERA).one("figure", class_="map").one("svg")
    assert drawing.attributes["aria-label"] == (
        "Map of Valmiera and its partners; the list beside it names them"
    )
    assert sorted(title.own_words for title in drawing.all("title")) == [
        "Cherkasy",
        "Gütersloh district",
        "Halle (Westf.)",
        "Høje-Taastrup",
        "Solna",
        "Vallefoglia",
        "Valmiera",
        "Viljandi",
        "Vodnjan-Dignano",
        "Zduńska Wola",
    ]
    assert len(drawing.one("g", class_="ties").all("path")) == 9


def test_on_another_day_what_came_later_is_not_in_force(visit: Read) -> None:
    then = visit(VALMIERA, on="2010-01-01")
    assert [heading for heading in then.headings if heading.startswith("Partnerships")] == [
        "Partnerships 6 in force",
        "Partnerships 3 unknown",
    ]
    in_force, unknown = [
        s for s in then.main.all("section") if s.all("h2")[0].text.startswith("Partnerships")
    ]
    assert [row[0].split(" cooperation")[0] for row in in_force.rows] == [
        "Solna Sweden twinning",
        "Gütersloh district Germany · region regional partnership",
        "Viljandi Estonia",
        "Høje-Taastrup Denmark",
        "Zduńska Wola Poland",
        "Halle (Westf.) Germany",
    ]
    assert [row[0].split(" cooperation")[0] for row in unknown.rows] == [
        "Vallefoglia Italy Vodnjan-Dignano Croatia",
        "Cherkasy Ukraine",
        "Vallefoglia Italy",
    ]
    assert then.main.facts["Partnerships in force"] == "6 with 6 towns and regions in 5 countries"
    assert then.main.facts["Member of networks"] == "0"
    assert in_force.one("caption").text == (
        "Towns and regions that Valmiera has a tie with, as of 1 January 2010"
    )
    assert then.one("a", href=VALMIERA).text == "Back to today"


@pytest.mark.parametrize(("day", "standing"), [("2021-01-30", "unknown"), ("2021-01-31", "member")])
def test_a_membership_begins_when_the_last_day_of_its_month_has_come(
    visit: Read, day: str, standing: str
) -> None:
    networks = visit(VALMIERA, on=day).section("Networks").rows
    assert networks[0][0] == "Union of the Baltic Cities"
    assert networks[0][2].startswith(f"{standing} ")


@pytest.mark.parametrize(("day", "heading"), [("2022-07-21", "unknown"), ("2022-07-22", "in force")])
def test_the_tie_of_cherkasy_is_in_force_from_the_day_of_its_signing(
    visit: Read, day: str, heading: str
) -> None:
    assert visit("/en/parties/cherkasy/", on=day).headings[0] == f"Partnerships 1 {heading}"


def test_today_is_offered_only_on_another_day(visit: Read) -> None:
    assert visit(VALMIERA).main.all("a", href=VALMIERA) == []
    form = visit(VALMIERA, on="2010-01-01").one("form", class_="asof")
    assert form.one("input", name="on").attributes["value"] == "2010-01-01"


# Stara Zagora ----------------------------------------------------------------------------------------


def test_the_part_of_stara_zagora_in_its_networks(visit: Read) -> None:
    networks = visit("/en/parties/stara-zagora/").section("Networks")
    assert networks.rows == [
        [
            "Cities for Children",
            "2007 admitted",
            (
                "member A member since the network was founded in 2007. In 2009 the municipality "
                "moderated the "
                "working group on traffic and safety and was host of the annual meeting."
            ),
        ],
        [
            "Strasbourg Club",
            "not stated as seen on 21 November 2026",
            (
                "member active member The municipality's page calls it an active member; it "
                "names no year of joining."
            ),
        ],
        [
            "Association of Cities of the South-East Region",
            "not stated as seen on 21 November 2026",
            (
                "member Through the association, which keeps an office in Brussels, the "
                "municipality regularly takes "
                "part in the Open Days during the yearly European Week of Cities and Regions."
            ),
        ],
    ]
    assert networks.one("ul").items == [
        "Moderator, Working group on traffic and safety: Cities for Children (2009)",
        "Host, annual meeting: Cities for Children (2009)",
    ]


def test_the_project_of_stara_zagora(visit: Read) -> None:
    projects = visit("/en/parties/stara-zagora/").section("Projects")
    assert projects.items == [
        "European regions develop European citizenship Partner · Europe for Citizens",
    ]


def test_a_party_without_a_tie_says_what_would_stand_there(visit: Read) -> None:
    ties = visit("/en/parties/stara-zagora/").section("Partnerships")
    assert ties.one("div", class_="empty").text == (
        "No partnership is recorded. A tie stands here as soon as an officer adds it, "
        "or a page that states it has been read and accepted."
    )


# What others print, and their errors -------------------------------------------------------------------


def test_an_error_in_print_is_corrected_aloud(visit: Read) -> None:
    valka = visit("/en/parties/valka/")
    assert valka.main.all("p", class_="aka")[0].text.startswith("Municipality · Latvia")
    said = [item for item in valka.section("What others print of Valka").items if "Lithuania" in item]
    assert said == [
        (
            "Country: Lithuania – printed in error; it is Latvia. Valka is a town in Latvia; "
            "the page prints Lithuania."
        )
    ]


def test_the_name_of_frankfurt_is_printed_in_error(visit: Read) -> None:
    others = visit("/en/parties/frankfurt-oder/").section("What others print of Frankfurt (Oder)")
    assert (
        "Name: Frankfurt (Order) – printed in error; it is Frankfurt (Oder). "
        "The town is named after the river Oder; the page prints Order."
    ) in others.items


# Addresses ---------------------------------------------------------------------------------------------


def test_the_page_of_an_association_is_that_of_its_network(client: Client, db: None) -> None:  # noqa: ARG001
    answer = client.get("/en/parties/city-twins-association/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/networks/city-twins-association/")


def test_the_day_asked_for_is_kept_on_the_way_to_the_network(client: Client, db: None) -> None:  # noqa: ARG001
    answer = client.get("/en/parties/city-twins-association/?on=2010-01-01")
    assert answer.headers["Location"] == "/en/networks/city-twins-association/?on=2010-01-01"


def test_an_unknown_party_is_not_found(visit: Read) -> None:
    assert visit("/en/parties/atlantis/", answers=404).heading == "There is no page at this address"


# The list ----------------------------------------------------------------------------------------------


def test_the_list_names_towns_in_both_ways_and_counts_their_ties(visit: Read) -> None:
    rows = {row[0]: row[1:] for row in visit("/en/parties/").main.rows}
    assert rows["Cherkasy Ukraine"][0] == "Черкаси"
    assert rows["Cherkasy Ukraine"][2] == "1"
    assert rows["Valmiera Latvia"] == ["Valmiera", "22,812", "9"]
    assert rows["Gütersloh district Germany · region"][0] == "Kreis Gütersloh"


def test_associations_are_not_among_cities_and_regions(visit: Read) -> None:
    listed = visit("/en/parties/")
    links = [a.attributes["href"] for a in listed.main.one("tbody").all("a")]
    assert "/en/parties/valmiera/" in links
    assert "/en/parties/city-twins-association/" not in links
    assert listed.main.all("p", class_="aka")[0].text == f"{len(links)} towns and regions in the register"


def test_the_list_shows_one_country(visit: Read) -> None:
    listed = visit("/en/parties/", country="EE")
    assert [row[0] for row in listed.main.rows] == ["Narva Estonia", "Valga Estonia", "Viljandi Estonia"]
    assert [option.text for option in listed.main.all("option", selected="")] == [
        "Estonia",
        "all kinds",
        "any network or none",
    ]


def test_the_list_shows_one_kind(visit: Read) -> None:
    assert [row[0] for row in visit("/en/parties/", kind="region").main.rows] == [
        "Gütersloh district Germany · region"
    ]


def test_the_list_counts_ties_on_the_day_asked_for(visit: Read) -> None:
    rows = {row[0]: row[3] for row in visit("/en/parties/", on="2010-01-01").main.rows}
    assert (rows["Valmiera Latvia"], rows["Cherkasy Ukraine"]) == ("6", "0")


def test_the_day_and_the_filter_are_kept_together(visit: Read) -> None:
    listed = visit("/en/parties/", on="2010-01-01", country="EE")
    assert listed.one("form", class_="asof").one("input", type="hidden").attributes["value"] == "EE"
    assert (
        listed.one("form", class_="filters").one("input", type="hidden").attributes["value"] == "2010-01-01"
    )


def test_a_long_list_has_pages_that_keep_the_filter(visit: Read) -> None:
    for number in range(51):
        make_party(name=f"Town {number:02}", country="MT")
    first, second = (visit("/en/parties/", country="MT", page=number) for number in "12")
    assert (len(first.main.rows), len(second.main.rows)) == (50, 1)
    assert first.one("a", rel="next").attributes["href"] == "?country=MT&page=2"


# A town of its own --------------------------------------------------------------------------------------


def test_a_party_without_a_position_has_no_map(visit: Read) -> None:
    make_party(name="Nowhere", country="MT")
    assert visit("/en/parties/nowhere/").all("svg", role="img") == []


def test_former_names_are_left_out_of_the_title_line(visit: Read) -> None:
    town = make_party(name="Valmera", country="LV")
    make_name(party=town, text="Wolmar", language="de", kind="former")
    make_name(party=town, text="Volmari", language="et")
    assert (
        visit("/en/parties/valmera/").main.all("p", class_="aka")[0].text == "Municipality · Latvia · Volmari"
    )


def test_words_of_sources_are_shown_and_not_run(visit: Read) -> None:
    town = make_party(name="Valmera", country="LV")
    source = make_source(title="<script>alert(1)</script>", language="lv")
    make_accepted(
        subject=town, field="name", stated="<b>Valmera</b>", source=source, as_printed="<img src=x onerror=x>"
    )
    shown = visit("/en/parties/valmera/")
    assert shown.heading == "<b>Valmera</b>"
    assert "Name: <img src=x onerror=x>" in shown.section("What others print").items
    blocks = [e for e in shown.all("script") if "src" not in e.attributes]
    # A block of data, which no browser runs, and which no word of a source can end.
    assert [e.attributes.get("type") for e in blocks] == ["application/ld+json"]
    assert json.loads(blocks[0].own_words)["name"] == "<b>Valmera</b>"


def test_a_withdrawn_tie_is_not_shown(visit: Read) -> None:
    one, other = make_party(name="Valmera", country="LV"), make_party(name="Viljanta", country="EE")
    tie = make_partnership(parties=[one, other])
    make_act(partnership=tie, date=str(PartialDate.parse("1999")))
    assert visit("/en/parties/valmera/").headings[0] == "Partnerships 1 in force"
    type(tie).objects.filter(pk=tie.pk).update(withdrawn_at="2020-01-01T00:00Z", withdrawn_why="a mistake")
    assert visit("/en/parties/valmera/").headings[0] == "Partnerships"


def test_the_list_is_sorted_by_its_heads_either_way(visit: Read) -> None:
    by_size = visit("/en/parties/", sort="-population")
    assert [row[0].split()[0] for row in by_size.rows[:3]] == ["Poznań", "Cherkasy", "Stara"]
    heads = [head for head in by_size.all("th") if "sortable" in head.classes]
    assert [head.attributes.get("aria-sort", "") for head in heads] == ["", "descending", ""]
    assert [head.one("a").attributes["href"] for head in heads] == [
        "?sort=name",
        "?sort=population",
        "?sort=ties",
    ]
    assert visit("/en/parties/", sort="name").rows[0][0].startswith("Český Těšín")
