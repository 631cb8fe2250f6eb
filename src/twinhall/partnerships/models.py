from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.core.acts import Act as BaseAct
from twinhall.core.acts import act_constraints
from twinhall.core.fields import TranslatedField
from twinhall.core.parts import Part, PartManager, StandingPartManager
from twinhall.core.records import RecordManager, withdrawn_with_reason
from twinhall.core.spells import Rules
from twinhall.core.ties import Spell as BaseSpell
from twinhall.core.ties import Tie, spell_constraints, spell_indexes
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.documents.models import Document
from twinhall.evidence.sorts import MANY, ONE, PER_LANGUAGE, Sort
from twinhall.parties.models import Party

STANDING = Q(withdrawn_at__isnull=True)


class CooperationField(models.Model):
    """A field of cooperation, so that sets of them can be filtered; its labels ship as data."""

    code = models.SlugField(_("code"), max_length=40, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("field of cooperation")
        ordering = ("position",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its label in the language of the request."""
        return fields_of_cooperation()[self.code].label


class PartnershipKind(models.TextChoices):
    """After the kinds of link of the RGRE database (Germany) and CLAIR (Japan)."""

    TWINNING = "twinning", _("twinning")
    COOPERATION = "cooperation agreement", _("cooperation agreement")
    CITY_TWINS = "city twins", _("city twins")
    FRIENDSHIP = "friendship", _("friendship")
    REGIONAL = "regional partnership", _("regional partnership")
    CONTACT = "contact", _("contact")
    PROJECT = "project partnership", _("project partnership")


class Status(models.TextChoices):
    UNKNOWN = "unknown", _("unknown")
    CONTACT = "contact", _("in contact")
    PROPOSED = "proposed", _("proposed")
    IN_FORCE = "in force", _("in force")
    SUSPENDED = "suspended", _("suspended")
    DORMANT = "dormant", _("dormant")
    ENDED = "ended", _("ended")


class Partnership(Tie):
    """A tie of two or more parties. Its status on a day follows from its acts."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=PartnershipKind.choices)
    parties_key = models.CharField(_("parties"), max_length=400, editable=False)
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("lives on from"),
    )
    fields = models.ManyToManyField(CooperationField, blank=True, verbose_name=_("fields"))
    history = TranslatedField(_("history"))
    source_count = models.PositiveIntegerField(_("sources"), default=0, editable=False)
    """How many sources have an accepted statement that the tie exists; kept where statements are decided."""
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    objects = RecordManager["Partnership"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {"fields": MANY, "history": PER_LANGUAGE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("signatories__party",)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ("slug",)
        # What lists are sorted and narrowed by; they show what stands, so that a count needs no row.
        indexes = [
            models.Index(fields=["slug"], name="partnerships_by_name", condition=STANDING),
            models.Index(fields=["undated", "since", "slug"], name="partnerships_oldest", condition=STANDING),
            models.Index(
                fields=["undated", "-since", "slug"], name="partnerships_newest", condition=STANDING
            ),
            models.Index(fields=["source_count"], name="partnerships_sources", condition=STANDING),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "parties_key"],
                condition=STANDING,
                name="partnerships_partnership_once",
                violation_error_message=_("These parties have a partnership of this kind already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PartnershipKind.values),
                name="partnerships_partnership_kind",
                violation_error_message=_("This is not a kind of partnership."),
            ),
            models.CheckConstraint(
                condition=Q(parties_key__contains=" "),
                name="partnerships_partnership_two_parties",
                violation_error_message=_("A partnership has two signatories or more."),
            ),
            withdrawn_with_reason("partnerships_partnership_withdrawn"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(withdrawn_at__isnull=False),
                name="partnerships_partnership_merged_withdrawn",
                violation_error_message=_("A partnership that is merged into another is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Spell(BaseSpell):
    """A status of a partnership from one day to another."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="spells", db_index=False
    )

    class Meta:
        ordering = ("starts",)
        indexes = spell_indexes("partnerships", "partnership")
        constraints = spell_constraints("partnerships", "partnership")

    def __str__(self) -> str:
        return f"{self.partnership}: {self.status}, {self.starts} – {self.ends}"


class Signatory(Part):
    """A party to a partnership."""

    tie = "partnership"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="signatories")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatures", db_index=False)

    objects = PartManager["Signatory"]()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ("party__slug",)
        indexes = [models.Index(fields=["party", "partnership"], name="partnerships_of_party")]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "party"],
                name="partnerships_signatory_once",
                violation_error_message=_("This party has signed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}"


class ActKind(models.TextChoices):
    CONTACT = "contact", _("first contact")
    INTENT = "intent", _("intent declared")
    BEGUN = "begun", _("cooperation began")
    SIGNED = "signed", _("agreement signed")
    RENEWED = "renewed", _("agreement renewed")
    WIDENED = "widened", _("agreement widened")
    UPGRADED = "upgraded", _("agreement upgraded")
    ATTESTED = "attested", _("as seen on")
    JOINED = "joined", _("party joined")
    LEFT = "left", _("party left")
    SUSPENDED = "suspended", pgettext_lazy("act", "suspended")
    RESUMED = "resumed", _("resumed")
    REVIVED = "revived", _("revived")
    LAPSED = "lapsed", _("lapsed")
    ENDED = "ended", pgettext_lazy("act", "ended")


STATUS_AFTER: Mapping[str, str] = {
    ActKind.CONTACT: Status.CONTACT,
    ActKind.INTENT: Status.PROPOSED,
    ActKind.BEGUN: Status.IN_FORCE,
    ActKind.SIGNED: Status.IN_FORCE,
    ActKind.RENEWED: Status.IN_FORCE,
    ActKind.WIDENED: Status.IN_FORCE,
    ActKind.UPGRADED: Status.IN_FORCE,
    ActKind.ATTESTED: Status.IN_FORCE,
    ActKind.SUSPENDED: Status.SUSPENDED,
    ActKind.RESUMED: Status.IN_FORCE,
    ActKind.REVIVED: Status.IN_FORCE,
    ActKind.LAPSED: Status.DORMANT,
    ActKind.ENDED: Status.ENDED,
}

PARTY_ACTS = (ActKind.JOINED, ActKind.LEFT)
RULES = Rules(
    status_after=STATUS_AFTER,
    ended=Status.ENDED,
    signing=frozenset({ActKind.SIGNED}),
    undeciding=frozenset({ActKind.ATTESTED}),
    joined=ActKind.JOINED,
    left=ActKind.LEFT,
)


class Act(BaseAct):
    """A deed within a partnership: contact, signing, renewal, suspension, end."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(_("kind"), max_length=12, choices=ActKind.choices)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party")
    )
    documents = models.ManyToManyField(Document, blank=True, related_name="acts", verbose_name=_("documents"))

    objects = StandingPartManager["Act"]()
    every = PartManager["Act"]()

    tie = "partnership"
    rules = RULES
    status_after = RULES.status_after
    undeciding = RULES.undeciding
    uncompared: ClassVar = {"date": ("kind", RULES.undeciding)}
    sourced_fields: ClassVar[dict[str, Sort]] = {
        "date": ONE,
        "place": ONE,
        "deciding_body": ONE,
        "valid_until": ONE,
        "note": PER_LANGUAGE,
    }
    spoken_for_by: ClassVar[tuple[str, ...]] = ("partnership__signatories__party",)

    class Meta(BaseAct.Meta):
        base_manager_name = "every"
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        constraints = [
            *act_constraints("partnerships", "partnership"),
            models.CheckConstraint(
                condition=Q(kind__in=ActKind.values),
                name="partnerships_act_kind",
                violation_error_message=_("This is not a kind of act."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PARTY_ACTS, party__isnull=False)
                | (~Q(kind__in=PARTY_ACTS) & Q(party__isnull=True)),
                name="partnerships_act_party",
                violation_error_message=_("Joining and leaving name the party; other acts do not."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership} {self.number}: {self.kind}"
