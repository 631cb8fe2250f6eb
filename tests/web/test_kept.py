"""Public pages are kept until the register changes, and never shown to somebody else than they are for."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import make_user
from tests.factories.meetings import make_meeting
from tests.factories.parties import make_party
from twinhall.accounts.actions import log
from twinhall.meetings.actions.planning import (
    cancel_meeting,
    change_meeting,
    publish_meeting,
    unpublish_meeting,
)
from twinhall.parties.models import Party
from twinhall.web.versions import one_state, state

pytestmark = pytest.mark.django_db

STATE = 1
"""Queries that tell the state of the register."""


@pytest.fixture(autouse=True)
def keeping(settings: LazySettings) -> Iterator[None]:
    """The pages' cache as a site has it; the other tests keep nothing."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test of kept pages"}
    settings.CACHES = {**settings.CACHES, "pages": memory}
    yield
    caches["pages"].clear()


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga", country="EE")


ADDRESS = "/en/parties/valga/"


def test_a_page_is_made_once(
    client: Client, valga: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(ADDRESS)
    with django_assert_num_queries(STATE):
        second = client.get(ADDRESS)
    assert second.content == first.content
    assert "Valga" in second.text
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert valga.slug in ADDRESS


def test_any_deed_makes_it_anew(client: Client, valga: Party) -> None:
    client.get(ADDRESS)
    Party.objects.filter(pk=valga.pk).update(name="Walk")
    assert "Walk" not in client.get(ADDRESS).text
    log("name added", "Walk", by=make_user(), record=valga)
    assert "Walk" in client.get(ADDRESS).text


def test_a_browser_that_has_it_is_told_so(client: Client, valga: Party) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    log("name added", "Walk", by=make_user(), record=valga)
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


def test_an_answer_with_an_etag_of_its_own_is_not_sent_twice(client: Client, valga: Party) -> None:
    address = "/en/search/suggest/?q=val"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    assert valga.slug in ADDRESS


def test_who_is_signed_in_gets_their_own_page(client: Client, valga: Party) -> None:
    client.get(ADDRESS)
    user = make_user(name="Kadri Kask")
    client.force_login(user)
    mine = client.get(ADDRESS)
    assert user.name in mine.text
    assert "ETag" not in mine.headers
    assert user.name not in Client().get(ADDRESS).text
    assert valga.slug in ADDRESS


@pytest.mark.parametrize("other", ["/lv/parties/valga/", "/en/parties/valga/?as_of=1990-01-01"])
def test_another_language_or_day_is_another_page(client: Client, valga: Party, other: str) -> None:
    assert client.get(ADDRESS).content != client.get(other).content
    assert valga.slug in other


def test_compressed_and_plain_are_kept_apart(client: Client, valga: Party) -> None:
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(ADDRESS).headers
    assert client.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).content == packed.content
    assert valga.slug in ADDRESS


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    make_party(name="Valga")
    assert client.get(ADDRESS).status_code == 200


def test_other_pages_are_not_kept(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert "ETag" not in client.get("/en/privacy/").headers


def test_the_state_is_read_once_where_it_is_to_be_one(
    valga: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with one_state():
        before = state()
        log("name added", "Walk", by=make_user(), record=valga)
        with django_assert_num_queries(0):
            assert state() == before
    assert state() != before


@pytest.mark.parametrize("where", ["/en/meetings/", "/en/meetings/spring/"])
def test_meetings_are_kept_until_one_of_them_changes(
    client: Client, where: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day, by = timezone.localdate() + dt.timedelta(days=9), make_user()
    meeting = make_meeting(slug="spring", title="In spring", starts_on=day, ends_on=day)
    assert "In spring" not in client.get("/en/meetings/").text
    publish_meeting(meeting, shown={}, by=by)
    assert "In spring" in client.get(where).text
    with django_assert_num_queries(STATE):
        tag = client.get(where).headers["ETag"]
    change_meeting(meeting, title="In May", by=by)
    anew = client.get(where, headers={"If-None-Match": tag})
    assert (anew.status_code, "In May" in anew.text) == (200, True)
    cancel_meeting(meeting, why="Snow.", by=by)
    assert "cancelled" in client.get(where).text
    unpublish_meeting(meeting, by=by)
    gone = client.get(where)
    assert (gone.status_code, "In May" in gone.text) == (404 if meeting.slug in where else 200, False)


def test_who_keeps_a_meeting_is_shown_the_way_to_it_and_nobody_else(client: Client) -> None:
    by = make_user()
    publish_meeting(make_meeting(slug="spring"), shown={}, by=by)
    client.get("/en/meetings/spring/")
    mine = Client()
    mine.force_login(by)
    assert "/en/desk/meetings/spring/" in mine.get("/en/meetings/spring/").text
    assert "/en/desk/meetings/spring/" not in client.get("/en/meetings/spring/").text
