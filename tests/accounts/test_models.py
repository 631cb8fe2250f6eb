import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection
from django.db.models import ProtectedError

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.accounts import make_log_entry, make_submission, make_user
from twinhall.accounts.models import LogEntry, Submission, User

pytestmark = pytest.mark.django_db


def _the_same_address() -> User:
    make_user(email="kadri@valga.example")
    return User(email="Kadri@Valga.example", name="Kadri Kask", password="!")


BREACHES = {
    "accounts_user_email_once": Breach(_the_same_address, "Another account has this e-mail address."),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("accounts"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


def test_the_very_same_address_is_refused_too() -> None:
    make_user(email="kadri@valga.example")
    with pytest.raises(IntegrityError):
        make_user(email="kadri@valga.example")


def test_a_person_signs_in_with_address_and_password() -> None:
    user = make_user(email="kadri@valga.example", password="a long sentence to sign in with")
    assert authenticate(username="kadri@valga.example", password="a long sentence to sign in with") == user
    assert authenticate(username="kadri@valga.example", password="another sentence") is None


def test_a_person_without_a_password_does_not_sign_in() -> None:
    assert not make_user().has_usable_password()


def test_an_address_is_kept_in_lower_case() -> None:
    assert make_user(email="Kadri@Valga.EXAMPLE").email == "kadri@valga.example"


def test_a_person_is_called_by_name() -> None:
    assert str(make_user(name="Kadri Kask")) == "Kadri Kask"


def test_who_has_done_something_is_not_deleted() -> None:
    entry = make_log_entry()
    with pytest.raises(ProtectedError):
        entry.by.delete()
    assert LogEntry.objects.get() == entry


def test_the_newest_line_of_the_log_comes_first() -> None:
    entries = [make_log_entry(label=label) for label in ("Valga", "Valka", "Tartu")]
    assert list(LogEntry.objects.all()) == entries[::-1]


def indexed(table: str) -> list[list[str]]:
    """The columns of each index that the database itself keeps on a table."""
    with connection.cursor() as cursor:
        kept = connection.introspection.get_constraints(cursor, table)
    return [index["columns"] for index in kept.values() if index["index"]]


def test_what_was_done_to_a_record_is_found_by_an_index() -> None:
    assert ["record_type", "record_id"] in indexed(LogEntry._meta.db_table)


def test_forms_that_are_kept_no_longer_are_found_by_an_index() -> None:
    assert ["at"] in indexed(Submission._meta.db_table)


def test_a_form_is_sent_once() -> None:
    kept = make_submission()
    with pytest.raises(IntegrityError):
        Submission.objects.create(token=kept.token, by=kept.by)


def test_a_form_that_was_sent_is_called_by_its_token_and_goes_with_its_sender() -> None:
    submission = make_submission()
    assert str(submission) == str(submission.token)
    submission.by.delete()
    assert Submission.objects.count() == 0


def test_the_first_administrator_is_made_with_an_address_that_counts_as_theirs() -> None:
    boss = User.objects.create_superuser("Boss@City.example", "Boss", "correct horse battery")
    assert (boss.email, boss.is_superuser, boss.is_active) == ("boss@city.example", True, True)
    (address,) = EmailAddress.objects.filter(user=boss)
    assert (address.email, address.verified, address.primary) == ("boss@city.example", True, True)
