"""Reading a page for the desk of a party, and deciding on what it states, fact by fact."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from twinhall.accounts.actions import log
from twinhall.desk import records
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.readings import AcceptForm, AgreeingForm, CorrectForm, ReadForm, RejectForm
from twinhall.desk.marking import marked
from twinhall.desk.reviews import Cards
from twinhall.exchange.models.readings import FactDecision, ReadFact, Reading
from twinhall.exchange.readings.accepting import (
    accept_agreeing,
    accept_fact,
    reject_fact,
    reopen_fact,
    waiting,
)
from twinhall.exchange.readings.keeping import keep_reading, page_of
from twinhall.exchange.readings.review import (
    Gone,
    Review,
    newest,
    next_open,
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

    def find(self) -> Party:
        return get_object_or_404(Party.objects.standing(), slug=self.kwargs["slug"])

    def heading(self) -> str:
        return _("Read a page")

    def crumbs(self) -> Crumbs:
        return [(Names([self.subject]).text(self.subject), self.back())]

    def back(self) -> str:
        return records.href(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ReadForm(data, files, party=self.subject, user=self.request.user)

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
        read, day = form.read, today()
        assert read  # noqa: S101 - the form is valid
        source = page_of(
            url=form.address,
            title=form.title_of_page,
            language=read.page.language,
            publisher=form.published_by,
            day=day,
        )
        reading, self.is_new = keep_reading(
            source,
            read.facts,
            text=read.page.text,
            language=read.page.language,
            media_type=read.page.media_type,
            party=self.subject,
            by=self.request.user,
            at=timezone.now(),
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
            "agreeing": sum(review.agrees for review in reviews),
            "decided": cards.decided([fact for fact in facts if not fact.is_open]),
            "gone": cards.words(gone.statements) if is_last else [],
        }
        return self.page("desk/readings/detail.html", context)


class _OfReading(FormPage):
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


class AcceptAgreeing(_OfReading):
    """All facts that agree with the register are listed, then accepted at once."""

    template = "desk/readings/agreeing.html"
    submit = gettext_lazy("Accept them")
    accepted = 0

    def heading(self) -> str:
        return _("Accept all that agree")

    @cached_property
    def agreeing(self) -> list[Review]:
        """Those that are the same, or only add, and of which nobody is in doubt."""
        return [r for r in reviews_of(self.subject, open_facts(self.subject)) if r.agrees]

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        listed = " ".join(str(review.kept.number) for review in self.agreeing)
        return AgreeingForm(data, files, initial={"numbers": listed})

    def extra(self) -> dict[str, object]:
        return {"cards": Cards(self.agreeing, by=self.request.user).all()}

    def save(self, form: AgreeingForm) -> str:
        numbers = form.cleaned_data["numbers"]
        if not numbers:
            raise ValidationError(_("Nothing agrees that still waits."))
        self.accepted = accept_agreeing(self.subject, numbers, by=self.request.user)
        return self.back()

    def done(self) -> str:
        words = ngettext("%(count)s fact accepted.", "%(count)s facts accepted.", self.accepted)
        return words % {"count": self.accepted}


class _OfFact(_OfReading):
    """A deed on one fact that was read."""

    template = "desk/readings/fact.html"
    kept: ReadFact

    def find(self) -> Reading:
        found = ReadFact.objects.select_related("reading__snapshot__source", "reading__party", "decided_by")
        self.kept = get_object_or_404(found, reading=self.kwargs["pk"], number=self.kwargs["number"])
        return self.kept.reading

    @cached_property
    def review(self) -> Review:
        """Who is meant by it, and how it stands to the register."""
        [found] = reviews_of(self.subject, [self.kept])
        return found

    def back(self) -> str:
        return f"{super().back()}#f{self.kept.number}" if hasattr(self, "kept") else super().back()

    def onward(self) -> str:
        """The next fact that waits."""
        after = next_open(self.kept)
        page = reverse("desk:reading", args=[self.subject.pk])
        return f"{page}#f{after.number}" if after else page

    def extra(self) -> dict[str, object]:
        return {
            "card": Cards([self.review], by=self.request.user).all()[0],
            "language": self.subject.language,
        }


class AcceptFact(_OfFact):
    """The fact comes into the register as the page has it."""

    submit = gettext_lazy("Accept")
    waits = 0

    def heading(self) -> str:
        return _("Accept a fact")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return AcceptForm(data, files, meant=self.review.meant if self.kept.is_open else {})

    def save(self, form: AcceptForm) -> str:
        self.waits = waiting(accept_fact(self.kept, by=self.request.user, choices=form.choices))
        return self.onward()

    def done(self) -> str:
        if self.waits:
            return _("Accepted. What is others’ to decide waits for them.")
        return _("Accepted.")


class CorrectFact(AcceptFact):
    """The fact comes into the register as it should read; what the page states is kept beside it."""

    submit = gettext_lazy("Correct and accept")

    def heading(self) -> str:
        return _("Correct a fact, then accept it")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return CorrectForm(data, files, fact=self.review.fact, meant=self.review.meant)

    def save(self, form: CorrectForm) -> str:  # type: ignore[override]
        statements = accept_fact(
            self.kept,
            by=self.request.user,
            choices=form.choices,
            changes=form.changes,
            why=form.cleaned_data["why"],
        )
        self.waits = waiting(statements)
        return self.onward()


class RejectFact(_OfFact):
    """The fact does not come into the register."""

    submit = gettext_lazy("Reject")
    form_class = RejectForm

    def heading(self) -> str:
        return _("Reject a fact")

    def save(self, form: RejectForm) -> str:
        reject_fact(self.kept, why=form.cleaned_data["why"], by=self.request.user)
        return self.onward()

    def done(self) -> str:
        return _("Rejected.")


class ReopenFact(_OfFact):
    """A fact that was rejected waits again."""

    submit = gettext_lazy("Reopen")
    form_class = DeskForm

    def find(self) -> Reading:
        reading = super().find()
        if self.kept.decision != FactDecision.REJECTED:
            raise Http404
        return reading

    def heading(self) -> str:
        return _("Reopen a fact that was rejected")

    def save(self, form: DeskForm) -> str:  # noqa: ARG002
        reopen_fact(self.kept, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("It waits again.")
