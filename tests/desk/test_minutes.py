"""Minutes at the desk: begun, written by two at once, checked, approved, printed."""

import datetime as dt
import io

import pytest
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from tests.desk.conftest import Desk, address, pills, wrongs
from tests.factories.accounts import make_user
from tests.factories.meetings import make_attendance, make_commitment, make_item, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_officer
from tests.web.reading import Page
from tests.web.test_pages import wrong_markup
from tests.working import work_off
from twinhall.desk import minutepapers
from twinhall.meetings.actions.deciding import put, take
from twinhall.meetings.actions.minuting import begin_minutes, write
from twinhall.meetings.models import Checker, Item, Meeting, Method, Minutes, Passage, Volume
from twinhall.networks.models import Network
from twinhall.parties.models import Party, Role
from twinhall.work.shifts import begin_shift, end_shift

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
def test_others_are_elected_in_place_of_one(mare: Desk, kadri: Desk, liga: Desk, valka: Party) -> None:
    other = Desk(make_officer(valka, name="Anna Aas"))
    elect(mare, kadri, liga)
    kadri.send(at("minutes-sign"))
    elect(mare, kadri, other)
    elected = Checker.objects.order_by("place").values_list("person__name", "digest")
    assert [(name, bool(digest)) for name, digest in elected] == [("Kadri Kask", True), ("Anna Aas", False)]


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
    nowhere = juri.open(at("minutes-approve"))
    assert "No later meeting has begun yet." in nowhere.main.text
    assert (nowhere.main.all("select"), wrong_markup(nowhere)) == ([], [])
    make_meeting(organiser=league.party, slug="summer", title="Summer", starts_on=LATER, ends_on=LATER)
    elect(mare, kadri, liga)
    kadri.send(at("minutes-sign"))
    early = juri.refused(at("minutes-approve"))
    assert wrongs(early) == ["Minutes are approved when both checkers have signed them off."]
    liga.send(at("minutes-sign"))
    own = mare.refused(at("minutes-approve"))
    assert wrongs(own) == [
        "Who wrote the minutes does not approve them. Another secretary or an administrator notes it."
    ]
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


# A volume ----------------------------------------------------------------------------------------------


@pytest.fixture
def later(minutes: Minutes, mare: Desk, juri: Desk, league: Network) -> Meeting:
    """A later meeting, with minutes of its own, that approved the minutes."""
    later = make_meeting(
        organiser=league.party, slug="summer", title="Summer", starts_on=LATER, ends_on=LATER
    )
    begin_minutes(later, by=mare.user)
    minutes.approved_in, minutes.approved_by, minutes.approved_at = later, juri.user, minutes.meeting.begins
    minutes.save()
    return later


def volume(year: int = 2026) -> str:
    return at("minutes-volume", year)


FILE = address("minutes-volume-file", "spring", 2026)


def offers(shown: Page) -> list[str]:
    """What the page of a volume offers: buttons, the way to look again, the file."""
    links = [a.text for a in shown.main.one("div", id="volume").all("a")]
    return [*links, *(button.text for button in shown.main.all("button"))]


def test_there_is_a_volume_where_minutes_of_the_year_are_approved(minutes: Minutes, mare: Desk) -> None:
    shown = mare.open(at("minutes-series"))
    assert pills(shown) == ["not approved yet"]
    for year in (2026, 2025, 0, 99999):
        for where in (volume(year), at("minutes-volume-file", year)):
            mare.open(where, 404)
    assert mare.client.post(volume()).status_code == 404
    assert not minutes.approved_at


@pytest.mark.usefixtures("later")
def test_a_volume_is_asked_for_made_by_a_worker_and_kept(mare: Desk) -> None:
    shown = mare.open(at("minutes-series"))
    assert pills(shown) == ["not approved yet", "approved on 11 June 2026"]
    assert volume() in [a.attributes["href"] for a in shown.main.all("a")]
    assert mare.client.get(FILE).headers["Location"] == volume()
    assert offers(mare.open(volume())) == ["Make the file"]
    waits = mare.send(volume())
    assert offers(waits) == ["Look whether it is ready"]
    assert "It is being made. It was asked for on" in waits.main.text
    assert wrong_markup(waits) == []
    assert mare.client.get(FILE).headers["Location"] == volume()
    assert work_off() == 1
    ready = mare.open(volume())
    assert offers(ready) == ["PDF 2026"]
    assert wrong_markup(ready) == []
    text = printed(mare, FILE)
    assert "Minutes of 2026" in text
    assert "The plan was discussed." in text
    assert text.count("Who was there") == 1


