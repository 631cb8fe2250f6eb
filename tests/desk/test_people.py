"""Who acts for a party: asked by a letter whose link works once, and until it is ended."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk.conftest import Desk, address, filled, lines_of_history, said, wrongs
from tests.factories.accounts import make_administrator, make_user
from tests.factories.parties import make_affiliation, make_invitation, make_officer, make_party
from tests.web.reading import page
from tests.working import work_off
from twinhall.accounts.models import User
from twinhall.letters.models import Letter
from twinhall.parties.models import Affiliation, Invitation, Party, Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long sentence to sign in with"
LIIS = "liis@valga.example"
LINK = "/en/account/invitation/secret/"
CLOSED = "This invitation is no longer open"


def people(party: Party) -> str:
    return address("people", party.slug)


def roles(party: Party) -> list[tuple[str, str]]:
    rows = Affiliation.objects.filter(party=party, ended_at__isnull=True).order_by("pk")
    return [(row.user.name, row.role) for row in rows]


@pytest.mark.parametrize("backend", ["filebased", "console"])
def test_where_no_mail_goes_out_the_link_is_handed_over_by_hand(
    kadri: Desk, valga: Party, settings: Settings, tmp_path: Path, backend: str
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    (told,) = said(kadri.send(people(valga), email=LIIS, role="editor"))
    assert re.search(r"hand this link over yourself: http://testserver/en/account/invitation/\S+/$", told)


def test_a_person_is_invited_by_a_letter_and_comes_to_the_desk(
    kadri: Desk,
    valga: Party,
    client: Client,
) -> None:
    shown = kadri.send(people(valga), email=LIIS, role="editor")
    work_off()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([LIIS], "Invitation to act for Valga")
    assert letter.body.startswith("Kadri Kask asks you to act for Valga as editor in Twinhall")
    (where,) = re.findall(r"http://testserver(/en/account/invitation/\S+/)", str(letter.body))
    assert said(shown) == ["Invited. The letter is on its way."]
    asked = shown.section("Invited").items[0]
    assert asked.startswith(LIIS)
    assert "editor, until " in asked
    assert (
        page(client.get(where)).main.one("p", class_="lede").text == f"Kadri Kask invites {LIIS} as editor."
    )
    answer = client.post(where, {"name": "Liis Lepp", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, address("dashboard"))
    welcomed = page(client.get(address("dashboard")))
    assert said(welcomed) == ["You act for Valga now."]
    assert roles(valga) == [("Kadri Kask", "officer"), ("Liis Lepp", "editor")]
    assert page(Client().get(where), 404).main.one("h1").text == CLOSED
    assert page(client.post(where), 404).main.one("h1").text == CLOSED
    told = [(who, " ".join(what.split()[:2])) for who, what, _why in lines_of_history(kadri, valga)]
    assert told == [("Liis Lepp", "Affiliation begun"), ("Kadri Kask", "Person invited")]


def test_the_secret_of_an_invitation_is_kept_no_longer_than_its_letter_is_under_way(
    kadri: Desk, valga: Party
) -> None:
    kadri.send(people(valga), email=LIIS, role="editor")
    assert "/invitation/" in Letter.objects.get().body
    work_off()
    letter = Letter.objects.get()
    assert (letter.body, letter.to, letter.is_duty) == ("", "", True)


def test_a_person_is_invited_in_their_language_and_written_to_in_that_of_their_first_page(
    kadri: Desk, valga: Party, client: Client
) -> None:
    known = make_user(email="maris@valka.example")
    known.language = "lv"
    known.save()
    kadri.send(people(valga), email=known.email, role="editor")
    assert re.search(r"http://testserver/lv/account/invitation/", Letter.objects.get().body)
    make_invitation(email=LIIS, party=valga, secret="secret")
    client.post(LINK.replace("/en/", "/et/"), {"name": "Liis Lepp", "password": PASSWORD})
    assert User.objects.get(email=LIIS).language == "et"


@pytest.mark.parametrize(
    ("email", "wrong"),
    [
        ("", "E-mail address: This field is required."),
        ("liis", "E-mail address: Enter a valid email address."),
        ("KADRI@valga.example", "E-mail address: This person acts for the party already."),
        ("asked@valga.example", "This person has been invited already."),
    ],
)
def test_who_cannot_be_invited_is_said(valga: Party, email: str, wrong: str) -> None:
    kadri = make_user(email="kadri@valga.example")
    make_affiliation(user=kadri, party=valga)
    make_invitation(email="Asked@valga.example", party=valga)
    refused = Desk(kadri).refused(people(valga), email=email)
    assert wrongs(refused) == [wrong]
    assert filled(refused)["email"] == [email]
    assert Invitation.objects.count() == 1


def test_an_invitation_is_withdrawn(kadri: Desk, valga: Party, client: Client) -> None:
    one = make_invitation(email=LIIS, party=valga, secret="secret")
    shown = kadri.send(address("invitation-withdraw", valga.slug, one.pk))
    assert said(shown) == ["Withdrawn. The link leads nowhere now."]
    assert "Invited" not in shown.headings
    assert page(client.get(LINK), 404).main.one("h1").text == CLOSED
    kadri.open(address("invitation-withdraw", valga.slug, one.pk), 404)


def test_an_invitation_of_long_ago_is_no_longer_open(valga: Party, client: Client) -> None:
    past = timezone.now() - dt.timedelta(minutes=1)
    make_invitation(email=LIIS, party=valga, secret="secret", expires_at=past)
    assert page(client.get(LINK), 404).main.one("h1").text == CLOSED
    assert client.post(LINK, {"name": "Liis", "password": PASSWORD}).status_code == 404
    assert not User.objects.filter(email=LIIS).exists()


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("", "This field is required."),
        ("short", "This password is too short."),
        ("123456789012345", "This password is entirely numeric."),
        ("liis lepp valga", "The password is too similar to the name."),
    ],
)
def test_a_new_account_needs_a_good_password_and_keeps_the_name(
    valga: Party, client: Client, password: str, wrong: str
) -> None:
    make_invitation(email=LIIS, party=valga, secret="secret")
    refused = page(client.post(LINK, {"name": "Liis Lepp Valga", "password": password}), 422)
    beside = refused.main.one("div", id="id_password_error").text
    assert beside.removeprefix("Error: ").startswith(wrong)
    assert refused.main.one("input", name="name").attributes["value"] == "Liis Lepp Valga"
    assert "value" not in refused.main.one("input", name="password").attributes
    assert not User.objects.filter(email=LIIS).exists()


def test_who_has_an_account_signs_in_first(kadri: Desk, valga: Party, client: Client) -> None:
    make_invitation(email="Liis@Valga.example", party=valga, secret="secret", by=kadri.user)
    liis = Desk(make_user(email=LIIS, name="Liis Lepp"))
    for other in (client, kadri.client):
        shown = page(other.get(LINK))
        way = shown.main.one("a", class_="button").attributes["href"]
        assert way == f"/en/account/login/?next={LINK}"
        assert page(other.post(LINK)).main.all("form") == []
    assert roles(valga) == [("Kadri Kask", "officer")]
    assert liis.client.post(LINK).headers["Location"] == address("dashboard")
    assert roles(valga) == [("Kadri Kask", "officer"), ("Liis Lepp", "officer")]


def test_who_acts_for_the_party_by_now_is_told_so_calmly(valga: Party) -> None:
    make_invitation(email=LIIS, party=valga, secret="secret")
    liis = Desk(make_user(email=LIIS))
    make_affiliation(user=liis.user, party=valga)
    answer = liis.client.post(LINK)
    assert (answer.status_code, answer.headers["Location"]) == (302, address("dashboard"))
    assert said(liis.open(address("dashboard"))) == ["This person acts for the party already."]


def test_rights_are_ended_and_their_deeds_stay(kadri: Desk, valga: Party) -> None:
    liis = Desk(make_officer(valga, name="Liis Lepp"))
    liis.send(address("party-add"), kind="region", name="Valgamaa", basis=f"own:{valga.pk}")
    affiliation = Affiliation.objects.get(user=liis.user)
    shown = kadri.send(address("affiliation-end", valga.slug, affiliation.pk))
    assert said(shown) == ["Ended."]
    assert [row[0].split()[0] for row in shown.section("Who acts for it").rows] == ["Kadri"]
    liis.open(address("parties"), 403)
    assert "You do not act for anybody yet." in liis.open(address("dashboard")).main.text
    region = Party.objects.get(name="Valgamaa")
    assert lines_of_history(kadri, region)[0][0] == "Liis Lepp"
    kadri.open(address("affiliation-end", valga.slug, affiliation.pk), 404)


def test_of_another_party_nobody_is_invited_or_ended(kadri: Desk, valga: Party) -> None:
    elva = make_party(name="Elva")
    theirs, asked = make_affiliation(party=elva), make_invitation(party=elva)
    kadri.open(people(elva), 403)
    assert kadri.client.post(people(elva), {"email": LIIS, "role": "officer"}).status_code == 403
    for party, status in ((elva, 403), (valga, 404)):
        kadri.open(address("affiliation-end", party.slug, theirs.pk), status)
        kadri.open(address("invitation-withdraw", party.slug, asked.pk), status)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_only_who_speaks_for_a_party_invites(valga: Party, role: Role) -> None:
    Desk(make_officer(valga, role=role)).open(people(valga), 403)
    Desk(make_administrator()).open(people(valga))
