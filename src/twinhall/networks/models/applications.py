from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.core.fields import TranslatedField
from twinhall.documents.models import Document
from twinhall.networks.models.memberships import Membership
from twinhall.networks.models.networks import Network
from twinhall.parties.models import Party


class Requirement(models.Model):
    """A paper that a network asks of whoever applies: the decision of the council, a letter of the mayor."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="requirements")
    number = models.PositiveSmallIntegerField(_("number"))
    name = TranslatedField(_("name"))
    is_needed = models.BooleanField(_("needed"), default=True)

    class Meta:
        verbose_name = _("paper asked for")
        verbose_name_plural = _("papers asked for")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["network", "number"],
                name="networks_requirement_once",
                violation_error_message=_("The network asks for a paper with this number already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.number}"


class Stage(models.TextChoices):
    """How far an application is; it follows from its dates."""

    RECEIVED = "received", _("received")
    INCOMPLETE = "incomplete", _("something is missing")
    COMPLETE = "complete", _("complete")
    DECIDED = "decided", _("decided")


class Outcome(models.TextChoices):
    ADMITTED = "admitted", _("admitted")
    NOT_YET = "not yet", _("not yet a member")
    REFUSED = "refused", _("refused")
    LAID_ASIDE = "laid aside", _("laid aside")


class Application(models.Model):
    """A town's wish to join a network, as somebody wrote it, until it is decided on.

    Who wrote it is known for as long as it is needed: ``erased_at`` says that it is no more.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="applications")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    town = models.CharField(_("town or region"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True)
    why = models.TextField(_("why"), max_length=3000, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    office = models.CharField(pgettext_lazy("person", "office"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    consented_at = models.DateTimeField(_("agreed that this is kept"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    missing = models.TextField(_("what is missing"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked for what is missing"), null=True, blank=True)
    added_at = models.DateTimeField(_("added to"), null=True, blank=True)
    completed_at = models.DateTimeField(_("complete"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("network",)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("-received_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(town=""),
                name="networks_application_of_somebody",
                violation_error_message=_("An application says which town or region applies."),
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(consented_at__isnull=False),
                name="networks_application_agreed",
                violation_error_message=_("Who applies without an account agrees that this is kept."),
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, missing="") | (Q(asked_at__isnull=False) & ~Q(missing="")),
                name="networks_application_asked",
                violation_error_message=_("Say what is missing."),
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True, membership__isnull=True)
                | Q(completed_at__isnull=False, membership__isnull=False, party__isnull=False),
                name="networks_application_completed",
                violation_error_message=_("A complete application has its party and membership."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | Q(decided_at__isnull=False, outcome=Outcome.LAID_ASIDE)
                | Q(
                    decided_at__isnull=False,
                    completed_at__isnull=False,
                    outcome__in=[Outcome.ADMITTED, Outcome.NOT_YET, Outcome.REFUSED],
                ),
                name="networks_application_decided",
                violation_error_message=_("What is decided on is complete, or is laid aside."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(decided_at__isnull=False, name="", office="", email="", why=""),
                name="networks_application_erased",
                violation_error_message=_("What is erased is gone, and was decided on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.town} – {self.network}"

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.decided_at:
            return Stage.DECIDED
        if self.completed_at:
            return Stage.COMPLETE
        return Stage.INCOMPLETE if self.asked_at else Stage.RECEIVED

    @property
    def is_answered(self) -> bool:
        """Whether its writer has added something since it was asked for, which nobody has looked at."""
        return bool(self.is_open and self.asked_at and self.added_at and self.added_at > self.asked_at)

    @property
    def is_open(self) -> bool:
        """Whether the secretary has still to say that it is complete."""
        return self.stage in (Stage.RECEIVED, Stage.INCOMPLETE)


class Enclosure(models.Model):
    """A paper of an application: a file, or the note that it came by post or e-mail."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="enclosures")
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, null=True, blank=True, related_name="enclosures"
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="enclosure"
    )
    note = models.CharField(_("how it came"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | (Q(requirement__isnull=False) & ~Q(note="")),
                name="networks_enclosure_of_something",
                violation_error_message=_("A paper is a file, or a note on how it came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.document or self.note}"
