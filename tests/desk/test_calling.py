"""Calling people to a meeting at the desk: the list, the letters as they are shown and as they go out."""

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from tests.desk.conftest import Desk, address, filled, pills, said, wrongs
from tests.desk.league import join, league, mare, meeting
from tests.factories.meetings import make_invitee, make_item
from tests.factories.parties import make_contact, make_officer, make_party
from tests.web.reading import Page, page
from tests.working import work_off
from twinhall.meetings.actions.attending import answer
from twinhall.meetings.models import Invitee, Meeting
from twinhall.parties.models import Party

__all__ = ["league", "mare", "meeting"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


def listed(meeting: Meeting) -> list[str]:
    return list(Invitee.objects.filter(meeting=meeting).order_by("email").values_list("email", flat=True))


def invite_many(person: Desk, who: str) -> Page:
    person.client.post(address("invite-many", "spring"), {"who": who})
    return person.open(address("meeting-invitees", "spring"))


def refused(person: Desk, where: str) -> Page:
    """A letter that its page does not offer, as it goes to nobody, sent all the same."""
    return page(person.client.post(where), 422)


# The list ----------------------------------------------------------------------------------------------


def test_all_who_may_vote_are_put_on_the_list_with_the_host(
    mare: Desk, kadri: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    league = meeting.organiser.network
    ape, elva = make_party(name="Ape"), make_party(name="Elva")
    make_contact(party=valka, address="office@valka.example")
    ieva = make_officer(ape, name="Ieva Irbe")
    join(league, valga)
    join(league, elva)
    join(league, ape, "observer")
    meeting.host = valka
    meeting.save()
    shown = invite_many(mare, "voting")
    assert listed(meeting) == sorted([kadri.user.email, "office@valka.example"])
    assert said(shown) == ["2 addresses were put on the list."]
    assert "No address is known of some who ought to be called." in shown.main.text
    assert shown.main.text.count("Elva") == 1
    join(league, make_party(name="Oulu"), "observer")
    assert said(invite_many(mare, "members")) == [
        "1 address was put on the list.",
        "No address is known of Oulu.",
    ]
    assert ieva.email in listed(meeting)
    assert said(invite_many(mare, "members"))[0] == "0 addresses were put on the list."


def test_a_party_is_added_by_hand_and_taken_off_before_the_call(
    mare: Desk, meeting: Meeting, valka: Party
) -> None:
    where = address("meeting-invitees", "spring")
    choice = {"party": f"party:{valka.pk}"}
    assert wrongs(mare.refused(where, **choice)) == [
        "E-mail address: The register knows no address of Valka: give one."
    ]
    mare.send(where, **choice, email="Office@valka.example", language="lv")
    invitee = Invitee.objects.get()
    assert (invitee.party, invitee.email, invitee.language) == (valka, "office@valka.example", "lv")
    assert wrongs(mare.refused(where, **choice, email="office@valka.example", language="lv")) == [
        "This address is on the list already."
    ]
    mare.send(address("invitee-remove", "spring", invitee.pk))
    assert listed(meeting) == []


def test_who_was_called_stays_on_the_list(mare: Desk, meeting: Meeting, valga: Party) -> None:
    invitee = make_invitee(meeting, valga)
    mare.send(address("meeting-call", "spring"))
    shown = mare.refused(address("invitee-remove", "spring", invitee.pk))
    assert wrongs(shown) == ["The call went to this address already: it stays on the list."]
    assert pills(mare.open(address("meeting-invitees", "spring"))) == ["waiting"]


def test_a_municipality_has_no_members_to_invite(kadri: Desk, meeting: Meeting, valga: Party) -> None:
    meeting.organiser, meeting.body = valga, None
    meeting.save()
    shown = kadri.open(address("meeting-invitees", "spring"))
    assert [b.text for b in shown.main.all("button")] == ["Find", "Put on the list"]


# The call ----------------------------------------------------------------------------------------------


def test_the_letter_is_shown_in_each_language_before_it_goes_out(
    mare: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    make_item(meeting, "Budget")
    make_invitee(meeting, valga, email="a@valga.example")
    Invitee.objects.create(meeting=meeting, party=valka, email="b@valka.example", language="bg")
    where = address("meeting-call", "spring")
    answered = mare.client.post(
        where, {**filled(mare.open(where)), "text": "Bring an umbrella.", "find": "preview"}
    )
    shown = page(answered, 200)
    drafts = shown.main.all("details", class_="draft")
    assert [draft.one("div").attributes["lang"] for draft in drafts] == ["bg", "en"]
    assert all("Bring an umbrella." in draft.text and "Budget" in draft.text for draft in drafts)
    assert shown.main.one("textarea").text == "Bring an umbrella."
    assert (mail.outbox, meeting.letters.count()) == ([], 0)


def test_a_call_goes_to_each_once_and_to_those_who_are_added_later(
    mare: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    make_invitee(meeting, valga, email="a@valga.example")
    where = address("meeting-call", "spring")
    shown = mare.send(where, text="Bring an umbrella.")
    assert said(shown) == ["1 letter is on its way."]
    work_off()
    (letter,) = mail.outbox
    assert letter.to == ["a@valga.example"]
    assert letter.subject == "Invitation: Spring meeting of the board"
    assert "Bring an umbrella." in letter.body
    assert wrongs(refused(mare, where)) == ["Everybody on the list was called already."]
    make_invitee(meeting, valka, email="b@valka.example")
    mare.send(where)
    work_off()
    assert [one.to for one in mail.outbox] == [["a@valga.example"], ["b@valka.example"]]


def test_a_call_to_nobody_is_refused(mare: Desk, meeting: Meeting) -> None:
    shown = refused(mare, address("meeting-call", "spring"))
    assert wrongs(shown) == ["Nobody is invited yet: a call to nobody would reach no one."]
    meeting.refresh_from_db()
    assert meeting.called_at is None


def test_where_nobody_is_left_to_call_the_page_leads_to_the_list(
    mare: Desk, meeting: Meeting, valga: Party
) -> None:
    where = address("meeting-call", "spring")
    opened = mare.open(where).main
    assert "Nobody is invited yet" in opened.text
    assert opened.all("form", class_="deed") == []
    assert address("meeting-invitees", "spring") in [a.attributes["href"] for a in opened.all("a")]
    make_invitee(meeting, valga, email="a@valga.example")
    mare.send(where)
    assert "Everybody on the list was called already." in mare.open(where).main.text
    assert "Nobody is left to call." in mare.open(address("meeting-invitees", "spring")).main.text


# Afterwards --------------------------------------------------------------------------------------------


def test_the_silent_are_reminded_once_a_day(
    mare: Desk, kadri: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    make_invitee(meeting, valga, email="a@valga.example")
    make_invitee(meeting, valka, email="b@valka.example")
    where = address("meeting-remind", "spring")
    assert wrongs(refused(mare, where)) == ["There is nothing to remind of: registration is not open."]
    mare.send(address("meeting-call", "spring"))
    answer(meeting, valga, is_coming=False, by=kadri.user, today=timezone.localdate())
    mare.send(where)
    work_off()
    assert mail.outbox[-1].to == ["b@valka.example"]
    assert mail.outbox[-1].subject == "Please answer: Spring meeting of the board"
    assert wrongs(mare.refused(where)) == ["Everybody has answered, or was reminded today."]


def test_a_change_is_told_once(mare: Desk, meeting: Meeting, valga: Party) -> None:
    make_invitee(meeting, valga, email="a@valga.example")
    mare.send(address("meeting-call", "spring"))
    where = address("meeting-tell", "spring")
    nothing = ["What is new: This field is required."]
    assert wrongs(mare.refused(where)) == nothing
    mare.send(address("meeting-change", "spring"), starts_at="11:00")
    mare.send(where, text="The train is late.")
    assert wrongs(mare.refused(where)) == nothing
    mare.send(where, text="The budget has come.")
    work_off()
    changed, news = mail.outbox[-2:]
    assert changed.subject == "Changed: Spring meeting of the board"
    assert "The train is late." in changed.body
    assert news.subject == "News: Spring meeting of the board"
    assert "The budget has come." in news.body


def calendar_of(letter: mail.EmailMessage) -> Calendar:
    (told,) = (content for _name, content, kind in letter.attachments if kind.startswith("text/calendar"))
    return Calendar.from_ical(told)


def test_a_calendar_follows_the_meeting_to_its_end(mare: Desk, meeting: Meeting, valga: Party) -> None:
    make_invitee(meeting, valga, email="a@valga.example")
    mare.send(address("meeting-call", "spring"))
    mare.send(address("meeting-change", "spring"), starts_at="11:00")
    mare.send(address("meeting-tell", "spring"))
    shown = mare.open(address("meeting-cancel", "spring"))
    assert shown.main.one("button", class_="grave").text == "Cancel the meeting"
    mare.send(address("meeting-cancel", "spring"), why="The hall has burnt down.")
    work_off()
    told = [calendar_of(letter) for letter in mail.outbox]
    assert [str(one["method"]) for one in told] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [one.events[0] for one in told]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 2]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "The hall has burnt down." in mail.outbox[-1].body


def test_a_cancellation_needs_its_reason_and_comes_once(mare: Desk, meeting: Meeting) -> None:
    where = address("meeting-cancel", "spring")
    assert wrongs(mare.refused(where)) == ["Reason: This field is required."]
    assert said(mare.send(where, why="Nobody has time.")) == ["Cancelled."]
    assert wrongs(mare.refused(where, why="Again.")) == ["This meeting is cancelled already."]
    for name in ("meeting-call", "meeting-remind"):
        refused(mare, address(name, "spring"))
    assert meeting.letters.count() == 0


def test_nobody_else_writes_in_the_organisers_name(kadri: Desk, meeting: Meeting, valga: Party) -> None:
    invitee = make_invitee(meeting, valga, person=kadri.user)
    for name in ("call", "tell", "remind", "cancel", "publish", "unpublish", "invitees", "change", "agenda"):
        kadri.open(address(f"meeting-{name}", "spring"), 403)
        assert kadri.client.post(address(f"meeting-{name}", "spring")).status_code == 403
    assert kadri.client.post(address("invite-many", "spring"), {"who": "members"}).status_code == 403
    kadri.open(address("invitee-remove", "spring", invitee.pk), 403)


def deeds(shown: Page) -> list[str]:
    return [a.text for a in shown.one("section", aria_labelledby="when").all("a", class_="button second")]


def test_the_call_is_offered_where_somebody_is_left_to_call(
    mare: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    where, nobody = address("meeting", "spring"), "Nobody is left to call."
    shown = mare.open(where)
    assert ("Send the call" in deeds(shown), nobody in shown.main.text) == (False, False)
    make_invitee(meeting, valga, email="a@valga.example")
    shown = mare.open(where)
    assert ("Send the call" in deeds(shown), nobody in shown.main.text) == (True, False)
    mare.send(address("meeting-call", "spring"))
    shown = mare.open(where)
    assert ("Send the call" in deeds(shown), nobody in shown.main.text) == (False, True)
    make_invitee(meeting, valka, email="b@valka.example")
    shown = mare.open(where)
    assert ("Send the call" in deeds(shown), nobody in shown.main.text) == (True, False)


def test_who_is_called_after_a_change_leaves_nobody_to_tell(
    mare: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    make_invitee(meeting, valga, email="a@valga.example")
    mare.send(address("meeting-call", "spring"))
    mare.send(address("meeting-change", "spring"), starts_at="11:00")
    make_invitee(meeting, valka, email="b@valka.example")
    mare.send(address("meeting-call", "spring"))
    tell, differs = address("meeting-tell", "spring"), "Calendars show something else."
    assert "It goes to 1 address." in mare.open(tell).main.text
    assert differs in mare.open(address("meeting", "spring")).main.text
    assert said(mare.send(tell)) == ["1 letter is on its way."]
    assert differs not in mare.open(address("meeting", "spring")).main.text
