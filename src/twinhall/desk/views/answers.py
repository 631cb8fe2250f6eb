"""Answers to the call of a meeting, at the desk: a town says whether it comes, and who."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.answers import NO, YES, AnswerForm, SeatForm
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings import queries, words
from twinhall.meetings.actions.attending import answer
from twinhall.meetings.actions.planning import has_closed
from twinhall.meetings.models import Attendance, Meeting, Registration
from twinhall.meetings.rules import Seat
from twinhall.meetings.voting import entitled
from twinhall.parties.models import Party
from twinhall.web.environment import today
from twinhall.web.names import Names


class Answer(FormPage):
    """A town comes or does not; its own officers answer, or the organiser for it, also late."""

    section = "meetings"
    permission = "meetings.answer"
    template = "desk/meetings/answer.html"
    submit = gettext_lazy("Send the answer")
    subject: Seat

    def find(self) -> Seat:
        meeting = get_object_or_404(queries.meetings(), slug=self.kwargs["slug"])
        return Seat(meeting, get_object_or_404(Party.objects.standing(), slug=self.kwargs["party"]))

    def heading(self) -> str:
        return _("Answer for %(town)s") % {"town": Names([self.subject.party]).text(self.subject.party)}

    def crumbs(self) -> Crumbs:
        return [(_("Meetings"), reverse("desk:meetings")), (self.subject.meeting.title, self.back())]

    def back(self) -> str:
        return reverse("desk:meeting", args=[self.subject.meeting.slug])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        meeting, party = self.subject.meeting, self.subject.party
        given = Registration.objects.filter(meeting=meeting, party=party).first()
        held = {"is_coming": YES if given.is_coming else NO, "note": given.note} if given else {}
        people = list(Attendance.objects.filter(meeting=meeting, party=party))
        voters = entitled(meeting)
        may_vote = party in voters
        self.has_no_vote = bool(voters) and not may_vote
        return AnswerForm(data, files, people=people, may_vote=may_vote, initial=held)

    def extra(self) -> dict[str, object]:
        meeting = self.subject.meeting
        is_closed = has_closed(meeting, today())
        return {
            "record": meeting,
            "when": words.when(meeting),
            "until": words.day(meeting.registration_until) if meeting.registration_until else "",
            "is_closed": is_closed,
            "is_late": is_closed and self._is_organiser(),
            "has_no_vote": self.has_no_vote,
        }

    def save(self, form: AnswerForm) -> str:
        answer(
            self.subject.meeting,
            self.subject.party,
            is_coming=form.cleaned_data["is_coming"] == YES,
            delegates=form.delegates,
            note=form.cleaned_data["note"],
            late=self._is_organiser(),
            by=self.request.user,
            today=today(),
        )
        return f"{self.back()}#coming"

    def done(self) -> str:
        return _("The answer is kept. It can be changed here until registration closes.")

    def _is_organiser(self) -> bool:
        return self.may("meetings.keep_meeting", self.subject.meeting)


class SeatAdd(OfMeeting, FormPage):
    """The organiser answers for a town that was not called, or for guests."""

    submit = gettext_lazy("Go on")

    def heading(self) -> str:
        return _("Register people of a town")

    def extra(self) -> dict[str, object]:
        return {"lead": _("Choose for whom they come; on the next page you say who they are.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return SeatForm(data, files)

    def save(self, form: DeskForm) -> str:
        party = resolve(form.cleaned_data["party"], by=self.request.user)
        return answer_href(self.subject, party)

    def done(self) -> str:
        return _("Now say who they are.")


def answer_href(meeting: Meeting, party: Party) -> str:
    """Where a party's answer is given and changed."""
    return reverse("desk:meeting-answer", args=[meeting.slug, party.slug])
