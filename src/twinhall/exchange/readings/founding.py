"""Making the records that a fact speaks of and the register lacks, by the deeds of their own apps."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.exchange.readings.ends import LEAD, MEMBER, NETWORK, A, B
from twinhall.exchange.readings.plans import Part, Plan
from twinhall.finder.actions import index_records
from twinhall.networks.actions import add_membership_act, found_network, open_membership
from twinhall.networks.models import Membership, MembershipAct, Network, NetworkSize
from twinhall.parties.models import Party
from twinhall.parties.rules import is_administrator, may, spoken_for_by, standing
from twinhall.partnerships.actions import add_act, found_partnership
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.actions import add_partner, add_project
from twinhall.projects.models import Participation, Project
from twinhall.reader import facts as told
from twinhall.reader.facts import Fact

Ends = Mapping[str, Party | None]


def may_take(user: User, facts: Sequence[tuple[Plan, Ends]]) -> list[bool]:
    """For each of the facts, whether a person may take it up: some three queries for any number of them.

    What is new is taken up, and an act is added, by who speaks for one of those that it is about.
    """
    records = {plan.main.record for plan, _ends in facts if plan.main.record is not None and _adds_act(plan)}
    others = records - _spoken_for(user, records)
    return [
        may_found(user, plan, ends) and not (_adds_act(plan) and plan.main.record in others)
        for plan, ends in facts
    ]


def _adds_act(plan: Plan) -> bool:
    return any(part.record is None and part.model in (Act, MembershipAct) for part in plan.parts)


def _spoken_for(user: User, records: AbstractSet[models.Model]) -> set[models.Model]:
    """Those of the records that a person speaks for a side of."""
    found: set[models.Model] = set()
    for model in {type(record) for record in records}:
        here = model._base_manager.filter(pk__in=[r.pk for r in records if type(r) is model])
        found |= set(spoken_for_by(user, here))
    return found


def may_found(user: User, plan: Plan, ends: Ends) -> bool:
    """Whether a person may take up what is new: who speaks for one of those that it is about."""
    if is_administrator(user) or plan.main.record is not None:
        return True
    own = standing(user).voices(plan.main.model)
    return any(party is not None and party.pk in own for party in ends.values())


def found_record(plan: Plan, fact: Fact, ends: Ends, *, by: User) -> models.Model:
    """The record of a fact, which the register lacks. Raises ValidationError where there can be none."""
    if not may_found(by, plan, ends):
        raise ValidationError(
            _(
                "This is new, and about others. "
                "Whoever speaks for one of them, or runs the register, can take it up."
            )
        )
    if isinstance(fact, told.Partnership):
        parties = [cast("Party", ends[A]), cast("Party", ends[B])]
        return found_partnership(kind=plan.main.columns["kind"], parties=parties, by=by)
    if isinstance(fact, told.Membership):
        network = _network(cast("Party", ends[NETWORK]), by=by)
        return open_membership(network, cast("Party", ends[MEMBER]), by=by)
    if isinstance(fact, told.Network):
        return _network(cast("Party", ends[NETWORK]), by=by)
    project = add_project(title=fact.title, lead=ends.get(LEAD), by=by)
    index_records([project])
    return project


def _network(party: Party, *, by: User) -> Network:
    return Network.objects.filter(party=party).first() or found_network(party, by=by)


def make_part(part: Part, record: models.Model, *, by: User) -> models.Model:
    """A part of a record, which the register lacks. Raises ValidationError where there can be none."""
    columns = part.columns
    if part.model is Act:
        tie = cast("Partnership", record)
        _must_keep(by, tie)
        return add_act(tie, kind=columns["kind"], date=columns["date"], by=by)
    if part.model is MembershipAct:
        membership = cast("Membership", record)
        _must_keep(by, membership)
        return add_membership_act(membership, kind=columns["kind"], date=columns["date"], by=by)
    if part.model is NetworkSize:
        size = NetworkSize(network=cast("Network", record), **columns)
        size.full_clean()
        size.save()
        return size
    return _participation(cast("Project", record), columns["party"], columns["role"], by=by)


def _must_keep(by: User, record: models.Model) -> None:
    """Only who speaks for a side adds an act to it."""
    if not may(by, "parties.state_fact", record):
        raise ValidationError(
            _(
                "This adds an act to what others have with each other. "
                "Whoever speaks for one of them, or runs the register, can take it up."
            )
        )


def _participation(project: Project, party: Party, role: str, *, by: User) -> Participation:
    known = project.participations.filter(party=party).first()
    return known or add_partner(project, party=party, role=role, by=by)
