"""The gallery of the parts that pages are made of."""

import pytest

from tests.web.conftest import Read

pytestmark = pytest.mark.django_db


def test_each_part_stands_under_its_name(visit: Read) -> None:
    shown = visit("/en/components/")
    assert [heading.split(",")[0] for heading in shown.headings] == [
        "mark",
        "words",
        "facts",
        "pill",
        "said",
        "register",
        "sides",
        "callout",
        "messages",
        "timeline",
        "deflist",
        "map",
        "atlas",
        "field",
        "filters",
        "chips",
        "pagination",
        "papers",
        "empty",
        "notes",
    ]


def test_the_gallery_asks_search_engines_to_pass_by(visit: Read) -> None:
    assert visit("/en/components/").one("meta", name="robots").attributes["content"] == "noindex"


def test_a_field_in_error_is_tied_to_its_words(visit: Read) -> None:
    field = visit("/en/components/").section("field").all("input")[0]
    words = field.attributes["aria-describedby"].split()
    assert words == ["id_name_helptext", "id_name_error"]
    shown = visit("/en/components/").section("field")
    assert [shown.one("div", id=words[0]).text, shown.one("div", id=words[1]).text] == [
        "As the town writes it itself.",
        "Error: This field is required.",
    ]


def test_no_two_parts_share_an_id(visit: Read) -> None:
    ids = [e.attributes["id"] for e in visit("/en/components/") if "id" in e.attributes]
    assert sorted(set(ids)) == sorted(ids)
