"""Applications to networks at the desk: their list, the check-list of each, and what becomes of it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.applications import (
    ApplicationFilters,
    ApplicationForm,
    AsideForm,
    CompleteForm,
    MissingForm,
    PaperForm,
    requirement_name,
)
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import resolve
from twinhall.networks.applying import (
    Paper,
    ask_for_missing,
    complete_application,
    enclose,
    lay_aside,
    note_enclosure,
    receive_application,
)
from twinhall.networks.models import Application, Network, Outcome, Stage
from twinhall.networks.queries import network_page
from twinhall.networks.waiting import (
    IDLE,
    application_list,
    check_list,
    idle_applications,
    lacking_papers,
)
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_filters, asked_page
from twinhall.web.names import Names

TONES = {Stage.RECEIVED: "warn", Stage.INCOMPLETE: "warn", Stage.COMPLETE: "good", Stage.DECIDED: "quiet"}


class ApplicationList(DeskView):
    """The applications to the person's networks."""

    section = "networks"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = asked_filters(request, ApplicationFilters)
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        page = asked_page(request, application_list(request.user, **asked))  # type: ignore[arg-type]  # signed in
        names = Names(application.network.party for application in page)
        context = {
            "heading": _("Applications"),
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                (_("Networks"), reverse("desk:networks")),
                (_("Applications"), None),
            ],
            "form": form,
            "list_href": reverse("desk:applications"),
            "is_narrowed": bool(asked),
            "rows": [(a, names.text(a.network.party), _stage(a), TONES[a.stage]) for a in page],
            "page": page,
            "page_href": address_of_page(request),
        }
        return self.page("desk/applications/list.html", context)


def _stage(application: Application) -> str:
    """How far it is, or how it ended."""
    if application.is_answered:
        return _("something was added")
    if application.outcome:
        return str(Outcome(application.outcome).label)
    return str(application.stage.label)


class _OfApplication(DeskView):
    """Something about an application; for the network's people alone, as it names who wrote it."""

    section = "networks"
    permission = "parties.keep_record"
    subject: Application

    def find(self) -> Application:
        found = Application.objects.select_related("network__party", "party", "membership")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def crumbs(self) -> Crumbs:
        return [
            (_("Networks"), reverse("desk:networks")),
            (_("Applications"), reverse("desk:applications")),
            (self.subject.town, self.back()),
        ]

    def back(self) -> str:
        return reverse("desk:application", args=[self.subject.pk])


class ApplicationPage(_OfApplication):
    """What was written, what came and what is missing, and the deeds."""

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        application = self.subject
        asked, besides = check_list(application)
        names = Names([application.network.party, *([application.party] if application.party else [])])
        context = {
            "heading": _("%(town)s applies") % {"town": application.town},
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                *self.crumbs()[:-1],
                (application.town, None),
            ],
            "record": application,
            "network": names.text(application.network.party),
            "party": names.of(application.party) if application.party else None,
            "country": say.country(application.country) if application.country else "",
            "stage": _stage(application),
            "tone": TONES[application.stage],
            "asked": [(requirement_name(a.requirement), a) for a in asked],
            "besides": besides,
            "is_lacking": any(a.is_missing for a in asked),
            "is_idle": idle_applications(self.request.user, now=timezone.now()).filter(pk=pk).exists(),
            "idle_days": IDLE.days,
        }
        return self.page("desk/applications/detail.html", context)


class ApplicationAdd(FormPage):
    """An application that came by post or e-mail."""

    section = "networks"
    permission = "parties.keep_record"
    submit = gettext_lazy("Add the application")
    subject: Network

    def find(self) -> Network:
        return get_object_or_404(network_page(), party__slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Add an application")

    def crumbs(self) -> Crumbs:
        name = Names([self.subject.party]).text(self.subject.party)
        return [(_("Networks"), reverse("desk:networks")), (name, self.back())]

    def back(self) -> str:
        return reverse("desk:network", args=[self.kwargs["slug"]])

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ApplicationForm(data, files, network=self.subject)

    def save(self, form: ApplicationForm) -> str:
        told = form.told(form.cleaned_data["language"])
        application = receive_application(self.subject, told, papers=form.papers(), by=self.request.user)
        return reverse("desk:application", args=[application.pk])


class _Deed(_OfApplication, FormPage):
    """A form on one application."""

    def save(self, form: DeskForm) -> str:
        self.do(form)
        return self.back()

    def do(self, form: DeskForm) -> None:
        raise NotImplementedError


class Complete(_Deed):
    """Nothing is missing: the party applies, and the network decides."""

    submit = gettext_lazy("It is complete")

    def heading(self) -> str:
        return _("The application is complete")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return CompleteForm(data, files, application=self.subject, lacking=lacking_papers(self.subject))

    def do(self, form: DeskForm) -> None:
        told, by = form.cleaned_data, self.request.user
        party = resolve(told["party"], by=by)
        complete_application(self.subject, party=party, by=by, all_the_same=told.get("all_the_same", False))

    def done(self) -> str:
        return _("Complete. It waits for the decision of the network.")


class AskMissing(_Deed):
    """A letter that says what is missing."""

    form_class = MissingForm
    submit = gettext_lazy("Send the letter")

    def heading(self) -> str:
        return _("Ask for what is missing")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return MissingForm(data, files, initial={"missing": "\n".join(lacking_papers(self.subject))})

    def do(self, form: DeskForm) -> None:
        ask_for_missing(self.subject, missing=form.cleaned_data["missing"], by=self.request.user)

    def done(self) -> str:
        return _("The letter is on its way.")


class LayAside(_Deed):
    """An application that comes to nothing."""

    form_class = AsideForm
    submit = gettext_lazy("Lay it aside")
    is_grave = True

    def heading(self) -> str:
        return _("Lay the application aside")

    def do(self, form: DeskForm) -> None:
        lay_aside(self.subject, why=form.cleaned_data["why"], by=self.request.user)


class PaperAdd(_Deed):
    """A paper that came."""

    submit = gettext_lazy("Add the paper")

    def heading(self) -> str:
        return _("Add a paper")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PaperForm(data, files, requirements=list(self.subject.network.requirements.all()))

    def do(self, form: DeskForm) -> None:
        told, by = form.cleaned_data, self.request.user
        requirement = told["requirement"]
        if told["upload"]:
            title = told["title"] or requirement_name(requirement)
            enclose(self.subject, Paper(upload=told["upload"], title=title, requirement=requirement), by=by)
        else:
            note_enclosure(self.subject, requirement, note=told["note"], by=by)
