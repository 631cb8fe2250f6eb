"""What is done with each row: who is meant, what is founded, what is said; or why it is refused or waits."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop
from pydantic import TypeAdapter

from twinhall.core.text import free_slug, slug
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange import told
from twinhall.exchange.models import RowFinding
from twinhall.exchange.tables.drafts import Batch
from twinhall.exchange.tables.matching import Match, are_one, match_all
from twinhall.exchange.tables.report import Outcome, RowReport
from twinhall.exchange.tables.rows import RefusedError
from twinhall.exchange.tables.ties import MEMBERSHIPS, PARTNERSHIPS, Drafts, attested
from twinhall.networks.models import Category, Membership, MembershipActKind
from twinhall.parties.models import PartyKind
from twinhall.partnerships.models import ActKind, Partnership, PartnershipKind
from twinhall.projects.models import Participation, ParticipationRole, Programme, Project

NEW = "new"
"""A person's choice: the party is none of the candidates."""
PROJECT = "project"
"""The place of the project in a row on who takes part in it; the others are those of its parties."""
Choices = Mapping[str, int | str]


class WaitsError(Exception):
    """It is not certain who is meant: by the party's place in the row, its candidates."""

    def __init__(self, candidates: Mapping[str, Sequence[int]], why: str) -> None:
        self.candidates = candidates
        self.why = why
        super().__init__(why)


