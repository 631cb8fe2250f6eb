"""Reading a page for the desk of a party, and what it states beside its text."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from twinhall.accounts.actions import log
from twinhall.desk import records
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.deciding import AgreeingForm
from twinhall.desk.forms.readings import ReadForm
from twinhall.desk.marking import marked
from twinhall.desk.reviews import Cards, decided, no_longer_said
from twinhall.exchange.models.readings import FactDecision, Reading
from twinhall.exchange.readings.accepting import accept_agreeing
from twinhall.exchange.readings.keeping import keep_reading
from twinhall.exchange.readings.pages import page_of
from twinhall.exchange.readings.review import (
    Gone,
    Review,
    agreeing,
    newest,
    open_facts,
    readings_of,
    reviews_of,
)
from twinhall.parties.models import Party
from twinhall.web.environment import today
from twinhall.web.names import Names


class ReadPage(FormPage):
    """A page is given by its address, as a file or as text; it is read while the person waits."""

    section = "parties"
    permission = "parties.state_fact"
    template = "desk/readings/read.html"
    submit = gettext_lazy("Read it")
    subject: Party
    is_new = True
    count = 0
    sent: ReadForm | None = None

    def find(self) -> Party:
        return get_object_or_404(Party.objects.standing(), slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Read a page")

    def crumbs(self) -> Crumbs:
        return [(Names([self.subject]).text(self.subject), self.back())]

    def back(self) -> str:
        return records.href(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        """The form; where its deed is tried once more, with the page as it was read the first time."""
        if data is None:
            return ReadForm(party=self.subject, user=self.request.user)
        self.sent = self.sent or ReadForm(data, files, party=self.subject, user=self.request.user)
        return self.sent

    def extra(self) -> dict[str, object]:
        before = list(readings_of(self.subject)[:20])
        return {"party": Names([self.subject]).text(self.subject), "before": before}

    def show(self, form: DeskForm, status: int = 200) -> HttpResponse:
        """Of a page that could not be read, nothing is kept but a line in the log."""
        if isinstance(form, ReadForm) and form.refusal:
            label = form.address or str(form.cleaned_data.get("title") or "")
            deed = gettext_noop("page could not be read")
            log(deed, label, by=self.request.user, record=self.subject, why=form.refusal[:500])
        return super().show(form, status)

    def save(self, form: ReadForm) -> str:
        read, given = form.read, form.given
        assert read  # noqa: S101 - the form is valid
        source = page_of(given, day=today(), chosen=form.cleaned_data["which"])
        reading, self.is_new = keep_reading(
            source,
            read.facts,
            text=read.page.text,
            language=read.page.language,
            media_type=read.page.media_type,
            party=self.subject,
            by=self.request.user,
            at=timezone.now(),
            about=given.about,
        )
        self.count = reading.facts.filter(decision=FactDecision.OPEN).count()
        return reverse("desk:reading", args=[reading.pk])

    def done(self) -> str:
        if not self.is_new:
            return _("Nothing has changed on this page since it was last read.")
        if not self.count:
            return _("Read. The page states nothing that is to be decided on.")
        words = ngettext(
            "Read. %(count)s fact is to be decided on.",
            "Read. %(count)s facts are to be decided on.",
            self.count,
        )
        return words % {"count": self.count}


class ReadingPage(DeskView):
    """The text of a page with its quotes marked, and beside it what it states and how that stands."""

    section = "parties"
    permission = "exchange.decide_reading"
    subject: Reading

    def find(self) -> Reading:
        found = Reading.objects.select_related("snapshot__source", "party", "by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        reading = self.subject
        facts = list(reading.facts.select_related("decided_by"))
        is_last = newest(reading).pk == reading.pk
        reviews = reviews_of(reading, [fact for fact in facts if fact.is_open] if is_last else [])
        cards = Cards(reviews, by=self.request.user)
        gone = Gone(reading, reviews)
        context = {
            "heading": reading.source.title,
            "reading": reading,
            "source": reading.source,
            "party": cards.names.text(reading.party),
            "party_href": records.href(reading.party),
            "again_href": reverse("desk:reading-add", args=[reading.party.slug]),
            "last": None if is_last else newest(reading),
            "text": marked(reading.snapshot.main_text, facts),
            "groups": cards.groups(),
            "count": len(reviews),
            "agreeing": len(agreeing(reviews, by=self.request.user)),
            "decided": decided([fact for fact in facts if not fact.is_open]),
            "gone": no_longer_said(gone.statements) if is_last else [],
        }
        return self.page("desk/readings/detail.html", context)


class OfReading(FormPage):
    """A deed on what a reading found."""

    section = "parties"
    permission = "exchange.decide_reading"
    subject: Reading

    def find(self) -> Reading:
        found = Reading.objects.select_related("snapshot__source", "party", "by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def crumbs(self) -> Crumbs:
        return [(self.subject.source.title, self.back())]

    def back(self) -> str:
        return reverse("desk:reading", args=[self.subject.pk])


class AcceptAgreeing(OfReading):
    """All facts that agree with the register are listed, then accepted at once."""

    template = "desk/readings/agreeing.html"
    submit = gettext_lazy("Accept them")
    accepted = left = 0

    def heading(self) -> str:
        return _("Accept all that agree")

    @cached_property
    def agreeing(self) -> list[Review]:
        """Those that are the same or only add, with nobody in doubt, and one's own to take up."""
        return agreeing(reviews_of(self.subject, open_facts(self.subject)), by=self.request.user)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        listed = " ".join(review.shown for review in self.agreeing)
        return AgreeingForm(data, files, initial={"listed": listed})

    def extra(self) -> dict[str, object]:
        return {"cards": Cards(self.agreeing, by=self.request.user).all()}

    def save(self, form: AgreeingForm) -> str:
        listed = form.cleaned_data["listed"]
        if not listed:
            raise ValidationError(_("Nothing agrees that still waits."))
        self.accepted = accept_agreeing(self.subject, listed, by=self.request.user)
        self.left = len(set(listed)) - self.accepted
        return self.back()

    def done(self) -> str:
        words = ngettext("%(count)s fact accepted.", "%(count)s facts accepted.", self.accepted)
        told = words % {"count": self.accepted}
        if not self.left:
            return told
        rest = ngettext(
            "%(count)s no longer reads as it was listed, and waits.",
            "%(count)s no longer read as they were listed, and wait.",
            self.left,
        )
        return f"{told} {rest % {'count': self.left}}"
