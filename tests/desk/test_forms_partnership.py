"""Adding a partnership: with a party of the register, and with a town that it does not have yet."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.desk.conftest import Desk, address, filled, of_record, pills, said, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.places import make_gazetteer, make_town
from tests.web.reading import Page, page
from twinhall.evidence.models import SourceKind, Statement
from twinhall.finder.actions import index_all
from twinhall.parties.models import Identifier, Party, Role
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "_towns")]

VALKA = 454572


@pytest.fixture
def _towns(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER = tmp_path
    make_gazetteer(
        tmp_path,
        make_town(VALKA, "Valka", "Walk", country="LV", division="30", population=4_615),
        make_town(3, "Walk Mill", country="GB", division="ENG", latitude=53.8, longitude=-2.2),
    )


@pytest.fixture
def form(valga: Party) -> str:  # noqa: ARG001 - it is indexed
    index_all()
    return address("partnership-add")


def test_a_partner_of_the_register_is_found_and_taken(kadri: Desk, valga: Party, valka: Party) -> None:
    index_all()
    where = address("partnership-add")
    found = _found(kadri, where, partner_q="valk", kind="twinning", quote="Since long ago.")
    assert filled(found)["quote"] == ["Since long ago."]
    shown = kadri.send(where, found, partner=f"party:{valka.pk}")
    assert shown.heading == "Valga and Valka"
    assert said(shown) == ["Added. Its status follows from its acts: add the first one."]
    (tie,) = Partnership.objects.all()
    assert (tie.slug, tie.kind, tie.parties_key) == ("valga-valka", "twinning", f"{valga.pk} {valka.pk}")
    (word,) = Statement.objects.all()
    assert (word.subject_id, word.field, word.value, word.in_force) == (tie.pk, "exists", "yes", True)
    assert (word.quote, word.source.kind) == ("Since long ago.", SourceKind.OWN_STATEMENT)


def _found(person: Desk, where: str, **typed: str) -> Page:
    answer = person.post(where, find="partner", **typed)
    return page(answer)


def test_a_search_is_not_yet_the_deed_and_says_nothing_of_what_is_missing(kadri: Desk, form: str) -> None:
    found = _found(kadri, form, partner_q="Walk")
    assert found.main.all("div", class_="wrongs") == []
    assert [radio.attributes["value"] for radio in found.all("input", name="partner")] == [
        f"place:{VALKA}",
        "place:3",
    ]
    assert not Partnership.objects.exists()


def test_a_town_of_the_gazetteer_becomes_a_party_with_its_source(kadri: Desk, form: str) -> None:
    kadri.send(form, partner_q="Walk", partner=f"place:{VALKA}")
    town = Party.objects.get(slug="valka")
    assert (town.name, town.country, town.population) == ("Valka", "LV", 4615)
    assert Identifier.objects.get(party=town).value == str(VALKA)
    assert Partnership.objects.get().slug == "valga-valka"
    told = Statement.objects.filter(subject_type="parties.party")
    assert {word.source.title for word in told} == {"GeoNames"}


def test_of_a_tie_that_cannot_be_no_town_is_left_behind(
    kadri: Desk, form: str, valga: Party, valka: Party
) -> None:
    make_partnership(parties=[valga, valka], kind="twinning")
    Identifier.objects.create(party=valka, scheme="geonames", value=str(VALKA))
    typed = {"partner": f"place:{VALKA}", "third": "place:3"}
    refused = kadri.refused(form, third_q="Walk Mill", **(typed | {"third": f"party:{valga.pk}"}))
    assert wrongs(refused) == ["A third party, if there is one: Choose which one you mean."]
    refused = kadri.refused(form, partner=f"place:{VALKA}", kind="twinning")
    assert wrongs(refused) == ["These parties have a partnership of this kind already."]
    refused = kadri.refused(form, partner="place:3", third=f"party:{valga.pk}")
    assert wrongs(refused) == ["The other side: A party signs once."]
    assert not Party.objects.filter(name="Walk Mill").exists()
    assert Partnership.objects.count() == 1


def test_a_tie_may_have_three_sides(kadri: Desk, form: str, valka: Party) -> None:
    kadri.send(form, partner=f"party:{valka.pk}", third="place:3", kind="cooperation agreement")
    parties = {signatory.party.slug for signatory in Partnership.objects.get().signatories.all()}
    assert parties == {"valga", "valka", "walk-mill"}


def test_what_is_missing_is_said_beside_its_field(kadri: Desk, form: str) -> None:
    refused = kadri.refused(form, partner_q="Atlantis", basis="page", page_title="Partners")
    assert wrongs(refused) == [
        "The other side: Find it first: type its name and press “Find”.",
        "Address of the page: Give the address of the page.",
    ]
    assert filled(refused)["page_title"] == ["Partners"]
    assert filled(refused)["partner_q"] == ["Atlantis"]


def test_the_person_is_offered_the_sides_that_they_speak_for(kadri: Desk, form: str, valga: Party) -> None:
    other = make_party(name="Elva")
    mine = kadri.open(form).main.one("select", name="mine")
    assert [option.attributes["value"] for option in mine.all("option")] == [str(valga.pk)]
    refused = kadri.refused(form, mine=str(other.pk), partner="place:3")
    assert wrongs(refused)[0].startswith("Our side: Select a valid choice.")


def test_a_page_that_says_so_is_kept_as_a_source_with_its_publisher(
    kadri: Desk, form: str, valga: Party
) -> None:
    kadri.send(
        form,
        partner="place:3",
        basis="page",
        url="www.valga.ee/partners",
        page_title="Partnerid",
        page_language="et",
        page_of=str(valga.pk),
    )
    source = Statement.objects.get(field="exists", subject_type="partnerships.partnership").source
    assert (source.url, source.title) == ("https://www.valga.ee/partners", "Partnerid")
    assert source.publication.publisher == valga


def test_who_speaks_for_nobody_does_not_add_a_tie(valga: Party, form: str) -> None:
    Desk(make_officer(valga, role=Role.EDITOR)).open(form, 403)
    Desk(make_officer()).open(form, 403)


def test_who_runs_the_register_adds_a_tie_of_others(form: str, valga: Party, valka: Party) -> None:
    admin = Desk(make_administrator())
    shown = admin.open(form)
    assert not shown.main.all("select", name="mine")
    found = page(admin.post(form, shown, mine_q="Valg", find="mine"))
    assert [radio.attributes["value"] for radio in found.main.all("input", type="radio", name="mine")] == [
        f"party:{valga.pk}"
    ]
    refused = admin.refused(form, found, mine=f"party:{valga.pk}", partner=f"party:{valka.pk}")
    assert wrongs(refused) == ["Where does this come from?: Say where this comes from."]
    shown = admin.send(form, refused, basis="page", url="https://valka.lv/")
    assert pills(shown)[0] == "unknown"
    assert admin.open(of_record("history", Partnership.objects.get())).heading == "History"
