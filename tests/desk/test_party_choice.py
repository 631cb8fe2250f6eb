"""Choosing a party in a form, as it is sent and shown without JavaScript."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import translation
from django.views import View
from pytest_django import Settings

from tests.factories.accounts import make_user
from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from tests.factories.places import make_gazetteer, make_town
from tests.web.reading import Element, read
from twinhall.desk.finding import MOST
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import PartyChoice, resolve
from twinhall.exchange.readings.ends import Choice, value_of
from twinhall.finder.actions import index_all
from twinhall.parties.models import Party
from twinhall.reader.gazetteer import Place

desk = ([path("parties/add/", View.as_view(), name="party-add")], "desk")
urlpatterns = [path("desk/", include(desk))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

VALGA, VALKA = 587876, 454572


class TieForm(DeskForm):
    partner = PartyChoice(label="Partner")


class NetworkForm(DeskForm):
    partner = PartyChoice(label="Network", within="register", kinds=["association"])


class LooseForm(DeskForm):
    partner = PartyChoice(label="Through", required=False)


@pytest.fixture(autouse=True)
def _towns(settings: Settings, tmp_path: Path) -> None:
    """Valga and Valka, which are called by each other's name, and a namesake far away."""
    settings.GAZETTEER = tmp_path
    make_gazetteer(
        tmp_path,
        make_town(VALGA, "Valga", "Valka", "Walk", population=12_000),
        make_town(VALKA, "Valka", "Walk", "ვალკა", country="LV", division="30", population=4_615),
        make_town(3, "Walk Mill", country="GB", division="ENG", population=1, latitude=53.8, longitude=-2.2),
    )


def sent(form: type[DeskForm] = TieForm, **data: str) -> DeskForm:
    """A form with what was sent: ``q`` the name typed, ``choice`` the option, ``find`` the button pressed."""
    typed = QueryDict(mutable=True)
    names = {"q": "partner_q", "choice": "partner"}
    typed.update({names.get(name, name): value for name, value in data.items()})
    return form(typed)


def drawn(form: DeskForm) -> Element:
    """The field as a page shows it."""
    page = engines["jinja2"].from_string(
        '{% from "components/field.html" import field %}{{ field(form["partner"]) }}'
    )
    return read(page.render({"form": form}))


def options(form: DeskForm) -> list[str]:
    return drawn(form).items


def radios(form: DeskForm) -> list[Element]:
    return drawn(form).all("input", type="radio")


def marked(form: DeskForm) -> list[str]:
    return [radio.attributes["value"] for radio in radios(form) if "checked" in radio.attributes]


def chosen(form: DeskForm) -> Choice | None:
    assert form.is_valid(), form.errors
    found: Choice | None = form.cleaned_data["partner"]
    return found


def wrong(form: DeskForm) -> list[str]:
    assert not form.is_valid()
    return [str(error) for error in form.errors["partner"]]


def valka(*, is_withdrawn: bool = False) -> Party:
    """The register's Valka, known to GeoNames."""
    party = make_party(
        name="Valka",
        country="LV",
        withdrawn_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC) if is_withdrawn else None,
        withdrawn_why="entered twice" if is_withdrawn else "",
    )
    make_identifier(party=party, scheme="geonames", value=str(VALKA))
    index_all()
    return party


# Finding -----------------------------------------------------------------------------------------------


def test_at_first_there_is_a_name_to_type_and_nothing_to_choose() -> None:
    field = drawn(TieForm())

    assert [legend.text for legend in field.all("legend")] == ["Partner"]
    typing = field.one("input", type="text", name="partner_q")
    assert typing.attributes["value"] == ""
    assert (field.one("label").attributes["for"], typing.attributes["id"]) == ("id_partner", "id_partner")
    button = field.one("button", type="submit", name="find", value="partner")
    assert (button.text, "formnovalidate" in button.attributes) == ("Find", True)
    assert (field.all("input", type="radio"), field.all("a")) == ([], [])


def test_a_search_shows_towns_with_what_tells_them_apart() -> None:
    form = sent(q="Valka", find="partner").searching()

    assert options(form) == [
        "Valga · Estonia · Valgamaa · 12,000 inhabitants · found as Valka",
        "Valka · Latvia · Valka · 4,615 inhabitants",
    ]
    assert [radio.attributes["value"] for radio in radios(form)] == [f"place:{VALGA}", f"place:{VALKA}"]


def test_what_was_typed_is_kept_and_no_error_is_shown() -> None:
    field = drawn(sent(q=" Valka ", find="partner").searching())

    assert field.one("input", type="text").attributes["value"] == "Valka"
    assert [element for element in field if "errors" in element.classes] == []


def test_the_register_comes_first_and_leaves_its_towns_out() -> None:
    party = valka()
    form = sent(q="Valka", find="partner").searching()

    assert options(form) == [
        "Valka · municipality · Latvia",
        "Valga · Estonia · Valgamaa · 12,000 inhabitants · found as Valka",
    ]
    assert [p.text for p in drawn(form).all("p", class_="party-group")] == [
        "In the register",
        "Towns that are not in the register yet",
    ]
    assert [radio.attributes["value"] for radio in radios(form)] == [f"party:{party.pk}", f"place:{VALGA}"]


