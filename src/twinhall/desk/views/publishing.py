"""What of a meeting everybody may see, chosen at the desk."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.calling import PublishForm
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings.actions.planning import publish_meeting, unpublish_meeting


class Publish(OfMeeting, FormPage):
    """The public page of a meeting, and which parts of it are shown there."""

    submit = gettext_lazy("Publish")

    def heading(self) -> str:
        return _("What everybody may see")

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "The public page shows title, days, place, organiser and what the meeting is about, "
                "and of the rest what you tick. Names of people, addresses and meals are never shown."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PublishForm(data, files, meeting=self.subject)

    def save(self, form: DeskForm) -> str:
        shown = {name: form.cleaned_data[name] for name in PublishForm.base_fields}
        publish_meeting(self.subject, shown=shown, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Published.")


class Unpublish(OfMeeting, FormPage):
    """The public page taken away."""

    submit = gettext_lazy("Take the public page away")
    is_grave = True

    def heading(self) -> str:
        return _("Take the public page away")

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "The meeting leaves the public list and the feeds. Papers that you published stay public."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        unpublish_meeting(self.subject, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Taken away. Nobody but those who are called sees it now.")
