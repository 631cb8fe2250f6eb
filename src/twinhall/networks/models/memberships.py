from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.core.acts import Act as BaseAct
from twinhall.core.acts import act_constraints
from twinhall.core.fields import GradedField, TranslatedField
from twinhall.core.parts import PartManager, StandingPartManager
from twinhall.core.records import RecordManager, withdrawn_with_reason
from twinhall.core.spells import Rules
from twinhall.core.ties import Spell, Tie, spell_constraints, spell_indexes
from twinhall.documents.models import Document
from twinhall.evidence.sorts import ONE, PER_LANGUAGE, Sort
from twinhall.networks.models.networks import Network
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership


class Category(models.TextChoices):
    MEMBER = "member", _("member")
    FOUNDING = "founding member", _("founding member")
    ACTIVE = "active member", _("active member")
    ASSOCIATE = "associate", _("associate")
    OBSERVER = "observer", _("observer")
    HONORARY = "honorary", _("honorary member")
    COOPERATING = "cooperating", _("cooperating, not yet a member")
    APPLICANT = "applicant", _("applicant")


# A page that counts a founding member among the members does not contradict one that says "founding".
COARSER_CATEGORY: dict[str, str] = dict.fromkeys(
    (Category.FOUNDING, Category.ACTIVE, Category.HONORARY), Category.MEMBER
)


class MembershipStatus(models.TextChoices):
    UNKNOWN = "unknown", pgettext_lazy("member", "unknown")
    APPLICANT = "applicant", _("applicant")
    COOPERATING = "cooperating", _("not yet a member")
    MEMBER = "member", _("member")
    SUSPENDED = "suspended", pgettext_lazy("member", "suspended")
    FORMER = "former", _("former member")


class Membership(Tie):
    """A party's place in a network. Its status on a day follows from its acts."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    category = GradedField(
        _("category"), max_length=20, choices=Category.choices, blank=True, coarser=COARSER_CATEGORY
    )
    number = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    via = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="represents",
        verbose_name=_("through"),
    )
    pair = models.ForeignKey(
        Partnership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("pair"),
    )
    history = TranslatedField(_("history"))

    objects = RecordManager["Membership"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {"category": ONE, "number": ONE, "history": PER_LANGUAGE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("network", "party")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("party__slug",)
        constraints = [
            models.UniqueConstraint(
                fields=["network", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="networks_membership_once",
                violation_error_message=_("This party has a membership of the network already."),
            ),
            models.UniqueConstraint(
                fields=["network", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="networks_membership_number_once",
                violation_error_message=_("Another membership of the network has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(network=models.F("party")),
                name="networks_membership_of_another",
                violation_error_message=_("A network is no member of itself."),
            ),
            models.CheckConstraint(
                condition=Q(category__in=["", *Category.values]),
                name="networks_membership_category",
                violation_error_message=_("This is not a category of membership."),
            ),
            withdrawn_with_reason("networks_membership_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.network}"


class MembershipSpell(Spell):
    """A status of a membership from one day to another."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="spells", db_index=False
    )

    class Meta:
        ordering = ("starts",)
        indexes = spell_indexes("networks", "membership")
        constraints = spell_constraints("networks", "membership")

    def __str__(self) -> str:
        return f"{self.membership}: {self.status}, {self.starts} – {self.ends}"


class MembershipActKind(models.TextChoices):
    APPLIED = "applied", _("applied")
    ADMITTED = "admitted", _("admitted")
    READMITTED = "readmitted", _("readmitted")
    ATTESTED = "attested", _("as seen on")
    NOT_YET = "not yet", _("not yet a member")
    REFUSED = "refused", _("refused")
    LEFT = "left", _("left")
    EXCLUDED = "excluded", _("excluded")
    SUSPENDED = "suspended", pgettext_lazy("act", "suspended")


MEMBERSHIP_STATUS_AFTER: Mapping[str, str] = {
    MembershipActKind.APPLIED: MembershipStatus.APPLICANT,
    MembershipActKind.ADMITTED: MembershipStatus.MEMBER,
    MembershipActKind.READMITTED: MembershipStatus.MEMBER,
    MembershipActKind.ATTESTED: MembershipStatus.MEMBER,
    MembershipActKind.NOT_YET: MembershipStatus.COOPERATING,
    MembershipActKind.REFUSED: MembershipStatus.FORMER,
    MembershipActKind.LEFT: MembershipStatus.FORMER,
    MembershipActKind.EXCLUDED: MembershipStatus.FORMER,
    MembershipActKind.SUSPENDED: MembershipStatus.SUSPENDED,
}
MEMBERSHIP_RULES = Rules(
    status_after=MEMBERSHIP_STATUS_AFTER,
    ended=MembershipStatus.FORMER,
    signing=frozenset({MembershipActKind.ADMITTED, MembershipActKind.READMITTED}),
    undeciding=frozenset({MembershipActKind.ATTESTED, MembershipActKind.NOT_YET}),
)


class MembershipAct(BaseAct):
    """A deed within a membership: application, admission, leaving; or the reason for not being one yet."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("kind"), max_length=12, choices=MembershipActKind.choices)
    reason = TranslatedField(_("reason"))
    documents = models.ManyToManyField(
        Document, blank=True, related_name="membership_acts", verbose_name=_("documents")
    )

    objects = StandingPartManager["MembershipAct"]()
    every = PartManager["MembershipAct"]()

    tie = "membership"
    rules = MEMBERSHIP_RULES
    status_after = MEMBERSHIP_RULES.status_after
    undeciding = MEMBERSHIP_RULES.undeciding
    uncompared: ClassVar = {"date": ("kind", MEMBERSHIP_RULES.undeciding)}
    sourced_fields: ClassVar[dict[str, Sort]] = {
        "date": ONE,
        "place": ONE,
        "deciding_body": ONE,
        "valid_until": ONE,
        "note": PER_LANGUAGE,
        "reason": PER_LANGUAGE,
    }
    spoken_for_by: ClassVar[tuple[str, ...]] = ("membership__network", "membership__party")

    class Meta(BaseAct.Meta):
        base_manager_name = "every"
        verbose_name = _("act of membership")
        verbose_name_plural = _("acts of membership")
        constraints = [
            *act_constraints("networks", "membership"),
            models.CheckConstraint(
                condition=Q(kind__in=MembershipActKind.values),
                name="networks_act_kind",
                violation_error_message=_("This is not a kind of act."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.number}: {self.kind}"