@pytest.mark.parametrize("query", ["Валка", "VALKA", "valk", "ვალკა"])
def test_a_party_is_found_by_any_name_in_any_script(query: str) -> None:
    party = valka()

    assert f"party:{party.pk}" in [radio.attributes["value"] for radio in radios(sent(q=query))]


def test_the_spelling_it_was_found_by_is_told() -> None:
    party = valka()
    make_name(party=party, text="Pedele linn", language="et")
    index_all()

    assert options(sent(q="pedele")) == ["Valka · municipality · Latvia · found as Pedele linn"]
    assert "Valka · municipality · Latvia · found as Walk" in options(sent(q="walk"))


def test_words_and_numbers_are_the_readers() -> None:
    make_name(party=valka(), text="Валка", language="bg")
    index_all()

    with translation.override("bg"):
        party, town = options(sent(q="Valka"))

    assert party.startswith("Валка · Valka · ")
    assert "Латвия" in party
    assert re.search(r"12\s000", town)
    assert "Естония" in town


def test_a_town_that_looks_like_a_party_is_marked() -> None:
    make_party(name="Valga", country="EE", kind="district")
    form = sent(q="Valka")

    valga, other = options(form)
    assert valga.endswith("Looks like Valga (district), in the register already.")
    assert "Looks like" not in other
    radio = radios(form)[0]
    (warning,) = [e for e in drawn(form) if e.attributes.get("id") == radio.attributes["aria-describedby"]]
    assert warning.text == "Looks like Valga (district), in the register already."


def test_a_name_that_nothing_has_says_what_to_do() -> None:
    field = drawn(sent(q="Atlantis", find="partner").searching())

    assert [p.text for p in field.all("p", class_="party-hint")] == [
        "No party in the register is called so, and no town of 500 inhabitants or more.",
        "Try its name as it is spelt there, or the beginning of another of its names.",
        "Not there? Add it by hand in a new tab, then find it here.",
    ]
    assert field.one("a").attributes["href"] == "/desk/parties/add/"


def test_more_than_is_shown_is_told() -> None:
    for number in range(MOST + 1):
        make_party(name=f"Saint {number:02}")
    index_all()
    form = sent(q="Saint")

    assert len(options(form)) == MOST
    assert "Only the first are shown." in drawn(form).text
    assert "Only the first" not in drawn(sent(q="Saint 0")).text


def test_the_search_is_gone_on_with_from_the_keyboard() -> None:
    def focused(form: DeskForm) -> list[str]:
        return [e.attributes["id"] for e in drawn(form) if "autofocus" in e.attributes]

    assert focused(sent(q="Valka", find="partner")) == ["id_partner_1_1"]
    assert focused(sent(q="Atlantis", find="partner")) == ["id_partner"]
    assert focused(sent(q="Valka", find="another")) == []


def test_no_two_controls_share_an_id_and_each_has_its_label() -> None:
    valka()
    field = drawn(sent(LooseForm, q="Valka"))

    ids = [element.attributes["id"] for element in field if "id" in element.attributes]
    assert sorted(set(ids)) == sorted(ids)
    assert {label.attributes["for"] for label in field.all("label")} == {
        control.attributes["id"] for control in field.all("input")
    }
    assert {ul.attributes["aria-labelledby"] for ul in field.all("ul")} <= set(ids)


@pytest.mark.parametrize("name", ["<b>x", '"><script>'])
def test_names_are_shown_as_they_are(name: str) -> None:
    make_party(name=name)
    index_all()

    assert options(sent(q=name)) == [f"{name} · municipality · Estonia"]


def test_the_number_of_queries_does_not_grow() -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            drawn(sent(q="Valk"))
        return len(queries)

    make_party(name="Valkla", country="EE")
    index_all()
    few = count()
    for number in range(MOST):
        make_party(name=f"Valkla {number}", country="EE")
    index_all()

    assert count() == few <= 10


# Choosing ----------------------------------------------------------------------------------------------


def test_a_party_is_chosen() -> None:
    party = valka()

    assert chosen(sent(q="Valka", choice=f"party:{party.pk}")) == party
    assert chosen(sent(choice=f"party:{party.pk}")) == party


def test_a_town_is_chosen_and_becomes_a_party() -> None:
    town = chosen(sent(q="Walk", choice=f"place:{VALKA}"))
    assert isinstance(town, Place)
    assert (town.id, town.name, town.country) == (VALKA, "Valka", "LV")

    party = resolve(town, by=make_user())

    assert (party.slug, party.country) == ("valka", "LV")
    assert resolve(party, by=make_user()) == party
    assert options(sent(q="Valka"))[0].startswith("Valka · municipality · Latvia")


def test_a_town_that_has_become_a_party_meanwhile_is_that_party() -> None:
    party = valka()

    assert chosen(sent(q="Valka", choice=f"place:{VALKA}")) == party


