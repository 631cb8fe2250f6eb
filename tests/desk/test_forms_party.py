"""Parties at the desk: a new one, its names, identifiers and offices, and whose place it took."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, address, filled, of_record, said, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.parties import make_affiliation, make_identifier, make_officer, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.reading import page
from twinhall.evidence.models import Statement
from twinhall.finder.actions import index_all
from twinhall.parties.models import Contact, Identifier, Name, Party, Role, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

REGION = {
    "kind": "region",
    "name": "Vidzemes plānošanas reģions",
    "english": "Vidzeme Region",
    "country": "LV",
}

NOT_YOURS = "You do not speak for this party. Ask whoever runs the register to record it."
ALIKE = (
    "It is another one than those: It looks like one that is in the register: Vidzeme Region. "
    "Use that one, or tick that it is another."
)


def test_a_party_that_no_gazetteer_has_is_added(kadri: Desk, valga: Party, client: Client) -> None:
    typed = REGION | {"language": "lv", "population": "211309", "wikidata": "Q2306703"}
    shown = kadri.send(address("party-add"), basis=f"own:{valga.pk}", **typed)
    assert said(shown) == ["Added."]
    party = Party.objects.get(slug="vidzeme-region")
    assert (party.name, party.kind, party.population) == (REGION["name"], "region", 211309)
    assert (Name.objects.get(party=party).text, Identifier.objects.get(party=party).value) == (
        "Vidzeme Region",
        "Q2306703",
    )
    found = page(client.get("/en/search/", {"q": "vidzeme"})).main
    assert found.one("a", href="/en/parties/vidzeme-region/").text == "Vidzeme Region"


def test_one_that_looks_like_another_is_asked_about(kadri: Desk, valga: Party) -> None:
    make_party(name="Vidzeme Region", country="LV", kind="region")
    refused = kadri.refused(address("party-add"), basis=f"own:{valga.pk}", **REGION)
    assert wrongs(refused) == [ALIKE]
    assert filled(refused)["name"] == [REGION["name"]]
    kadri.send(address("party-add"), refused, is_another="on")
    assert Party.objects.filter(kind="region").count() == 2


def test_what_is_missing_is_said_and_nothing_is_lost(kadri: Desk, valga: Party) -> None:
    refused = kadri.refused(
        address("party-add"), english="Vidzeme", latitude="north", basis=f"own:{valga.pk}"
    )
    assert wrongs(refused) == [
        "Name in its own language: This field is required.",
        "Latitude: Enter a number.",
    ]
    assert (filled(refused)["english"], filled(refused)["latitude"]) == (["Vidzeme"], ["north"])


def test_another_name_is_added_taken_back_and_restored(kadri: Desk, valga: Party, client: Client) -> None:
    where = address("name-add", valga.slug)
    shown = kadri.send(where, text="Walk", language="de", kind="exonym")
    assert "Walk" in shown.section("Names").text
    assert page(client.get("/en/search/", {"q": "walk"})).main.all("a", href="/en/parties/valga/")
    refused = kadri.refused(where, text=" Walk ", language="de", kind="exonym")
    (wrong,) = wrongs(refused)
    assert "already" in wrong
    name = Name.objects.get()
    kadri.send(of_record("withdraw", name), why="Not ours.")
    assert not page(client.get("/en/search/", {"q": "walk"})).main.all("a", href="/en/parties/valga/")
    shown = kadri.send(of_record("restore", name))
    assert page(client.get("/en/search/", {"q": "walk"})).main.all("a", href="/en/parties/valga/")


def test_an_identifier_is_added_once(kadri: Desk, valga: Party) -> None:
    make_identifier(party=make_party(name="Elva"), value="Q2")
    where = address("identifier-add", valga.slug)
    for value in ("Q2", "two"):
        assert wrongs(kadri.refused(where, scheme="wikidata", value=value)) != []
    shown = kadri.send(where, scheme="wikidata", value="Q211714")
    assert shown.section("Identifiers").items[0] == "wikidata: Q211714"


def test_an_office_is_added_with_its_source(kadri: Desk, valga: Party, client: Client) -> None:
    where = address("contact-add", valga.slug)
    refused = kadri.refused(where, office="International office")
    assert wrongs(refused) == ["Language: This field is required."]
    kadri.send(where, refused, office_language="en", address="Puiestee 8", website="www.valga.ee/contact")
    (contact,) = Contact.objects.all()
    assert (contact.key, contact.website) == ("international-office", "https://www.valga.ee/contact")
    assert {s.field for s in Statement.objects.filter(in_force=True)} == {
        *("exists", "office", "address", "website")
    }
    assert "Puiestee 8" in page(client.get(address("web:party", "valga"))).main.text


def test_a_predecessors_ties_show_on_the_successors_page(
    kadri: Desk, valga: Party, valka: Party, client: Client
) -> None:
    old = make_party(name="Valga linn")
    make_act(partnership=make_partnership(parties=[old, valka]), date="1995")
    index_all()
    public = address("web:party", "valga")
    assert "1995" not in page(client.get(public)).main.text
    where = address("succession-add", valga.slug)
    refused = kadri.refused(where, predecessor=f"party:{old.pk}")
    assert wrongs(refused) == [f"Whose place it took: {NOT_YOURS}"]
    make_affiliation(user=kadri.user, party=old)
    assert wrongs(kadri.refused(where, date="2017"))[0].startswith("Whose place it took: Find it first")
    shown = kadri.send(where, predecessor=f"party:{old.pk}", date="2017-10")
    assert "Valga linn" in shown.section("Predecessors").text
    told = page(client.get(public)).main.text
    assert "Valga linn" in told
    assert "1995" in told
    succession = Succession.objects.get()
    assert str(succession.date) == "2017-10"
    refused = kadri.refused(where, predecessor=f"party:{valga.pk}")
    assert len(wrongs(refused)) == 1
    kadri.send(of_record("withdraw", succession), why="It was another.")
    assert "Valga linn" not in page(client.get(public)).main.text
    kadri.send(of_record("restore", succession))
    assert "Valga linn" in page(client.get(public)).main.text


def test_neither_succeeds_the_other_twice(kadri: Desk, valga: Party, valka: Party) -> None:
    Succession.objects.create(predecessor=valga, successor=valka)
    make_affiliation(user=kadri.user, party=valka)
    refused = kadri.refused(address("succession-add", valga.slug), predecessor=f"party:{valka.pk}")
    assert wrongs(refused) == ["The one is the other's predecessor already."]


@pytest.mark.parametrize("part", ["name", "identifier", "contact", "succession"])
def test_others_add_nothing(valga: Party, part: str) -> None:
    where = address(f"{part}-add", valga.slug)
    for person in (make_officer(valga, role=Role.EDITOR), make_officer(make_party(name="Elva"))):
        Desk(person).open(where, 403)
    Desk(make_administrator()).open(where)
    Desk(make_administrator()).open(address(f"{part}-add", "nowhere"), 404)
