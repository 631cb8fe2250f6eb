"""Whose page an address is."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.evidence import make_accepted, make_source
from tests.factories.parties import make_party, make_publication
from twinhall.evidence.models import Statement
from twinhall.parties.models import Publication
from twinhall.parties.publishing import credit, is_on_site_of, owner_of, plain, spellings

PAGES = [
    ("https://valga.ee/partnerid", "https://www.valga.ee", True),
    ("http://www.valga.ee/partnerid", "https://valga.ee/", True),
    ("https://turism.valga.ee/", "https://valga.ee/et/", True),
    ("https://valga.ee/en/partners", "https://valga.ee/et/index.php", True),
    ("https://valga.ee.example/", "https://valga.ee/", False),
    ("https://notvalga.ee/", "https://valga.ee/", False),
    ("https://ee/", "https://valga.ee/", False),
    ("https://towns.example/valka/partners", "https://towns.example/valga/", False),
    ("https://towns.example/valga/partners", "https://towns.example/valga", True),
    ("https://towns.example/valga2", "https://towns.example/valga", False),
    ("https://valga.ee:99999/", "https://valga.ee/", False),
    ("https://valga.ee/", "", False),
    ("", "https://valga.ee/", False),
    ("https://xn--vru-ona.ee/", "https://võru.ee/", True),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("url", "website", "is_on_it"), PAGES)
def test_a_page_is_on_a_site_or_not(url: str, website: str, is_on_it: bool) -> None:  # noqa: FBT001
    assert is_on_site_of(url, make_party(website=website)) is is_on_it


@pytest.mark.django_db
def test_the_owner_of_a_page_is_whose_site_it_is_on() -> None:
    valga = make_party(website="https://www.valga.ee/")
    make_party(name="Valka", website="https://towns.example/valka")
    assert owner_of("http://valga.ee/en") == valga
    assert owner_of("https://turism.valga.ee/") is None
    assert owner_of("https://towns.example/solna") is None
    assert owner_of("no address") is None


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("HTTPS://Valga.EE:443/A?b=C#d", "https://valga.ee/A?b=C"),
        ("http://valga.ee", "http://valga.ee/"),
        ("https://valga.ee:8443/", "https://valga.ee:8443/"),
        ("https://[2001:db8::1]:443/", "https://[2001:db8::1]/"),
        ("ftp://valga.ee/", "ftp://valga.ee/"),
        ("no address", "no address"),
    ],
)
def test_an_address_is_kept_plain(url: str, kept: str) -> None:
    assert plain(url) == kept


def test_with_and_without_tls_it_is_one_page() -> None:
    assert set(spellings("https://Valga.ee/#a")) == {
        "https://Valga.ee/#a",
        "https://valga.ee/",
        "http://valga.ee/",
        "https://valga.ee",
        "http://valga.ee",
    }


@pytest.mark.django_db
def test_words_are_weighed_anew_when_their_page_is_credited() -> None:
    valga = make_party(website="https://valga.example")
    third = make_accepted(subject=valga, field="population", stated=1, source=make_source(url=""))
    own = make_accepted(subject=valga, field="population", stated=2, source=make_source())
    Statement.objects.filter(pk=own.pk).update(in_force=False)
    Statement.objects.filter(pk=third.pk).update(in_force=True)
    credit(own.source, valga)
    assert Statement.objects.get(in_force=True, field="population") == own
    valga.refresh_from_db()
    assert valga.population == 2


@pytest.mark.django_db
def test_of_two_with_one_site_the_page_stays_with_its_holder() -> None:
    site = "https://valga.example/"
    valga, parish = make_party(website=site), make_party(name="Valga vald", website=site)
    source = make_source()
    make_publication(source=source, publisher=valga)
    with pytest.raises(ValidationError, match="knows this page as one of Valga"):
        credit(source, parish)
    assert Publication.objects.get().publisher == valga
