"""Who comes to a meeting and who came, at the desk: the list at the door, to tick, to sign and to keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK, Text, language_name
from twinhall.core.text import alphabetical
from twinhall.desk.base import Files, FormPage
from twinhall.desk.forms.attendance import AttendanceForm, SignedListForm
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.views.answers import answer_href
from twinhall.desk.views.meetings import OfMeeting
from twinhall.documents.actions import keep_document
from twinhall.documents.typesetting import typeset
from twinhall.meetings import words
from twinhall.meetings.actions.attending import note_attendance
from twinhall.meetings.actions.planning import add_paper, has_closed
from twinhall.meetings.models import Attendance, AttendanceRole, Meeting, Registration
from twinhall.meetings.voting import Roll, roll
from twinhall.parties.actions import file_document
from twinhall.parties.models import Party
from twinhall.parties.rules import Person, standing
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.exports import Cell, as_xlsx, file_name
from twinhall.web.names import Names
from twinhall.web.papers import as_pdf

BLANK = 4
"""Rows without a name at the end of the list at the door, for those who come unannounced."""


@dataclass(frozen=True)
class Delegation:
    """The people whom one town sends, and what it is called."""

    party: Party
    name: Text
    people: Sequence[Attendance]
    may_vote: bool = False


def delegations(meeting: Meeting, *, called: Roll | None = None) -> list[Delegation]:
    """The people who are registered, town by town in the order of the alphabet; four queries at most."""
    found: dict[Party, list[Attendance]] = {}
    for person in Attendance.objects.filter(meeting=meeting).select_related("party"):
        found.setdefault(person.party, []).append(person)
    names = Names(found)
    voting = set(called.entitled) if called else set()
    told = [Delegation(party, names.of(party), people, party in voting) for party, people in found.items()]
    return sorted(told, key=lambda delegation: alphabetical(delegation.name.text))


class AttendancePage(OfMeeting, FormPage):
    """Everybody who is registered, with a tick for who came; the quorum that follows from it."""

    template = "desk/meetings/attendance.html"
    submit = gettext_lazy("Save who came")

    def heading(self) -> str:
        return _("Attendance")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        self.roll = roll(self.subject)
        self.delegations = delegations(self.subject, called=self.roll)
        people = [person for delegation in self.delegations for person in delegation.people]
        return AttendanceForm(data, files, people=people)

    def extra(self) -> dict[str, object]:
        meeting, called = self.subject, self.roll
        people = [person for delegation in self.delegations for person in delegation.people]
        return {
            "record": meeting,
            "delegations": [(d, answer_href(meeting, d.party)) for d in self.delegations],
            "counts": (len(people), sum(person.came is True for person in people)),
            "diets": [(person.diet, person.name) for person in people if person.diet],
            "quorum": told_of(called) if called.entitled else "",
            "has_quorum": called.has_quorum,
            "papers": _papers(meeting),
            "spreadsheet": reverse("desk:meeting-attendance-file", args=[meeting.slug, "xlsx"]),
            "signed": meeting.papers.filter(is_attendance=True).select_related("document"),
        }

    def save(self, form: AttendanceForm) -> str:
        keys = {name: [int(key) for key in form.cleaned_data[name]] for name in ("shown", "came", "was")}
        note_attendance(self.subject, **keys, by=self.request.user)
        return reverse("desk:meeting-attendance", args=[self.subject.slug])

    def done(self) -> str:
        return _("Noted who came.")


def told_of(called: Roll) -> str:
    """The quorum in words."""
    return words.quorum(len(called.present), len(called.entitled), called.needed)


def _papers(meeting: Meeting) -> list[tuple[str, str, str]]:
    """The list to sign in each language of the site: its name, code and address."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            href = reverse("desk:meeting-attendance-file", args=[meeting.slug, "pdf"])
        found.append((language_name(code), code, href))
    return found


