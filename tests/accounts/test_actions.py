import datetime as dt
import uuid

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from tests.factories.accounts import make_submission, make_user
from twinhall.accounts.actions import SUBMISSION_KEPT, log, open_account, submit_once, system_actor
from twinhall.accounts.models import LogEntry, Submission, User

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


def test_a_deed_on_no_one_record_has_no_kind_of_record_no_number_and_no_reason() -> None:
    entry = log("statements accepted", "3", by=make_user())
    assert (entry.record_type, entry.record_id, entry.why) == ("", "", "")


def test_the_line_of_a_deed_outlives_its_record() -> None:
    record = make_submission()
    entry = log("form sent", "a form", by=make_user(), record=record)
    number = str(record.pk)
    record.delete()
    entry.refresh_from_db()
    assert (entry.record_type, entry.record_id) == ("accounts.submission", number)


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


# Forms that are sent twice ---------------------------------------------------------------------------------


def test_a_form_that_is_sent_for_the_first_time_is_noted() -> None:
    token, person = uuid.uuid4(), make_user()
    submission, is_first = submit_once(token, by=person)
    assert is_first
    assert Submission.objects.get() == submission
    assert (submission.token, submission.by, submission.went_to) == (token, person, "")


def test_a_form_that_is_sent_again_leads_where_it_led_before() -> None:
    first = make_submission(went_to="/desk/parties/7/")
    again, is_first = submit_once(first.token, by=first.by)
    assert (again, is_first, again.went_to) == (first, False, "/desk/parties/7/")
    assert Submission.objects.count() == 1


def test_a_form_that_somebody_else_has_sent_is_not_done_again() -> None:
    first = make_submission()
    again, is_first = submit_once(first.token, by=make_user())
    assert (again, is_first, again.by) == (first, False, first.by)


def test_two_forms_are_two_deeds() -> None:
    person = make_user()
    assert [submit_once(uuid.uuid4(), by=person)[1] for _ in range(2)] == [True, True]


def test_what_was_sent_more_than_a_day_ago_is_kept_no_longer() -> None:
    now = timezone.now()
    make_submission(at=now - SUBMISSION_KEPT - dt.timedelta(minutes=1))
    recent = make_submission(at=now - SUBMISSION_KEPT + dt.timedelta(minutes=1))
    new, _ = submit_once(uuid.uuid4(), by=make_user())
    assert set(Submission.objects.all()) == {recent, new}


def test_a_form_of_the_day_before_yesterday_can_be_sent_anew() -> None:
    old = make_submission(at=timezone.now() - dt.timedelta(days=2), went_to="/desk/")
    new, is_first = submit_once(old.token, by=old.by)
    assert (is_first, new.went_to, new.pk != old.pk) == (True, "", True)


# The language of letters ------------------------------------------------------------------------------


def test_an_account_is_written_to_in_english_until_something_else_is_said() -> None:
    plain = open_account(email="a@valga.example", name="A")
    asked = open_account(email="b@valga.example", name="B", language="et")
    assert (plain.language, asked.language) == ("en", "et")
