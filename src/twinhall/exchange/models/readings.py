from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.evidence.models import Snapshot, Source, Statement
from twinhall.parties.models import Party


class Reading(models.Model):
    """A page as it was read on a day, for the desk of a party; what it states are its ``facts``.

    Read again with the same words, it is only seen again. ``about`` is whose page it is a copy of, where a
    person gave the text of another party's page.
    """

    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="readings", verbose_name=_("text that was read")
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="readings", verbose_name=_("on the desk of")
    )
    about = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("copy of a page of"),
    )
    reader = models.CharField(_("reader"), max_length=20)
    language = models.CharField(_("language"), max_length=12, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    seen_at = models.DateTimeField(_("last read at"), default=timezone.now)

    class Meta:
        verbose_name = _("reading")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "snapshot", "reader"],
                name="exchange_reading_once",
                violation_error_message=_("This text has been read for this desk already."),
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("seen_at")),
                name="exchange_reading_seen_in_order",
                violation_error_message=_("A page is last read on or after the day it is first read."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.snapshot}"

    @property
    def source(self) -> Source:
        """The page that was read."""
        return self.snapshot.source


class FactKind(models.TextChoices):
    """What a page can state, by the names of ``reader.facts``."""

    PARTNERSHIP = "Partnership", _("partnership")
    MEMBERSHIP = "Membership", _("membership")
    PROJECT = "Project", _("project")
    NETWORK = "Network", _("network")


class FactDecision(models.TextChoices):
    OPEN = "open", pgettext_lazy("fact", "open")
    ACCEPTED = "accepted", pgettext_lazy("fact", "accepted")
    CORRECTED = "corrected", pgettext_lazy("fact", "corrected, then accepted")
    REJECTED = "rejected", pgettext_lazy("fact", "rejected")


TAKEN = (FactDecision.ACCEPTED, FactDecision.CORRECTED)
"""Decisions with which a fact came into the register."""


class ReadFact(models.Model):
    """A fact that a page states; it waits outside the register until a person decides.

    ``told`` is the fact (``exchange.readings.codec``); ``fingerprint`` a hash of what it states, wherever on
    the page. ``choices`` are the parties that were meant, and ``statements`` what came of it; the record that
    they are on is ``subject_type`` and ``subject_id``.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="facts")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=FactKind.choices)
    told = models.JSONField(_("what it tells"))
    quote = models.TextField(_("quote"))
    quote_start = models.PositiveIntegerField(_("place of the quote"))
    confidence = models.FloatField(_("confidence"))
    fingerprint = models.CharField(max_length=64, editable=False)
    decision = models.CharField(
        _("decision"), max_length=10, choices=FactDecision.choices, default=FactDecision.OPEN
    )
    why = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    choices = models.JSONField(_("who was meant"), default=dict, blank=True)
    subject_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(_("record"), null=True, blank=True)
    statements = models.ManyToManyField(Statement, blank=True, related_name="+", verbose_name=_("statements"))

    class Meta:
        verbose_name = _("fact that was read")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "number"],
                name="exchange_fact_number_once",
                violation_error_message=_("The reading has a fact with this number already."),
            ),
            models.UniqueConstraint(
                fields=["reading", "fingerprint"],
                name="exchange_fact_once",
                violation_error_message=_("The reading has this fact already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FactKind.values),
                name="exchange_fact_kind",
                violation_error_message=_("This is not a kind of fact."),
            ),
            models.CheckConstraint(
                condition=~Q(quote=""),
                name="exchange_fact_quoted",
                violation_error_message=_("A fact that was read has the words it rests on."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="exchange_fact_confidence",
                violation_error_message=_("A confidence lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=FactDecision.values),
                name="exchange_fact_decision",
                violation_error_message=_("This is not a decision on a fact."),
            ),
            models.CheckConstraint(
                condition=Q(decision=FactDecision.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision=FactDecision.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="exchange_fact_decided",
                violation_error_message=_("A decision has somebody who took it, and the time."),
            ),
            models.CheckConstraint(
                condition=(Q(decision__in=TAKEN, subject_id__isnull=False) & ~Q(subject_type=""))
                | (~Q(decision__in=TAKEN) & Q(subject_id__isnull=True, subject_type="")),
                name="exchange_fact_became",
                violation_error_message=_("What was accepted became a record, and nothing else did."),
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[FactDecision.CORRECTED, FactDecision.REJECTED]) | ~Q(why=""),
                name="exchange_fact_why",
                violation_error_message=_("A correction or a rejection needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading} {self.number}: {self.kind}"

    @property
    def is_open(self) -> bool:
        """Whether it waits to be decided."""
        return self.decision == FactDecision.OPEN
