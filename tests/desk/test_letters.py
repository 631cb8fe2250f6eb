"""Letters at the desk: what went out, what waits, and what a person decides."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from tests.desk.conftest import Desk, address, said
from tests.factories.accounts import make_administrator, make_user
from tests.factories.letters import make_letter
from tests.factories.parties import make_officer
from tests.web.reading import Page
from tests.web.test_pages import wrong_markup
from tests.working import work_off
from twinhall.accounts.models import LogEntry
from twinhall.letters.models import Letter, State
from twinhall.parties.actions import mail_for
from twinhall.parties.models import Party, Role
from twinhall.work.shifts import begin_shift

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def put_in_doubt(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(claimed_at=AT, claimed_by="a task", doubted_at=AT)


def refuse(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=AT, claimed_by="a task", refused_at=AT, said="550 5.1.1 No such mailbox"
    )


def subjects(shown: Page) -> list[str]:
    return [row.one("a").text for row in shown.main.one("tbody").all("tr")]


def deeds(shown: Page) -> list[str]:
    return [a.text for a in shown.main.all("a", class_="button second")]


def test_everybody_sees_the_letters_that_they_wrote_and_who_runs_the_register_all(kadri: Desk) -> None:
    make_letter(by=kadri.user, subject="Hers")
    make_letter(subject="Of somebody else")
    assert subjects(kadri.open(address("letters"))) == ["Hers"]
    assert subjects(Desk(make_administrator()).open(address("letters"))) == ["Of somebody else", "Hers"]


def test_the_list_is_narrowed_to_a_state(kadri: Desk) -> None:
    doubted = make_letter(by=kadri.user, subject="In doubt")
    make_letter(by=kadri.user, subject="Waits")
    put_in_doubt(doubted)
    shown = kadri.open(address("letters", state="doubt"))
    assert subjects(shown) == ["In doubt"]
    assert "Waiting 1" in shown.main.text
    assert wrong_markup(shown) == []
    kadri.open(address("letters", state="lost"), 400)


def test_the_page_says_when_nobody_sends_letters(kadri: Desk) -> None:
    assert "No letters go out now." in kadri.open(address("letters")).main.text
    begin_shift()
    assert "No letters go out now." not in kadri.open(address("letters")).main.text


def test_a_letter_in_doubt_waits_for_a_person_who_sends_it_again(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user, to=make_user(name="Liis Lepp"), subject="Call")
    work_off()
    mail.outbox.clear()
    Letter.objects.update(sent_at=None)
    put_in_doubt(letter)
    assert "Letters to decide on 1" in kadri.open(address("dashboard")).main.text
    shown = kadri.open(address("letter", letter.pk))
    assert "Nobody can tell whether it went out." in shown.main.text
    assert deeds(shown) == ["Send again", "It was sent", "Do not send"]
    assert wrong_markup(shown) == []
    assert said(kadri.send(address("letter-deed", letter.pk, "again"))) == ["It goes out again."]
    work_off()
    assert len(mail.outbox) == 1
    assert "Letters to decide on" not in kadri.open(address("dashboard")).main.text
    assert LogEntry.objects.filter(deed="letter sent again", by=kadri.user).count() == 1


def test_it_was_sent(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user)
    put_in_doubt(letter)
    assert said(kadri.send(address("letter-deed", letter.pk, "sent"))) == ["Noted as sent."]
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, mail.outbox) == (State.SENT, AT, [])


def test_a_letter_that_was_refused_says_why(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user)
    refuse(letter)
    shown = kadri.open(address("letter", letter.pk))
    assert "550 5.1.1 No such mailbox" in shown.main.text
    assert deeds(shown) == ["Send again", "Do not send"]
    assert said(kadri.send(address("letter-deed", letter.pk, "leave"))) == ["It is not sent."]
    assert "somebody decided so" in kadri.open(address("letter", letter.pk)).main.text


def test_a_deed_that_is_none_or_comes_too_late_is_not_there(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user)
    for deed in ("again", "sent", "burn"):
        kadri.open(address("letter-deed", letter.pk, deed), 404)
    work_off()
    kadri.open(address("letter-deed", letter.pk, "leave"), 404)


def test_sent_again_by_two_clicks_it_goes_out_once(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user)
    refuse(letter)
    where = address("letter-deed", letter.pk, "again")
    once = kadri.open(where).main.one("input", name="once").attributes["value"]
    for _ in range(2):
        assert kadri.client.post(where, {"once": once}).status_code == 302
    work_off()
    assert len(mail.outbox) == 1


def test_what_is_for_its_reader_alone_is_not_shown(kadri: Desk) -> None:
    letter = make_letter(by=kadri.user, body="The secret link", passing=True)
    shown = kadri.open(address("letter", letter.pk))
    assert "The secret link" not in shown.main.text
    assert "for its reader alone" in shown.main.text


def test_of_others_nobody_sees_or_decides_anything(kadri: Desk) -> None:
    letter = make_letter()
    put_in_doubt(letter)
    Letter.objects.update(made_at=timezone.now())
    kadri.open(address("letter", letter.pk), 403)
    for deed in ("again", "sent", "leave"):
        kadri.open(address("letter-deed", letter.pk, deed), 403)


def test_the_letters_of_a_party_are_decided_on_by_all_who_speak_for_it(kadri: Desk, valga: Party) -> None:
    colleague = Desk(make_officer(valga, role=Role.SECRETARY, name="Tiit"))
    editor = Desk(make_officer(valga, role=Role.EDITOR, name="Ed"))
    letter = make_letter(subject="By the system")
    make_letter(subject="Of somebody else")
    mail_for(valga, letter)
    refuse(letter)
    for person in (kadri, colleague):
        assert subjects(person.open(address("letters"))) == ["By the system"]
        assert "Letters to decide on 1" in person.open(address("dashboard")).main.text
    assert subjects_of_none(editor)
    editor.open(address("letter", letter.pk), 403)
    editor.open(address("letter-deed", letter.pk, "leave"), 403)
    colleague.send(address("letter-deed", letter.pk, "leave"))
    letter.refresh_from_db()
    assert letter.state == State.UNSENT


def subjects_of_none(person: Desk) -> bool:
    return person.open(address("letters")).main.all("tbody") == []
