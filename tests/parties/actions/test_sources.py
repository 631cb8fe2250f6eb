import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories.documents import make_document
from tests.factories.evidence import make_source
from tests.factories.parties import make_own_page, make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source, SourceKind
from twinhall.parties.actions import document_source, file_document, own_source, page_source
from twinhall.parties.models import Filing, Party, Publication

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)
TOMORROW = dt.date(2024, 5, 2)
URL = "https://valga.example/partners"


def a_page(
    *, url: str = URL, title: str = "Partnerid", publisher: Party | None = None, day: dt.date = TODAY
) -> Source:
    return page_source(url=url, title=title, language="et", publisher=publisher, day=day)


# What a party states here ----------------------------------------------------------------------------------


def test_what_a_party_states_here_is_dated_and_published_by_the_party() -> None:
    valga = make_party()
    source = own_source(valga, day=TODAY)
    source.refresh_from_db()
    assert (source.kind, source.dated, source.read_on) == (
        SourceKind.OWN_STATEMENT,
        PartialDate(2024, 5, 1),
        TODAY,
    )
    assert source.publication.publisher == valga


def test_a_party_has_one_source_of_its_own_words_for_each_day() -> None:
    valga, valka = make_party(), make_party(name="Valka")
    first = own_source(valga, day=TODAY)
    assert own_source(valga, day=TODAY) == first
    others = [own_source(valga, day=TOMORROW), own_source(valka, day=TODAY)]
    assert {first, *others} == set(Source.objects.all())
    assert [source.publication.publisher for source in others] == [valga, valka]
    assert Publication.objects.count() == 3


# Pages -----------------------------------------------------------------------------------------------------


def test_a_page_that_was_read_is_a_source_with_its_publisher() -> None:
    valga = make_party()
    source = a_page(publisher=valga)
    assert (source.kind, source.url, source.title, source.language, source.read_on, source.dated) == (
        SourceKind.PAGE,
        URL,
        "Partnerid",
        "et",
        TODAY,
        None,
    )
    assert source.publication.publisher == valga


def test_a_page_whose_publisher_is_not_known_has_none() -> None:
    a_page()
    assert Publication.objects.count() == 0


def test_a_page_without_a_title_is_called_by_its_address() -> None:
    assert a_page(title="").title == URL


def test_a_page_that_is_known_is_the_source_and_stays_as_it_is() -> None:
    kept = make_own_page(make_party(), title="Partner cities")
    again = page_source(
        url=kept.url, title="Partnerid", language="et", publisher=make_party(name="Valka"), day=TOMORROW
    )
    assert again == kept
    assert (again.title, again.language, again.read_on) == (kept.title, kept.language, kept.read_on)
    assert again.publication == kept.publication
    assert Source.objects.count() == 1


def test_of_two_known_pages_with_one_address_the_first_is_the_source() -> None:
    first = make_source(url=URL)
    make_source(url=URL)
    assert a_page() == first


def test_two_addresses_are_two_pages_and_a_data_set_is_none() -> None:
    make_source(url=URL, kind=SourceKind.DATASET)
    assert a_page() != a_page(url=f"{URL}/2")
    assert Source.objects.count() == 3


@pytest.mark.parametrize(
    "url", ["valga.example", "javascript:alert(1)", f"https://valga.example/{'x' * 1000}"]
)
def test_what_is_no_address_is_no_page(url: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_page(url=url)
    assert list(refusal.value.message_dict) == ["url"]
    assert Source.objects.count() == 0


# Documents -------------------------------------------------------------------------------------------------


def test_a_signed_document_is_one_source() -> None:
    document = make_document(title="Sister city agreement", language="en")
    source = document_source(document, day=TODAY)
    assert (source.kind, source.title, source.language, source.document, source.read_on) == (
        SourceKind.SIGNED_DOCUMENT,
        "Sister city agreement",
        "en",
        document,
        TODAY,
    )
    assert document_source(document, day=TOMORROW) == source
    assert document_source(make_document(), day=TODAY) != source
    assert Source.objects.count() == 2


def test_a_document_is_filed_once_and_for_one_party() -> None:
    document, valga = make_document(), make_party()
    filing = file_document(document, party=valga)
    assert (filing.document, filing.party) == (document, valga)
    with pytest.raises(IntegrityError), transaction.atomic():
        file_document(document, party=make_party(name="Valka"))
    assert list(Filing.objects.all()) == [filing]
