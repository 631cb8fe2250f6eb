"""The kinds of record that the desk keeps: how an address names one, and where its page is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import Body, Membership, MembershipAct, Network, NetworkSize, Post
from twinhall.parties.models import Contact, Name, Party, Succession
from twinhall.parties.precedence import sides_of
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import Activity, Output, Participation, Project, ProjectSize
from twinhall.web.subjects import Subjects


@dataclass(frozen=True)
class Kind:
    """A kind of record: the record whose page shows it, and the parts that its own page shows."""

    page_of: Callable[[Any], Model]
    parts: Callable[[Any], list[Model]] = lambda _record: []


def _itself(record: Model) -> Model:
    return record


KINDS: Mapping[type[Model], Kind] = {
    Party: Kind(_itself, lambda r: [*Name.every.filter(party=r), *r.contacts.all(), *r.inheritances.all()]),
    Name: Kind(lambda r: r.party),
    Contact: Kind(lambda r: r.party),
    Succession: Kind(lambda r: r.successor),
    Partnership: Kind(_itself, lambda r: [*Act.every.filter(partnership=r)]),
    Act: Kind(lambda r: r.partnership),
    Network: Kind(_itself, lambda r: [r.party, *r.sizes.all(), *r.bodies.all(), *r.posts.all()]),
    NetworkSize: Kind(lambda r: r.network),
    Body: Kind(lambda r: r.network),
    Post: Kind(lambda r: r.network),
    Membership: Kind(_itself, lambda r: [*MembershipAct.every.filter(membership=r)]),
    MembershipAct: Kind(lambda r: r.membership),
    Project: Kind(
        _itself,
        lambda r: [*r.sizes.all(), *r.participations.all(), *r.activities.all(), *r.outputs.all()],
    ),
    ProjectSize: Kind(lambda r: r.project),
    Participation: Kind(lambda r: r.project),
    Activity: Kind(lambda r: r.project),
    Output: Kind(lambda r: r.project),
}
MODELS: Mapping[str, type[Model]] = {model._meta.label_lower: model for model in KINDS}


def find(kind: str, pk: int) -> Model:
    """The record of this kind with this number, withdrawn or not. Raises Http404 where there is none."""
    model = MODELS.get(kind)
    record = model._base_manager.filter(pk=pk).first() if model else None
    if record is None:
        raise Http404
    return record


def label(record: Model) -> str:
    """What a record is called, in the reader's language."""
    about = Statement(subject_type=record._meta.label_lower, subject_id=record.pk, field=EXISTS)
    return Subjects([about]).of(about).label


def page_of(record: Model) -> Model:
    """The record whose page shows this one."""
    return KINDS[type(record)].page_of(record)


def parts_of(record: Model) -> list[Model]:
    """A record with its parts, those taken back as well."""
    return [record, *KINDS[type(record)].parts(record)]


def href(record: Model) -> str:
    """The address of the desk's page that shows a record."""
    shown = page_of(record)
    if isinstance(shown, Party):
        return reverse("desk:party", args=[shown.slug])
    if isinstance(shown, Network):
        return reverse("desk:network", args=[shown.party.slug])
    if isinstance(shown, Membership):
        return reverse("desk:membership", args=[shown.pk])
    if isinstance(shown, Partnership):
        return reverse("desk:partnership", args=[shown.slug])
    if isinstance(shown, Project):
        return reverse("desk:project", args=[shown.slug])
    raise TypeError(type(shown))


def fact_href(record: Model, field: str) -> str:
    """The address of the page of one fact of a record."""
    return reverse("desk:fact", args=[record._meta.label_lower, record.pk, field])


def sides(record: Model) -> list[Party]:
    """The parties that speak for a record, in the order of their addresses."""
    place = (record._meta.label_lower, record.pk)
    speaking = set[int]().union(*sides_of([place])[place])
    return list(Party.objects.filter(pk__in=speaking).order_by("slug"))