@dataclass
class Taker:
    """Takes rows into one batch."""

    batch: Batch
    founds: bool = True
    choices: Choices = field(default_factory=dict)
    """What a person said of the parties of the row in hand, by their place in it."""
    decided: Mapping[str, Choices | None] = field(default_factory=dict)
    """What people said of rows that waited before, by fingerprint; None where they left the row out."""
    waits: AbstractSet[str] = frozenset()
    """Fingerprints of rows that wait for a person already."""
    signatories: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.partnerships = Drafts(PARTNERSHIPS, self.batch)
        self.memberships = Drafts(MEMBERSHIPS, self.batch)
        self.waiting: list[RowFinding] = []
        self.meant: list[int] = []
        """The parties of the row taken last, by their places."""

    def take(self, row: int, record: told.Told) -> RowReport:
        """Take one row; what cannot be taken leaves nothing behind."""
        deeds: dict[type, Callable[[int, Any], Outcome]] = {
            told.Standing: self._standing,
            told.Partnership: self._partnership,
            told.Membership: self._membership,
            told.Project: self._project,
            told.Participation: self._participation,
        }
        if self.waits and not self.choices and fingerprint(record) in self.waits:
            return RowReport(row, Outcome.WAITING, "it waits for a person since it was loaded before")
        try:
            return RowReport(row, deeds[type(record)](row, record))
        except RefusedError as error:
            return RowReport(row, Outcome.REFUSED, str(error))
        except ValidationError as error:
            return RowReport(row, Outcome.REFUSED, " ".join(error.messages))
        except WaitsError as error:
            return self._wait(row, record, error)

    def _wait(self, row: int, record: told.Told, doubt: WaitsError) -> RowReport:
        """Let a row wait, unless a person has decided on it."""
        waits = finding(row, record, doubt, self.batch)
        if not self.founds:
            return RowReport(row, Outcome.REFUSED, f"{doubt.why}; the map only adds to what is certain")
        if waits.fingerprint not in self.decided:
            self.waiting.append(waits)
            return RowReport(row, Outcome.WAITING, doubt.why)
        choices = self.decided[waits.fingerprint]
        if choices is None or choices == self.choices:
            return RowReport(row, Outcome.REFUSED, "left out by a person who looked at it")
        before, self.choices = self.choices, choices
        try:
            return self.take(row, record)
        finally:
            self.choices = before

    # Who is meant --------------------------------------------------------------------------------------

    def _matched(self, parties: Sequence[told.Party]) -> list[Match]:
        """Who each party of a row is. Raises WaitsError where one of them is in doubt."""
        chosen = [self._chosen(str(i)) for i in range(len(parties))]
        sure = match_all(self.batch.register, parties, chosen)
        doubts = {str(i): m.candidates for i, m in enumerate(sure) if m.candidates}
        if doubts:
            raise WaitsError(doubts, next(m.why for m in sure if m.candidates))
        return sure

    def _chosen(self, place: str) -> Match | None:
        """What a person said of the party here; None where nothing, or of one that stands no more."""
        choice = self.choices.get(place)
        if choice is None:
            return None
        if choice == NEW:
            return Match()
        return Match(int(choice)) if int(choice) in self.batch.register.about else None

    def _parties(self, parties: Sequence[told.Party], sources: Sequence[str], row: int) -> list[int]:
        """The primary keys of a row's parties; those that are new are founded once all are certain."""
        matches = self._matched(parties)
        pks = []
        if any(m.party is None for m in matches) and not self.founds:
            raise RefusedError("a party that the register does not have; the map founds none")
        for party, found in zip(parties, matches, strict=True):
            if found.party is None:
                self.batch.check(party)
        for party, found in zip(parties, matches, strict=True):
            if found.party is None:
                pks.append(self.batch.found_party(party, sources, row))
                continue
            pks.append(found.party)
            if not found.by_ties:
                self.batch.learn(found.party, party, row)
        self.meant = pks
        return pks

    # Parties -------------------------------------------------------------------------------------------

    def _standing(self, row: int, record: told.Standing) -> Outcome:
        known = len(self.batch.register.about)
        [pk] = self._parties([record.party], record.sources, row)
        is_new = len(self.batch.register.about) > known
        if not is_new:
            self.batch.restated.add(pk)
            self.batch.say_facts(pk, record.party, record.sources, row)
            self.batch.add_names(pk, record.party, record.sources, row)
        if record.is_network:
            self.batch.found_network(pk, record.founded, record.sources, row)
        return Outcome.ADDED if is_new else Outcome.KNOWN

    # Ties ----------------------------------------------------------------------------------------------

    def _partnership(self, row: int, record: told.Partnership) -> Outcome:
        for act in record.acts:
            _one_of(act.kind, ActKind.values, "kind of act")
        if record.kind:
            _one_of(record.kind, PartnershipKind.values, "kind of partnership")
        _no_self_link(record.parties, self._matched(record.parties))
        pks = self._parties(record.parties, record.sources, row)
        key = " ".join(str(pk) for pk in sorted(pks))
        known = self._known_tie(key, record.kind)
        draft = self.partnerships.known(known) if known else None
        if draft is None:
            draft = self.partnerships.founded(self._found_tie(key, pks, record.kind), pks)
            self.signatories += [(draft.pk, pk) for pk in pks]
        sources = [self.batch.sources[s] for s in record.sources]
        self.batch.say(Partnership, draft.pk, EXISTS, "yes", record.sources, row)
        draft.said += [(act, row) for act in attested(record.acts, sources)]
        return Outcome.KNOWN if known else Outcome.ADDED

    def _known_tie(self, key: str, kind: str) -> int | None:
        """The tie of this kind between these parties; where no kind is told, any that there is."""
        ties = self.batch.register.ties.get(key, ())
        return next((tie.pk for tie in ties if not kind or tie.kind == kind), None)

    def _found_tie(self, key: str, pks: Sequence[int], kind: str) -> Partnership:
        register = self.batch.register
        if not kind:
            kinds = {register.about[pk].kind for pk in pks}
            kind = PartnershipKind.REGIONAL if PartyKind.REGION in kinds else PartnershipKind.TWINNING
        countries = sorted({register.about[pk].country.lower() for pk in pks} - {""})
        address = free_slug(
            slug(*sorted(register.slugs[pk] for pk in pks)), *countries, taken=register.tie_slugs.__contains__
        )
        register.tie_slugs.add(address)
        pk = self.batch.keys.next(Partnership)
        register.add_tie(pk, kind, key)
        return Partnership(pk=pk, slug=address, kind=kind, parties_key=key)

    def _membership(self, row: int, record: told.Membership) -> Outcome:
        for act in record.acts:
            _one_of(act.kind, MembershipActKind.values, "kind of act")
        if record.category:
            _one_of(record.category, Category.values, "category of members")
        parties = record.network, record.party
        _no_self_link(parties, self._matched(parties))
        network, party = self._parties(parties, record.sources, row)
        self.batch.found_network(network, record.founded, record.sources, row)
        register = self.batch.register
        known = register.memberships.get((network, party))
        draft = self.memberships.known(known) if known else None
        if draft is None:
            pk = self.batch.keys.next(Membership)
            draft = self.memberships.founded(Membership(pk=pk, network_id=network, party_id=party), ())
            register.memberships[network, party] = pk
        self.batch.say(Membership, draft.pk, EXISTS, "yes", record.sources, row)
        if record.category:
            self.batch.say(Membership, draft.pk, "category", record.category, record.sources, row)
        sources = [self.batch.sources[s] for s in record.sources]
        draft.said += [(act, row) for act in attested(record.acts, sources)]
        return Outcome.KNOWN if known else Outcome.ADDED

    # Projects ------------------------------------------------------------------------------------------

    def _project(self, row: int, record: told.Project) -> Outcome:
        register = self.batch.register
        known = register.projects_by_key.get(record.key)
        pk = known or self._found_project(record)
        for name, language, text in record.texts:
            self.batch.say(Project, pk, name, text, record.sources, row, language=language)
        for name in ("starts", "ends", "cost", "currency", "website"):
            if value := getattr(record, name):
                self.batch.say(Project, pk, name, value, record.sources, row)
        if record.programme:
            programme = self._programme(record.programme, record.sources, row)
            self.batch.say(Project, pk, "programme", programme, record.sources, row)
        return Outcome.KNOWN if known else Outcome.ADDED

    def _found_project(self, record: told.Project) -> int:
        register = self.batch.register
        title = next((text for name, _, text in record.texts if name == "short"), "") or next(
            (text for _, _, text in record.texts), ""
        )
        if not title:
            raise RefusedError("the project has no title")
        address = free_slug(
            slug(title)[:80].strip("-") or "project", taken=register.project_slugs.__contains__
        )
        register.project_slugs.add(address)
        pk = self.batch.keys.next(Project)
        register.projects_by_key[record.key] = pk
        self.batch.references.append((record.key, Project._meta.label_lower, pk))
        self.batch.founded.append(Project(pk=pk, slug=address))
        return pk

    def _programme(self, name: str, sources: Sequence[str], row: int) -> str:
        key = slug(name)
        if key not in self.batch.register.programmes:
            self.batch.register.programmes.add(key)
            programme = Programme(slug=key)
            programme.save()  # at once, since the column of the project asks for it
            self.batch.say(Programme, programme.pk, "name", name, sources, row, language="en")
        return key

    def _participation(self, row: int, record: told.Participation) -> Outcome:
        _one_of(record.role, ParticipationRole.values, "role in a project")
        register = self.batch.register
        chosen = self.choices.get(PROJECT)
        projects = [
            register.projects_by_key[key] for key in record.projects if key in register.projects_by_key
        ]
        if not projects:
            raise RefusedError("a project that the register does not have")
        if len(projects) > 1 and chosen is None:
            why = gettext_noop("the table does not tell which of several projects")
            raise WaitsError({PROJECT: projects}, why)
        project = int(chosen) if chosen is not None else projects[0]
        [party] = self._parties([record.party], record.sources, row)
        known = register.participations.get((project, party))
        pk = known or self._found_participation(project, party, record.role)
        self.batch.say(Participation, pk, EXISTS, "yes", record.sources, row)
        return Outcome.KNOWN if known else Outcome.ADDED

    def _found_participation(self, project: int, party: int, role: str) -> int:
        register = self.batch.register
        if role == ParticipationRole.LEAD and project in register.led:
            self.batch.notes.append("a second lead partner, kept as a partner")
            role = ParticipationRole.PARTNER
        if role == ParticipationRole.LEAD:
            register.led.add(project)
        register.last_numbers[project] += 1
        pk = self.batch.keys.next(Participation)
        register.participations[project, party] = pk
        number = register.last_numbers[project]
        self.batch.founded.append(
            Participation(pk=pk, project_id=project, party_id=party, number=number, role=role)
        )
        return pk


