from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.meetings.models.agenda import Item
from twinhall.meetings.models.meetings import Meeting
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind
from twinhall.parties.models import Party


class Method(models.TextChoices):
    CONSENSUS = "consensus", _("without a vote, by consensus")
    ROLL = "roll", _("by roll call")
    SECRET = "secret", _("by secret count")


class Majority(models.TextChoices):
    """What carries a decision; abstentions count neither way."""

    SIMPLE = "simple", _("more for than against")
    TWO_THIRDS = "two thirds", _("two thirds of the votes cast")
    ALL = "all", _("nobody against")


class Outcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "not yet taken")
    CARRIED = "carried", _("carried")
    REJECTED = "rejected", pgettext_lazy("decision", "rejected")


class Choice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "for")
    AGAINST = "against", pgettext_lazy("vote", "against")
    ABSTAINED = "abstained", pgettext_lazy("vote", "abstained")


class DecisionDeed(models.TextChoices):
    """What a decision does to a membership when it is carried; the act is the membership's own."""

    ADMITTED = MembershipActKind.ADMITTED, _("admit")
    READMITTED = MembershipActKind.READMITTED, _("readmit")
    NOT_YET = MembershipActKind.NOT_YET, _("admit not yet")
    REFUSED = MembershipActKind.REFUSED, _("refuse")
    SUSPENDED = MembershipActKind.SUSPENDED, _("suspend")
    EXCLUDED = MembershipActKind.EXCLUDED, _("exclude")


class Decision(models.Model):
    """What a meeting is asked to decide under an item, how it voted, and the act that it took."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what is decided"))
    method = models.CharField(_("way of voting"), max_length=12, choices=Method.choices)
    majority = models.CharField(
        _("what carries it"), max_length=12, choices=Majority.choices, default=Majority.SIMPLE
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.OPEN, editable=False
    )
    in_favour = models.PositiveIntegerField(pgettext_lazy("votes", "for"), null=True, blank=True)
    against = models.PositiveIntegerField(pgettext_lazy("votes", "against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)
    entitled = models.PositiveIntegerField(_("who may vote"), null=True, blank=True, editable=False)
    present = models.PositiveIntegerField(_("of these present"), null=True, blank=True, editable=False)
    membership = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("membership that it is about"),
    )
    deed = models.CharField(
        pgettext_lazy("decision", "what it does"), max_length=12, choices=DecisionDeed.choices, blank=True
    )
    act = models.OneToOneField(
        MembershipAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decision",
        editable=False,
    )

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("meeting", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="meetings_decision_once",
                violation_error_message=_("The meeting has a decision with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    method__in=Method.values, outcome__in=Outcome.values, majority__in=Majority.values
                ),
                name="meetings_decision_choices",
                violation_error_message=_("This is not a way of voting, or not an outcome."),
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=True, deed="")
                | Q(membership__isnull=False, deed__in=DecisionDeed.values),
                name="meetings_decision_deed",
                violation_error_message=_(
                    "Say which membership the decision is about, and what it does to it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(outcome=Outcome.CARRIED),
                name="meetings_decision_act",
                violation_error_message=_("Only a decision that was carried takes an act."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN) | Q(decided_on__isnull=False),
                name="meetings_decision_dated",
                violation_error_message=_("What is decided has its day."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN)
                | Q(method=Method.CONSENSUS)
                | Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                name="meetings_decision_counted",
                violation_error_message=_("A vote has its counts: for, against, abstentions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called}: {self.text[:80]}"

    @property
    def called(self) -> str:
        """Its number within the year of its board or assembly: 3/2026."""
        return f"{self.number}/{self.meeting.starts_on:%Y}"

    def clean(self) -> None:
        """Refuse an item of another meeting, and a membership of another network."""
        if self.item_id and self.item.meeting_id != self.meeting_id:
            raise ValidationError({"item": _now("This item belongs to another meeting.")})
        if self.membership is not None and self.membership.network.party_id != self.meeting.organiser_id:
            raise ValidationError({"membership": _now("This is a membership of another network.")})
        if self.decided_on and not self.meeting.starts_on <= self.decided_on <= self.meeting.ends_on:
            raise ValidationError({"decided_on": _now("The meeting was not on that day.")})


class RollVote(models.Model):
    """How a member voted when the roll was called. One member, one vote."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=12, choices=Choice.choices)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("decision__meeting__organiser",)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ("party__slug",)
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "party"],
                name="meetings_vote_once",
                violation_error_message=_("This member has voted on it already."),
            ),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values),
                name="meetings_vote_choice",
                violation_error_message=_("A vote is for, against, or an abstention."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.choice}"
