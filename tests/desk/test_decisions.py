"""Deciding at the desk: something is put, the roll is called, the vote is closed, the register follows."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.desk.conftest import Desk, address, pills, said, wrongs
from tests.factories.meetings import make_attendance, make_decision, make_item, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_officer, make_party
from tests.web.reading import Page, page
from tests.web.test_pages import wrong_markup
from twinhall.evidence.models import Source
from twinhall.meetings.models import Decision, Meeting, Minutes, Outcome, QuorumRule, RollVote
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

DAY = dt.date(2024, 3, 12)


def join(network: Network, party: Party, *kinds: str) -> Membership:
    made = make_membership(network=network, party=party, category="")
    for number, kind in enumerate(kinds, start=1):
        make_membership_act(membership=made, kind=kind, date=f"{2009 + number}", number=number)
    return made


@pytest.fixture
def network(valga: Party, valka: Party) -> Network:
    """Valga and Valka are members, Imatra is suspended, Zgorzelec has applied."""
    network = make_network(name="City Twins")
    join(network, valga, "admitted")
    join(network, valka, "admitted")
    join(network, make_party(name="Imatra"), "admitted", "suspended")
    join(network, make_party(name="Zgorzelec"), "applied")
    return network


@pytest.fixture
def meeting(network: Network, valga: Party, valka: Party) -> Meeting:
    """Both members are there."""
    meeting = make_meeting(
        organiser=network.party, starts_on=DAY, ends_on=DAY, slug="board", quorum=QuorumRule.HALF
    )
    for party in (valga, valka):
        make_attendance(meeting, party, name=f"Voter of {party}", has_vote=True, came=True)
    make_item(meeting, title="Applications")
    return meeting


@pytest.fixture
def secretary(network: Network) -> Desk:
    return Desk(make_officer(network.party, role=Role.SECRETARY))


def place(name: str) -> Membership:
    return Membership.objects.get(party__name=name)


def options(shown: Page, name: str) -> list[str]:
    return [option.text for option in shown.main.one("select", name=name).all("option")]


def put_admission(person: Desk) -> Decision:
    person.send(
        address("decision-add", "board"),
        text="Zgorzelec is admitted.",
        method="roll",
        act=f"admitted:{place('Zgorzelec').pk}",
    )
    return Decision.objects.get()


def test_an_admission_from_the_agenda_to_the_public_page(
    secretary: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    decision = put_admission(secretary)
    roll = address("decision-roll", decision.pk)
    assert wrong_markup(secretary.open(roll)) == []
    votes = {f"vote_{valga.pk}": "for", f"vote_{valka.pk}": "abstained"}
    shown = secretary.send(roll, **votes)
    assert shown.main.rows == [["Valga", "For"], ["Valka", "Abstained"]]
    take = address("decision-take", decision.pk)
    assert "Noted by roll call: 1 for, 0 against, 1 abstaining." in secretary.open(take).main.text
    shown = secretary.send(take)
    assert said(shown) == ["Carried: 1 for, 0 against, 1 abstaining."]
    assert wrong_markup(shown) == []
    assert shown.main.facts["Present"] == "2 of the 2 members that may vote are present"
    assert shown.main.facts["Membership"] == "Admit: Zgorzelec"
    assert "Decision 1/2024 (board meeting)" in shown.main.facts["In the register"]
    zgorzelec = place("Zgorzelec")
    assert (zgorzelec.category, zgorzelec.number) == ("member", 1)
    public = page(secretary.client.get(address("web:network", meeting.organiser.slug)))
    row = next(row for row in public.main.rows if row[0].startswith("Zgorzelec"))
    assert "12 March 2024" in row[1]
    assert "Decision 1/2024 (board meeting)" in public.text
    of_decision = address("web:source", Source.objects.get(key=f"decision-{decision.pk}").pk)
    assert "Meeting" not in page(secretary.client.get(of_decision)).main.facts
    Meeting.objects.filter(pk=meeting.pk).update(published_at="2024-03-13T12:00Z", shows_decisions=True)
    assert page(secretary.client.get(of_decision)).main.facts["Meeting"] == meeting.title
    before = page(secretary.client.get(address("web:network", meeting.organiser.slug, on="2024-03-11")))
    assert "Applicant 1" in before.main.text


def test_only_what_fits_the_membership_is_offered(secretary: Desk, meeting: Meeting) -> None:
    shown = secretary.open(address("decision-add", meeting.slug))
    assert wrong_markup(shown) == []
    assert options(shown, "act") == [
        "nothing",
        "admit: Zgorzelec",
        "readmit: Imatra",
        "admit not yet: Zgorzelec",
        "refuse: Zgorzelec",
        "suspend: Valga",
        "suspend: Valka",
        "exclude: Imatra",
        "exclude: Valga",
        "exclude: Valka",
    ]
    forged = {"text": "No.", "method": "roll", "act": f"suspended:{place('Zgorzelec').pk}"}
    assert len(wrongs(secretary.refused(address("decision-add", meeting.slug), **forged))) == 1


def test_who_never_was_a_member_is_not_offered_to_be_readmitted(
    secretary: Desk, meeting: Meeting, network: Network
) -> None:
    join(network, make_party(name="Refused"), "applied", "refused")
    join(network, make_party(name="Attested"), "attested", "suspended")
    offered = options(secretary.open(address("decision-add", meeting.slug)), "act")
    assert "admit: Refused" in offered
    assert [option for option in offered if option.startswith("readmit")] == [
        "readmit: Attested",
        "readmit: Imatra",
    ]


def test_the_roll_names_those_who_are_there_and_not_those_who_are_not(
    secretary: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    meeting.attendances.filter(party=valka).update(came=False)
    decision = make_decision(meeting.items.get())
    shown = secretary.open(address("decision-roll", decision.pk))
    assert [legend.text for legend in shown.main.all("legend")] == ["Valga"]
    assert shown.one("section", aria_labelledby="absent").one("p").text == "Valka"
    secretary.refused(shown_at := address("decision-roll", decision.pk))
    forged = {f"vote_{valka.pk}": "for", f"vote_{place('Imatra').party_id}": "for"}
    secretary.refused(shown_at, **forged)
    assert not RollVote.objects.exists()
    secretary.send(shown_at, **{f"vote_{valga.pk}": "against"})
    assert "All members that are present have voted." in secretary.open(shown_at).main.text


def test_a_vote_that_was_noted_meanwhile_is_not_noted_twice(
    secretary: Desk, meeting: Meeting, valga: Party
) -> None:
    decision = make_decision(meeting.items.get())
    where = address("decision-roll", decision.pk)
    opened = secretary.open(where)
    secretary.send(where, **{f"vote_{valga.pk}": "against"})
    refused = secretary.refused(where, opened, **{"once": "", f"vote_{valga.pk}": "for"})
    assert wrongs(refused) == ["Valga has voted already."]
    assert list(decision.votes.values_list("choice", flat=True)) == ["against"]


def test_a_suspended_member_is_named_and_a_vote_sent_for_it_is_refused_with_the_reason(
    secretary: Desk, meeting: Meeting, valga: Party
) -> None:
    decision, imatra = make_decision(meeting.items.get()), place("Imatra").party
    where = address("decision-roll", decision.pk)
    box = secretary.open(where).main.one("section", aria_labelledby="suspended")
    assert box.text == "Suspended on that day, without a vote Imatra"
    forged = {f"vote_{valga.pk}": "for", f"vote_{imatra.pk}": "for"}
    assert wrongs(secretary.refused(where, **forged)) == [
        "Imatra is suspended on 2024-03-12 and has no vote."
    ]
    nobody = {f"vote_{what}": "for" for what in ("", "x", f"0{imatra.pk}", "999999", "9" * 30)}
    assert wrongs(secretary.refused(where, **nobody)) == ["Say how at least one member votes."]
    assert not decision.votes.exists()


def test_a_secret_count_is_taken_and_more_votes_than_voters_are_refused(
    secretary: Desk, meeting: Meeting
) -> None:
    decision = make_decision(meeting.items.get(), method="secret")
    where = address("decision-take", decision.pk)
    assert wrongs(secretary.refused(where, **{"for": 2, "against": 1, "abstained": 0})) == [
        "3 votes were counted, but only 2 members with a vote are there."
    ]
    shown = secretary.send(where, **{"for": 1, "against": 1, "abstained": 0})
    assert pills(shown) == ["Rejected: 1 for, 1 against, 0 abstaining"]
    assert wrongs(secretary.refused(where, **{"for": 2, "against": 0, "abstained": 0})) == [
        "This was decided already."
    ]


@pytest.mark.usefixtures("meeting")
def test_a_wrong_count_is_opened_again_with_what_it_did(secretary: Desk, valga: Party, valka: Party) -> None:
    decision = put_admission(secretary)
    again = address("decision-reopen", decision.pk)
    shown = secretary.open(address("decision", decision.pk))
    assert again not in [a.attributes["href"] for a in shown.main.all("a")]
    votes = {f"vote_{valga.pk}": "for", f"vote_{valka.pk}": "abstained"}
    secretary.send(address("decision-roll", decision.pk), **votes)
    secretary.send(address("decision-take", decision.pk))
    shown = secretary.open(address("decision", decision.pk))
    assert again in [a.attributes["href"] for a in shown.main.all("a")]
    assert wrong_markup(secretary.open(again)) == []
    assert "What it did to the membership is taken back." in secretary.open(again).main.text
    assert wrongs(secretary.refused(again)) == ["Reason: Give the reason."]
    shown = secretary.send(again, why="Valka voted against.", anew=str(valka.pk))
    assert (said(shown), pills(shown)) == (["Open again."], ["Not yet taken"])
    assert shown.main.rows == [["Valga", "For"]]
    assert place("Zgorzelec").number is None
    secretary.send(address("decision-roll", decision.pk), **{f"vote_{valka.pk}": "against"})
    shown = secretary.send(address("decision-take", decision.pk))
    assert said(shown) == ["Rejected: 1 for, 1 against, 0 abstaining."]


@pytest.mark.usefixtures("meeting")
def test_who_is_there_and_did_not_vote_is_named_before_the_roll_is_closed(
    secretary: Desk, valga: Party
) -> None:
    decision = put_admission(secretary)
    secretary.send(address("decision-roll", decision.pk), **{f"vote_{valga.pk}": "against"})
    take, again = address("decision-take", decision.pk), address("decision-reopen", decision.pk)
    (wrong,) = wrongs(secretary.refused(take))
    assert wrong.startswith("They did not vote: No vote is noted yet of these members that are there: Valka.")
    assert wrong_markup(secretary.open(take)) == []
    (wrong,) = wrongs(secretary.refused(again, why="Nothing to be noted anew."))
    assert wrong.startswith("Whose vote is noted anew?")
    shown = secretary.send(take, did_not_vote="on")
    assert said(shown) == ["Rejected: 0 for, 1 against, 0 abstaining."]


def test_what_approved_minutes_say_is_not_opened_again(secretary: Desk, meeting: Meeting) -> None:
    decision = make_decision(meeting.items.get(), method="consensus")
    secretary.send(address("decision-take", decision.pk))
    Minutes.objects.create(
        meeting=meeting,
        keeper=secretary.user,
        approved_at=timezone.now(),
        approved_by=make_officer(meeting.organiser),
        approved_in=make_meeting(organiser=meeting.organiser),
    )
    again = address("decision-reopen", decision.pk)
    shown = secretary.open(address("decision", decision.pk))
    assert again not in [a.attributes["href"] for a in shown.main.all("a")]
    (wrong,) = wrongs(secretary.refused(again, why="Valka voted too."))
    assert "are approved" in wrong


def test_not_yet_asks_for_the_reason_which_is_public(
    secretary: Desk, meeting: Meeting, network: Network
) -> None:
    decision = make_decision(
        meeting.items.get(), method="consensus", membership=place("Zgorzelec"), deed="not yet"
    )
    take = address("decision-take", decision.pk)
    assert wrong_markup(secretary.open(take)) == []
    assert wrongs(secretary.refused(take, reason="")) == ["Why not yet: “Not yet a member” needs its reason."]
    secretary.send(take, reason="The council has not decided.")
    public = page(secretary.client.get(address("web:network", network.party.slug)))
    assert "The council has not decided." in public.main.text


def test_without_a_quorum_the_page_says_so_and_nothing_is_decided(
    secretary: Desk, meeting: Meeting, valka: Party
) -> None:
    meeting.attendances.filter(party=valka).update(came=False)
    decision = make_decision(meeting.items.get(), method="consensus")
    where = address("decision-take", decision.pk)
    assert "There is no quorum." in secretary.open(where).main.text
    assert wrongs(secretary.refused(where)) == [
        "There is no quorum: 1 of the 2 members that may vote is there, and 2 must be."
    ]
    decision.refresh_from_db()
    assert decision.outcome == Outcome.OPEN


def test_what_was_put_is_taken_back(secretary: Desk, meeting: Meeting) -> None:
    decision = make_decision(meeting.items.get())
    shown = secretary.send(address("decision-withdraw", decision.pk))
    assert (said(shown), Decision.objects.exists()) == (["Taken back."], False)


def test_those_who_were_called_read_decisions_and_only_the_organiser_decides(
    kadri: Desk, meeting: Meeting
) -> None:
    decision = make_decision(meeting.items.get())
    kadri.open(address("decision", decision.pk), 403)
    Meeting.objects.filter(pk=meeting.pk).update(called_at="2024-01-01T12:00Z")
    meeting.invitees.create(party=kadri.user.affiliations.get().party, email="a@b.example", language="en")
    shown = kadri.open(address("decision", decision.pk))
    assert (pills(shown), shown.main.all("a", class_="button second")) == (["Not yet taken"], [])
    for name in ("decision-roll", "decision-take", "decision-reopen", "decision-withdraw"):
        kadri.open(address(name, decision.pk), 403)
    kadri.open(address("decision-add", meeting.slug), 403)


def test_the_list_shows_decisions_of_the_meetings_that_one_sees(
    secretary: Desk, kadri: Desk, meeting: Meeting
) -> None:
    item = meeting.items.get()
    make_decision(item)
    make_decision(item, membership=place("Imatra"), deed="excluded")
    make_decision(make_item(make_meeting(organiser=make_party(name="Tartu"))))
    shown = secretary.open(address("decisions"))
    assert wrong_markup(shown) == []
    assert [row[:2] for row in shown.main.rows] == [
        ["The plan of work is agreed. 2/2024", "not yet taken"],
        ["The plan of work is agreed. 1/2024", "not yet taken"],
    ]
    narrowed = secretary.open(address("decisions", is_on_members="on"))
    assert [row[-1] for row in narrowed.main.rows] == ["exclude: Imatra"]
    assert "Nothing here fits." in secretary.open(address("decisions", outcome="carried")).main.text
    assert "Nothing stands here yet." in kadri.open(address("decisions")).main.text
    lines = b"".join(secretary.client.get(address("decisions-file", "csv")).streaming_content)  # type: ignore[attr-defined]
    assert lines.count(b"\r\n") == 3