@pytest.mark.usefixtures("later")
def test_asked_for_twice_it_is_made_once(mare: Desk, juri: Desk) -> None:
    first, second = mare.open(volume()), juri.open(volume())
    mare.send(volume(), first)
    juri.send(volume(), second)
    mare.send(
        address("minutes-volume", "summer", 2026), first
    )  # the same series, from another of its meetings
    assert (Volume.objects.count(), work_off()) == (1, 1)
    juri.post(volume(), second)
    assert (Volume.objects.count(), work_off()) == (1, 0)
    assert printed(juri, address("minutes-volume-file", "summer", 2026)) == printed(mare, FILE)


@pytest.mark.usefixtures("later")
def test_in_another_language_it_is_another_volume(mare: Desk) -> None:
    bulgarian = "/bg" + volume().removeprefix("/en")
    for where in (volume(), bulgarian):
        mare.send(where)
    assert work_off() == 2
    assert "Minutes of 2026" in printed(mare, FILE)
    assert "Minutes of 2026" not in printed(mare, "/bg" + FILE.removeprefix("/en"))
    assert {one.language for one in Volume.objects.all()} == {"bg", "en"}


def test_once_more_minutes_are_approved_it_is_another_volume(mare: Desk, later: Meeting, juri: Desk) -> None:
    mare.send(volume())
    work_off()
    second = make_meeting(organiser=later.organiser, slug="autumn", starts_on=LATER, ends_on=LATER)
    Minutes.objects.filter(meeting=later).update(
        approved_in=second, approved_by=juri.user, approved_at=later.begins
    )
    assert offers(mare.open(volume())) == ["Make the file"]
    mare.send(volume())
    work_off()
    assert printed(mare, FILE).count("Who was there") == 2


@pytest.mark.usefixtures("later")
def test_without_a_worker_the_page_says_so(mare: Desk) -> None:
    mare.send(volume())
    nobody = "Nobody is at work who makes it."
    assert nobody in mare.open(volume()).main.text
    shift = begin_shift()
    assert nobody not in mare.open(volume()).main.text
    end_shift(shift)


@pytest.mark.usefixtures("later")
def test_a_volume_that_failed_says_of_what_and_is_made_anew(
    mare: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: object, **_told: object) -> bytes:
        raise OSError("No letters to print with.")

    mare.send(volume())
    with monkeypatch.context() as broken:
        broken.setattr(minutepapers, "typeset", break_down)
        work_off()
    shown = mare.open(volume())
    assert "It could not be made. OSError: No letters to print with." in shown.main.text
    assert offers(shown) == ["Make it anew"]
    assert wrong_markup(shown) == []
    assert offers(mare.send(volume(), shown)) == ["Look whether it is ready"]
    assert work_off() == 1
    assert offers(mare.open(volume())) == ["PDF 2026"]


@pytest.mark.usefixtures("later")
def test_a_volume_that_was_forgotten_meanwhile_is_not_made(mare: Desk) -> None:
    mare.send(volume())
    Volume.objects.all().delete()
    work_off()
    assert (Volume.objects.count(), DBTaskResult.objects.failed().count()) == (0, 0)


def test_the_page_of_a_volume_asks_as_much_for_many_minutes_as_for_few(mare: Desk, later: Meeting) -> None:
    mare.send(volume())
    few = len(mare.asks(volume()))
    for number in range(3):
        more = make_meeting(organiser=later.organiser, slug=f"more-{number}")
        Minutes.objects.create(
            meeting=more,
            keeper=mare.user,
            approved_in=later,
            approved_by=make_user(),
            approved_at=later.begins,
        )
    mare.send(volume())
    assert len(mare.asks(volume())) == few
    assert "4 meetings" in mare.open(volume()).main.text


@pytest.mark.usefixtures("later")
def test_a_volume_is_for_those_who_keep_the_meetings(mare: Desk, kadri: Desk) -> None:
    mare.send(volume())
    work_off()
    for where in (volume(), FILE):
        kadri.open(where, 403)
    assert kadri.client.post(volume()).status_code == 403
