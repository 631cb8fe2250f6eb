"""Outgoing letters, what became of each, and who wants which kind no longer."""

import functools
import operator

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a letter is. Somebody who wants no more of a kind still gets those that are a duty."""

    INVITATION = "invitation", _("invitation")
    REMINDER = "reminder", _("reminder")
    NOTICE = "notice", _("notice")
    ANSWER = "answer", _("answer")


class State(models.TextChoices):
    """What became of a letter, which its dates tell."""

    WAITING = "waiting", pgettext_lazy("letter", "waiting")
    CLAIMED = "claimed", pgettext_lazy("letter", "being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    IN_DOUBT = "doubt", pgettext_lazy("letter", "in doubt")
    REFUSED = "refused", pgettext_lazy("letter", "refused")
    UNSENT = "unsent", pgettext_lazy("letter", "not sent")


class Unsent(models.TextChoices):
    """Why a letter was never sent."""

    UNSUBSCRIBED = "unsubscribed", _("its reader wants no letters of this kind")
    LEFT = "left", _("somebody decided so")
    OLD = "old", _("it had become too old")


_OPEN = Q(sent_at__isnull=True, refused_at__isnull=True, unsent_at__isnull=True)
_IS = {
    State.WAITING: _OPEN & Q(claimed_at__isnull=True),
    State.CLAIMED: _OPEN & Q(claimed_at__isnull=False, doubted_at__isnull=True),
    State.SENT: Q(sent_at__isnull=False),
    State.IN_DOUBT: _OPEN & Q(claimed_at__isnull=False, doubted_at__isnull=False),
    State.REFUSED: Q(refused_at__isnull=False),
    State.UNSENT: Q(unsent_at__isnull=False),
}


def is_in(*states: State) -> Q:
    """Of a letter: whether it is in one of the states."""
    return functools.reduce(operator.or_, (_IS[state] for state in states))


class LetterManager(models.Manager["Letter"]):
    def in_state(self, *states: State) -> "models.QuerySet[Letter]":
        """Letters in one of the states."""
        return self.filter(is_in(*states))


class Letter(models.Model):
    """A letter, made once under its key. It is claimed before it is handed to the mail server.

    One that was claimed and of which nothing is known since, because its worker died or the line broke, is in
    doubt: a person decides on it, and it is never sent again by itself.
    """

    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9]+(?:[/_-][a-z0-9]+)*\Z")],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    to = models.EmailField(pgettext_lazy("letter", "to"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("person"),
    )
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    is_duty = models.BooleanField(_("duty"), default=False)
    is_passing = models.BooleanField(_("erased when sent"), default=False)
    made_at = models.DateTimeField(_("written at"), default=timezone.now, db_index=True)
    # The attempt to send it; claimed by a task, so that the task knows a claim of its own again.
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("tried again at"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("handed to the mail server at"), null=True, blank=True)
    claimed_by = models.CharField(_("task"), max_length=36, blank=True)
    doubted_at = models.DateTimeField(_("in doubt since"), null=True, blank=True)
    said = models.TextField(_("what the mail server said"), blank=True)
    # Its end
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    unsent_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    unsent_why = models.CharField(_("why it was not sent"), max_length=12, choices=Unsent.choices, blank=True)
    erased_at = models.DateTimeField(_("text erased at"), null=True, blank=True)

    objects = LetterManager()

    class Meta:
        verbose_name = _("letter")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=_OPEN
                | Q(sent_at__isnull=False, refused_at__isnull=True, unsent_at__isnull=True)
                | Q(sent_at__isnull=True, refused_at__isnull=False, unsent_at__isnull=True)
                | Q(sent_at__isnull=True, refused_at__isnull=True, unsent_at__isnull=False),
                name="letters_letter_one_end",
                violation_error_message=_("A letter is sent, refused or given up: one of these."),
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=False)
                | Q(sent_at__isnull=True, refused_at__isnull=True, doubted_at__isnull=True),
                name="letters_letter_claimed_first",
                violation_error_message=_("A letter is claimed before it is sent or refused."),
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=True, claimed_by="")
                | Q(claimed_at__isnull=False) & ~Q(claimed_by=""),
                name="letters_letter_claimed_by",
                violation_error_message=_("A claim names the task whose it is."),
            ),
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=True) | _IS[State.WAITING],
                name="letters_letter_next_try",
                violation_error_message=_("Only a letter that waits is tried again."),
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(said=""),
                name="letters_letter_refused_why",
                violation_error_message=_("A refusal says why."),
            ),
            models.CheckConstraint(
                condition=Q(unsent_at__isnull=True, unsent_why="")
                | Q(unsent_at__isnull=False, unsent_why__in=Unsent.values),
                name="letters_letter_unsent_why",
                violation_error_message=_("A letter that is given up says why."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False, body="")
                | Q(erased_at__isnull=True) & ~Q(body="") & ~Q(to=""),
                name="letters_letter_written",
                violation_error_message=_("A letter has an address and a text until they are erased."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | ~_OPEN,
                name="letters_letter_erased_last",
                violation_error_message=_("A letter that may still go out keeps its text."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="letters_letter_kind",
                violation_error_message=_("There are no letters of this kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> State:
        """What became of it so far."""
        ends = ((State.SENT, self.sent_at), (State.REFUSED, self.refused_at), (State.UNSENT, self.unsent_at))
        ended = next((state for state, at in ends if at), None)
        if ended or self.claimed_at is None:
            return ended or State.WAITING
        return State.IN_DOUBT if self.doubted_at else State.CLAIMED


class MediaType(models.TextChoices):
    """What may go with a letter."""

    CALENDAR = "text/calendar", _("calendar file")
    PDF = "application/pdf", "PDF"


class Enclosure(models.Model):
    """A small file that goes with a letter, and is erased with its text."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="enclosures")
    name = models.CharField(_("file name"), max_length=120, validators=[RegexValidator(r"\A[^/\\\r\n\"]+\Z")])
    media_type = models.CharField(_("media type"), max_length=20, choices=MediaType.choices)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("enclosure")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values),
                name="letters_enclosure_media_type",
                violation_error_message=_("Only calendar files and PDF go with letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unsubscription(models.Model):
    """Somebody wants no letters of a kind, but for those that are a duty. The address is in small letters."""

    email = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "kind"],
                name="letters_unsubscription_once",
                violation_error_message=_("Letters of this kind are stopped already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="letters_unsubscription_kind",
                violation_error_message=_("There are no letters of this kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.kind}"
