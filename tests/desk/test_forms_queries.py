"""The number of queries of a page of the desk does not grow with the register."""

import datetime as dt

import pytest
from django.db.models import Model

from tests.desk.conftest import Desk, address, of_record
from tests.factories.accounts import make_administrator, make_log_entry, make_user
from tests.factories.documents import make_document
from tests.factories.evidence import make_accepted, make_statement
from tests.factories.exchange import make_merge
from tests.factories.findings import make_finding
from tests.factories.letters import make_letter
from tests.factories.meetings import (
    make_attendance,
    make_commitment,
    make_decision,
    make_invitee,
    make_meeting,
)
from tests.factories.networks import make_application, make_membership_act, make_requirement
from tests.factories.parties import (
    make_affiliation,
    make_filing,
    make_invitation,
    make_network_party,
    make_own_words,
    make_party,
)
from tests.factories.partnerships import make_act
from tests.factories.projects import make_participation
from tests.web.test_queries import Register
from twinhall.accounts.models import LogEntry
from twinhall.evidence.models import Statement
from twinhall.letters.models import Letter
from twinhall.meetings.models import (
    Checker,
    Choice,
    Commitment,
    Cost,
    Gift,
    Meeting,
    MeetingKind,
    Minutes,
    Paper,
    Passage,
    ProgrammeLine,
    RollVote,
)
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Act

Counts = dict[str, int]
MOST = {"dashboard": 51, "meeting": 38, "fact": 28, "texts": 26, "statement": 24, "party": 20}
"""Pages that may ask more than the others, by the first word of their names."""
MOST_OF_ALL = 19
ROOMS = {
    "parties": "town",
    "partnerships": "town",
    "networks": "league",
    "memberships": "town",
    "projects": "town",
    "meetings": "board",
    "decisions": "plan",
    "commitments": "budget",
}
PAGES = {
    name: (name, *record)
    for record, names in {
        (): [
            *("dashboard", "findings", "letters", "merges", *ROOMS),
            *("party-add", "partnership-add", "network-add", "membership-add", "project-add"),
            "meeting-add",
        ],
        ("ada",): ["party", "people", "name-add", "contact-add", "succession-add"],
        ("ada-bea",): ["partnership", "partnership-confirm", "partnership-contest", "partnership-act-any"],
        ("league",): [
            *("network", "member-add", "body-add", "post-add", "application-add", "requirements"),
        ],
        ("border",): ["project", "partner-add", "activity-add", "output-add"],
        ("fair",): [
            *("meeting", "meeting-change", "meeting-agenda", "paper-add", "meeting-invitees"),
            *("meeting-call", "meeting-remind", "meeting-cancel", "meeting-publish"),
            *("meeting-attendance", "attendance-signed", "seat-add", "decision-add"),
            *("minutes", "minutes-checkers", "minutes-sign", "minutes-approve", "minutes-series"),
            "commitment-add",
        ],
        ("visit",): [
            *("programme-add", "gift-add", "cost-add"),
        ],
    }.items()
    for name in names
}
OF_ADMINISTRATORS = {"merges", "network-add", "merge", "merge-undo"}


def most(name: str) -> int:
    """How many queries a page may ask."""
    return MOST.get(name.split(maxsplit=1)[0], MOST_OF_ALL)


