"""Minutes as files: those of a meeting, and the volume of a year of a series, which a worker makes."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.minutepapers import minutes_paper
from twinhall.desk.views.meetings import OfMeeting
from twinhall.desk.views.minutes import OfMinutes
from twinhall.desk.volumes import ask_for_volume, volume_of
from twinhall.meetings.models import FIRST_YEAR, LAST_YEAR, Meeting, Minutes, Volume
from twinhall.meetings.queries import approved_in_series
from twinhall.web.exports import file_name
from twinhall.web.papers import as_pdf
from twinhall.work.doing import failure
from twinhall.work.shifts import is_somebody_at_work


class MinutesFile(OfMinutes):
    """The minutes of a meeting as a paper to sign and file."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"{slug}-minutes", "pdf", self.subject.meeting.starts_on)
        return as_pdf(minutes_paper(self.subject), name)


class _OfYear(OfMeeting):
    """A page on the approved minutes of a year, in the language of the page."""

    def find(self) -> Meeting:
        meeting, self.year = super().find(), self.kwargs["year"]
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise Http404(_("Say of which year, such as 2026."))
        self.minutes: QuerySet[Minutes] = approved_in_series(meeting, self.year)
        self.language = get_language() or FALLBACK
        return meeting

    def volume(self) -> Volume | None:
        """The volume, if it was asked for. Raises Http404 where no minutes are approved."""
        if not self.minutes:
            raise Http404(_("No minutes of this year are approved."))
        return volume_of(self.minutes, language=self.language)


class VolumePage(_OfYear, FormPage):
    """The volume of a year: asked for, being made, made, or what it failed of."""

    template = "desk/minutes/volume.html"
    submit = gettext_lazy("Make the file")

    def heading(self) -> str:
        return _("Minutes of %(year)s") % {"year": self.year}

    def back(self) -> str:
        return reverse("desk:minutes-series", args=[self.subject.slug])

    def crumbs(self) -> Crumbs:
        return [*super().crumbs()[:1], (self.subject.title, super().back()), (_("Series"), self.back())]

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def extra(self) -> dict[str, object]:
        volume = self.volume()
        return {
            "record": self.subject,
            "year": self.year,
            "count": len(self.minutes),
            "language": self.language,
            "volume": volume,
            "failure": failure(volume.task) if volume and not volume.made_at else "",
            "is_worked": is_somebody_at_work(),
        }

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        if not self.minutes:
            raise Http404(_("No minutes of this year are approved."))
        ask_for_volume(
            self.subject, self.minutes, self.heading(), language=self.language, by=self.request.user
        )
        return reverse("desk:minutes-volume", args=[self.subject.slug, self.year])

    def done(self) -> str:
        return _("Asked for.")


class VolumeFile(_OfYear):
    """The volume as a file; where it is not made yet, the page that says so."""

    def get(self, request: HttpRequest, slug: str, year: int) -> HttpResponse:  # noqa: ARG002
        volume = self.volume()
        if volume is None or volume.content is None:
            return redirect("desk:minutes-volume", slug=slug, year=year)
        return as_pdf(bytes(volume.content), f"{slug}-minutes-{year}.pdf")
