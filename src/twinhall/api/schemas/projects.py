import datetime as dt
from decimal import Decimal
from typing import Annotated, Self

from django.utils import timezone
from pydantic import Field

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Country, Day, Paged, Slug, one_of
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.references import DocumentRef, PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.projects import models
from twinhall.projects.counts import PartnerCount, count_partners
from twinhall.projects.queries import PROJECT_ORDERS


class ProjectFilters(Paged):
    programme: Annotated[Slug, Field(examples=["europe-for-citizens"])] = ""
    """The funding programme, by its slug."""
    country: Country = ""
    """The country of a partner; ISO 3166-1, two letters."""
    party: Slug = ""
    """A partner, by its slug."""
    as_of: Day | None = None
    """Those that ran on the day."""
    order: Annotated[str, one_of(list(PROJECT_ORDERS))] = "-starts"
    """By beginning or by title; a minus before it turns it round."""


class Programme(Answer):
    """A funding programme."""

    slug: str
    name: Texts

    @classmethod
    def of(cls, programme: models.Programme) -> "Programme":
        return cls(slug=programme.slug, name=programme.name)


class ProjectRow(Answer):
    """A joint project."""

    slug: str
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    title: Texts
    short: Texts
    programme: Programme | None
    starts: str | None
    ends: str | None
    cost: Decimal | None
    """The total cost, as an exact decimal number in a text."""
    currency: str | None
    """ISO 4217."""


def _row(project: models.Project, at: Addresses) -> dict[str, object]:
    return {
        "slug": project.slug,
        "url": at.of_record("projects", project.slug),
        "page": at.of_page("projects", project.slug),
        "title": project.title,
        "short": project.short,
        "programme": Programme.of(project.programme) if project.programme else None,
        "starts": iso(project.starts),
        "ends": iso(project.ends),
        "cost": project.cost,
        "currency": project.currency or None,
    }


class ListedProject(ProjectRow):
    """A project, as lists have it."""

    partner_count: int
    """How many partners are recorded, the lead partner and those without a name counted."""

    @classmethod
    def of(cls, project: models.Project, at: Addresses) -> Self:
        count: int = project.partner_count  # type: ignore[attr-defined]  # annotated by the query
        return cls(**_row(project, at), partner_count=count)


class ProjectPage(Page[ListedProject]):
    """A page of projects."""


class Participation(Answer):
    """A party's part in a project; where the source names no party, only its country."""

    number: int
    party: PartyRef | None
    country: str | None
    role: Annotated[str, told_of(models.ParticipationRole.values)]
    part: Texts
    left_on: str | None
    statements: list[Statement]

    @classmethod
    def of(cls, part: models.Participation, evidence: Evidence, at: Addresses) -> "Participation":
        return cls(
            number=part.number,
            party=PartyRef.of(part.party, at) if part.party else None,
            country=part.of_country or None,
            role=part.role,
            part=part.part,
            left_on=iso(part.left_on),
            statements=evidence.on(part),
        )


class Activity(Answer):
    """What a project does or did."""

    number: int
    text: Texts
    statements: list[Statement]

    @classmethod
    def of(cls, activity: models.Activity, evidence: Evidence) -> "Activity":
        return cls(number=activity.number, text=activity.text, statements=evidence.on(activity))


class Output(Answer):
    """What came out of a project."""

    number: int
    kind: Annotated[str, told_of(models.OutputKind.values)]
    title: Texts
    address: str | None
    statements: list[Statement]

    @classmethod
    def of(cls, output: models.Output, evidence: Evidence) -> "Output":
        return cls(
            number=output.number,
            kind=output.kind,
            title=output.title,
            address=output.url or None,
            statements=evidence.on(output),
        )


class Count(Answer):
    """Our own count of partners and countries, with the rule that it was made by."""

    partners: int
    countries: int
    lead: bool
    """Whether the lead partner is counted."""
    associated: int
    """How many associated partners are counted."""
    unnamed: int
    """How many of those counted are known by their country only."""
    eu_countries: int
    """How many of the countries belonged to the European Union on `eu_day`."""
    eu_day: dt.date

    @classmethod
    def of(cls, count: PartnerCount) -> "Count":
        return cls(
            partners=count.partners,
            countries=count.countries,
            lead=count.lead,
            associated=count.associated,
            unnamed=count.unnamed,
            eu_countries=count.eu_countries,
            eu_day=count.eu_day,
        )


class ProjectSize(Answer):
    """How many partners a source says it has."""

    partners: int | None
    countries: int | None
    at_least: bool
    as_of: str | None

    @classmethod
    def of(cls, size: models.ProjectSize) -> "ProjectSize":
        return cls(
            partners=size.partners, countries=size.countries, at_least=size.at_least, as_of=iso(size.as_of)
        )


class Project(ProjectRow):
    """A project with its partners, money and results, and what is said of them."""

    measure: Texts
    """The measure of the programme."""
    cofinancing_rate: Decimal | None
    """The share that the programme pays, in per cent, as an exact decimal number in a text."""
    funder: Texts
    aim: Texts
    about: Texts
    website: str | None
    led_to: Ref | None
    """The network that grew from it."""
    participations: list[Participation]
    counts: list[Count]
    """With the lead partner, and without."""
    sizes: list[ProjectSize]
    """What sources say it has; several may stand side by side."""
    activities: list[Activity]
    outputs: list[Output]
    documents: list[DocumentRef]
    statements: list[Statement]
    sources: list[CitedSource]
    """The sources of all statements here, each once."""

    @classmethod
    def told(cls, project: models.Project, evidence: Evidence, at: Addresses) -> "Project":
        return cls(
            **_row(project, at),
            measure=project.measure,
            cofinancing_rate=project.cofinancing_rate,
            funder=project.funder,
            aim=project.aim,
            about=project.about,
            website=project.website or None,
            led_to=Ref.to("networks", project.led_to.party.slug, at) if project.led_to else None,
            participations=[Participation.of(part, evidence, at) for part in project.participations.all()],
            counts=_counts(project),
            sizes=[ProjectSize.of(size) for size in project.sizes.all()],
            activities=[Activity.of(activity, evidence) for activity in project.activities.all()],
            outputs=[Output.of(output, evidence) for output in project.outputs.all()],
            documents=[DocumentRef.of(document, at) for document in project.documents.all()],
            statements=evidence.on(project, *project.sizes.all()),
            sources=evidence.sources(),
        )


def _counts(project: models.Project) -> list[Count]:
    """Of its first day, where that is known: membership of the Union is asked for then."""
    day = project.starts.first_day if project.starts else timezone.localdate()
    parts = list(project.participations.all())
    return [Count.of(count_partners(parts, lead=lead, eu_day=day)) for lead in (True, False)]
