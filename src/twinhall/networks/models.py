from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.core.acts import Act as BaseAct
from twinhall.core.acts import act_constraints
from twinhall.core.fields import GradedField, PartialDateField, TranslatedField
from twinhall.core.parts import PartManager, StandingPartManager
from twinhall.core.records import RecordManager, StatedSize, withdrawn_with_reason
from twinhall.core.spells import Rules
from twinhall.core.ties import Spell, Tie, spell_constraints, spell_indexes
from twinhall.documents.models import Document
from twinhall.evidence.sorts import MANY, ONE, PER_LANGUAGE, Sort
from twinhall.parties.models import Party
from twinhall.partnerships.models import CooperationField, Partnership


class Network(models.Model):
    """A party of kind association that others are members of. Its name and address are the party's."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="network")
    founded = PartialDateField(_("founded"))
    founded_place = models.CharField(_("founded in"), max_length=200, blank=True)
    initiator = TranslatedField(_("on the initiative of"))
    about = TranslatedField(_("about"))
    aims = TranslatedField(_("aims"))
    actions = TranslatedField(_("what it does"))
    sectors = models.ManyToManyField(CooperationField, blank=True, verbose_name=_("sectors"))

    sourced_fields: ClassVar[dict[str, Sort]] = {
        "founded": ONE,
        "founded_place": ONE,
        "initiator": PER_LANGUAGE,
        "about": PER_LANGUAGE,
        "aims": PER_LANGUAGE,
        "actions": PER_LANGUAGE,
        "sectors": MANY,
    }
    spoken_for_by: ClassVar[tuple[str, ...]] = ("party",)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ("party__slug",)

    def __str__(self) -> str:
        return str(self.party)


class NetworkSize(StatedSize):
    """How many members, of how many countries, a network is said to have."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="sizes")
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)

    sourced_fields: ClassVar[dict[str, Sort]] = {}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("network",)

    class Meta:
        verbose_name = _("stated size")
        ordering = ("as_of", "pk")
        constraints = [
            models.UniqueConstraint(
                "network",
                Coalesce("members", 0),
                Coalesce("countries", 0),
                "at_least",
                Coalesce("as_of", models.Value(""), output_field=models.CharField()),
                name="networks_size_once",
                violation_error_message=_("This size of the network is kept already."),
            ),
            models.CheckConstraint(
                condition=Q(members__isnull=False) | Q(countries__isnull=False),
                name="networks_size_of_something",
                violation_error_message=_("A size counts members, or countries, or both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.members} / {self.countries}"


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

    sourced_fields: ClassVar[dict[str, Sort]] = {"name": PER_LANGUAGE, "place": ONE}
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
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.slug}"


class PostRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    MODERATOR = "moderator", _("moderator")
    LEAD_CITY = "lead city", _("lead city")
    HOST = "host", _("host")


class Post(models.Model):
    """What a party does for a network for a time: chair, secretary, moderator, lead city, host."""

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
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.role}, {self.network}"
