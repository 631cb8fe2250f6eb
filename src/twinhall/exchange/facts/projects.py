"""Programmes and projects, their partners, activities and outputs, and what is said of them."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.evidence.models import Source
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import (
    OutputFacts,
    PartnerFacts,
    ProjectFacts,
    SizeFacts,
)
from twinhall.exchange.facts.sizes import keep_size
from twinhall.projects.models import Activity, Output, Participation, Programme, Project, ProjectSize

ONE_VALUE = ("programme", "starts", "ends", "cost", "currency", "cofinancing_rate", "website")
TEXTS = ("title", "short", "measure", "funder", "aim", "about")


def keep_programmes(ledger: Ledger, file: ReadFile) -> None:
    """Make the programmes that the register does not have yet."""
    for facts in file.facts.programme:
        where = Where(file.name, f"programme {facts.slug}")
        with ledger.at(where):
            source = ledger.source(facts.source, file)
            kept = Programme.objects.filter(slug=facts.slug).first()
            programme = kept or Programme(slug=facts.slug)
            if kept is None:
                programme.full_clean()
                programme.save()
            ledger.tell_exists(ledger.made(programme, new=kept is None), facts, source, where)
            ledger.tell_texts(programme, "name", facts.name, source, where)


def tell_projects(ledger: Ledger, file: ReadFile) -> None:
    """Make the projects of a file that the register does not have, and note what is said of all."""
    for facts in file.facts.project:
        where = Where(file.name, f"project {facts.slug}")
        with ledger.at(where):
            _tell_project(ledger, file, facts, where)


def _tell_project(ledger: Ledger, file: ReadFile, facts: ProjectFacts, where: Where) -> None:
    source = ledger.source(facts.source, file)
    kept = Project.objects.filter(slug=facts.slug).first()
    project = kept or Project(slug=facts.slug)
    if kept is None:
        project.full_clean()
        project.save()
    ledger.made(project, new=kept is None)
    ledger.once("project", project.pk, source.pk)
    ledger.tell_exists(project, facts, source, where)
    for column in ONE_VALUE:
        ledger.tell(project, column, getattr(facts, column), source, where)
    for column in TEXTS:
        ledger.tell_texts(project, column, getattr(facts, column), source, where)
    if facts.led_to is not None:
        network = ledger.party(str(facts.led_to.value), "led_to")
        told = facts.led_to.model_copy(update={"value": network.pk})
        ledger.tell(project, "led_to", told, source, where)
    for number, size in enumerate(facts.sizes, start=1):
        keep_size(ledger, _size(size, project), size, source, where.at(f"sizes {number}"))
    _keep_partners(ledger, project, facts.partners, source, where)
    for number, activity in enumerate(facts.activities, start=1):
        activity_kept = _keep_activity(ledger, project, number)
        ledger.tell_texts(activity_kept, "text", activity.text, source, where.at(f"activities {number}"))
    for number, output in enumerate(facts.outputs, start=1):
        place = where.at(f"outputs {number}")
        with ledger.at(place):
            _tell_output(ledger, _keep_output(ledger, project, number, output), output, source, place)


def _size(facts: SizeFacts, project: Project) -> ProjectSize:
    return ProjectSize(
        project=project,
        partners=facts.partners,
        countries=facts.countries,
        at_least=facts.at_least,
        as_of=facts.as_of,
    )


def _keep_partners(
    ledger: Ledger, project: Project, partners: list[PartnerFacts], source: Source, where: Where
) -> None:
    nth: Counter[str] = Counter()
    for row, facts in enumerate(partners, start=1):
        place = where.at(f"partners {row} ({facts.party or facts.country})")
        with ledger.at(place):
            if bool(facts.party) == bool(facts.country) or (facts.party and facts.count > 1):
                raise ValidationError(_("A partner is a party, or a country and how many of it."))
            for _number in range(facts.count):
                participation = _participation(ledger, project, facts, nth[facts.country])
                nth[facts.country] += 1
                ledger.tell_exists(participation, facts, source, place)
                ledger.tell_texts(participation, "part", facts.part, source, place)
                ledger.tell(participation, "left_on", facts.left_on, source, place)


def _participation(ledger: Ledger, project: Project, facts: PartnerFacts, nth: int) -> Participation:
    """The named party's part; of partners of whom only the country is known, the nth."""
    party = ledger.party(facts.party) if facts.party else None
    rows = project.participations.order_by("number")
    same = rows.filter(party=party) if party else rows.filter(party=None, country=facts.country)[nth:]
    known = same.first() if party else next(iter(same), None)
    if known is not None:
        return known
    last = rows.last()
    made = Participation(
        project=project,
        number=last.number + 1 if last else 1,
        party=party,
        country=facts.country,
        role=facts.role,
    )
    made.full_clean()
    made.save()
    return ledger.made(made)


def _keep_activity(ledger: Ledger, project: Project, number: int) -> Activity:
    activity, new = Activity.objects.get_or_create(project=project, number=number)
    return ledger.made(activity, new=new)


def _keep_output(ledger: Ledger, project: Project, number: int, facts: OutputFacts) -> Output:
    kept = Output.objects.filter(project=project, number=number).first()
    output = kept or Output(project=project, number=number, kind=facts.kind)
    if kept is None:
        output.full_clean()
        output.save()
    return ledger.made(output, new=kept is None)


def _tell_output(ledger: Ledger, output: Output, facts: OutputFacts, source: Source, where: Where) -> None:
    ledger.tell_exists(output, facts, source, where)
    ledger.tell_texts(output, "title", facts.title, source, where)
    ledger.tell(output, "url", facts.url, source, where)
