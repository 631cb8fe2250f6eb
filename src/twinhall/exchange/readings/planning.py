"""From a fact to its plan, kind by kind. ``fact`` is what the page states, ``should`` what it should read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from twinhall.core.dates import PartialDate
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.readings.ends import LEAD, MEMBER, NETWORK, A, B
from twinhall.exchange.readings.known import Ends, Known
from twinhall.exchange.readings.plans import Part, Plan, act_meant
from twinhall.exchange.tables.register import compact
from twinhall.networks.models import (
    Category,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    NetworkSize,
)
from twinhall.parties.models import Party
from twinhall.partnerships.models import STATUS_AFTER, Act, ActKind, Partnership, PartnershipKind, Status
from twinhall.projects.models import Participation, ParticipationRole, Project
from twinhall.reader import facts as told
from twinhall.reader.facts import Fact, Named

KINDS_OF_TIE: Mapping[str, str] = {
    "twin": PartnershipKind.TWINNING,
    "partner": PartnershipKind.COOPERATION,
    "friendship": PartnershipKind.FRIENDSHIP,
    "region": PartnershipKind.REGIONAL,
    "border-twin": PartnershipKind.CITY_TWINS,
}
VAGUE = "partner"
"""The kind of a tie that the page calls by no word of its own: any tie of the two may be meant."""
PLANNED = "planned"
ENDINGS: Mapping[str, str] = {
    "ended": ActKind.ENDED,
    "suspended": ActKind.SUSPENDED,
    "inactive": ActKind.LAPSED,
}
NOT_YET = "not-yet"
_MOST_DIGITS = 7


@dataclass(frozen=True)
class Page:
    """What the plans of all facts of a reading have in common.

    ``seen`` is the date as of which the page sees what it says: its own, else the day it was read.
    """

    language: str
    seen: PartialDate


def plan_of(fact: Fact, should: Fact, ends: Ends, known: Known, page: Page) -> Plan:
    """What accepting the fact would do, where its parties are ``ends``."""
    if isinstance(fact, told.Partnership):
        return _partnership(fact, cast("told.Partnership", should), ends, known, page)
    if isinstance(fact, told.Membership):
        return _membership(fact, cast("told.Membership", should), ends, known, page)
    if isinstance(fact, told.Network):
        return _network(fact, cast("told.Network", should), ends, known)
    return _project(fact, cast("told.Project", should), ends, known, page)


# Partnerships ----------------------------------------------------------------------------------------


def _partnership(
    fact: told.Partnership, should: told.Partnership, ends: Ends, known: Known, page: Page
) -> Plan:
    one, other = ends.get(A), ends.get(B)
    kind = KINDS_OF_TIE[should.kind]
    tie = known.tie(kind, [one, other], is_vague=should.kind == VAGUE) if one and other else None
    plan = Plan(Part(Partnership, tie, {"kind": kind}))
    plan.beside += known.ties_between([one, other]) if one and other and tie is None else []
    plan.main.say(EXISTS, "yes", "yes", printed=fact.b.written)
    for name in fact.fields:
        if name in should.fields and name in fields_of_cooperation():
            plan.main.say("fields", name, name)
    acts = list(tie.acts.all()) if tie else []
    _beginnings(plan, fact, should, acts)
    _ending(plan, fact, should, acts)
    if not plan.parts and not acts:
        _act(plan, Act, None, ActKind.ATTESTED, (page.seen, page.seen))
    _country(plan, one, fact.a, fact.a_country, should.a_country, is_printed=True)
    _country(plan, other, fact.b, fact.country, should.country, is_printed=False)
    return plan


def _beginnings(plan: Plan, fact: told.Partnership, should: told.Partnership, acts: Sequence[Act]) -> None:
    """First contact, and the signing or the beginning; what is only planned is an intent."""
    if fact.contact:
        known = act_meant(acts, (ActKind.CONTACT,), should.contact)
        known = known or _agreeing(acts, (ActKind.BEGUN,), should.contact)
        _act(plan, Act, known, ActKind.CONTACT, (fact.contact, should.contact))
    if should.status == PLANNED:
        known = act_meant(acts, (ActKind.INTENT,), should.since)
        _act(plan, Act, known, ActKind.INTENT, (fact.since, should.since))
    elif fact.since:
        kinds = _kinds_of_beginning(should)
        known = _agreeing(acts, (*kinds, ActKind.SIGNED, ActKind.BEGUN), should.since)
        _act(plan, Act, known or act_meant(acts, kinds, should.since), kinds[0], (fact.since, should.since))


def _kinds_of_beginning(fact: told.Partnership) -> tuple[str, ...]:
    """The acts that ``since`` may date, the likeliest first: a signing is claimed only where it is told."""
    if fact.signed is None:
        return ActKind.BEGUN, ActKind.SIGNED
    return (ActKind.SIGNED,) if fact.signed else (ActKind.BEGUN,)


def _agreeing(acts: Sequence[Act], kinds: Sequence[str], date: PartialDate | None) -> Act | None:
    dated = [act for act in acts if act.date is not None]
    found = act_meant(dated, kinds, date)
    return found if found and found.date and date and found.date.agrees_with(date) else None


def _ending(plan: Plan, fact: told.Partnership, should: told.Partnership, acts: Sequence[Act]) -> None:
    kind = ENDINGS.get(should.status) or (ActKind.ENDED if should.until else "")
    if not kind:
        return
    known = act_meant(acts, (kind,), should.until)
    has_begun = any(STATUS_AFTER.get(act.kind) == Status.IN_FORCE for act in acts)
    if not has_begun and not any(_begins(part) for part in plan.parts):
        _act(plan, Act, None, ActKind.BEGUN, (None, None))
    _act(plan, Act, known, kind, (fact.until, should.until)).is_contrary = bool(acts)


def _begins(part: Part) -> bool:
    return STATUS_AFTER.get(str(part.columns.get("kind"))) == Status.IN_FORCE


def _act(
    plan: Plan,
    model: type[Act] | type[MembershipAct],
    known: Act | MembershipAct | None,
    kind: str,
    dates: tuple[PartialDate | None, PartialDate | None],
) -> Part:
    """An act and its date, as far as one is told: as it is stated, and as it should read."""
    stated, should = dates
    part = plan.part(model, known, kind=str(kind), date=should)
    part.say(EXISTS, "yes", "yes")
    part.say("date", stated and str(stated), should and str(should))
    return part


def _country(
    plan: Plan, party: Party | None, named: Named, stated: str, should: str, *, is_printed: bool
) -> None:
    """The country that a page puts a party into, where the register has another.

    Where the reader may have it from the gazetteer, only what differs from that is sure to be printed.
    """
    told_by_place = not is_printed and bool(named.candidates) and named.candidates[0].country == stated
    if party and party.country and stated and stated != party.country and not told_by_place:
        part = plan.part(Party, party)
        part.say("country", stated, should, printed="")


# Memberships and networks ----------------------------------------------------------------------------


def category_of(fact: told.Membership) -> str:
    """The category of the member, where the page tells one that the register knows."""
    if fact.status == NOT_YET:
        return Category.COOPERATING
    return fact.role if fact.role in Category.values else ""


def _membership(fact: told.Membership, should: told.Membership, ends: Ends, known: Known, page: Page) -> Plan:
    network, member = ends.get(NETWORK), ends.get(MEMBER)
    record = known.memberships.get((network.pk, member.pk)) if network and member else None
    plan = Plan(Part(Membership, record))
    plan.main.say(EXISTS, "yes", "yes", printed=fact.member.written)
    plan.main.say("category", category_of(fact), category_of(should))
    acts = list(record.acts.all()) if record else []
    if should.status == NOT_YET:
        _not_yet(plan, fact, should, acts, page)
        return plan
    if fact.since:
        kinds = (MembershipActKind.ADMITTED,)
        _act(plan, MembershipAct, _meant(acts, kinds, should.since), kinds[0], (fact.since, should.since))
    if not plan.parts and not acts:
        _act(plan, MembershipAct, None, MembershipActKind.ATTESTED, (page.seen, page.seen))
    if should.until:
        left = _meant(acts, (MembershipActKind.LEFT,), should.until)
        part = _act(plan, MembershipAct, left, MembershipActKind.LEFT, (fact.until, should.until))
        part.is_contrary = bool(acts)
    return plan


def _meant(
    acts: Sequence[MembershipAct], kinds: Sequence[str], date: PartialDate | None
) -> MembershipAct | None:
    return cast("MembershipAct | None", act_meant(acts, kinds, date))


def _not_yet(
    plan: Plan, fact: told.Membership, should: told.Membership, acts: Sequence[MembershipAct], page: Page
) -> None:
    known = _meant(acts, (MembershipActKind.NOT_YET,), None)
    seen = None if known else page.seen
    part = _act(plan, MembershipAct, known, MembershipActKind.NOT_YET, (seen, seen))
    part.is_contrary = bool(acts)
    if page.language:
        part.say("reason", fact.reason, should.reason, language=page.language)


def _network(fact: told.Network, should: told.Network, ends: Ends, known: Known) -> Plan:
    party = ends.get(NETWORK)
    network = known.networks.get(party.pk) if party else None
    plan = Plan(Part(Network, network))
    plan.main.say(EXISTS, "yes", "yes", printed=fact.name)
    plan.main.say("founded", fact.founded and str(fact.founded), should.founded and str(should.founded))
    size = size_of(should.members_count)
    if size:
        members, at_least = size
        sizes = list(network.sizes.all()) if network else []
        same = (s for s in sizes if (s.members, s.at_least, s.countries, s.as_of) == (*size, None, None))
        part = plan.part(NetworkSize, next(same, None), members=members, at_least=at_least)
        part.say(EXISTS, "yes", "yes", printed=fact.members_count)
    return plan


def size_of(words: str) -> tuple[int, bool] | None:
    """The number in words such as “more than 50”, and whether it is the least; None without a number."""
    digits = re.findall(r"[0-9]+", words.replace(" ", "").replace("\u00a0", ""))
    if len(digits) != 1 or len(digits[0]) > _MOST_DIGITS:
        return None
    return int(digits[0]), words.strip() != digits[0]


# Projects --------------------------------------------------------------------------------------------


def _project(fact: told.Project, should: told.Project, ends: Ends, known: Known, page: Page) -> Plan:
    project = known.project(should.title)
    plan = Plan(Part(Project, project, {"title": should.title}))
    plan.main.say(EXISTS, "yes", "yes", printed=fact.title)
    if page.language:
        plan.main.say("title", fact.title, should.title, language=page.language)
    plan.main.say("programme", *(known.programmes.get(compact(f.programme)) for f in (fact, should)))
    plan.main.say("starts", fact.start and str(fact.start), should.start and str(should.start))
    plan.main.say("ends", fact.end and str(fact.end), should.end and str(should.end))
    plan.main.say("cost", fact.budget, should.budget)
    plan.main.say("currency", fact.currency, should.currency)
    parts = list(project.participations.all()) if project else []
    for party in dict.fromkeys(filter(None, ends.values())):
        role = ParticipationRole.LEAD if ends.get(LEAD) == party else ParticipationRole.PARTNER
        same = next((p for p in parts if p.party_id == party.pk), None)
        part = plan.part(Participation, same, party=party, role=str(role))
        part.say(EXISTS, "yes", "yes")
    return plan
