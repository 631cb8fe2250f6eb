from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField, TranslatedField, WebsiteField
from twinhall.core.languages import best, is_country, is_language
from twinhall.core.records import RecordManager, StandingManager, Withdrawable, withdrawn_with_reason
from twinhall.core.text import fold
from twinhall.documents.models import Document
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import ONE, PER_LANGUAGE, Sort
from twinhall.letters.models import Letter

KEY_LENGTH = 400
"""Folding lengthens: one sign of Chinese gives up to six letters."""


def a_country(code: str) -> None:
    """Refuse what is no country of ISO 3166-1."""
    if not is_country(code):
        raise ValidationError(
            _("“%(code)s” is not a country code of ISO 3166-1, such as LV or BG."), params={"code": code}
        )


def a_language(code: str) -> None:
    """Refuse what is no language."""
    if not is_language(code):
        raise ValidationError(
            _("“%(code)s” is not a language code, such as lv or bg."), params={"code": code}
        )


class PartyKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT = "district", _("district")
    REGION = "region", _("region")
    ASSOCIATION = "association", _("association")
    INSTITUTION = "institution", _("institution")
    COMPANY = "company", _("company")
    OTHER = "other", _("other")


class Party(Withdrawable):
    """Whoever can sign, join, partner or act: a town, a region, a network, a school, a company.

    ``region`` is the first-level division of GeoNames that it lies in, as a code of its country: "DE.02" for
    Bavaria; empty where it is not known. No source states it: ``exchange/regions.py`` works it out from the
    identifier or the position.
    """

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language of the name"), max_length=12, blank=True, validators=[a_language])
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[a_country])
    region = models.CharField(_("region"), max_length=20, blank=True, default="", editable=False)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = PartialDateField(_("year of the population"))
    website = WebsiteField(_("web site"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    objects = RecordManager["Party"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {
        "name": ONE,
        "country": ONE,
        "latitude": ONE,
        "longitude": ONE,
        "population": ONE,
        "population_year": ONE,
        "website": ONE,
    }
    uncompared: ClassVar = {
        "latitude": None,
        "longitude": None,
        "population": None,
        "population_year": None,
    }
    labels: ClassVar = frozenset({"name"})
    spoken_for_by: ClassVar[tuple[str, ...]] = ("pk",)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("name", "slug")
        indexes = [
            models.Index(fields=["country", "name"], name="parties_party_country"),
            models.Index(fields=["country", "region", "kind", "withdrawn_at"], name="parties_party_listed"),
            models.Index(fields=["name", "slug"], name="parties_party_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PartyKind.values),
                name="parties_party_kind",
                violation_error_message=_("This is not a kind of party."),
            ),
            models.CheckConstraint(
                condition=~Q(slug=""),
                name="parties_party_slug",
                violation_error_message=_("A party needs an address."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90),
                name="parties_party_latitude",
                violation_error_message=_("A latitude lies between −90 and 90 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180),
                name="parties_party_longitude",
                violation_error_message=_("A longitude lies between −180 and 180 degrees."),
            ),
            withdrawn_with_reason("parties_party_withdrawn"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(withdrawn_at__isnull=False),
                name="parties_party_merged_withdrawn",
                violation_error_message=_("A party that is merged into another is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug

    @property
    def is_association(self) -> bool:
        """Whether its page may be a network's."""
        return self.kind == PartyKind.ASSOCIATION


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    ALIAS = "alias", _("also known as")
    EXONYM = "exonym", _("name in another language")
    FORMER = "former", _("former name")


class Name(Withdrawable):
    """One spelling of a party's name in one language, with the key that it is found by."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=12, blank=True, validators=[a_language])
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind.choices, default=NameKind.ALIAS)
    key = models.CharField(_("folded key"), max_length=KEY_LENGTH, editable=False, db_index=True)

    objects = StandingManager["Name"]()
    every = models.Manager["Name"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("party",)

    class Meta:
        verbose_name = _("name")
        ordering = ("kind", "language", "text")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "text", "language", "kind"],
                name="parties_name_once",
                violation_error_message=_("The party has this name already."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="parties_name_not_empty",
                violation_error_message=_("A name is not empty."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NameKind.values),
                name="parties_name_kind",
                violation_error_message=_("This is not a kind of name."),
            ),
            withdrawn_with_reason("parties_name_withdrawn"),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold(self.text)[:KEY_LENGTH].strip()
        super().save(*args, **kwargs)


# The registers that identify parties, and what their identifiers look like.
IDENTIFIER_SCHEMES = {
    "wikidata": r"Q[1-9]\d*",
    "geonames": r"[1-9]\d*",
    "nuts": r"[A-Z]{2}[0-9A-Z]{0,3}",
    "lau": r"[0-9A-Za-z_.-]+",
}


class Identifier(models.Model):
    """What a register elsewhere calls a party: a scheme and a value."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=20, choices=[(s, s) for s in IDENTIFIER_SCHEMES])
    value = models.CharField(_("value"), max_length=40, validators=[RegexValidator(r"^[0-9A-Za-z_.-]+$")])

    class Meta:
        ordering = ("scheme", "value")
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme__in=list(IDENTIFIER_SCHEMES)),
                name="parties_identifier_scheme",
                violation_error_message=_("This is not a scheme of identifiers."),
            ),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="parties_identifier_once",
                violation_error_message=_("Another party has this identifier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    def clean(self) -> None:
        pattern = IDENTIFIER_SCHEMES.get(self.scheme)
        if pattern is None:
            raise ValidationError(_("“%(scheme)s” is not a scheme of identifiers.") % {"scheme": self.scheme})
        RegexValidator(
            rf"^(?:{pattern})\Z",
            _("“%(value)s” does not look like an identifier of %(scheme)s.")
            % {"value": self.value, "scheme": self.scheme},
        )(self.value)


class Contact(models.Model):
    """An office or a role to write to; never a person's own address."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contacts")
    key = models.SlugField(_("key"), max_length=120)
    office = TranslatedField(_("office"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("web site"), max_length=500, blank=True)

    sourced_fields: ClassVar[dict[str, Sort]] = {"office": PER_LANGUAGE, "address": ONE, "website": ONE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("party",)

    class Meta:
        verbose_name = _("contact")
        ordering = ("key",)
        constraints = [
            models.UniqueConstraint(
                fields=["party", "key"],
                name="parties_contact_once",
                violation_error_message=_("The party has this office already."),
            ),
        ]

    def __str__(self) -> str:
        return best(self.office).text or self.key


class Publication(models.Model):
    """Who publishes a source."""

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="publication")
    publisher = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="publications")

    class Meta:
        verbose_name = _("publication")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.source}"


class Filing(models.Model):
    """Whose file a document is: until it is published, the people of this party see it.

    One that is kept close, as it names people or was sent in confidence, only those who speak for it see.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="filing")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="filings")
    is_close = models.BooleanField(_("kept close"), default=False)

    class Meta:
        verbose_name = _("filing")

    def __str__(self) -> str:
        return f"{self.party}: {self.document}"


class Mailing(models.Model):
    """For whom a letter is written: besides its writer, who speaks for this party sees and decides on it."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="mailing")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="mailings")

    class Meta:
        verbose_name = _("letter of a party")

    def __str__(self) -> str:
        return f"{self.party}: {self.letter}"


class Succession(Withdrawable):
    """One party took another's place: Salo that of Halikko. The old one's ties show on the new one's page."""

    predecessor = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="inheritances", verbose_name=_("successor")
    )
    date = PartialDateField(_("date"))
    note = TranslatedField(_("note"))

    objects = RecordManager["Succession"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {"date": ONE, "note": PER_LANGUAGE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("successor",)

    class Meta:
        verbose_name = _("succession")
        ordering = ("date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=Q(withdrawn_at__isnull=True),
                name="parties_succession_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="parties_succession_of_another",
                violation_error_message=_("A party does not succeed itself."),
            ),
            withdrawn_with_reason("parties_succession_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Role(models.TextChoices):
    OFFICER = "officer", _("officer")
    SECRETARY = "secretary", _("secretary")
    COORDINATOR = "coordinator", _("coordinator")
    EDITOR = "editor", _("editor")


def _a_role(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(role__in=Role.values),
        name=name,
        violation_error_message=_("This is not a role."),
    )


class Affiliation(models.Model):
    """A person acts for a party: the root of all rights. It is ended, not deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="affiliations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    began_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        ordering = ("party__slug", "user__name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "party"],
                condition=Q(ended_at__isnull=True),
                name="parties_affiliation_once",
                violation_error_message=_("This person acts for the party already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="parties_affiliation_in_order",
                violation_error_message=_("An affiliation ends after it began."),
            ),
            _a_role("parties_affiliation_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.party}"


class Invitation(models.Model):
    """A person is asked, by e-mail, to act for a party. The link's secret is kept as its hash only."""

    email = models.EmailField(_("e-mail address"))
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    at = models.DateTimeField(_("invited at"), default=timezone.now)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "party",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="parties_invitation_once",
                violation_error_message=_("This person has been invited already."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="parties_invitation_one_end",
                violation_error_message=_("An invitation is accepted or withdrawn, not both."),
            ),
            _a_role("parties_invitation_role"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}, {self.party}"
