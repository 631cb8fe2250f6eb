"""What a statement is about, as a reader would call it, with the address of its page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.core.languages import best
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import Body, Membership, MembershipAct, Network, NetworkSize, Post
from twinhall.parties.models import Contact, Name, Party, Succession
from twinhall.partnerships.models import Act, Partnership, Signatory
from twinhall.projects.models import Activity, Output, Participation, Programme, Project, ProjectSize
from twinhall.web import say
from twinhall.web.names import Names


@dataclass(frozen=True)
class Subject:
    """A record as a reader would call it; the address is empty where it has no page."""

    label: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True)
class _Kind:
    """How records of one kind are fetched with what their label needs, and how they are called."""

    fetch: Callable[[], "QuerySet[Any]"]
    parties: Callable[[Any], list[Party]]
    label: Callable[[Any, Names], str]
    href: Callable[[Any], str]


def _signatories(path: str = "") -> "Prefetch[Any]":
    return Prefetch(f"{path}signatories", Signatory.objects.select_related("party"))


def _parties(partnership: Partnership) -> list[Party]:
    return [signatory.party for signatory in partnership.signatories.all()]


def _between(partnership: Partnership, names: Names) -> str:
    return say.listed(names.text(party) for party in _parties(partnership))


def _member(record: Membership | Post, names: Names) -> str:
    return say.member_of(names.text(record.party), names.text(record.network.party))


def _act(tie: str, act: Act | MembershipAct) -> str:
    return _("%(tie)s: %(act)s") % {"tie": tie, "act": act.deed}


def _followed(succession: Succession, names: Names) -> str:
    pair = {"old": names.text(succession.predecessor), "new": names.text(succession.successor)}
    return _("%(old)s, succeeded by %(new)s") % pair


def _title(project: Project) -> str:
    return best(project.short or project.title).text or project.slug


def _partner(record: Participation, names: Names) -> str:
    who = names.text(record.party) if record.party else say.country(record.country)
    return say.member_of(who, _title(record.project))


def _party_page(party: Party) -> str:
    return reverse("web:party", args=[party.slug])


def _partnership_page(partnership: Partnership) -> str:
    return reverse("web:partnership", args=[partnership.slug])


def _network_page(network: Network) -> str:
    return reverse("web:network", args=[network.party.slug])


def _project_page(project: Project) -> str:
    return reverse("web:project", args=[project.slug])


def _of_party(model: type[Name] | type[Contact]) -> _Kind:
    return _Kind(
        lambda: model._base_manager.select_related("party"),
        lambda r: [r.party],
        lambda r, names: names.text(r.party),
        lambda r: _party_page(r.party),
    )


def _of_network(model: type[NetworkSize] | type[Body]) -> _Kind:
    return _Kind(
        lambda: model._base_manager.select_related("network__party"),
        lambda r: [r.network.party],
        lambda r, names: names.text(r.network.party),
        lambda r: _network_page(r.network),
    )


def _of_member(model: type[Membership] | type[Post]) -> _Kind:
    return _Kind(
        lambda: model._base_manager.select_related("party", "network__party"),
        lambda r: [r.party, r.network.party],
        _member,
        lambda r: _network_page(r.network),
    )


def _of_project(model: type[ProjectSize] | type[Activity] | type[Output]) -> _Kind:
    return _Kind(
        lambda: model._base_manager.select_related("project"),
        lambda _r: [],
        lambda r, _names: _title(r.project),
        lambda r: _project_page(r.project),
    )


KINDS: Mapping[type[Model], _Kind] = {
    Party: _Kind(Party.objects.all, lambda r: [r], lambda r, names: names.text(r), _party_page),
    Name: _of_party(Name),
    Contact: _of_party(Contact),
    Succession: _Kind(
        lambda: Succession.objects.select_related("predecessor", "successor"),
        lambda r: [r.predecessor, r.successor],
        _followed,
        lambda r: _party_page(r.successor),
    ),
    Partnership: _Kind(
        lambda: Partnership.objects.prefetch_related(_signatories()), _parties, _between, _partnership_page
    ),
    Act: _Kind(
        lambda: Act.every.select_related("partnership").prefetch_related(_signatories("partnership__")),
        lambda r: _parties(r.partnership),
        lambda r, names: _act(_between(r.partnership, names), r),
        lambda r: _partnership_page(r.partnership),
    ),
    Network: _Kind(
        lambda: Network.objects.select_related("party"),
        lambda r: [r.party],
        lambda r, names: names.text(r.party),
        _network_page,
    ),
    NetworkSize: _of_network(NetworkSize),
    Body: _of_network(Body),
    Membership: _of_member(Membership),
    Post: _of_member(Post),
    MembershipAct: _Kind(
        lambda: MembershipAct.every.select_related("membership__party", "membership__network__party"),
        lambda r: [r.membership.party, r.membership.network.party],
        lambda r, names: _act(_member(r.membership, names), r),
        lambda r: _network_page(r.membership.network),
    ),
    Programme: _Kind(Programme.objects.all, lambda _r: [], lambda r, _names: str(r), lambda _r: ""),
    Project: _Kind(Project.objects.all, lambda _r: [], lambda r, _names: _title(r), _project_page),
    ProjectSize: _of_project(ProjectSize),
    Activity: _of_project(Activity),
    Output: _of_project(Output),
    Participation: _Kind(
        lambda: Participation.objects.select_related("project", "party"),
        lambda r: [r.party] if r.party else [],
        _partner,
        lambda r: _project_page(r.project),
    ),
}
MODELS: Mapping[str, type[Model]] = {model._meta.label_lower: model for model in KINDS}


def _reference(statement: Statement) -> "ForeignKey[Any] | None":
    """The column of the statement's field, where it names another record."""
    if statement.field == EXISTS:
        return None
    column = MODELS[statement.subject_type]._meta.get_field(statement.field)
    return column if isinstance(column, ForeignKey) else None


