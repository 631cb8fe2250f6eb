"""Whose page it is that an officer has read: nobody speaks for another town by pasting or coming first."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, said, wrongs
from tests.desk.readpages import (
    TEXT,
    _few_towns,
    add,
    deed,
    have_fetched,
    indexed,
    officer,
    pasted,
    read,
    refused_to_fetch,
    stated,
    valga,
    valka,
)
from tests.factories.parties import make_officer, make_party
from tests.factories.readings import tie
from tests.web.reading import Page, page
from twinhall.evidence.models import Source, SourceKind, Statement, Verdict
from twinhall.exchange.models import Reading
from twinhall.parties import precedence
from twinhall.parties.models import Party
from twinhall.parties.precedence import Rank
from twinhall.partnerships.models import Partnership
from twinhall.reader.facts import Fact

__all__ = ["_few_towns", "officer", "stated", "valga", "valka"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "_few_towns")]

FORGED = tie(a="Valka", b="Valga", kind="twin", since="1999", signed=True, quote="Our partners", start=0)


@pytest.fixture
def site(valka: Party) -> str:
    """The web site of Valka."""
    valka.website = "https://www.valka.example/"
    valka.save(update_fields=["website"])
    return "https://valka.example/partners"


def public_page() -> Page:
    tie = Partnership.objects.get()
    return page(Client().get(f"/en/partnerships/{tie.slug}/"))


def column(shown: Page, number: int) -> list[str]:
    """What the page shows side by side, of one of its columns."""
    return [row[number] for row in shown.section("What each side says").rows]


def take(desk: Desk, *parties: Party) -> None:
    """Accept the first fact of the only reading, with these for its ends."""
    who = {f"who_{key}": f"party:{party.pk}" for key, party in zip("ab", parties, strict=True)}
    desk.send(deed(Reading.objects.get(), "accept"), **who)


# Copies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("has_people", [True, False], ids=["somebody acts for it", "nobody acts for it"])
def test_a_pasted_text_is_no_word_of_the_other_town(
    officer: Desk,
    valga: Party,
    valka: Party,
    stated: list[Fact],
    has_people: bool,  # noqa: FBT001
) -> None:
    if has_people:
        make_officer(valka)
    stated[:] = [FORGED]
    url = "https://valka.example/real"
    officer.send(add(valga), **pasted(url=url, whose="another", publisher=f"party:{valka.pk}"))
    take(officer, valka, valga)
    source = Source.objects.get(url=url)
    assert (source.kind, hasattr(source, "publication")) == (SourceKind.COPY, False)
    assert Reading.objects.get().about == valka
    words = list(Statement.objects.filter(source=source))
    assert {precedence.rank(words)[word.pk] for word in words} == {Rank.THIRD_PARTY}
    shown = public_page()
    assert shown.main.facts["Said by"].startswith("said by third parties only")
    assert set(column(shown, 1)) | set(column(shown, 2)) == {"Says nothing of it"}
    assert column(shown, 3)[0].startswith("Our partners")
    assert "copy of a page, given by a person" in shown.section("Sources").text


@pytest.mark.usefixtures("stated")
def test_a_copy_is_about_the_town_whose_page_it_is_and_known_again(
    officer: Desk, valga: Party, valka: Party
) -> None:
    theirs = {"whose": "another", "publisher": f"party:{valka.pk}"}
    officer.send(add(valga), **pasted(**theirs))
    officer.send(add(valga), **pasted(**theirs))
    assert Source.objects.get().kind == SourceKind.COPY
    officer.send(add(valga), **pasted(whose="nobody"))
    officer.send(add(valga), **pasted())
    assert sorted(Source.objects.values_list("kind", flat=True)) == ["copy", "copy", "page"]
    assert list(Reading.objects.order_by("pk").values_list("about", flat=True)) == [valka.pk, None, None]


@pytest.mark.usefixtures("stated")
def test_a_copy_is_not_the_page_that_was_fetched(
    officer: Desk, valga: Party, valka: Party, site: str
) -> None:
    theirs = {"whose": "another", "publisher": f"party:{valka.pk}"}
    have_fetched(officer, valga, site, **theirs)
    officer.send(add(valga), **pasted(text=TEXT + "Forged.", url=site, **theirs))
    page, copy = Source.objects.order_by("pk")
    assert (page.publication.publisher, copy.kind, copy.url) == (valka, SourceKind.COPY, site)


# What waits ------------------------------------------------------------------------------------------


def test_what_waits_for_a_side_is_shown_as_no_word_of_it(
    officer: Desk, valga: Party, valka: Party, stated: list[Fact], site: str
) -> None:
    theirs = Desk(make_officer(valka))
    stated[:] = [FORGED]
    have_fetched(officer, valga, site, whose="another", publisher=f"party:{valka.pk}")
    take(officer, valka, valga)
    assert {word.verdict for word in Statement.objects.filter(source__url=site)} == {Verdict.PROPOSED}
    shown = public_page()
    assert shown.main.facts["Said by"].startswith("said by third parties only")
    assert set(column(shown, 2)) == {"Says nothing of it"}
    assert {cell.endswith("waits for Valka") for cell in column(shown, 3)} == {True}
    assert "Not accepted yet." in shown.section("Sources").text

    have_fetched(theirs, valka, site)
    [reading] = Reading.objects.filter(party=valka)
    who = {"who_a": f"party:{valka.pk}", "who_b": f"party:{valga.pk}"}
    theirs.send(deed(reading, "accept"), **who)
    shown = public_page()
    assert shown.main.facts["Said by"].startswith("Valka only")
    assert set(column(shown, 3)) == {"Says nothing of it"}
    assert "Not accepted yet." not in shown.section("Sources").text


# Pages and their sites -------------------------------------------------------------------------------


@pytest.mark.usefixtures("stated")
def test_a_page_on_another_s_web_site_is_not_ours(
    officer: Desk, valga: Party, valka: Party, site: str
) -> None:
    told = refused_to_fetch(officer, valga, site)
    assert told == ["This page is on the web site of Valka. Say that it is theirs."]
    shown = officer.refused(add(valga), **pasted(url=site))
    assert wrongs(shown) == told
    assert not Source.objects.exists()
    have_fetched(Desk(make_officer(valka)), valka, site)
    assert Source.objects.get().publication.publisher == valka


@pytest.mark.usefixtures("stated")
def test_a_page_is_read_where_it_is_found_in_the_end(officer: Desk, valga: Party, site: str) -> None:
    with pytest.raises(AssertionError, match="on the web site of Valka"):
        have_fetched(officer, valga, "https://short.example/1", ends_at=site)
    assert not Source.objects.exists()


@pytest.mark.usefixtures("stated")
def test_what_we_call_another_s_page_is_on_its_web_site(
    officer: Desk, valga: Party, valka: Party, site: str
) -> None:
    theirs = {"whose": "another", "publisher": f"party:{valka.pk}"}
    [told] = refused_to_fetch(officer, valga, "https://forged.example/", **theirs)
    assert told.startswith("The web site of Valka is https://www.valka.example/, and this page is elsewhere.")
    have_fetched(officer, valga, f"https://travel.{site.removeprefix('https://')}", **theirs)
    assert Source.objects.get().publication.publisher == valka


@pytest.mark.usefixtures("stated")
def test_a_town_claims_the_page_on_its_web_site(officer: Desk, valga: Party, valka: Party) -> None:
    url, theirs = "https://valka.example/partners", Desk(make_officer(valka))
    have_fetched(officer, valga, url)
    take(officer, valga, valka)
    [told] = refused_to_fetch(theirs, valka, url)
    assert told.startswith("The register knows this page as one of Valga. If it is on your own web site,")
    valka.website = "http://www.valka.example"
    valka.save(update_fields=["website"])
    have_fetched(theirs, valka, url)
    assert Source.objects.get().publication.publisher == valka
    shown = public_page()
    assert shown.main.facts["Said by"].startswith("Valka only")


@pytest.mark.usefixtures("stated")
def test_a_page_that_was_nobody_s_becomes_ours_with_its_words(
    officer: Desk, valga: Party, valka: Party
) -> None:
    url = "https://valga.example/partners"
    neighbour = Desk(make_officer(indexed(make_party(name="Tartu")), valka))
    have_fetched(neighbour, valka, url, whose="nobody")
    take(neighbour, valga, valka)
    assert not hasattr(Source.objects.get(), "publication")
    assert said(have_fetched(officer, valga, url)) == ["Read. 1 fact is to be decided on."]
    assert Source.objects.get().publication.publisher == valga
    words = list(Statement.objects.filter(source__url=url))
    assert {precedence.rank(words)[word.pk] for word in words} == {Rank.FIRST_SIDE}
    assert public_page().main.facts["Said by"].startswith("Valga only")


@pytest.mark.usefixtures("stated", "valka")
def test_one_page_has_one_address_however_it_is_spelt(officer: Desk, valga: Party) -> None:
    final = "https://valga.example/partners/"
    spelt = [
        "https://valga.example/partners",
        final,
        "http://valga.example/partners/",
        "https://Valga.example:443/partners/",
        f"{final}#top",
    ]
    for url in spelt:
        have_fetched(officer, valga, url, ends_at=final)
    officer.send(add(valga), **pasted(url="http://VALGA.example/partners/#end"))
    assert [source.url for source in Source.objects.all()] == [final]
    assert Reading.objects.count() == 1
    assert "read for Valga" in officer.open(read(Reading.objects.get())).main.text
