"""Planning a visit at the desk: its programme, gifts and costs, line by line."""

from typing import Any, ClassVar

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.visits import CostForm, GiftForm, LineForm
from twinhall.desk.views.agendas import told_of
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings.actions.visiting import Part, keep_part, remove_part
from twinhall.meetings.models import Cost, Gift, Meeting, ProgrammeLine


class _OfVisit(OfMeeting, FormPage):
    """A form on a line of the programme, a gift or a cost."""

    permission = "meetings.keep_programme"
    model: ClassVar[type[Part]]
    form_class: ClassVar[Any]
    title: ClassVar[Any]
    here: ClassVar[str]
    """Where on the page of the meeting these stand."""

    def heading(self) -> str:
        return str(self.title)

    def back(self) -> str:
        return f"{reverse('desk:meeting', args=[self.subject.slug])}#{self.here}"


class _Add(_OfVisit):
    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        form: DeskForm = self.form_class(data, files, meeting=self.subject)
        return form

    def save(self, form: DeskForm) -> str:
        keep_part(self.model(meeting=self.subject), by=self.request.user, **told_of(form))
        return self.back()


class _Of(_OfVisit):
    def find(self) -> Meeting:
        meeting = super().find()
        model: Any = self.model
        self.part: Part = get_object_or_404(model, meeting=meeting, pk=self.kwargs["pk"])
        self.part.meeting = meeting
        return meeting


class _Change(_Of):
    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        held = {name: getattr(self.part, name) for name in self.form_class.base_fields}
        form: DeskForm = self.form_class(data, files, meeting=self.subject, initial=held)
        return form

    def save(self, form: DeskForm) -> str:
        keep_part(self.part, by=self.request.user, **told_of(form))
        return self.back()


class _Remove(_Of):
    submit = gettext_lazy("Remove")
    is_grave = True

    def extra(self) -> dict[str, object]:
        return {"lead": str(self.part)}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        remove_part(self.part, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Removed.")


class _OfProgramme(_OfVisit):
    model, form_class, here = ProgrammeLine, LineForm, "programme"


class LineAdd(_Add, _OfProgramme):
    title = gettext_lazy("Add to the programme")


class LineChange(_Change, _OfProgramme):
    title = gettext_lazy("Change the programme")


class LineRemove(_Remove, _OfProgramme):
    title = gettext_lazy("Take off the programme")


class _OfGifts(_OfVisit):
    model, form_class, here = Gift, GiftForm, "gifts"


class GiftAdd(_Add, _OfGifts):
    title = gettext_lazy("Note a gift")


class GiftChange(_Change, _OfGifts):
    title = gettext_lazy("Change the gift")


class GiftRemove(_Remove, _OfGifts):
    title = gettext_lazy("Strike the gift out")


class _OfCosts(_OfVisit):
    model, form_class, here = Cost, CostForm, "costs"


class CostAdd(_Add, _OfCosts):
    title = gettext_lazy("Note a cost")


class CostChange(_Change, _OfCosts):
    title = gettext_lazy("Change the cost")


class CostRemove(_Remove, _OfCosts):
    title = gettext_lazy("Strike the cost out")