class Workroom(Register):
    """A register that grows, seen by an officer of its town, network and lead partner, and by who runs it."""

    def __init__(self) -> None:
        self.officer = make_user(name="Ada Aas")
        self.administrator = Desk(make_administrator())
        self.drafter, self.checker = make_user(name="Bea Bakke"), make_user(name="Cai Carlsen")
        super().__init__()
        for party in (self.ada, self.league.party):
            make_affiliation(user=self.officer, party=party)
        make_participation(project=self.border, party=self.ada, role="lead")
        self.desk = Desk(self.officer)
        self.put = make_decision(self.fair.items.earliest("number"))
        self.minutes = Minutes.objects.get(meeting=self.fair)
        for place, person in enumerate((self.officer, self.checker), start=1):
            Checker.objects.create(minutes=self.minutes, place=place, person=person)

    def _more(self, number: int) -> None:
        super()._more(number)
        town = make_party(name=f"Other town {number}")
        make_affiliation(user=make_user(), party=self.ada, role=Role.EDITOR)
        make_invitation(email=f"person{number}@ada.example", party=self.ada)
        make_finding(about=self.ada, told=f"No. {number}")
        make_letter(by=self.officer, to=make_user())
        make_merge(kept_id=number, gone_id=1000 + number)
        make_network_party(name=f"Union {number}")
        make_requirement(network=self.league, number=number)
        make_application(network=self.league, town=f"Town {number}", email=f"a{number}@ada.example")
        words = make_own_words(town)
        make_accepted(subject=self.tie, field="fields", stated="culture", source=words, by=make_user())
        make_accepted(subject=self.border, field="led_to", stated=Network.objects.all()[0].pk, source=words)
        for language in ("en", "et"):
            make_statement(
                subject=self.tie, field="history", source=words, stated=f"Text {number}", language=language
            )
            make_statement(subject=self.border, field="aim", stated=f"Aim {number}", language=language)
        for record in (self.ada, self.tie, self.league, self.border):
            entry = make_log_entry(by=make_user(), record_id=str(record.pk))
            LogEntry.objects.filter(pk=entry.pk).update(record_type=record._meta.label_lower)
        self._of_the_tie(number)

    def _of_the_tie(self, number: int) -> None:
        act = make_act(partnership=self.tie, date="1996-12-01", valid_until="2027-03")
        member = Membership.objects.filter(network=self.league).last()
        applied = make_membership_act(membership=member, kind="applied", date="2026-11")
        for record in (act, applied, self.border):
            document = make_document(title=f"Paper {number}")
            make_filing(document=document, party=self.ada)
            record.documents.add(document)
        paper = make_document(title=f"Paper of the fair {number}")
        item = self.fair.items.get(number=number)
        Paper.objects.create(meeting=self.fair, item=item, document=paper)
        town = Party.objects.get(slug=f"other-town-{number}")
        make_invitee(self.fair, town, email=f"office@{town.slug}.example")
        make_invitee(self.fair, self.ada, email=f"office@{town.slug}.example")
        make_attendance(self.fair, town, name="Voter", has_vote=True, came=True)
        make_attendance(self.fair, self.ada, name=f"Guest {number}")
        make_commitment(self.fair, town, due=dt.date(2026, 1, number))
        make_affiliation(user=make_user(), party=town)
        self._minuted(number)
        self._visited(town, number)

    def _minuted(self, number: int) -> None:
        """What minutes are made of: passages, revisions, votes, members that came; and minutes of others."""
        if number == 1:
            Minutes.objects.create(meeting=self.fair, keeper=self.drafter)
        member = Party.objects.get(slug=f"town-{number}")
        make_attendance(self.fair, member, name=f"Member {number}", has_vote=True, came=True)
        items = self.fair.items.order_by("number")
        for item, revision in ((items[0], number), (items[number - 1], 1)):
            Passage.objects.get_or_create(
                item=item, revision=revision, defaults={"text": f"Said {number}", "by": make_user()}
            )
        voted = self.fair.decisions.earliest("number")
        RollVote.objects.create(decision=voted, party=member, choice=Choice.FOR)
        make_commitment(self.fair, member, item=items[number - 1])
        later = make_meeting(
            organiser=self.league.party,
            starts_on=self.fair.starts_on + dt.timedelta(days=number),
            ends_on=self.fair.ends_on + dt.timedelta(days=number),
        )
        Minutes.objects.create(meeting=later, keeper=self.drafter)

    def _visited(self, town: Party, number: int) -> None:
        """What a visit has besides."""
        visit = Meeting.objects.filter(slug="visit").first() or make_meeting(
            organiser=self.ada, slug="visit", kind=MeetingKind.VISIT
        )
        make_attendance(visit, town, name=f"Interpreter {number}", role="interpreter", languages=["en", "lv"])
        make_attendance(visit, town, name=f"Guest {number}")
        make_commitment(visit, town)
        ProgrammeLine.objects.create(meeting=visit, day=visit.starts_on, title=f"Walk {number}")
        Gift.objects.create(meeting=visit, what="Book", giver=town, receiver=self.ada)
        Cost.objects.create(meeting=visit, what="Bus", payer=town, planned=number, currency="EUR")

    def addresses(self) -> dict[str, str]:
        """Each page by a short name."""
        member = Membership.objects.filter(network=self.league).order_by("pk")[0]
        act = Act.objects.filter(partnership=self.tie).order_by("pk")[0]
        word = Statement.objects.filter(subject_type="partnerships.act", subject_id=act.pk).order_by("pk")[0]
        kept: list[Model] = [self.ada, self.tie, act, self.league, member, self.border]
        facts: dict[str, Model] = {
            "population": self.ada,
            "fields": self.tie,
            "date": act,
            "category": member,
            "led_to": self.border,
        }
        return {
            **{name: address(*place) for name, place in PAGES.items()},
            **{f"{room} mine": address(room, mine="on") for room in ROOMS},
            **{f"{room} found": address(room, q=query) for room, query in ROOMS.items()},
            "letter": address("letter", Letter.objects.order_by("pk")[0].pk),
            "letter-deed": address("letter-deed", Letter.objects.order_by("pk")[0].pk, "leave"),
            "meeting-answer": address("meeting-answer", "fair", "ada"),
            **{name: address(name, self.put.pk) for name in ("decision", "decision-roll", "decision-take")},
            "membership": address("membership", member.pk),
            "membership-act": address("membership-act", member.pk, "suspended"),
            "membership-act admitted": address("membership-act", member.pk, "admitted"),
            "membership-ties": address("membership-ties", member.pk),
            **self._of_the_network(),
            **self._of_the_meetings(),
            **{f"change {record._meta.model_name}": of_record("change", record) for record in kept},
            **{f"history {record._meta.model_name}": of_record("history", record) for record in kept},
            **{f"fact {field}": of_record("fact", record, field) for field, record in facts.items()},
            "texts": of_record("texts", self.tie, "history"),
            "withdraw": of_record("withdraw", act),
            "merge": of_record("merge", self.ada),
            **{f"statement {deed}": address("statement", word.pk, deed) for deed in ("correct", "prefer")},
        }

    def _of_the_network(self) -> dict[str, str]:
        """The pages of its first application, body and post."""
        application = self.league.applications.order_by("pk")[0]
        body, post = self.league.bodies.order_by("pk")[0], self.league.posts.order_by("pk")[0]
        deeds = ("application", "application-complete", "application-missing", "application-paper")
        return {
            **{name: address(name, application.pk) for name in deeds},
            "application-aside": address("application-aside", application.pk),
            "body-end": address("body-end", body.pk),
            "post-end": address("post-end", post.pk),
        }

    def _of_the_meetings(self) -> dict[str, str]:
        """The pages of the first passage, commitment and roll call, and of the visit with its first lines."""
        item, commitment = self.fair.items.earliest("number"), Commitment.objects.earliest("pk")
        visit = Meeting.objects.get(slug="visit")
        voted = self.fair.decisions.earliest("number")
        deeds = ("commitment", "commitment-change", "commitment-done", "commitment-drop")
        return {
            **{name: address(name, "fair", item.pk) for name in ("minutes-write", "minutes-revisions")},
            **{name: address(name, commitment.pk) for name in deeds},
            "decision voted": address("decision", voted.pk),
            "meeting visit": address("meeting", "visit"),
            "programme-change": address("programme-change", "visit", visit.programme.earliest("pk").pk),
            "gift-change": address("gift-change", "visit", visit.gifts.earliest("pk").pk),
            "cost-change": address("cost-change", "visit", visit.costs.earliest("pk").pk),
        }

    def counted(self) -> Counts:
        """How many queries each page asks."""
        return {
            name: len((self.administrator if name in OF_ADMINISTRATORS else self.desk).asks(where))
            for name, where in self.addresses().items()
        }


WORKED_OUT = 2
"""Questions behind a figure that is kept for a state of the register (web/worked_out.py)."""


@pytest.mark.django_db
@pytest.mark.usefixtures("_today", "document_folder")
def test_no_page_asks_more_of_a_larger_register() -> None:
    workroom = Workroom()
    few = workroom.counted()
    workroom.grow(5)
    many = workroom.counted()
    assert many.keys() == few.keys()
    # What is worked out once for a state of the register may be asked in one of the counts alone;
    # a question for each of the rows that were added would be five.
    assert {page: asked for page, asked in many.items() if abs(asked - few[page]) > WORKED_OUT} == {}
    assert {name: count for name, count in few.items() if count > most(name)} == {}
