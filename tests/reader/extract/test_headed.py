"""Pages on which each partner has a heading of its own, with its story below."""

import pytest

from twinhall.reader.extract.headed import headed
from twinhall.reader.places import Places

from .asked import on_page


def heads(places: Places, language: str, whose: tuple[str, str], text: str) -> dict[str, str]:
    """The lines that head a partner's story, and the kind of tie that it tells."""
    scene, subject = on_page(places, language, whose, text)
    return {scene.lines[number].text: section.kind for number, section in headed(scene, subject).items()}


@pytest.mark.parametrize(
    ("language", "whose", "text", "found"),
    [
        (
            "en",
            ("Exeter", "GB"),
            "Friends abroad\n\nBrno (Czechia)\nThe twinning was signed by both councils in May 1998.\n",
            {"Brno (Czechia)": "twin"},
        ),
        (
            "de",
            ("Marburg", "DE"),
            "Nachbarn in Europa\n\nGRAZ, ÖSTERREICH, 1979\nDie Partnerschaft wurde im Juni besiegelt.\n",
            {"GRAZ, ÖSTERREICH, 1979": "partner"},
        ),
        (
            "sk",
            ("Kežmarok", "SK"),
            "O nás\n\nBrno (Česko)\n\nPartnerská zmluva bola podpísaná v júni 1999 v radnici mesta.\n",
            {"Brno (Česko)": "partner"},
        ),
    ],
)
def test_a_heading_whose_text_tells_a_tie_names_a_partner(
    places: Places, language: str, whose: tuple[str, str], text: str, found: dict[str, str]
) -> None:
    assert heads(places, language, whose, text) == found


STORIES = (
    "Friends abroad\n\nBrno\nThe twinning was signed by both councils in May 1998.\n\n"
    "Graz\nThe charter of friendship was signed in a church in 2003.\n\n"
    "Solna\nA choir came first, and many have come and gone since then.\n"
)


def test_where_most_stories_tell_a_tie_all_headings_name_partners(places: Places) -> None:
    assert heads(places, "en", ("Exeter", "GB"), STORIES) == {
        "Brno": "twin",
        "Graz": "friendship",
        "Solna": "",
    }


@pytest.mark.parametrize(
    "text",
    [
        # no tie is told
        "Our tours\n\nBrno (Czechia)\nThe coach leaves from the market at six in the morning on Friday.\n",
        # the subject's own name
        "About us\n\nExeter (Great Britain)\nThe twinning with another town was signed in May 1998.\n",
        # one name without a country, which may be a word
        "News\n\nBar\nThe partner of the gala signed a contract with the twin brothers in 2018.\n",
        # the last of a list, with prose after it
        "Pairs of towns\n\nGraz (Austria)\nBrno (Czechia)\n\nA twin town shares its streets with another.\n",
    ],
)
def test_other_headings_name_none(places: Places, text: str) -> None:
    assert heads(places, "en", ("Exeter", "GB"), text) == {}


def test_the_page_of_a_network_has_no_partners_of_its_own(places: Places) -> None:
    assert heads(places, "en", ("City Twins Association", ""), STORIES) == {}
