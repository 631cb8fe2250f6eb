"""Bodies and posts: what they are called, when they were, and who may have them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories.networks import make_body, make_membership, make_membership_act, make_network, make_post
from tests.factories.parties import make_network_party, make_officer, make_party
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import Proposal, accept, propose
from twinhall.evidence.models import Source, Statement
from twinhall.networks.models import Network, Post
from twinhall.networks.offices import add_body, add_post, end_office
from twinhall.parties.actions import own_source
from twinhall.parties.models import Party, Role
from twinhall.parties.precedence import rank

pytestmark = pytest.mark.django_db
of = PartialDate.parse


@pytest.fixture
def league() -> Network:
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def anna(league: Network) -> User:
    return make_officer(league.party, role=Role.SECRETARY, name="Anna")


@pytest.fixture
def word(league: Network) -> Source:
    return own_source(league.party, day=dt.date(2026, 5, 4))


@pytest.fixture
def member(league: Network) -> Party:
    """A member since May 2010."""
    membership = make_membership(network=league)
    make_membership_act(membership=membership, date="2010-05")
    return membership.party


def test_a_body_gets_its_key_from_its_name_and_its_facts_as_statements(
    league: Network, word: Source, anna: User
) -> None:
    make_body(network=league, slug="komisja-rewizyjna")
    body = add_body(
        league,
        kind="audit",
        name="Komisja Rewizyjna",
        language="pl",
        facts={"since": of("2009"), "place": "", "until": None},
        source=word,
        by=anna,
    )
    assert (body.slug, body.name, body.since, body.until) == (
        "komisja-rewizyjna-2",
        {"pl": "Komisja Rewizyjna"},
        of("2009"),
        None,
    )
    assert set(Statement.objects.values_list("field", flat=True)) == {"exists", "name", "since"}


def test_a_post_is_held_for_a_time_and_held_again(
    league: Network, member: Party, word: Source, anna: User
) -> None:
    board = make_body(network=league)
    first = add_post(
        league, member, role="board member", body=board, facts={"since": of("2011")}, source=word, by=anna
    )
    end_office(first, until=of("2013"), source=word, by=anna)
    again = add_post(
        league, member, role="board member", body=board, facts={"since": of("2015")}, source=word, by=anna
    )
    posts = Post.objects.order_by("number").values_list("number", "since", "until")
    assert list(posts) == [(1, of("2011"), of("2013")), (2, of("2015"), None)]
    assert again.role == "board member"


@pytest.mark.parametrize("told", [("board member", "2009"), ("lead city", "2010-04-30")])
def test_a_post_of_members_is_refused_to_who_was_none_on_the_day(
    league: Network, member: Party, word: Source, anna: User, told: tuple[str, str]
) -> None:
    role, since = told
    with pytest.raises(ValidationError, match=r"is a member’s, and .* was none on"):
        add_post(league, member, role=role, facts={"since": of(since)}, source=word, by=anna)
    assert not Post.objects.exists()


@pytest.mark.parametrize("since", ["2010", "2010-05", "2010-05-31", ""])
def test_it_is_given_to_who_was_a_member(
    league: Network, member: Party, word: Source, anna: User, since: str
) -> None:
    facts = {"since": of(since) if since else None}
    assert add_post(league, member, role="lead city", facts=facts, source=word, by=anna).pk


def test_a_host_need_not_be_a_member(league: Network, word: Source, anna: User) -> None:
    post = add_post(league, make_party(), role="host", facts={"since": of("2001")}, source=word, by=anna)
    assert post.since == of("2001")


def test_an_end_before_the_beginning_is_refused(league: Network, word: Source, anna: User) -> None:
    facts = {"since": of("2010"), "until": of("2009")}
    with pytest.raises(ValidationError, match="The end lies before the beginning"):
        add_body(league, kind="board", name="Board", language="en", facts=facts, source=word, by=anna)
    with pytest.raises(ValidationError, match="The end lies before the beginning"):
        end_office(make_post(network=league, since="2010"), until=of("2009-12"), source=word, by=anna)


def test_so_is_one_that_a_source_states(league: Network, word: Source, anna: User) -> None:
    post = make_post(network=league, since="2010")
    stated = propose(
        [
            Proposal(subject=post, field=field, stated=value, source=word, origin="desk")
            for field, value in (("since", "2010"), ("until", "2009"))
        ]
    )
    with pytest.raises(ValidationError) as refusal:
        accept(stated, by=anna, rank=rank)
    assert refusal.value.messages == ["The end lies before the beginning."]
