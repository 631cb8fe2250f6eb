import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import LogEntry, User
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.people import PEOPLE, make_demo_people, new_passwords
from twinhall.parties.models import Affiliation, Party
from twinhall.parties.rules import may
from twinhall.projects.models import Project

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "officer@valmiera.example",
    "secretary@citytwins.example",
    "coordinator@poznan.example",
    "officer@solna.example",
    "admin@twinhall.example",
]


@pytest.fixture
def actor(shipped: Report) -> User:  # noqa: ARG001
    return system_actor("shipped", "shipped with Twinhall")


def test_there_is_somebody_for_each_role(actor: User) -> None:
    made = make_demo_people(by=actor)

    assert [user.email for user, _password in made] == ADDRESSES
    assert {(a.user.email, a.party.slug, a.role) for a in Affiliation.objects.all()} == {
        (ADDRESSES[0], "valmiera", "officer"),
        (ADDRESSES[1], "city-twins-association", "secretary"),
        (ADDRESSES[2], "poznan", "coordinator"),
        (ADDRESSES[3], "solna", "officer"),
    }
    assert [user.email for user, _password in made if user.is_superuser] == ADDRESSES[4:]


def test_each_may_do_what_they_are_there_for(actor: User) -> None:
    officer, secretary, coordinator, other_side, administrator = (u for u, _ in make_demo_people(by=actor))
    valmiera, network = (Party.objects.get(slug=s) for s in ("valmiera", "city-twins-association"))
    project = Project.objects.get(slug="cities-of-change")

    assert may(officer, "parties.keep_record", valmiera)
    assert may(secretary, "parties.keep_record", network)
    assert may(coordinator, "parties.keep_record", project)
    assert not may(other_side, "parties.keep_record", valmiera)
    assert may(administrator, "parties.administer")
    assert not may(officer, "parties.administer")


def test_passwords_are_random_and_not_kept(actor: User) -> None:
    made = make_demo_people(by=actor)

    passwords = [password for _user, password in made]
    assert len(set(passwords)) == len(PEOPLE)
    assert all(len(password) == 16 and user.check_password(password) for user, password in made)
    assert [user.email for user, password in made if password in user.password] == []


def test_they_can_sign_in(actor: User, client: Client) -> None:
    user, password = make_demo_people(by=actor)[0]

    assert client.login(email=user.email, password=password)
    assert set(EmailAddress.objects.values_list("email", "verified", "primary")) == {
        (address, True, True) for address in ADDRESSES
    }


def test_who_is_there_is_not_made_again(actor: User) -> None:
    first = make_demo_people(by=actor)
    assert make_demo_people(by=actor) == []

    User.objects.get(email=ADDRESSES[4]).delete()
    assert [user.email for user, _password in make_demo_people(by=actor)] == ADDRESSES[4:]
    assert first[0][0].check_password(first[0][1])


def test_new_passwords_replace_the_old_ones(actor: User) -> None:
    before = make_demo_people(by=actor)
    after = new_passwords(by=actor)

    assert [user for user, _password in after] == [user for user, _password in before]
    for (user, new), (_user, old) in zip(after, before, strict=True):
        user.refresh_from_db()
        assert (user.check_password(new), user.check_password(old)) == (True, False)
    assert LogEntry.objects.filter(deed="password set anew", by=actor).count() == len(PEOPLE)


def test_where_nobody_is_nobody_gets_a_password(actor: User) -> None:
    assert new_passwords(by=actor) == []


def test_they_need_the_facts_that_ship(actor: User) -> None:
    Party.objects.filter(slug="valmiera").update(slug="elsewhere")

    with pytest.raises(Party.DoesNotExist):
        make_demo_people(by=actor)
    assert list(User.objects.exclude(pk=actor.pk)) == []