class Subjects:
    """The records that statements are about or name; as many queries for any number of statements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        keys: dict[ForeignKey[Any], set[str]] = defaultdict(set)
        for statement in statements:
            ids[statement.subject_type].add(statement.subject_id)
            if column := _reference(statement):
                keys[column].update((statement.stated, statement.value))
        self._records: dict[tuple[str, int], Model] = {
            (name, record.pk): record
            for name, pks in ids.items()
            for record in KINDS[MODELS[name]].fetch().filter(pk__in=pks)
        }
        self._named = {column: _named(column, wanted) for column, wanted in keys.items()}
        everything = [*self._records.values(), *(r for found in self._named.values() for r in found.values())]
        self._names = Names(party for record in everything for party in KINDS[type(record)].parties(record))

    def of(self, statement: Statement) -> Subject:
        """What a statement is about."""
        record = self._records.get((statement.subject_type, statement.subject_id))
        if record is None:  # a spelling that a merge brought, and its undoing took away
            return Subject(_("a record that is no longer kept"))
        kind = KINDS[type(record)]
        return Subject(kind.label(record, self._names), kind.href(record), str(record._meta.verbose_name))

    def stated(self, statement: Statement) -> str:
        """What a statement states, for a reader."""
        return self._value(statement, statement.stated)

    def corrected(self, statement: Statement) -> str:
        """What a statement should read, for a reader."""
        return self._value(statement, statement.value)

    def _value(self, statement: Statement, said: str) -> str:
        column = _reference(statement)
        if column is None:
            return say.value(MODELS[statement.subject_type], statement.field, said)
        record = self._named[column].get(said)
        return KINDS[type(record)].label(record, self._names) if record else said


def _named(column: "ForeignKey[Any]", keys: Iterable[str]) -> dict[str, Model]:
    """The records that a column names by these keys."""
    key = column.target_field.attname
    records = KINDS[column.related_model].fetch().filter(**{f"{key}__in": keys})
    return {str(getattr(record, key)): record for record in records}