def test_nothing_is_chosen_silently() -> None:
    form = sent(q="Walk Mill")

    assert wrong(form) == ["Choose which one you mean."]
    assert marked(form) == ["place:3"]
    assert marked(sent(q="Valka")) == []


def test_nothing_found_and_nothing_typed_is_told_as_such() -> None:
    assert wrong(sent(q="Atlantis")) == ["Find it first: type its name and press “Find”."]
    assert wrong(sent()) == ["Find it first: type its name and press “Find”."]


def test_a_choice_does_not_outlive_its_search() -> None:
    form = sent(q="Walk Mill", choice=f"place:{VALKA}")

    assert wrong(form) == ["Choose which one you mean."]
    assert options(form) == ["Walk Mill · United Kingdom · England · 1 inhabitant"]


@pytest.mark.parametrize(
    "choice",
    [
        "party:0",
        "party:x",
        "party:",
        "place:1",
        "place:",
        "x",
        "party:²",
        "party:" + "9" * 30,
        "PARTY:1",
        "none",
    ],
)
def test_what_nobody_offered_is_refused(choice: str) -> None:
    known = {"none": "Find it first: type its name and press “Find”."}

    assert wrong(sent(choice=choice)) == [
        known.get(choice, "This cannot be chosen here. Find it by its name.")
    ]


def test_a_withdrawn_party_is_neither_shown_nor_taken() -> None:
    party = valka(is_withdrawn=True)
    said = ["“Valka” was withdrawn from the register. Choose another."]

    assert wrong(sent(choice=f"party:{party.pk}")) == said
    assert wrong(sent(q="Valka", choice=f"place:{VALKA}")) == said
    assert radios(sent(choice=f"party:{party.pk}")) == []


def test_the_error_stands_beside_the_field() -> None:
    form = sent(q="Valka")
    form.is_valid()
    fieldset = drawn(form).one("fieldset")

    assert fieldset.attributes["aria-describedby"] == "id_partner_error"
    assert fieldset.one("div", id="id_partner_error").text == "Error: Choose which one you mean."
    assert fieldset.one("input", type="text").attributes["aria-invalid"] == "true"


# Narrower, and looser ----------------------------------------------------------------------------------


def test_a_field_may_ask_for_networks_of_the_register_alone() -> None:
    network = make_network_party(name="Valka Network")
    town = valka()
    form = sent(NetworkForm, q="Valka")

    assert options(form) == ["Valka Network · association"]
    assert chosen(sent(NetworkForm, q="Valka", choice=f"party:{network.pk}")) == network
    for choice in (f"party:{town.pk}", f"place:{VALKA}", f"place:{VALGA}"):
        assert wrong(sent(NetworkForm, choice=choice)) == ["This cannot be chosen here. Find it by its name."]


def test_networks_are_found_behind_any_number_of_towns() -> None:
    for number in range(250):
        make_party(name=f"Union {number}", address=f"union-{number}")
    network = make_network_party(name="Union of towns, the older")
    index_all()

    assert chosen(sent(NetworkForm, q="union", choice=f"party:{network.pk}")) == network


def test_nothing_in_the_register_offers_no_adding_by_hand() -> None:
    field = drawn(sent(NetworkForm, q="Atlantis"))

    assert field.all("a") == []
    assert "No party in the register is called so." in field.text


def test_a_field_may_stay_empty() -> None:
    assert chosen(sent(LooseForm)) is None
    assert chosen(sent(LooseForm, find="partner")) is None
    assert options(sent(LooseForm, q="Valka"))[0].startswith("Valga")
    assert radios(sent(LooseForm, q="Valka"))[-1].attributes["value"] == "none"
    assert chosen(sent(LooseForm, q="Valka", choice="none")) is None
    assert wrong(sent(LooseForm, q="Valka")) == ["Choose which one you mean."]


def test_a_field_may_be_filled_beforehand() -> None:
    party = valka()
    form = TieForm(initial={"partner": party})

    assert (options(form), marked(form)) == (["Valka · municipality · Latvia"], [f"party:{party.pk}"])
    assert not TieForm.base_fields["partner"].has_changed(party, form["partner"].value())


def test_a_form_may_have_two_of_them() -> None:
    class Pair(DeskForm):
        partner = PartyChoice(label="Here")
        other = PartyChoice(label="There", within="register")

    party = valka()
    typed = QueryDict(f"partner_q=Valka&partner=place:{VALGA}&other_q=Valka&other={value_of(party)}")
    form = Pair(typed)

    assert form.is_valid()
    assert (form.cleaned_data["partner"].id, form.cleaned_data["other"]) == (VALGA, party)
    assert marked(form) == [f"place:{VALGA}"]


def test_a_withdrawn_party_cannot_be_had_from_its_town() -> None:
    town = chosen(sent(choice=f"place:{VALKA}"))
    valka(is_withdrawn=True)
    assert town is not None

    with pytest.raises(ValidationError):
        resolve(town, by=make_user())