def _one_of(said: str, allowed: Sequence[str], what: str) -> None:
    if said not in allowed:
        raise RefusedError(f"not a {what}: {said}")


def _no_self_link(parties: Sequence[told.Party], matches: Sequence[Match]) -> None:
    known = [m.party for m in matches if m.party is not None]
    new = [party for party, found in zip(parties, matches, strict=True) if found.party is None]
    if len(set(known)) < len(known) or any(are_one(one, other) for one, other in combinations(new, 2)):
        raise RefusedError("a link from a party to itself")


# What waits --------------------------------------------------------------------------------------------


def finding(row: int, record: told.Told, doubt: WaitsError, batch: Batch) -> RowFinding:
    """A row that waits, to be kept once however often the table is loaded."""
    return RowFinding(
        fingerprint=fingerprint(record),
        row=row,
        kind=type(record).__name__,
        told=_content(record),
        label=_label(record)[:500],
        candidates={place: list(found) for place, found in doubt.candidates.items()},
        why=doubt.why,
        source=batch.sources[record.sources[0]],
    )


def fingerprint(record: told.Told) -> str:
    """What tells what one row tells from what others tell."""
    text = json.dumps([type(record).__name__, _content(record)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(record: told.Told) -> Any:  # noqa: ANN401 - JSON
    return _ADAPTERS[type(record)].dump_python(record, mode="json")


_ADAPTERS: Mapping[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind)
    for kind in (told.Standing, told.Partnership, told.Membership, told.Project, told.Participation)
}


def _label(record: told.Told) -> str:
    if isinstance(record, told.Partnership):
        return " – ".join(party.name or "?" for party in record.parties)
    if isinstance(record, told.Membership):
        return f"{record.party.name}, {record.network.name or record.network.key}"
    if isinstance(record, told.Participation):
        return f"{record.party.name}, {' / '.join(record.projects)}"
    return record.party.name if isinstance(record, told.Standing) else record.key
