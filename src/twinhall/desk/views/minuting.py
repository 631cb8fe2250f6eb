"""Writing minutes, checking and approving them."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import UNPROCESSABLE, Crumbs, Files, FormPage
from twinhall.desk.differing import apart
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.minutes import ApproveForm, CheckersForm, SignForm, WriteForm
from twinhall.desk.minutewords import minutes_words
from twinhall.desk.views.meetings import OfMeeting
from twinhall.desk.views.minutes import OfMinutes, meeting_crumbs
from twinhall.meetings.actions.minuting import (
    WrittenMeanwhileError,
    approve_minutes,
    elect_checkers,
    sign_off,
    write,
)
from twinhall.meetings.minuted import may_approve_at, may_check
from twinhall.meetings.models import Item, Meeting, Passage
from twinhall.web.asking import address_of_page, asked_page

REVISIONS = 20


class _OfPassage(OfMeeting):
    """A page on what the minutes say under an item."""

    def find(self) -> Meeting:
        meeting = super().find()
        self.item = get_object_or_404(Item, meeting=meeting, pk=self.kwargs["pk"])
        self.item.meeting = meeting
        return meeting

    def revisions(self) -> "QuerySet[Passage]":
        """What was written under the item, the last first."""
        return Passage.objects.filter(item=self.item).select_related("by").order_by("-revision")

    def back(self) -> str:
        return f"{reverse('desk:minutes', args=[self.subject.slug])}#item-{self.item.number}"

    def crumbs(self) -> Crumbs:
        return [*meeting_crumbs(self.subject), (_("Minutes"), self.back())]


class Write(_OfPassage, FormPage):
    """A passage written over the revision that was read.

    Where somebody else has written meanwhile, both texts stand side by side, and what is saved next is
    written over theirs, which stays among the revisions.
    """

    template = "desk/minutes/write.html"

    def heading(self) -> str:
        return str(self.item)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        last = self.revisions().first()
        held = {"text": last.text, "read": last.revision} if last else {"text": "", "read": 0}
        return WriteForm(data, files, initial=held)

    def extra(self) -> dict[str, object]:
        return {"record": self.subject, "item": self.item, "theirs": None}

    def save(self, form: DeskForm) -> str:
        told = form.cleaned_data
        write(self.item, text=told["text"], read=told["read"], by=self.request.user)
        return self.back()

    def _sent(self) -> HttpResponse:
        try:
            return super()._sent()
        except WrittenMeanwhileError as error:
            return self._both(error.theirs)

    def _both(self, theirs: Passage) -> HttpResponse:
        """Their text and the one that was typed, with what differs; nothing is saved yet."""
        typed = WriteForm(self.request.POST)
        typed.is_valid()
        mine = typed.cleaned_data["text"]
        form = WriteForm(initial={"text": mine, "read": theirs.revision})
        their_pieces, my_pieces = apart(theirs.text, mine)
        context = {
            "form": form,
            "heading": self.heading(),
            "crumbs": [(_("Workroom"), reverse("desk:dashboard")), *self.crumbs(), (self.heading(), None)],
            "submit": _("Save this text over theirs"),
            "is_grave": False,
            "back": self.back(),
            **self.extra(),
            "theirs": theirs,
            "their_pieces": their_pieces,
            "my_pieces": my_pieces,
        }
        return self.page(self.template, context, status=UNPROCESSABLE)


class Revisions(_OfPassage):
    """All that ever stood in the minutes under an item, with what each revision changed."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:  # noqa: ARG002
        page = asked_page(request, self.revisions(), REVISIONS)
        shown = list(page)
        numbers = [passage.revision - 1 for passage in shown]
        before = {p.revision: p.text for p in self.revisions().filter(revision__in=numbers)}
        lines = [(p, *apart(before.get(p.revision - 1, ""), p.text)) for p in shown]
        context = {
            "record": self.subject,
            "heading": _("Revisions"),
            "crumbs": [(_("Workroom"), reverse("desk:dashboard")), *self.crumbs(), (_("Revisions"), None)],
            "item": self.item,
            "lines": lines,
            "page": page,
            "page_href": address_of_page(request),
        }
        return self.page("desk/minutes/revisions.html", context)


class Checkers(OfMinutes, FormPage):
    """The two whom the meeting elected to check the minutes."""

    permission = "meetings.keep_meeting"
    submit = gettext_lazy("Note the election")

    def heading(self) -> str:
        return _("The two checkers")

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "People with an account who act for the organiser or for a town around the table, "
                "and who wrote none of the minutes. Each reads the minutes and signs them off."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        elected = [checker.person_id for checker in self.subject.checkers.all()]
        held = dict(zip(("first", "second"), elected, strict=False))
        return CheckersForm(data, files, people=may_check(self.subject), initial=held)

    def save(self, form: DeskForm) -> str:
        people = (form.cleaned_data["first"], form.cleaned_data["second"])
        elect_checkers(self.subject, people=people, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Noted. The minutes wait for them in their workrooms.")


class Sign(OfMinutes, FormPage):
    """A checker reads the minutes and signs them off."""

    permission = "meetings.sign_minutes"
    template = "desk/minutes/sign.html"
    submit = gettext_lazy("Sign off")

    def heading(self) -> str:
        return _("Read and sign off")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        self.told = minutes_words(self.subject.meeting)
        return SignForm(data, files, initial={"seen": self.told.digest})

    def extra(self) -> dict[str, object]:
        return {"record": self.subject.meeting, "minuted": self.told}

    def tell(self, form: DeskForm, error: ValidationError) -> None:
        """With the error, the page shows what the minutes say now: the next signature stands under that."""
        super().tell(form, error)
        sent = self.request.POST.copy()
        sent["seen"] = self.told.digest
        form.data = sent

    def save(self, form: DeskForm) -> str:
        sign_off(self.subject, seen=form.cleaned_data["seen"], by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Signed off.")


class Approve(OfMinutes, FormPage):
    """A later meeting approved the minutes; somebody who wrote none of them notes it."""

    permission = "meetings.keep_meeting"
    template = "desk/minutes/approve.html"
    submit = gettext_lazy("Note the approval")

    def heading(self) -> str:
        return _("Note the approval")

    def extra(self) -> dict[str, object]:
        return {
            "has_later": bool(may_approve_at(self.subject)),
            "lead": _(
                "Approved minutes do not change any more: no passage, no decision, no vote, nobody’s "
                "attendance. They are approved at a later meeting that has begun."
            ),
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ApproveForm(data, files, meetings=may_approve_at(self.subject))

    def save(self, form: ApproveForm) -> str:
        approve_minutes(self.subject, at=form.meeting, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Approved.")
