"""Everybody who may come to the door, and a record for each address that is about one."""

import datetime as dt
from dataclasses import dataclass
from http.cookies import SimpleCookie

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django.utils.http import int_to_base36

from tests.factories.accounts import make_administrator, make_user
from tests.factories.documents import make_document
from tests.factories.evidence import make_source, make_statement
from tests.factories.exchange import make_merge, make_row_finding
from tests.factories.findings import make_finding
from tests.factories.letters import make_letter
from tests.factories.meetings import (
    make_commitment,
    make_decision,
    make_invitee,
    make_item,
    make_meeting,
)
from tests.factories.networks import (
    make_application,
    make_body,
    make_membership,
    make_membership_act,
    make_post,
    make_requirement,
)
from tests.factories.parties import (
    make_affiliation,
    make_filing,
    make_invitation,
    make_officer,
    make_own_page,
)
from tests.factories.partnerships import make_act
from tests.factories.projects import make_participation, make_project
from tests.factories.readings import make_reading, named, tie
from twinhall.accounts.models import User
from twinhall.desk.volumes import ask_for_volume
from twinhall.evidence.actions import accept, prefer
from twinhall.evidence.models import Source
from twinhall.exchange.readings.accepting import reject_fact
from twinhall.letters.addresses import unsubscribe_address
from twinhall.letters.models import Letter
from twinhall.meetings.models import (
    Checker,
    Cost,
    Gift,
    Meeting,
    Minutes,
    Paper,
    ProgrammeLine,
    Volume,
)
from twinhall.networks.models import Membership, MembershipActKind, Network
from twinhall.parties.models import Party, Role
from twinhall.parties.precedence import rank
from twinhall.partnerships.models import Act, ActKind, Partnership
from twinhall.projects.models import ParticipationRole, Project

SESSIONS = "django_session"
SIGN_IN = "/en/account/login/"
CONFIRM = "/en/account/reauthenticate/"
PASSWORD = "a long sentence to sign in with"

Contents = dict[str, list[tuple[object, ...]]]


def contents() -> Contents:
    """Every row of every table but for sessions: whoever comes in may have one."""
    found: Contents = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table != SESSIONS:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608
                found[table] = cursor.fetchall()
    return found


