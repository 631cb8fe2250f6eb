"""Minutes at the desk: begun, written by two at once, checked, approved, printed."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from tests.desk.conftest import Desk, address, pills, wrongs
from tests.factories.meetings import make_attendance, make_commitment, make_item, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_officer
from tests.web.reading import Page
from tests.web.test_pages import wrong_markup
from twinhall.meetings.actions.deciding import put, take
from twinhall.meetings.actions.minuting import begin_minutes, write
from twinhall.meetings.models import Checker, Item, Meeting, Method, Minutes, Passage
from twinhall.networks.models import Network
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

LATER = dt.date(2026, 6, 11)


@pytest.fixture
def league() -> Network:
    return make_network(party=make_network_party(name="League of Arches"))


@pytest.fixture
def mare(league: Network) -> Desk:
    """The secretary, who keeps the minutes."""
    return Desk(make_officer(league.party, role=Role.SECRETARY, name="Mare Mets"))


@pytest.fixture
def juri(league: Network) -> Desk:
    """Another officer of the League."""
    return Desk(make_officer(league.party, role=Role.SECRETARY, name="Jüri Jõgi"))


@pytest.fixture
def meeting(league: Network, valga: Party, valka: Party) -> Meeting:
    """A meeting that is over, with two members there and something on the agenda."""
    meeting = make_meeting(organiser=league.party, slug="spring", quorum="half")
    for party, name in ((valga, "Kadri Kask"), (valka, "Līga Liepa")):
        membership = make_membership(network=league, party=party)
        make_membership_act(membership=membership, kind="admitted", date="2010-01-01")
        make_attendance(meeting, party, name=name, office="mayor", has_vote=True, came=True)
    return meeting


@pytest.fixture
def item(meeting: Meeting) -> Item:
    return make_item(meeting, "The plan of work")


@pytest.fixture
def minutes(meeting: Meeting, mare: Desk, item: Item) -> Minutes:
    begun = begin_minutes(meeting, by=mare.user)
    write(item, text="The plan was discussed.\nIt is ambitious.", read=0, by=mare.user)
    return begun


def at(name: str, *more: object) -> str:
    return address(name, "spring", *more)


def texts(shown: Page) -> list[str]:
    return [p.text for p in shown.main.all("p", class_="told-text")]


def deeds(shown: Page) -> list[str]:
    return [a.text for a in shown.main.all("a", class_="button second")]


def printed(person: Desk, where: str) -> str:
    answer = person.client.get(where)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


# Begun, written ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("item")
def test_minutes_are_begun_from_the_page_of_the_meeting(mare: Desk, meeting: Meeting) -> None:
    assert "Begin the minutes" in deeds(mare.open(at("meeting")))
    shown = mare.send(at("minutes-begin"))
    assert pills(shown) == ["being written"]
    assert wrong_markup(shown) == []
    assert Minutes.objects.get(meeting=meeting).keeper == mare.user
    assert "Open the minutes" in deeds(mare.open(at("meeting")))


def test_minutes_that_were_not_begun_are_not_there(mare: Desk, meeting: Meeting) -> None:
    mare.open(address("minutes", meeting.slug), 404)


@pytest.mark.usefixtures("minutes")
def test_a_passage_is_written_over_the_one_that_was_read(mare: Desk, item: Item) -> None:
    shown = mare.send(at("minutes-write", item.pk), text="The plan was agreed.\r\nAll were for it.")
    assert "The plan was agreed. All were for it." in texts(shown)
    assert "2 revisions" in shown.main.text
    assert Passage.objects.get(revision=2).text == "The plan was agreed.\nAll were for it."


@pytest.mark.usefixtures("minutes")
def test_of_two_who_write_at_once_the_second_sees_both_texts_and_decides(
    mare: Desk, juri: Desk, item: Item
) -> None:
    where = at("minutes-write", item.pk)
    hers, his = mare.open(where), juri.open(where)
    mare.send(where, hers, text="The plan was agreed by Mare.")
    both = juri.refused(where, his, text="The plan was put off by Jüri.")
    assert "Mare Mets has written here since you opened the page." in both.main.text
    assert texts(both) == ["The plan was agreed by Mare.", "The plan was put off by Jüri."]
    marked = [mark.text for mark in both.main.all("mark")]
    assert marked == ["agreed", "Mare.", "put off", "Jüri."]
    assert wrong_markup(both) == []
    assert Passage.objects.filter(item=item).order_by("revision").last().by == mare.user  # type: ignore[union-attr]
    shown = juri.send(where, both)
    assert "The plan was put off by Jüri." in texts(shown)
    kept = list(Passage.objects.filter(item=item).order_by("revision").values_list("text", flat=True))
    assert kept[1:] == ["The plan was agreed by Mare.", "The plan was put off by Jüri."]


@pytest.mark.usefixtures("minutes")
def test_the_revisions_show_what_each_changed(mare: Desk, item: Item) -> None:
    write(item, text="The plan was agreed.", read=1, by=mare.user)
    shown = mare.open(at("minutes-revisions", item.pk))
    assert [h2.text for h2 in shown.main.all("h2")] == ["Revision 2 stands now", "Revision 1"]
    assert shown.main.all("mark")[0].text == "agreed."
    assert wrong_markup(shown) == []


def test_what_was_decided_and_taken_on_stands_in_the_minutes(
    mare: Desk, minutes: Minutes, item: Item, valka: Party
) -> None:
    decision = put(item, text="The plan is agreed.", method=Method.CONSENSUS, by=mare.user)
    take(decision, by=mare.user)
    make_commitment(minutes.meeting, valka, item=item, due=LATER)
    shown = mare.open(at("minutes"))
    for words in (
        "Kadri Kask, mayor",
        "2 of the 2 members that may vote are present, a quorum.",
        "The plan was discussed.",
        "Decision 1/2026",
        "Carried without a vote",
        "Send the budget",
        "Valka, due on 11 June 2026",
    ):
        assert words in shown.main.text


# Checked, approved -------------------------------------------------------------------------------------


def elect(mare: Desk, *people: Desk) -> Page:
    first, second = (str(person.user.pk) for person in people)
    return mare.send(at("minutes-checkers"), first=first, second=second)


@pytest.mark.usefixtures("minutes")
def test_two_are_elected_of_those_around_the_table_who_wrote_nothing(
    mare: Desk, kadri: Desk, liga: Desk
) -> None:
    form = mare.open(at("minutes-checkers"))
    offered = [option.text for option in form.main.one("select", name="first").all("option")]
    assert offered == ["choose", "Kadri Kask", "Līga Liepa"]
    shown = elect(mare, kadri, liga)
    assert pills(shown) == ["being written", "has not signed yet", "has not signed yet"]
    again = mare.refused(at("minutes-checkers"), first=str(kadri.user.pk), second=str(kadri.user.pk))
    assert wrongs(again) == ["The two checkers are two people."]


@pytest.mark.usefixtures("minutes")
def test_a_checker_signs_what_is_shown_and_an_edit_takes_the_signature_out_of_force(
    mare: Desk, kadri: Desk, liga: Desk, item: Item
) -> None:
    elect(mare, kadri, liga)
    assert "The plan was discussed." in kadri.open(at("minutes-sign")).main.text
    shown = kadri.send(at("minutes-sign"))
    assert pills(shown)[1].startswith("signed off on")
    mare.send(at("minutes-write", item.pk), text="Another text.")
    shown = kadri.open(at("minutes"))
    assert "the minutes have changed since: the signature counts no more" in pills(shown)[1]
    assert "Read and sign off" in deeds(shown)


@pytest.mark.usefixtures("minutes")
def test_another_text_than_the_one_shown_is_not_signed_until_it_is_read(
    mare: Desk, kadri: Desk, liga: Desk, item: Item
) -> None:
    elect(mare, kadri, liga)
    read = kadri.open(at("minutes-sign"))
    mare.send(at("minutes-write", item.pk), text="Another text.")
    refused = kadri.refused(at("minutes-sign"), read)
    assert wrongs(refused) == ["The minutes have changed since you read them. Read them again."]
    assert "Another text." in texts(refused)
    assert not Checker.objects.filter(signed_at__isnull=False).exists()
    kadri.send(at("minutes-sign"), refused)
    assert Checker.objects.filter(signed_at__isnull=False).count() == 1


@pytest.mark.usefixtures("minutes")
def test_minutes_are_approved_at_a_later_meeting_by_one_who_did_not_write_them(
    mare: Desk, juri: Desk, kadri: Desk, liga: Desk, league: Network
) -> None:
    make_meeting(organiser=league.party, slug="summer", title="Summer", starts_on=LATER, ends_on=LATER)
    elect(mare, kadri, liga)
    kadri.send(at("minutes-sign"))
    early = juri.refused(at("minutes-approve"))
    assert wrongs(early) == ["Minutes are approved when both checkers have signed them off."]
    liga.send(at("minutes-sign"))
    own = mare.refused(at("minutes-approve"))
    assert wrongs(own) == ["Who wrote the minutes does not approve them."]
    shown = juri.send(at("minutes-approve"))
    assert "Approved on 11 June 2026 at: Summer" in shown.main.text
    assert "Write" not in [a.text for a in shown.main.all("a")]


def test_a_draft_is_for_who_writes_and_checks_it_alone(
    minutes: Minutes, mare: Desk, kadri: Desk, liga: Desk
) -> None:
    minutes.meeting.host = Party.objects.get(slug="valga")
    minutes.meeting.save()
    kadri.open(at("minutes"), 403)
    elect(mare, liga, Desk(make_officer(minutes.meeting.organiser, name="Anna Aas")))
    liga.open(at("minutes"))
    kadri.open(at("minutes-file"), 403)


# Printed -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("minutes")
def test_the_paper_has_all_that_the_page_has(mare: Desk, kadri: Desk, liga: Desk, item: Item) -> None:
    elect(mare, kadri, liga)
    kadri.send(at("minutes-sign"))
    take(put(item, text="План за работа.", method=Method.CONSENSUS, by=mare.user), by=mare.user)
    text = printed(mare, at("minutes-file"))
    for words in (
        "Draft, not approved yet",
        "Kadri Kask, mayor",
        "It is ambitious.",
        "План за работа.",
        "Checked: Līga Liepa",
        "has not signed yet",
    ):
        assert words in text


def test_a_volume_has_the_approved_minutes_of_a_year(
    minutes: Minutes, mare: Desk, juri: Desk, league: Network
) -> None:
    later = make_meeting(
        organiser=league.party, slug="summer", title="Summer", starts_on=LATER, ends_on=LATER
    )
    begin_minutes(later, by=mare.user)
    shown = mare.open(at("minutes-series"))
    assert pills(shown) == ["not approved yet", "not approved yet"]
    assert wrong_markup(shown) == []
    assert mare.client.get(f"{at('minutes-series-file')}?year=2026").status_code == 404
    assert mare.client.get(f"{at('minutes-series-file')}?year=lately").status_code == 400
    minutes.approved_in, minutes.approved_by, minutes.approved_at = later, juri.user, minutes.meeting.begins
    minutes.save()
    assert pills(mare.open(at("minutes-series"))) == ["not approved yet", "approved on 11 June 2026"]
    text = printed(mare, at("minutes-series-file"))
    assert "Minutes of 2026" in text
    assert "The plan was discussed." in text
    assert text.count("Who was there") == 1
