"""A forgotten password is set anew by mail, without telling who has an account."""

import re

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.accounts.test_sign_in import sign_in, who
from tests.web.reading import page
from twinhall import settings as ours
from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import User

pytestmark = pytest.mark.django_db

NEW = "quite another sentence this time"


def ask(client: Client, email: str, language: str = "en") -> str:
    """Asks for a letter; gives the address that the answer leads to."""
    answer = client.post(f"/{language}/account/password/reset/", {"email": email})
    return str(answer.headers["Location"])


def test_the_letter_leads_to_a_new_password(client: Client, kadri: User) -> None:
    assert ask(client, kadri.email) == "/en/account/password/reset/done/"
    (letter,) = mail.outbox
    assert (letter.to, letter.from_email) == ([kadri.email], "Twinhall <twinhall@localhost>")
    assert letter.subject == "[Twinhall] Password Reset Email"
    (address,) = re.findall(r"http://testserver(\S+)", str(letter.body))
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    sign_in(client, kadri.email, NEW)
    assert who(client) == ["Kadri Kask", "Kadri Kask"]


def test_the_link_of_the_letter_serves_once(client: Client, kadri: User) -> None:
    ask(client, kadri.email)
    (address,) = re.findall(r"http://testserver(\S+)", str(mail.outbox[0].body))
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert page(Client().get(address)).heading == "Bad Token"


@pytest.mark.parametrize(("language", "word"), [("et", "parooli"), ("lv", "paroli"), ("bg", "парола")])
def test_the_letter_is_in_the_language_of_the_page(
    client: Client, kadri: User, language: str, word: str
) -> None:
    ask(client, kadri.email, language)
    body = str(mail.outbox[0].body)
    assert word in body
    assert f"http://testserver/{language}/account/password/reset/key/" in body


def test_an_unknown_address_is_answered_alike_and_written_nothing(client: Client, kadri: User) -> None:
    assert ask(client, "nobody@valga.example") == ask(client, kadri.email)
    assert [letter.to for letter in mail.outbox] == [[kadri.email]]


def test_a_system_actor_gets_no_letter(client: Client) -> None:
    actor = system_actor("shipped", "shipped with Twinhall")
    assert ask(client, actor.email) == "/en/account/password/reset/done/"
    assert mail.outbox == []


def test_a_site_keeps_passwords_as_django_does_and_slowly(settings: Settings) -> None:
    assert not hasattr(ours, "PASSWORD_HASHERS")  # the tests' own are quick
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    algorithm, rounds, *_ = make_password(NEW).split("$")
    assert algorithm == "pbkdf2_sha256"
    assert int(rounds) >= 600_000
