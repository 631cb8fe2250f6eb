"""Bodies and posts of networks at the desk: added, and ended on a day."""

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.networks import BodyForm, EndForm, PostForm, body_name
from twinhall.desk.forms.parties import resolve
from twinhall.networks.models import Body, Network, Post, PostRole
from twinhall.networks.offices import add_body, add_post, end_office
from twinhall.networks.queries import network_page
from twinhall.web import say
from twinhall.web.names import Names


class _OfNetwork(FormPage):
    """A form that adds something to a network that the person keeps."""

    section = "networks"
    permission = "parties.keep_record"
    subject: Network

    def find(self) -> Network:
        return get_object_or_404(network_page(), party__slug=self.kwargs["slug"])

    def crumbs(self) -> Crumbs:
        name = Names([self.subject.party]).text(self.subject.party)
        return [(_("Networks"), reverse("desk:networks")), (name, self.back())]

    def back(self) -> str:
        return reverse("desk:network", args=[self.kwargs["slug"]])


class BodyAdd(_OfNetwork):
    """A board, a commission, a working group."""

    submit = gettext_lazy("Add the body")

    def heading(self) -> str:
        return _("Add a body")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return BodyForm(data, files, user=self.request.user, sides=[self.subject.party])

    def save(self, form: BodyForm) -> str:
        told = form.cleaned_data
        add_body(
            self.subject,
            kind=told["kind"],
            name=told["name"],
            language=told["language"],
            facts={name: told[name] for name in ("place", "since", "until")},
            source=form.source(),
            quote=told["quote"],
            by=self.request.user,
        )
        return f"{self.back()}#bodies"


class PostAdd(_OfNetwork):
    """A chair, a lead city, a host of the annual meeting."""

    submit = gettext_lazy("Add the post")
    called = {"party": "holder"}

    def heading(self) -> str:
        return _("Add a post")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        sides = [self.subject.party]
        return PostForm(data, files, user=self.request.user, sides=sides, network=self.subject)

    def save(self, form: PostForm) -> str:
        told, by = form.cleaned_data, self.request.user
        add_post(
            self.subject,
            resolve(told["holder"], by=by),
            role=told["role"],
            body=told["body"],
            facts={name: told[name] for name in ("since", "until")},
            source=form.source(),
            quote=told["quote"],
            by=by,
        )
        return f"{self.back()}#posts"


class _End(FormPage):
    """The day on which a body or a post ended."""

    section = "networks"
    permission = "parties.keep_record"
    submit = gettext_lazy("Save the end")

    def back(self) -> str:
        return reverse("desk:network", args=[self.subject.network.party.slug])

    def crumbs(self) -> Crumbs:
        name = Names([self.subject.network.party]).text(self.subject.network.party)
        return [(_("Networks"), reverse("desk:networks")), (name, self.back())]

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        sides = [self.subject.network.party]
        return EndForm(data, files, user=self.request.user, sides=sides, record=self.subject)

    def save(self, form: EndForm) -> str:
        told, source = form.cleaned_data, form.source()
        end_office(
            self.subject, until=told["until"], source=source, quote=told["quote"], by=self.request.user
        )
        return self.back()


class BodyEnd(_End):
    def find(self) -> Body:
        return get_object_or_404(Body.objects.select_related("network__party"), pk=self.kwargs["pk"])

    def heading(self) -> str:
        return _("End: %(what)s") % {"what": body_name(self.subject)}


class PostEnd(_End):
    def find(self) -> Post:
        return get_object_or_404(Post.objects.select_related("network__party", "party"), pk=self.kwargs["pk"])

    def heading(self) -> str:
        names = Names([self.subject.party])
        who, role = names.text(self.subject.party), say.label(PostRole(self.subject.role))
        return _("End: %(what)s") % {"what": f"{who}, {role}"}
