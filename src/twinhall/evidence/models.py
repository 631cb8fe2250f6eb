from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField
from twinhall.core.languages import FALLBACK, Text
from twinhall.documents.models import Document


class SourceKind(models.TextChoices):
    PAGE = "page", _("page")
    COPY = "copy", _("copy of a page, given by a person")
    DATASET = "dataset", _("data set")
    SIGNED_DOCUMENT = "signed document", _("signed document")
    OWN_STATEMENT = "own statement", _("own statement")
    DECISION = "decision", _("decision of a meeting")


class Source(models.Model):
    """Something that states facts: a page, a signed document, a data set, a side's own statement.

    A copy is what a person gave as the text of a page that is not their own: nobody publishes it here. Who
    publishes it is a ``parties.Publication``.
    """

    key = models.SlugField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices, default=SourceKind.PAGE)
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    dated = PartialDateField(_("its own date"))
    not_before = PartialDateField(_("not before"))
    read_on = models.DateField(_("read or received on"))
    document = models.OneToOneField(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="source",
        verbose_name=_("document"),
    )

    class Meta:
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values),
                name="evidence_source_kind",
                violation_error_message=_("This is not a kind of source."),
            ),
            models.CheckConstraint(
                condition=Q(dated__isnull=True) | Q(not_before__isnull=True),
                name="evidence_source_one_dating",
                violation_error_message=_(
                    "A source has a date of its own or a day it is not older than, not both."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="evidence_source_titled",
                violation_error_message=_("A source needs a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> Text:
        """Its title as printed, in its language; what a party states here itself is called so."""
        if self.kind == SourceKind.OWN_STATEMENT:
            return Text(gettext("Own statement"), get_language() or FALLBACK)
        return Text(self.title, self.language)


class Snapshot(models.Model):
    """What a source read like on a day. Append-only; the main text is private."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    fetched_at = models.DateTimeField(_("fetched at"))
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("media type"), max_length=100)
    main_text = models.TextField(_("main text"))

    class Meta:
        ordering = ("-fetched_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                name="evidence_snapshot_once",
                violation_error_message=_("This content of the source is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.fetched_at:%Y-%m-%d})"


class Verdict(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("statement", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("statement", "accepted")
    REJECTED = "rejected", pgettext_lazy("statement", "rejected")


class Statement(models.Model):
    """What a source says of one field of one record. Append-only but for verdict, in force and last seen."""

    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("record"))
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=12, blank=True)
    as_printed = models.CharField(_("as printed"), max_length=500, blank=True)
    stated = models.TextField(_("stated"))
    stated_hash = models.CharField(_("hash of what is stated"), max_length=64)
    value = models.TextField(_("value"))
    why = models.CharField(_("why corrected"), max_length=500, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements", db_index=False)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quote = models.TextField(_("quote"), blank=True)
    quote_start = models.PositiveIntegerField(_("place of the quote"), null=True, blank=True)
    origin = models.CharField(_("origin"), max_length=60)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    first_seen = models.DateField(_("first seen"))
    last_seen = models.DateField(_("last seen"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    in_force = models.BooleanField(_("in force"), default=False)
    is_member = models.BooleanField(_("member of a set"), default=False)
    preferred = models.BooleanField(_("chosen by a person"), default=False)
    translation_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "field"], name="evidence_statement_subject"),
            # A data set states a hundred thousand things: its page reads fifty of them, record by record.
            models.Index(
                fields=["source", "subject_type", "subject_id", "field"], name="evidence_statement_source"
            ),
            models.Index(
                fields=["subject_type", "subject_id"],
                condition=~Q(stated=F("value")),
                name="evidence_statement_corrected",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "field", "stated_hash", "source", "language"],
                name="evidence_statement_once",
                violation_error_message=_("This source states this already."),
            ),
            # Of a field that is not a set, and of each language of a text, one statement is in force.
            # The members of a set (MANY) carry `is_member` so that the database can tell them apart.
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "field", "language"],
                condition=Q(in_force=True, is_member=False),
                name="evidence_statement_one_in_force",
                violation_error_message=_("Another statement on this field is in force."),
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values),
                name="evidence_statement_verdict",
                violation_error_message=_("This is not a verdict."),
            ),
            models.CheckConstraint(
                condition=Q(in_force=False) | Q(verdict=Verdict.ACCEPTED),
                name="evidence_statement_force_accepted",
                violation_error_message=_("Only an accepted statement can be in force."),
            ),
            models.CheckConstraint(
                condition=Q(preferred=False) | Q(verdict=Verdict.ACCEPTED, is_member=False),
                name="evidence_statement_preferred_accepted",
                violation_error_message=_("Only an accepted statement can be chosen over others."),
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PROPOSED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(verdict=Verdict.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="evidence_statement_decided",
                violation_error_message=_("A verdict has somebody who gave it, and the time."),
            ),
            models.CheckConstraint(
                condition=Q(stated=F("value")) | ~Q(why=""),
                name="evidence_statement_corrected_why",
                violation_error_message=_("A correction needs its reason."),
            ),
            models.CheckConstraint(
                condition=Q(first_seen__lte=F("last_seen")),
                name="evidence_statement_seen_in_order",
                violation_error_message=_("A statement is last seen on or after the day it is first seen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.field} = {self.stated}"

    @property
    def printed_in_error(self) -> bool:
        """Whether what the source says was corrected."""
        return self.stated != self.value


class Deed(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("statement", "accepted")
    REJECTED = "rejected", pgettext_lazy("statement", "rejected")
    REOPENED = "reopened", pgettext_lazy("statement", "reopened")
    PREFERRED = "preferred", pgettext_lazy("statement", "chosen over others")
    RELEASED = "released", pgettext_lazy("statement", "no longer chosen over others")
    CORRECTED = "corrected", pgettext_lazy("statement", "corrected")


class Decision(models.Model):
    """What was decided on a statement, by whom, when and why. Never changed, never deleted."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="decisions")
    deed = models.CharField(_("decision"), max_length=10, choices=Deed.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    why = models.CharField(_("reason"), max_length=500, blank=True)
    was = models.TextField(_("value before"), blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=Deed.values),
                name="evidence_decision_deed",
                violation_error_message=_("This is not a decision."),
            ),
            models.CheckConstraint(
                condition=~Q(deed=Deed.PREFERRED) | ~Q(why=""),
                name="evidence_decision_preferred_why",
                violation_error_message=_("To choose one word over others needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.deed}"
