"""What waits for me, what changed lately, my lists."""

from collections.abc import Mapping, Sequence

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from twinhall.accounts.models import LogEntry
from twinhall.core.languages import Text
from twinhall.desk import waiting
from twinhall.desk.base import DeskView
from twinhall.desk.gatherings import meetings_waiting
from twinhall.desk.records import MODELS
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import said_at
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.evidence.values import sort_of
from twinhall.exchange.findings import waiting_for
from twinhall.exchange.models.readings import Reading
from twinhall.exchange.readings.review import readings_waiting
from twinhall.exchange.waiting import rows_waiting
from twinhall.letters.queries import undecided
from twinhall.networks.models import Application
from twinhall.networks.waiting import applications_waiting, idle_applications
from twinhall.parties.models import Party
from twinhall.parties.queries import publishers_of
from twinhall.parties.rules import is_administrator, letters_kept_by, standing
from twinhall.partnerships.models import Partnership
from twinhall.web import rows, say
from twinhall.web.environment import today
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects


class Dashboard(DeskView):
    section = "dashboard"

    permission = "parties.see_dashboard"

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002
        user, day = self.request.user, today()
        mine = list(Party.objects.standing().filter(pk__in=standing(user).all).order_by("slug"))
        proposed, disputed = waiting.proposed(user), waiting.disputed(user)
        unconfirmed = list(waiting.unconfirmed(user, day)[: waiting.MOST])
        ties = list(waiting.my_ties(user, day))
        near, applicants = waiting.near(ties, day), list(waiting.applicants(user, day)[: waiting.MOST])
        applications = list(applications_waiting(user)[: waiting.MOST])
        idle = list(idle_applications(user, now=timezone.now())[: waiting.MOST])
        shown, findings = list(proposed[: waiting.MOST]), waiting_for(user)
        contested = [group[0] for group in said_at(disputed[: waiting.MOST])]
        subjects = Subjects([*shown, *contested])
        published = publishers_of([*shown, *contested])
        readings = list(readings_waiting(user))
        names = Names(
            [
                *mine,
                *published.values(),
                *(reading.party for reading in readings[: waiting.MOST]),
                *rows.parties_of([*ties, *unconfirmed]),
                *(m.party for m in applicants),
                *(application.network.party for application in (*applications, *idle)),
            ]
        )
        context = {
            "heading": _("Workroom"),
            "mine": [(names.text(party), reverse("desk:party", args=[party.slug])) for party in mine],
            "is_administrator": is_administrator(user),
            "proposed": [_word(s, subjects, _who(s, published, names)) for s in shown],
            "proposed_count": proposed.count(),
            "disputed": [_word(s, subjects, _who(s, published, names)) for s in contested],
            "disputed_count": len(disputed),
            "findings_count": findings.count(),
            "readings": [_reading(reading, names) for reading in readings[: waiting.MOST]],
            "facts_count": sum(reading.waits for reading in readings),  # type: ignore[attr-defined]  # annotated
            "letters_count": letters_kept_by(user, undecided()).count(),
            "rows_count": rows_waiting().count() if self.may("exchange.decide_rows", None) else 0,
            "unconfirmed": [_tie(tie, names) for tie in unconfirmed],
            "applications": [_application(application, names) for application in applications],
            "idle": [_application(application, names) for application in idle],
            "applicants": [
                (names.text(m.party), reverse("desk:membership", args=[m.pk])) for m in applicants
            ],
            "near": [
                (say.date(one.day), one.words, *_tie(one.partnership, names)) for one in near[: waiting.MOST]
            ],
            "changed": _changes(list(waiting.changed_lately(user)[: waiting.MOST])),
            "lists": _lists(),
            **meetings_waiting(user, day),
        }
        return self.page("desk/dashboard.html", context)


def _who(statement: Statement, published: Mapping[int, Party], names: Names) -> Text:
    """Who says it: the party whose page or word it is, else what the source is called."""
    publisher = published.get(statement.source_id)
    return names.of(publisher) if publisher else statement.source.words


def _word(statement: Statement, subjects: Subjects, who: Text) -> dict[str, object]:
    model = apps.get_model(statement.subject_type)
    per_language = sort_of(model, statement.field) is PER_LANGUAGE
    name = "desk:texts" if per_language else "desk:fact"
    args = [statement.subject_type, statement.subject_id, statement.field]
    has_page = statement.subject_type in MODELS
    return {
        "subject": subjects.of(statement).label,
        "field": say.field(model, statement.field),
        "value": "" if statement.field == EXISTS else subjects.corrected(statement),
        "source": who,
        "href": reverse(name, args=args) if has_page else "",
    }


def _reading(reading: Reading, names: Names) -> dict[str, object]:
    """A page of which facts wait."""
    return {
        "title": reading.source.title,
        "language": reading.source.language,
        "href": reverse("desk:reading", args=[reading.pk]),
        "party": names.text(reading.party),
        "waits": reading.waits,  # type: ignore[attr-defined]  # annotated
    }


def _application(application: Application, names: Names) -> tuple[str, str, str]:
    """A town that applies, how far its application to which network is, and its page."""
    stage = _("something was added") if application.is_answered else application.stage.label
    href = reverse("desk:application", args=[application.pk])
    return application.town, f"{stage} · {names.text(application.network.party)}", href


def _tie(partnership: Partnership, names: Names) -> tuple[str, str]:
    parties = " – ".join(names.text(s.party) for s in partnership.signatories.all())
    return parties, reverse("desk:partnership", args=[partnership.slug])


def _changes(entries: Sequence[LogEntry]) -> list[dict[str, object]]:
    """Deeds with their records as a reader would call them."""
    about = {e.pk: _about(e) for e in entries if e.record_type in MODELS}
    subjects = Subjects(about.values())
    return [
        {
            "at": entry.at,
            "who": str(entry.by),
            "deed": gettext(entry.deed),
            "what": subjects.of(about[entry.pk]).label if entry.pk in about else entry.label,
            "href": reverse("desk:history", args=[entry.record_type, int(entry.record_id)])
            if entry.pk in about
            else "",
        }
        for entry in entries
    ]


def _about(entry: LogEntry) -> Statement:
    return Statement(subject_type=entry.record_type, subject_id=int(entry.record_id), field=EXISTS)


def _lists() -> Sequence[tuple[str, str]]:
    asked = {"mine": "on"}
    return [
        (_("My partnerships"), reverse("desk:partnerships", query=asked)),
        (_("My memberships"), reverse("desk:memberships", query=asked)),
        (_("My networks"), reverse("desk:networks", query=asked)),
        (_("My projects"), reverse("desk:projects", query=asked)),
        (_("My meetings"), reverse("desk:meetings", query=asked)),
        (_("My letters"), reverse("desk:letters")),
    ]