def rows_written() -> int | None:
    """How many rows were written ever, taken back or not; None where the database does not count them."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else None


@dataclass(frozen=True)
class Visitor:
    """A person in a browser that holds the token of a page."""

    client: Client
    cookies: str

    @classmethod
    def of(cls, user: User | None) -> "Visitor":
        """Somebody, or a stranger."""
        client = Client(enforce_csrf_checks=True)
        client.get(SIGN_IN)
        if user:
            client.force_login(user)
        return cls(client, client.cookies.output(header="", sep=";"))

    def start_anew(self) -> None:
        """Forget what was answered: signing out, for one, takes a cookie away."""
        self.client.cookies = SimpleCookie(self.cookies)

    def get(self, where: str) -> HttpResponseBase:
        return self.client.get(where)

    def post(self, where: str) -> HttpResponseBase:
        """Send a form with nothing in it but the token."""
        return self.client.post(where, {"csrfmiddlewaretoken": self.client.cookies["csrftoken"].value})

    def forge(self, where: str) -> HttpResponseBase:
        """Send a form as another site would: with the cookies, but without the token."""
        return self.client.post(where)


def people() -> dict[str, User | None]:
    """One person for each column of the table, by its head."""
    valmiera, poznan, elsewhere, network = (
        Party.objects.get(slug=slug)
        for slug in ("valmiera", "poznan", "stara-zagora", "city-twins-association")
    )
    everybody = {
        "signed in": make_user(),
        "officer elsewhere": make_officer(elsewhere),
        "secretary": make_officer(network, role=Role.SECRETARY),
        "coordinator": make_officer(poznan, role=Role.COORDINATOR),
        "officer": make_officer(valmiera),
        "administrator": make_administrator(),
    }
    for user in everybody.values():  # as an invitation makes their accounts
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return {"stranger": None, **everybody}


def records(officer: User) -> dict[str, object]:
    """What stands in angle brackets in the table: records of Valmiera and of those it has to do with."""
    valmiera, solna = (Party.objects.get(slug=slug) for slug in ("valmiera", "solna"))
    tie = Partnership.objects.get(slug="solna-valmiera")
    project = Project.objects.get(slug="cities-of-change")
    act = Act.objects.get(partnership=tie, kind=ActKind.SIGNED)
    membership = make_membership(
        network=Network.objects.get(party__slug="city-twins-association"), party=valmiera
    )
    make_membership_act(membership=membership, date="2020")
    return {
        "party": valmiera.slug,
        "party-number": valmiera.pk,
        "partnership": tie.slug,
        "partnership-number": tie.pk,
        "act": act.pk,
        "network": membership.network.party.slug,
        "membership": membership.pk,
        "body": make_body(network=membership.network, slug="choir").pk,
        "post": make_post(network=membership.network, party=valmiera).pk,
        "application": make_application(network=membership.network).pk,
        "requirement": make_requirement(network=membership.network).number,
        "project": project.slug,
        "project-number": project.pk,
        "source": Source.objects.earliest("pk").pk,
        "user": int_to_base36(officer.pk),
        "finding": make_finding(about=valmiera).pk,
        "merge": make_merge(kept_id=valmiera.pk, gone_id=solna.pk).pk,
        "row": make_row_finding(candidates={"0": [valmiera.pk]}).pk,
        "reading": _reading(valmiera, officer),
        **_letter(officer),
        **_taken_back(tie, membership, lead=Party.objects.get(slug="poznan")),
        **_people_of(valmiera, officer),
        **_documents_of(valmiera, act),
        **_meeting_of(membership.network.party, valmiera, officer),
        **_words_on(act, other_side=solna, by=officer),
    }


def _reading(party: Party, officer: User) -> int:
    """A page of the party with a fact that waits and one that was rejected; in both somebody is unknown."""
    facts = [tie(a=str(party), b=named("Nowhere")), tie(a=str(party), b=named("Elsewhere"), start=1)]
    reading = make_reading(*facts, party=party, by=officer)
    reject_fact(reading.facts.get(number=2), why="It is not so.", by=officer)
    return reading.pk


def _letter(officer: User) -> dict[str, object]:
    """A letter in doubt, and the key to the page on which its reader stops such letters."""
    letter = make_letter(by=officer)
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=timezone.now(), claimed_by="a task", doubted_at=timezone.now()
    )
    return {"letter": letter.pk, "letter-key": unsubscribe_address(letter).rstrip("/").rpartition("/")[2]}


def _taken_back(partnership: Partnership, membership: Membership, *, lead: Party) -> dict[str, object]:
    at, why = timezone.now(), "Entered twice."
    project = make_project(withdrawn_at=at, withdrawn_why=why)
    make_participation(project=project, party=lead, role=ParticipationRole.LEAD)
    act = make_act(partnership=partnership, kind=ActKind.RENEWED, withdrawn_at=at, withdrawn_why=why)
    leaving = make_membership_act(
        membership=membership, kind=MembershipActKind.LEFT, withdrawn_at=at, withdrawn_why=why
    )
    return {
        "act-taken-back": act.pk,
        "leaving-taken-back": leaving.pk,
        "project-taken-back": project.pk,
    }


def _people_of(party: Party, officer: User) -> dict[str, object]:
    session = SessionStore()
    session.create()
    signed_in = UserSession.objects.create(user=officer, session_key=session.session_key, ip="127.0.0.1")
    return {
        "affiliation": make_affiliation(party=party).pk,
        "invitation": make_invitation(party=party, by=officer, secret="secret").pk,
        "secret": "secret",
        "session": signed_in.pk,
    }


def _documents_of(party: Party, act: Act) -> dict[str, object]:
    private, public = make_document(), make_document(published_at=timezone.now())
    for document in (private, public):
        make_filing(document=document, party=party)
        act.documents.add(document)
    return {"private-document": private.pk, "public-document": public.pk}


def _meeting_of(organiser: Party, invited: Party, officer: User) -> dict[str, object]:
    """A public meeting to come, with what it has; the party is invited and was called."""
    day, now = dt.date(2027, 3, 12), timezone.now()
    meeting = make_meeting(
        organiser=organiser, slug="spring", starts_on=day, ends_on=day, called_at=now, published_at=now
    )
    paper = Paper.objects.create(meeting=meeting, document=make_document())
    return {
        "meeting": meeting.slug,
        "item": make_item(meeting).pk,
        "paper": paper.pk,
        "invitee": make_invitee(meeting, invited, person=officer).pk,
        "decision": make_decision(make_item(meeting, "Applications")).pk,
        **_visit(meeting, invited),
        **_minutes(meeting, officer),
    }


def _visit(meeting: Meeting, party: Party) -> dict[str, object]:
    """A line of the programme, a gift, a cost, and what the party took on."""
    line = ProgrammeLine.objects.create(meeting=meeting, day=meeting.starts_on, title="Lunch")
    gift = Gift.objects.create(meeting=meeting, what="A vase", giver=meeting.organiser, receiver=party)
    cost = Cost.objects.create(meeting=meeting, what="Lunch", payer=party, planned=100, currency="EUR")
    commitment = make_commitment(meeting, party)
    return {"line": line.pk, "gift": gift.pk, "cost": cost.pk, "commitment": commitment.pk}


def _minutes(later: Meeting, checker: User) -> dict[str, object]:
    """A meeting that is over, with minutes that were checked, and approved at the later one."""
    past = make_meeting(organiser=later.organiser, slug="autumn")
    item, now = make_item(past), timezone.now()
    minutes = Minutes.objects.create(
        meeting=past, keeper=make_user(), approved_by=make_user(), approved_at=now, approved_in=later
    )
    Checker.objects.create(minutes=minutes, place=1, person=checker)
    volume = ask_for_volume(past, [minutes], "Minutes of 2026", language="en", by=minutes.keeper)
    Volume.objects.filter(pk=volume.pk).update(made_at=now, content=b"%PDF-")
    return {"past-meeting": past.slug, "past-item": item.pk}


def _words_on(act: Act, *, other_side: Party, by: User) -> dict[str, object]:
    """Words of a third party on an act, and one of the other side, for which somebody speaks here."""
    make_officer(other_side)
    waiting, accepted = (
        make_statement(subject=act, field="date", stated=date, source=make_source())
        for date in ("1992", "1993")
    )
    chosen = make_statement(subject=act, field="place", stated="Solna", source=make_source())
    theirs = make_statement(subject=act, field="date", stated="1994", source=make_own_page(other_side))
    accept([accepted, chosen], by=by, rank=rank)
    prefer(chosen, by=by, rank=rank, why="The minutes say so.")
    return {
        "word": accepted.pk,
        "waiting-word": waiting.pk,
        "accepted-word": accepted.pk,
        "chosen-word": chosen.pk,
        "word-of-the-other-side": theirs.pk,
    }
