"""What places are called: as the reader knows them, else as they call themselves."""

import pytest
from django.utils import translation

from tests.factories.parties import make_name, make_party
from twinhall.core.languages import Text
from twinhall.parties.models import Party
from twinhall.web.names import Names

pytestmark = pytest.mark.django_db


@pytest.fixture
def cherkasy() -> Party:
    town = make_party(name="Черкаси", address="cherkasy", language="uk", country="UA")
    make_name(party=town, text="Cherkasy", language="en")
    make_name(party=town, text="Čerkasi", language="lv")
    return town


def called(party: Party, language: str) -> Text:
    with translation.override(language):
        return Names([party]).of(party)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", Text("Cherkasy", "en")),
        ("lv", Text("Čerkasi", "lv")),
        ("et", Text("Cherkasy", "en")),
        ("bg", Text("Черкаси", "uk")),
    ],
)
def test_a_name_is_one_that_the_reader_can_read(cherkasy: Party, language: str, name: Text) -> None:
    assert called(cherkasy, language) == name


def test_the_own_name_stands_for_readers_of_its_language() -> None:
    town = make_party(name="Valka", language="lv")
    make_name(party=town, text="Walk", language="lv")
    assert called(town, "lv") == Text("Valka", "lv")


def test_a_name_in_the_language_of_the_reader_is_taken() -> None:
    region = make_party(name="Kreis Gütersloh", language="de")
    make_name(party=region, text="Gütersloh district", language="en")
    assert called(region, "en") == Text("Gütersloh district", "en")


def test_the_official_name_comes_before_what_others_say() -> None:
    league = make_party(name="Die Hanse", language="de")
    make_name(party=league, text="Hansa", language="en", kind="exonym")
    make_name(party=league, text="The Hanseatic League", language="en", kind="official")
    assert called(league, "en") == Text("The Hanseatic League", "en")


@pytest.mark.parametrize("kind", ["alias", "former"])
def test_aliases_and_former_names_are_not_shown_as_the_name(kind: str) -> None:
    town = make_party(name="Valga", language="et")
    make_name(party=town, text="Walk", language="en", kind=kind)
    assert called(town, "en") == Text("Valga", "et")


def test_a_name_in_an_unknown_language_is_marked_so() -> None:
    assert called(make_party(name="Valga"), "en") == Text("Valga", "und")


def test_without_a_name_to_read_the_own_one_is_shown() -> None:
    town = make_party(name="Ивангород", language="ru")
    assert called(town, "et") == Text("Ивангород", "ru")
