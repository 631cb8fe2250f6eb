from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField, TranslatedField
from twinhall.evidence.sorts import ONE, PER_LANGUAGE, Sort
from twinhall.networks.models.networks import Network
from twinhall.parties.models import Party


def in_order(name: str) -> models.CheckConstraint:
    """What ends does not end before it begins; a year ends on its last day."""
    return models.CheckConstraint(
        condition=Q(since__isnull=True)
        | Q(until__isnull=True)
        | Q(since__lte=F("until"))
        | Q(since__startswith=F("until")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class BodyKind(models.TextChoices):
    ASSEMBLY = "assembly", _("assembly")
    BOARD = "board", _("board")
    SECRETARIAT = "secretariat", _("secretariat")
    COMMISSION = "commission", _("commission")
    WORKING_GROUP = "working group", _("working group")
    AUDIT = "audit", _("audit")
    OFFICE = "office", _("office")


class Body(models.Model):
    """A part of a network: its board, a working group, an office."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="bodies")
    slug = models.SlugField(_("key"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = TranslatedField(_("name"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))

    sourced_fields: ClassVar[dict[str, Sort]] = {
        "name": PER_LANGUAGE,
        "place": ONE,
        "since": ONE,
        "until": ONE,
    }
    spoken_for_by: ClassVar[tuple[str, ...]] = ("network",)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("kind", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "slug"],
                name="networks_body_once",
                violation_error_message=_("The network has this body already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values),
                name="networks_body_kind",
                violation_error_message=_("This is not a kind of body."),
            ),
            in_order("networks_body_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.slug}"


class PostRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice-chair", _("vice-chair")
    SECRETARY = "secretary", _("secretary")
    TREASURER = "treasurer", _("treasurer")
    BOARD_MEMBER = "board member", _("board member")
    MODERATOR = "moderator", _("moderator")
    LEAD_CITY = "lead city", _("lead city")
    HOST = "host", _("host")
    AUDITOR = "auditor", _("auditor")
    CHECKER = "checker", _("checker of the minutes")


OF_MEMBERS = frozenset({PostRole.VICE_CHAIR, PostRole.BOARD_MEMBER, PostRole.LEAD_CITY})
"""Posts that only members have. A chair or a host may be of the town that is about to join."""


class Post(models.Model):
    """What a party does for a network for a time: chair, board member, lead city, host."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="posts")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="posts")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("body")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    role = models.CharField(_("role"), max_length=20, choices=PostRole.choices)
    occasion = TranslatedField(_("occasion"))
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))

    sourced_fields: ClassVar[dict[str, Sort]] = {"occasion": PER_LANGUAGE, "since": ONE, "until": ONE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("network", "party")

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ("since", "pk")
        constraints = [
            models.UniqueConstraint(
                "network",
                "party",
                "role",
                Coalesce("body", 0),
                "number",
                name="networks_post_once",
                violation_error_message=_("The party has this post already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=PostRole.values),
                name="networks_post_role",
                violation_error_message=_("This is not a role of a post."),
            ),
            in_order("networks_post_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.role}, {self.network}"
