"""What a network asks of whoever applies, at the desk."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, FormPage
from twinhall.desk.forms.applications import (
    RequirementForm,
    requirement_name,
)
from twinhall.desk.forms.base import DeskForm
from twinhall.networks.models import Network, Requirement
from twinhall.networks.queries import network_page
from twinhall.networks.requirements import add_requirement, drop_requirement
from twinhall.web.names import Names


class Requirements(FormPage):
    """The papers that a network asks of whoever applies."""

    section = "networks"
    permission = "parties.keep_record"
    form_class = RequirementForm
    submit = gettext_lazy("Ask for it")
    template = "desk/applications/requirements.html"
    subject: Network

    def find(self) -> Network:
        return get_object_or_404(network_page(), party__slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Papers of an application")

    def crumbs(self) -> Crumbs:
        name = Names([self.subject.party]).text(self.subject.party)
        where = reverse("desk:network", args=[self.kwargs["slug"]])
        return [(_("Networks"), reverse("desk:networks")), (name, where)]

    def back(self) -> str:
        return reverse("desk:requirements", args=[self.kwargs["slug"]])

    def extra(self) -> dict[str, object]:
        asked = [(requirement_name(r), r) for r in self.subject.requirements.all()]
        return {"asked": asked, "slug": self.kwargs["slug"]}

    def save(self, form: RequirementForm) -> str:
        told = form.cleaned_data
        add_requirement(
            self.subject,
            name=told["name"],
            language=told["language"],
            is_needed=told["is_needed"],
            by=self.request.user,
        )
        return self.back()


class RequirementDrop(FormPage):
    """A paper that is no longer asked for."""

    section = "networks"
    permission = "parties.keep_record"
    form_class = DeskForm
    submit = gettext_lazy("Ask for it no more")
    subject: Network

    def find(self) -> Network:
        self.requirement = get_object_or_404(
            Requirement.objects.select_related("network__party"),
            network__party__slug=self.kwargs["slug"],
            number=self.kwargs["number"],
        )
        return self.requirement.network

    def heading(self) -> str:
        return _("Ask no more for: %(paper)s") % {"paper": requirement_name(self.requirement)}

    def back(self) -> str:
        return reverse("desk:requirements", args=[self.kwargs["slug"]])

    def save(self, form: DeskForm) -> str:  # noqa: ARG002
        try:
            drop_requirement(self.requirement, by=self.request.user)
        except ProtectedError as error:
            raise ValidationError(_("It has come with an application, so it stays in the list.")) from error
        return self.back()
