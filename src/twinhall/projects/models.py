from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField, TranslatedField, WebsiteField
from twinhall.core.languages import best
from twinhall.core.records import (
    RecordManager,
    Speaker,
    Speakers,
    StatedSize,
    Withdrawable,
    withdrawn_with_reason,
)
from twinhall.documents.models import Document
from twinhall.evidence.sorts import ONE, PER_LANGUAGE, Sort
from twinhall.networks.models import Network
from twinhall.parties.models import Party, a_country

SPEAKERS_OF_PROJECT: Speakers = (
    Speaker("project__participations__party", {"project__participations__role": "lead"}),
    "project__participations__party",
)


class Programme(models.Model):
    """A funding programme."""

    slug = models.SlugField(_("key"), max_length=120, unique=True)
    name = TranslatedField(_("name"))

    sourced_fields: ClassVar[dict[str, Sort]] = {"name": PER_LANGUAGE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("slug",)

    def __str__(self) -> str:
        return best(self.name).text or self.slug


class Project(Withdrawable):
    """A joint project: what for, when, with what money."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = TranslatedField(_("title"))
    short = TranslatedField(_("short title"))
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        to_field="slug",
        related_name="projects",
        verbose_name=_("programme"),
    )
    measure = TranslatedField(_("measure of the programme"))
    starts = PartialDateField(_("starts"))
    ends = PartialDateField(_("ends"))
    cost = models.DecimalField(
        _("total cost"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z]{3}$", _("A currency is three letters of ISO 4217, such as EUR."))
        ],
    )
    cofinancing_rate = models.DecimalField(
        _("share paid by the programme, per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    funder = TranslatedField(_("paid by"))
    aim = TranslatedField(_("aim"))
    about = TranslatedField(_("about"))
    website = WebsiteField(_("web site"), max_length=500, blank=True)
    led_to = models.ForeignKey(
        Network,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grew_from",
        verbose_name=_("network that grew from it"),
    )

    documents = models.ManyToManyField(
        Document, blank=True, related_name="projects", verbose_name=_("documents")
    )

    objects = RecordManager["Project"]()

    sourced_fields: ClassVar[dict[str, Sort]] = {
        "title": PER_LANGUAGE,
        "short": PER_LANGUAGE,
        "programme": ONE,
        "measure": PER_LANGUAGE,
        "starts": ONE,
        "ends": ONE,
        "cost": ONE,
        "currency": ONE,
        "cofinancing_rate": ONE,
        "funder": PER_LANGUAGE,
        "aim": PER_LANGUAGE,
        "about": PER_LANGUAGE,
        "website": ONE,
        "led_to": ONE,
    }
    spoken_for_by: ClassVar[Speakers] = (
        Speaker("participations__party", {"participations__role": "lead"}),
        "participations__party",
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = (F("starts").desc(nulls_last=True), "slug")
        indexes = [models.Index(fields=["starts", "slug"], name="projects_project_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="projects_project_cost",
                violation_error_message=_("A cost is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(cofinancing_rate__isnull=True)
                | Q(cofinancing_rate__gte=0, cofinancing_rate__lte=100),
                name="projects_project_rate",
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            withdrawn_with_reason("projects_project_withdrawn"),
        ]

    def __str__(self) -> str:
        return self.slug


class ProjectSize(StatedSize):
    """How many partners, of how many countries, a project is said to have."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sizes")
    partners = models.PositiveIntegerField(_("partners"), null=True, blank=True)

    sourced_fields: ClassVar[dict[str, Sort]] = {}
    spoken_for_by: ClassVar[Speakers] = SPEAKERS_OF_PROJECT

    class Meta:
        verbose_name = _("stated size")
        ordering = ("as_of", "pk")
        constraints = [
            models.UniqueConstraint(
                "project",
                Coalesce("partners", 0),
                Coalesce("countries", 0),
                "at_least",
                Coalesce("as_of", models.Value(""), output_field=models.CharField()),
                name="projects_size_once",
                violation_error_message=_("This size of the project is kept already."),
            ),
            models.CheckConstraint(
                condition=Q(partners__isnull=False) | Q(countries__isnull=False),
                name="projects_size_of_something",
                violation_error_message=_("A size counts partners, or countries, or both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.partners} / {self.countries}"


class ParticipationRole(models.TextChoices):
    LEAD = "lead", _("lead partner")
    PARTNER = "partner", _("partner")
    ASSOCIATED = "associated", _("associated partner")


class Participation(models.Model):
    """A party's part in a project; where the source names no party, only its country."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    number = models.PositiveSmallIntegerField(_("number"))
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[a_country])
    role = models.CharField(_("role"), max_length=12, choices=ParticipationRole.choices)
    part = TranslatedField(_("its part"))
    left_on = PartialDateField(_("left on"))

    sourced_fields: ClassVar[dict[str, Sort]] = {"part": PER_LANGUAGE, "left_on": ONE}
    spoken_for_by: ClassVar[tuple[str, ...]] = ("party", "project__participations__party")

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="projects_participation_number_once",
                violation_error_message=_("The project has a partner with this number already."),
            ),
            models.UniqueConstraint(
                fields=["project", "party"],
                name="projects_participation_party_once",
                violation_error_message=_("This party takes part in the project already."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role="lead"),
                name="projects_participation_one_lead",
                violation_error_message=_("The project has a lead partner already."),
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=False, country="") | (Q(party__isnull=True) & ~Q(country="")),
                name="projects_participation_party_or_country",
                violation_error_message=_("A partner is a party, or, where none is named, a country."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=ParticipationRole.values),
                name="projects_participation_role",
                violation_error_message=_("This is not a role in a project."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.number}: {self.party or self.country}"

    @property
    def of_country(self) -> str:
        """The country of the partner, named or not."""
        return self.party.country if self.party else self.country


class Activity(models.Model):
    """What a project does or did."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField(_("number"))
    text = TranslatedField(_("text"))

    sourced_fields: ClassVar[dict[str, Sort]] = {"text": PER_LANGUAGE}
    spoken_for_by: ClassVar[Speakers] = SPEAKERS_OF_PROJECT

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="projects_activity_once",
                violation_error_message=_("The project has an activity with this number already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: activity {self.number}"


class OutputKind(models.TextChoices):
    NEWS = "news", _("news")
    SUMMARY = "summary", _("summary")
    REPORT = "report", _("report")
    PUBLICATION = "publication", _("publication")
    GUIDELINE = "guideline", _("guideline")
    EVENT = "event", _("event")
    TOOL = "tool", _("tool")
    WEBSITE = "website", _("web site")


class Output(models.Model):
    """What came out of a project; some are known by their title only."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outputs")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=OutputKind.choices)
    title = TranslatedField(_("title"))
    url = models.URLField(_("address"), max_length=1000, blank=True)

    sourced_fields: ClassVar[dict[str, Sort]] = {"title": PER_LANGUAGE, "url": ONE}
    spoken_for_by: ClassVar[Speakers] = SPEAKERS_OF_PROJECT

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="projects_output_once",
                violation_error_message=_("The project has an output with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OutputKind.values),
                name="projects_output_kind",
                violation_error_message=_("This is not a kind of output."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.kind} {self.number}"
