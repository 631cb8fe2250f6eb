from django.apps import apps
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.parties.models import Party


class FindingKind(models.TextChoices):
    REPORT = "report", _("report of an error")


class FindingDecision(models.TextChoices):
    OPEN = "open", pgettext_lazy("finding", "open")
    TAKEN_UP = "taken up", pgettext_lazy("finding", "taken up")
    DISMISSED = "dismissed", pgettext_lazy("finding", "dismissed")


class Finding(models.Model):
    """What waits outside the register for a person to decide: now, a reader's report of an error in a fact.

    It lies on the desks of those that spoke for the record when it came.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=FindingKind.choices, default=FindingKind.REPORT)
    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("record"))
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=12, blank=True)
    told = models.CharField(_("what is wrong"), max_length=2000)
    should_read = models.CharField(_("what it should read"), max_length=500, blank=True)
    evidence_url = models.CharField(
        _("where it can be seen"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    email = models.EmailField(_("e-mail address for the answer"), blank=True)
    page_language = models.CharField(_("language of the page"), max_length=12)
    at = models.DateTimeField(_("at"), default=timezone.now)
    desks = models.ManyToManyField(Party, related_name="findings", verbose_name=_("desks"))
    decision = models.CharField(
        _("decision"), max_length=10, choices=FindingDecision.choices, default=FindingDecision.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("finding")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["decision", "-at"], name="exchange_finding_waiting"),
            models.Index(fields=["subject_type", "subject_id", "field"], name="exchange_finding_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values),
                name="exchange_finding_kind",
                violation_error_message=_("This is not a kind of finding."),
            ),
            models.CheckConstraint(
                condition=~Q(told=""),
                name="exchange_finding_told",
                violation_error_message=_("Say what is wrong."),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=FindingDecision.values),
                name="exchange_finding_decision",
                violation_error_message=_("This is not a decision on a finding."),
            ),
            models.CheckConstraint(
                condition=Q(decision=FindingDecision.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision=FindingDecision.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="exchange_finding_decided",
                violation_error_message=_("A decision has somebody who took it, and the time."),
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(decision=FindingDecision.OPEN),
                name="exchange_finding_email_while_open",
                violation_error_message=_("The reporter's address is erased with the decision."),
            ),
            models.CheckConstraint(
                condition=Q(answer="") | ~Q(decision=FindingDecision.OPEN),
                name="exchange_finding_answer_decided",
                violation_error_message=_("An answer comes with a decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}: {self.field}"

    @property
    def is_open(self) -> bool:
        """Whether it waits to be decided."""
        return self.decision == FindingDecision.OPEN

    @property
    def model(self) -> type[models.Model]:
        """The kind of record that it is about."""
        return apps.get_model(self.subject_type)
