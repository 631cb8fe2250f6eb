"""What a statement is about, as a reader would call it, with the address of its page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.core.languages import best
from twinhall.evidence.models import Statement
from twinhall.networks.models import Body, Membership, MembershipAct, Network, NetworkSize, Post
from twinhall.parties.models import Contact, Name, Party
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


def _tie(path: str) -> "Prefetch[Any]":
    return Prefetch(f"{path}signatories", Signatory.objects.select_related("party"))


# How to fetch the records of each kind with what their label needs, in a constant number of queries.
FETCH: Mapping[type[Model], Callable[[], "QuerySet[Any]"]] = {
    Party: Party.objects.all,
    Name: lambda: Name.objects.select_related("party"),
    Contact: lambda: Contact.objects.select_related("party"),
    Partnership: lambda: Partnership.objects.prefetch_related(_tie("")),
    Act: lambda: Act.objects.select_related("partnership").prefetch_related(_tie("partnership__")),
    Network: lambda: Network.objects.select_related("party"),
    NetworkSize: lambda: NetworkSize.objects.select_related("network__party"),
    Membership: lambda: Membership.objects.select_related("party", "network__party"),
    MembershipAct: lambda: MembershipAct.objects.select_related(
        "membership__party", "membership__network__party"
    ),
    Body: lambda: Body.objects.select_related("network__party"),
    Post: lambda: Post.objects.select_related("party", "network__party", "body"),
    Programme: Programme.objects.all,
    Project: Project.objects.all,
    ProjectSize: lambda: ProjectSize.objects.select_related("project"),
    Participation: lambda: Participation.objects.select_related("project", "party"),
    Activity: lambda: Activity.objects.select_related("project"),
    Output: lambda: Output.objects.select_related("project"),
}
KINDS: Mapping[str, type[Model]] = {model._meta.label_lower: model for model in FETCH}


class Subjects:
    """The records that statements are about; a constant number of queries for any number of statements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        for statement in statements:
            ids[statement.subject_type].add(statement.subject_id)
        self._records = {
            (kind, record.pk): record
            for kind, pks in ids.items()
            for record in FETCH[KINDS[kind]]().filter(pk__in=pks)
        }
        self._names = Names(party for record in self._records.values() for party in _parties(record))

    def of(self, statement: Statement) -> Subject:
        """What a statement is about."""
        return self._subject(self._records[statement.subject_type, statement.subject_id])

    def _subject(self, record: Model) -> Subject:  # noqa: PLR0911 - one return for each kind of record
        names = self._names
        kind = str(record._meta.verbose_name)
        match record:
            case Party():
                return Subject(names.text(record), _party(record), kind)
            case Name() | Contact():
                return Subject(names.text(record.party), _party(record.party), kind)
            case Partnership():
                return Subject(_between(record, names), _partnership(record), kind)
            case Act():
                label = _("%(tie)s: %(act)s") % {
                    "tie": _between(record.partnership, names),
                    "act": record.get_kind_display(),
                }
                return Subject(label, _partnership(record.partnership), kind)
            case Network():
                return Subject(names.text(record.party), _network(record), kind)
            case NetworkSize() | Body():
                return Subject(names.text(record.network.party), _network(record.network), kind)
            case Membership():
                return Subject(_member(record, names), _network(record.network), kind)
            case MembershipAct():
                label = _("%(tie)s: %(act)s") % {
                    "tie": _member(record.membership, names),
                    "act": record.get_kind_display(),
                }
                return Subject(label, _network(record.membership.network), kind)
            case Post():
                label = _("%(member)s in %(network)s") % {
                    "member": names.text(record.party),
                    "network": names.text(record.network.party),
                }
                return Subject(label, _network(record.network), kind)
            case Project():
                return Subject(_title(record), _project(record), kind)
            case Participation():
                who = names.text(record.party) if record.party else say.country(record.country)
                label = _("%(member)s in %(network)s") % {"member": who, "network": _title(record.project)}
                return Subject(label, _project(record.project), kind)
            case ProjectSize() | Activity() | Output():
                return Subject(_title(record.project), _project(record.project), kind)
        return Subject(str(record), "", kind)


def _parties(record: Model) -> list[Party]:
    """The parties that a record's label names."""
    match record:
        case Party():
            return [record]
        case Name() | Contact() | Network():
            return [record.party]
        case Partnership():
            return [s.party for s in record.signatories.all()]
        case Act():
            return [s.party for s in record.partnership.signatories.all()]
        case NetworkSize() | Body():
            return [record.network.party]
        case Membership() | Post():
            return [record.party, record.network.party]
        case MembershipAct():
            return [record.membership.party, record.membership.network.party]
        case Participation():
            return [record.party] if record.party else []
    return []


def _between(partnership: Partnership, names: Names) -> str:
    return say.listed(names.text(signatory.party) for signatory in partnership.signatories.all())


def _member(membership: Membership, names: Names) -> str:
    return _("%(member)s in %(network)s") % {
        "member": names.text(membership.party),
        "network": names.text(membership.network.party),
    }


def _title(project: Project) -> str:
    return best(project.short or project.title).text or project.slug


def _party(party: Party) -> str:
    return reverse("web:party", args=[party.slug])


def _partnership(partnership: Partnership) -> str:
    return reverse("web:partnership", args=[partnership.slug])


def _network(network: Network) -> str:
    return reverse("web:network", args=[network.party.slug])


def _project(project: Project) -> str:
    return reverse("web:project", args=[project.slug])
