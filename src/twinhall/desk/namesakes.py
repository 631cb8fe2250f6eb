"""What tells namesakes apart, in words: a row's parties, and those of the register that may be meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twinhall.core.languages import Text, best
from twinhall.evidence.models import Source
from twinhall.exchange import told
from twinhall.exchange.tables.matching import kilometres
from twinhall.exchange.tables.taking import PROJECT
from twinhall.exchange.waiting import Place
from twinhall.networks.models import Category, MembershipActKind
from twinhall.parties.models import Party, PartyKind
from twinhall.partnerships.models import ActKind, PartnershipKind, Signatory
from twinhall.projects.models import ParticipationRole, Project
from twinhall.reader.divisions import region_name
from twinhall.web import say
from twinhall.web.dating import source_dated
from twinhall.web.names import Names

Facts = list[dict[str, object]]
"""Label and value, as ``components/deflist.html`` shows them."""


@dataclass(frozen=True)
class Namesake:
    """A radio button: who may be meant, what tells it from the others, and its public page."""

    value: str
    name: Text
    details: Sequence[str]
    href: str


@dataclass(frozen=True)
class Side:
    """A party of a row, or its project: what the table says of it, and who it is or may be.

    ``name`` is that of its field in the form.
    """

    name: str
    title: str
    facts: Facts
    is_in_doubt: bool
    namesakes: Sequence[Namesake]
    may_be_new: bool = False
    hint: str = ""


def _facts(*pairs: tuple[str, object]) -> Facts:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _label(choices: Iterable[tuple[str, object]], value: str) -> str:
    return str(dict(choices).get(value, value))


# The row ---------------------------------------------------------------------------------------------


def tells(record: told.Told) -> Facts:
    """What a row says of the tie itself."""
    if isinstance(record, told.Partnership):
        kind = _label(PartnershipKind.choices, record.kind)
        return _facts((_("Partnership"), kind), (_("Acts"), _acts(record.acts, ActKind.choices)))
    if isinstance(record, told.Membership):
        category = _label(Category.choices, record.category)
        return _facts((_("Category"), category), (_("Acts"), _acts(record.acts, MembershipActKind.choices)))
    if isinstance(record, told.Participation):
        role = _label(ParticipationRole.choices, record.role)
        return _facts((_("Project"), list(record.projects)), (_("Role"), role))
    return []


def _acts(acts: Iterable[told.Act], choices: Iterable[tuple[str, object]]) -> list[str]:
    named = dict(choices)
    return [f"{named.get(act.kind, act.kind)}, {say.date(act.date) or _('undated')}" for act in acts]


def of_sources(record: told.Told) -> Facts:
    """The sources of a row: date, day of reading and licence of each; one query."""
    shown = [
        {
            "text": source.words.text,
            "lang": source.words.language,
            "href": reverse("web:source", args=[source.pk]),
            "small": " · ".join(_of_source(source)),
        }
        for source in Source.objects.filter(key__in=record.sources)
    ]
    return _facts((_("Source"), shown))


def _of_source(source: Source) -> list[str]:
    read = _("read on %(day)s") % {"day": say.date(source.read_on)}
    return [part for part in (source_dated(source), read, source.licence) if part]


def _said_of(party: told.Party) -> Facts:
    """What the table says of a party."""
    where = _position(party.latitude, party.longitude)
    return _facts(
        (_("Kind"), _label(PartyKind.choices, party.kind)),
        (_("Country"), say.country(party.country) if party.country else ""),
        (_("Position"), where),
        (_("Population"), say.number(party.population) if party.population else ""),
        (_("Identifiers"), _listed(party.identifiers.items())),
        (_("Other names"), ", ".join(text for text, _language, _kind in party.names)),
    )


def _position(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    return f"{say.number(round(latitude, 4))}°, {say.number(round(longitude, 4))}°"


def _listed(identifiers: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{scheme} {value}" for scheme, value in identifiers)


# Who may be meant ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """All that the register knows of the candidates of a row; seven queries for any number of them."""

    parties: Mapping[int, Party]
    projects: Mapping[int, Project]
    ties: Mapping[int, int]
    names: Names


def sides_of(places: Sequence[Place]) -> list[Side]:
    """The parties of a row with those that each of them may be."""
    known = _known(places)
    return [_side(place, known) for place in places]


def _known(places: Sequence[Place]) -> _Known:
    shown = [pk for place in places if place.key != PROJECT for pk in (*place.candidates, place.match)]
    projects = [pk for place in places if place.key == PROJECT for pk in place.candidates]
    parties = Party.objects.filter(pk__in={pk for pk in shown if pk is not None}).prefetch_related(
        "identifiers"
    )
    found = {party.pk: party for party in parties}
    ties = Signatory.objects.filter(party__in=found, partnership__withdrawn_at__isnull=True)
    counted = dict(ties.order_by().values_list("party").annotate(Count("partnership", distinct=True)))
    of_project = Project.objects.select_related("programme").in_bulk(projects)
    return _Known(found, of_project, counted, Names(found.values()))


def _side(place: Place, known: _Known) -> Side:
    name, doubt = f"who_{place.key}", place.is_in_doubt
    if place.told is None:
        return Side(
            name, _("The project"), [], doubt, [_project(known.projects[pk]) for pk in place.candidates]
        )
    shown = place.candidates if doubt else [place.match]
    namesakes = [_party(known.parties[pk], place.told, known) for pk in shown if pk is not None]
    new = place.may_be_new
    hint = "" if new else _("The table tells too little of it to make a new party of it.")
    return Side(
        name, place.told.name or _("Without a name"), _said_of(place.told), doubt, namesakes, new, hint
    )


def _party(party: Party, said: told.Party, known: _Known) -> Namesake:
    name, ties = known.names.of(party), known.ties.get(party.pk, 0)
    details = (
        str(party) if str(party) != name.text else "",
        str(party.get_kind_display()),
        region_name(party.region) if party.region else "",
        say.country(party.country) if party.country else "",
        _inhabitants(party.population),
        ngettext("%(count)s tie", "%(count)s ties", ties) % {"count": say.number(ties)},
        _distance(party, said),
        _listed((i.scheme, i.value) for i in party.identifiers.all()),
    )
    href = reverse("web:party", args=[party.slug])
    return Namesake(str(party.pk), name, [part for part in details if part], href)


def _inhabitants(number: int | None) -> str:
    if number is None:
        return ""
    words = ngettext("%(number)s inhabitant", "%(number)s inhabitants", number)
    return words % {"number": say.number(number)}


def _distance(party: Party, said: told.Party) -> str:
    """How far the party lies from what the table says."""
    far = kilometres(said.latitude, said.longitude, party.latitude, party.longitude)
    if far is None:
        return _("distance not known")
    return _("%(distance)s km away") % {"distance": say.number(round(far, 1))}


def _project(project: Project) -> Namesake:
    ends = [say.date(date) for date in (project.starts, project.ends) if date]
    details = [str(project.programme or ""), " – ".join(ends)]
    title = best(project.title)
    short = best(project.short)
    name = title if title.text else short
    shown = name if name.text else Text(project.slug, "")
    return Namesake(
        str(project.pk),
        shown,
        [part for part in details if part],
        reverse("web:project", args=[project.slug]),
    )
