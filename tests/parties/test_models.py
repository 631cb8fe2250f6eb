import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from tests.factories.accounts import make_user
from tests.factories.documents import make_document
from tests.factories.evidence import make_source
from tests.factories.parties import (
    make_affiliation,
    make_contact,
    make_filing,
    make_identifier,
    make_invitation,
    make_name,
    make_network_party,
    make_own_page,
    make_party,
    make_publication,
    make_succession,
)
from twinhall.core.text import SLUG_LENGTH
from twinhall.parties.models import (
    KEY_LENGTH,
    Identifier,
    Name,
    NameKind,
    Party,
    PartyKind,
    Publication,
    Role,
)

pytestmark = pytest.mark.django_db


def a_town(
    *,
    slug: str = "valga",
    kind: str = PartyKind.MUNICIPALITY,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Party:
    """A party not saved yet."""
    return Party(slug=slug, kind=kind, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(("latitude", "longitude"), [(-90.1, 0), (90.1, 0), (0, -180.1), (0, 180.1)])
def test_no_party_lies_off_the_globe(latitude: float, longitude: float) -> None:
    with pytest.raises(IntegrityError):
        a_town(latitude=latitude, longitude=longitude).save()


@pytest.mark.parametrize(("latitude", "longitude"), [(-90, -180), (90, 180), (57.775, 26.03), (None, None)])
def test_a_party_lies_anywhere_on_the_globe_or_at_no_known_place(
    latitude: float | None, longitude: float | None
) -> None:
    party = a_town(latitude=latitude, longitude=longitude)
    party.full_clean()
    party.save()
    party.refresh_from_db()
    assert (party.latitude, party.longitude) == (latitude, longitude)


@pytest.mark.parametrize("kind", PartyKind.values)
def test_a_party_is_of_any_of_the_kinds(kind: str) -> None:
    party = a_town(kind=kind)
    party.full_clean()
    party.save()
    assert Party.objects.get().kind == kind


def test_no_two_parties_have_one_address() -> None:
    make_party(address="valga")
    with pytest.raises(IntegrityError):
        make_party(address="valga")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("country", "XX", "“XX” is not a country code of ISO 3166-1, such as LV or BG."),
        ("country", "EU", "“EU” is not a country code of ISO 3166-1, such as LV or BG."),
        ("country", "ee", "“ee” is not a country code of ISO 3166-1, such as LV or BG."),
        ("language", "qq", "“qq” is not a language code, such as lv or bg."),
        ("website", "valga.example", "Enter a valid URL."),
    ],
)
def test_what_a_party_cannot_have_is_refused_with_its_reason(field: str, value: str, reason: str) -> None:
    party = make_party()
    setattr(party, field, value)
    with pytest.raises(ValidationError) as refusal:
        party.full_clean()
    assert refusal.value.message_dict == {field: [reason]}


def test_a_party_is_called_by_its_name_and_without_one_by_its_address() -> None:
    assert str(make_party(name="Valga", address="valga")) == "Valga"
    assert str(make_party(name="", address="kreis-gutersloh")) == "kreis-gutersloh"


def test_only_an_association_may_be_a_network() -> None:
    assert make_network_party().is_association
    assert not make_party().is_association


@pytest.mark.parametrize(("text", "key"), [("Zduńska Wola", "zdunska wola"), ("Черкаси", "cherkasi")])
def test_a_name_is_found_by_its_folded_key(text: str, key: str) -> None:
    name = make_name(text=text)
    name.refresh_from_db()
    assert name.key == key


def test_the_key_follows_the_name() -> None:
    name = make_name(text="Walk")
    name.text = "Valga linn"
    name.save()
    assert Name.objects.get().key == "valga linn"


def test_the_key_of_a_name_that_lengthens_when_folded_fits_its_column() -> None:
    name = make_name(text="爽" * 200, language="zh")
    name.refresh_from_db()
    assert len(name.key) == KEY_LENGTH
    assert name.key == "shuang" * 66 + "shua"


def test_a_name_in_another_language_or_of_another_kind_is_another_name() -> None:
    party = make_party()
    for language, kind in [
        ("de", NameKind.EXONYM),
        ("et", NameKind.EXONYM),
        ("de", NameKind.FORMER),
        ("", NameKind.EXONYM),
    ]:
        make_name(party=party, text="Walk", language=language, kind=kind)
    make_name(party=make_party(name="Valka"), text="Walk", language="de", kind=NameKind.EXONYM)
    assert Name.objects.filter(text="Walk").count() == 5


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("wikidata", "Q211714"), ("geonames", "587577"), ("nuts", "EE008"), ("nuts", "EE"), ("lau", "0855")],
)
def test_an_identifier_looks_as_its_scheme_says(scheme: str, value: str) -> None:
    identifier = Identifier(party=make_party(), scheme=scheme, value=value)
    identifier.full_clean()
    assert str(identifier) == f"{scheme}:{value}"


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("wikidata", "211714"),
        ("wikidata", "Q0"),
        ("wikidata", "Q211714\n"),
        ("geonames", "Q1"),
        ("geonames", "0"),
        ("nuts", "ee008"),
        ("nuts", "EE0081"),
    ],
)
def test_an_identifier_that_does_not_is_refused(scheme: str, value: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Identifier(party=make_party(), scheme=scheme, value=value).full_clean()
    assert f"“{value}” does not look like an identifier of {scheme}." in refusal.value.messages


def test_a_scheme_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        Identifier(party=make_party(), scheme="plz", value="33330").full_clean()
    assert "“plz” is not a scheme of identifiers." in refusal.value.messages


def test_the_same_value_in_another_scheme_is_another_identifier() -> None:
    party = make_party()
    make_identifier(party=party, scheme="geonames", value="587577")
    make_identifier(party=party, scheme="lau", value="587577")
    assert [str(identifier) for identifier in party.identifiers.all()] == ["geonames:587577", "lau:587577"]


def test_a_source_has_one_publisher() -> None:
    source = make_source()
    make_publication(source=source)
    with pytest.raises(IntegrityError):
        make_publication(source=source)


def test_a_publisher_and_a_published_source_are_not_deleted() -> None:
    publication = make_publication()
    with pytest.raises(ProtectedError):
        publication.publisher.delete()
    with pytest.raises(ProtectedError):
        publication.source.delete()
    assert Publication.objects.get() == publication


def test_records_of_a_party_are_called_by_what_people_know_them_by() -> None:
    source = make_own_page(make_party(name="Valga"), title="Partner cities")
    assert str(make_name(text="Walk")) == "Walk"
    assert str(make_contact(office="Town office")) == "Town office"
    assert str(source.publication) == "Valga: Partner cities"
    assert str(make_succession()) == "Halikko → Salo"
    assert (
        str(make_filing(document=make_document(title="Agreement"), party=make_party())) == "Valga: Agreement"
    )
    person = make_user(name="Kadri Kask")
    assert str(make_affiliation(user=person, party=make_party())) == "Kadri Kask: officer, Valga"
    assert str(make_invitation(party=make_party(), role=Role.EDITOR)) == "liis@valga.example: editor, Valga"


def test_an_address_has_room_for_what_is_made_of_names() -> None:
    assert Party._meta.get_field("slug").max_length == SLUG_LENGTH
