import pytest
from django.contrib.auth import authenticate

from tests.factories.accounts import make_user
from twinhall.accounts.actions import log, system_actor
from twinhall.accounts.models import LogEntry, User

pytestmark = pytest.mark.django_db


def test_a_deed_is_one_line_of_the_log() -> None:
    user = make_user(name="Kadri Kask")
    other = make_user()
    entry = log("person invited", "Valga", by=user, record=other, why="a new colleague")
    assert LogEntry.objects.get() == entry
    assert (entry.deed, entry.label, entry.by) == ("person invited", "Valga", user)
    assert (entry.record_type, entry.record_id, entry.why) == (
        "accounts.user",
        str(other.pk),
        "a new colleague",
    )
    assert str(entry) == f"{entry.at:%Y-%m-%d %H:%M} Kadri Kask: person invited Valga"


def test_a_deed_on_no_one_record_has_no_number() -> None:
    assert log("statements accepted", "3", by=make_user()).record_type == ""


def test_a_long_label_is_cut_to_its_column() -> None:
    entry = log("party added", "V" * 301, by=make_user())
    entry.refresh_from_db()
    assert entry.label == "V" * 300


def test_a_system_actor_is_made_once() -> None:
    actor = system_actor("shipped", "shipped with Twinhall")
    assert system_actor("shipped", "another name") == actor
    assert User.objects.get() == actor
    assert (str(actor), actor.email) == ("shipped with Twinhall", "shipped@twinhall.invalid")


def test_two_keys_are_two_system_actors() -> None:
    assert system_actor("shipped", "shipped with Twinhall") != system_actor("wikidata", "Wikidata")


@pytest.mark.parametrize("password", ["", "!", "shipped"])
def test_nobody_signs_in_as_a_system_actor(password: str) -> None:
    actor = system_actor("shipped", "shipped with Twinhall")
    assert authenticate(username=actor.email, password=password) is None
    assert not actor.has_usable_password()
    assert not actor.is_active
