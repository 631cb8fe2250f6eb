from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField, TranslatedField
from twinhall.core.records import StatedSize
from twinhall.evidence.sorts import MANY, ONE, PER_LANGUAGE, Sort
from twinhall.parties.models import Party
from twinhall.partnerships.models import CooperationField


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