class AttendanceFile(OfMeeting):
    """The list of attendance as a paper to sign or as a spreadsheet, for the organiser and the host."""

    permission = "meetings.keep_programme"

    def get(self, request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:  # noqa: ARG002
        meeting, name = self.subject, f"{slug}-attendance"
        if suffix == "pdf":
            paper = attendance_paper(meeting)
            return as_pdf(paper, file_name(name, "pdf", meeting.starts_on))
        head = [
            _("Town or body"),
            pgettext("person", "Name"),
            pgettext("person", "Office"),
            _("Takes part as"),
            _("Casts the vote"),
            _("Interprets between"),
            _("What to mind at meals"),
            _("Came"),
        ]
        return as_xlsx(name, head, _lines(meeting), day=meeting.starts_on)


CAME = {True: gettext_lazy("yes"), False: gettext_lazy("no"), None: ""}


def _lines(meeting: Meeting) -> Iterator[list[Cell]]:
    for delegation in delegations(meeting):
        for person in delegation.people:
            yield [
                delegation.name.text,
                person.name,
                person.office,
                say.label(AttendanceRole(person.role)),
                _("yes") if person.has_vote else "",
                ", ".join(language_name(code) for code in person.languages),
                person.diet,
                str(CAME[person.came]),
            ]


def attendance_paper(meeting: Meeting) -> bytes:
    """The list to sign at the door as PDF, town by town, in the language of the request."""
    organiser = Names([meeting.organiser]).text(meeting.organiser)
    facts = [organiser, words.when(meeting), meeting.place]
    groups = [
        {"heading": d.name.text, "rows": [_row(person) for person in d.people]} for d in delegations(meeting)
    ]
    blank = [_line({"text": "", "small": ""}, "") for _number in range(BLANK)]
    data = {
        "title": _("List of attendance: %(meeting)s") % {"meeting": meeting.title},
        "lede": "\n".join(fact for fact in facts if fact),
        "wide": True,
        "columns": [
            {"label": _("Name and office"), "width": 3},
            {"label": _("Takes part as"), "width": 2},
            {"label": _("Signature"), "width": 3},
        ],
        "groups": [*groups, {"heading": _("Who came besides"), "rows": blank}],
        "signatures": [_("For the organiser: place, day, signature")],
        "foot": organiser,
    }
    return typeset("documents/list", data, language=get_language() or FALLBACK)


def _row(person: Attendance) -> list[object]:
    role = say.label(AttendanceRole(person.role))
    if person.role == AttendanceRole.INTERPRETER and person.languages:
        role = f"{role}: {', '.join(language_name(code) for code in person.languages)}"
    vote = _("casts the vote of the town") if person.has_vote else ""
    return _line({"text": person.name, "small": person.office}, {"text": role, "small": vote})


def _line(who: object, role: object) -> list[object]:
    """A row two lines high, so that there is room to sign."""
    return [who, role, {"text": "\u00a0", "small": "\u00a0"}]


class SignedList(OfMeeting, FormPage):
    """The list as it was signed, kept with the papers of the meeting; never shown to anybody else."""

    submit = gettext_lazy("Keep the signed list")

    def heading(self) -> str:
        return _("The signed list of attendance")

    def extra(self) -> dict[str, object]:
        return {"lead": _("It has names and signatures: only those who keep the meeting can open it.")}

    def back(self) -> str:
        return reverse("desk:meeting-attendance", args=[self.subject.slug])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return SignedListForm(data, files)

    def save(self, form: DeskForm) -> str:
        meeting, upload, by = self.subject, form.cleaned_data["upload"], self.request.user
        title = _("Signed list of attendance, %(day)s") % {"day": say.date(meeting.starts_on)}
        alt = title if upload.width else ""
        document = keep_document(
            upload=upload, title=title, alt=alt, language=get_language() or FALLBACK, by=by
        )
        file_document(document, party=meeting.organiser, is_close=True)
        add_paper(meeting, document, is_attendance=True, by=by)
        return self.back()

    def done(self) -> str:
        return _("The signed list is kept with the papers.")


# On the page of a meeting ------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnswerRow:
    """What a town has answered, as the page of a meeting lists it."""

    name: Text
    answer: Registration | None
    people: Sequence[Attendance]
    href: str
    """Where the answer is given or changed; empty for whoever may not."""


def rows_for_page(meeting: Meeting, user: Person, *, may_keep: bool) -> dict[str, object]:
    """What the page shows of who comes: everything to the organiser; to a town, itself and who else comes.

    ``meeting`` has its invitees, registrations and attendances with their parties read already.
    """
    answers = {given.party: given for given in meeting.registrations.all()}
    called = {invitee.party for invitee in meeting.invitees.all()} if meeting.called_at else set()
    mine = standing(user).speaking
    own = [party for party in called if party.pk in mine]
    known = {*answers, *called} if may_keep else {*own, *(p for p, a in answers.items() if a.is_coming)}
    names = Names(known)
    people: dict[Party, list[Attendance]] = {}
    for person in meeting.attendances.all():
        people.setdefault(person.party, []).append(person)

    def row(party: Party) -> AnswerRow:
        may_see = may_keep or party in own
        is_open = may_see and not meeting.cancelled_at and (may_keep or not has_closed(meeting, today()))
        href = answer_href(meeting, party) if is_open else ""
        return AnswerRow(names.of(party), answers.get(party), people.get(party, []) if may_see else [], href)

    shown = sorted(known, key=lambda party: alphabetical(names.text(party)))
    return {
        "answers": [row(party) for party in shown] if may_keep else [],
        "own_answers": [] if may_keep else [row(party) for party in shown if party in own],
        "coming": [names.of(party) for party in shown if party in answers and answers[party].is_coming],
        "may_answer_for": may_keep and not meeting.cancelled_at,
        "sent": sum(len(some) for some in people.values()) if may_keep else 0,
    }
