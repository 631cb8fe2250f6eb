"""Who may do what. Everyone acts for a party; who speaks for a record, its model says.

Each predicate has its queryset twin for lists, so that no rule is asked for each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import rules
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from twinhall.accounts.models import User
from twinhall.core.records import Speaker
from twinhall.documents.models import Document
from twinhall.evidence.models import Statement
from twinhall.letters.models import Letter
from twinhall.parties.models import Affiliation, Party, Role
from twinhall.parties.precedence import sides_of
from twinhall.parties.queries import publishers_of

M = TypeVar("M", bound=Model)
Person = User | AnonymousUser

SPEAKING = (Role.OFFICER, Role.SECRETARY)


@dataclass(frozen=True)
class Standing:
    """The parties that a person acts for, by what the roles allow."""

    speaking: frozenset[int] = frozenset()
    """As officer or secretary: for everything of the party."""
    coordinating: frozenset[int] = frozenset()
    """As coordinator: for its projects."""
    editing: frozenset[int] = frozenset()
    """As editor: proposes, and others accept."""

    @property
    def all(self) -> frozenset[int]:
        """Every party that the person acts for."""
        return self.speaking | self.coordinating | self.editing

    def voices(self, model: type[Model]) -> frozenset[int]:
        """The parties that the person speaks for in records of this kind."""
        if model._meta.app_label == "projects":
            return self.speaking | self.coordinating
        return self.speaking


def voicing_roles(model: type[Model]) -> tuple[Role, ...]:
    """The roles in which a person speaks for the party in records of this kind."""
    return (*SPEAKING, Role.COORDINATOR) if model._meta.app_label == "projects" else SPEAKING


def standing(user: Person) -> Standing:
    """For whom a person acts; one query for each person and request."""
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    if not isinstance(user.standing, Standing):
        user.standing = _asked(user)
    return user.standing


def _asked(user: User) -> Standing:
    rows = Affiliation.objects.filter(user=user, ended_at__isnull=True, party__withdrawn_at__isnull=True)
    acts = set(rows.values_list("party", "role"))
    return Standing(
        speaking=frozenset(party for party, role in acts if role in SPEAKING),
        coordinating=frozenset(party for party, role in acts if role == Role.COORDINATOR),
        editing=frozenset(party for party, role in acts if role == Role.EDITOR),
    )


def may(user: Person, permission: str, subject: object = None) -> bool:
    """Whether a person may do this, to this record or word; the one question that every face asks."""
    return bool(rules.has_perm(permission, user, subject))


def _speakers(record: Model) -> list[set[int]]:
    return list(sides_of([(record._meta.label_lower, record.pk)])[record._meta.label_lower, record.pk])


# Of the person ---------------------------------------------------------------------------------------


@rules.predicate
def is_administrator(user: Person) -> bool:
    """Runs the register as a whole."""
    return bool(user.is_active and user.is_superuser)


@rules.predicate
def has_signed_in(user: Person) -> bool:
    """Is somebody whom the site knows."""
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def acts_for_somebody(user: Person) -> bool:
    """Acts for a party, in whichever role."""
    return bool(standing(user).all)


@rules.predicate
def speaks_for_somebody(user: Person) -> bool:
    """Speaks for a party, as its officer or secretary."""
    return bool(standing(user).speaking)


@rules.predicate
def leads_projects(user: Person) -> bool:
    """Speaks for a party in its projects."""
    return bool(standing(user).speaking | standing(user).coordinating)


# Of the person and a record --------------------------------------------------------------------------


@rules.predicate
def speaks_for(user: Person, record: Model) -> bool:
    """Speaks for one of the sides of the record."""
    return not standing(user).voices(type(record)).isdisjoint(set().union(*_speakers(record)))


@rules.predicate
def keeps(user: Person, record: Model) -> bool:
    """Speaks for those whose record it is: a network for its memberships, a lead partner for its project."""
    tiers = _speakers(record)
    return bool(tiers) and not standing(user).voices(type(record)).isdisjoint(tiers[0])


@rules.predicate
def is_colleague(user: Person, party: Party) -> bool:
    """Speaks for the party itself."""
    return party.pk in standing(user).speaking


@rules.predicate
def files_for(user: Person, document: Document) -> bool:
    """Acts for the party whose file the document is; speaks for it, where it is kept close."""
    if not hasattr(document, "filing"):
        return False
    filing, mine = document.filing, standing(user)
    return filing.party_id in (mine.speaking if filing.is_close else mine.all)


@rules.predicate
def speaks_for_filer(user: Person, document: Document) -> bool:
    """Speaks for the party whose file the document is; an editor only reads it."""
    speaking = standing(user).speaking | standing(user).coordinating
    return files_for(user, document) and document.filing.party_id in speaking


@rules.predicate
def is_published(_user: Person, document: Document) -> bool:
    """The document is for everyone."""
    return document.published_at is not None


@rules.predicate
def wrote(user: Person, letter: Letter) -> bool:
    """The letter went out at this person's word."""
    return letter.by_id == user.pk


@rules.predicate
def mails_for(user: Person, letter: Letter) -> bool:
    """Speaks for the party that the letter was written for."""
    return hasattr(letter, "mailing") and letter.mailing.party_id in standing(user).speaking


# Of the person and a word ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """A statement, with who speaks for its record, who publishes it, and who published what is in force."""

    statement: Statement
    model: type[Model]
    speakers: frozenset[int]
    publisher: int | None
    standing_publisher: int | None
    has_people: bool
    """Whether anybody speaks here for the publisher, in records of this kind."""


def words(statements: Sequence[Statement]) -> list[Word]:
    """Statements with what the rules ask of them; as many queries for any number.

    Who published what stands is known where all the statements on a field are given.
    """
    published = {source: party.pk for source, party in publishers_of(statements).items()}
    sides = sides_of([(s.subject_type, s.subject_id) for s in statements])
    peopled = set(
        Affiliation.objects.filter(
            party__in=set(published.values()),
            ended_at__isnull=True,
            user__is_active=True,
            party__withdrawn_at__isnull=True,
        ).values_list("party", "role")
    )
    in_force = {
        (s.subject_type, s.subject_id, s.field, s.language): published.get(s.source_id)
        for s in statements
        if s.in_force
    }
    return [
        Word(
            statement=s,
            model=apps.get_model(s.subject_type),
            speakers=frozenset().union(*sides[s.subject_type, s.subject_id]),
            publisher=published.get(s.source_id),
            standing_publisher=in_force.get((s.subject_type, s.subject_id, s.field, s.language)),
            has_people=any(
                (published.get(s.source_id), role) in peopled
                for role in voicing_roles(apps.get_model(s.subject_type))
            ),
        )
        for s in statements
    ]


@rules.predicate
def is_heard_on(user: Person, word: Word) -> bool:
    """Speaks for a side of the record that the word is about."""
    return not standing(user).voices(word.model).isdisjoint(word.speakers)


@rules.predicate
def is_not_the_others_word(user: Person, word: Word) -> bool:
    """The word is the person's own side's, or a third party's."""
    return word.publisher not in word.speakers - standing(user).voices(word.model)


@rules.predicate
def is_nobodys_to_decide(_user: Person, word: Word) -> bool:
    """Nobody speaks here for those who publish the word."""
    return not word.has_people


@rules.predicate
def overrules_no_other_side(user: Person, word: Word) -> bool:
    """What stands now is not the other side's own word."""
    return word.standing_publisher not in word.speakers - standing(user).voices(word.model)


rules.add_perm("parties.administer", is_administrator)
rules.add_perm("parties.see_dashboard", has_signed_in)
rules.add_perm("parties.enter_desk", is_administrator | acts_for_somebody)
rules.add_perm("parties.add_party", is_administrator | speaks_for_somebody)
rules.add_perm("parties.add_project", is_administrator | leads_projects)
rules.add_perm("parties.propose_fact", is_administrator | acts_for_somebody)
rules.add_perm("parties.state_fact", is_administrator | speaks_for)
rules.add_perm("parties.keep_record", is_administrator | keeps)
rules.add_perm("parties.invite", is_administrator | is_colleague)
rules.add_perm("parties.read_document", is_administrator | is_published | files_for)
rules.add_perm("parties.keep_document", is_administrator | speaks_for_filer)
rules.add_perm("parties.keep_letter", is_administrator | (has_signed_in & wrote) | mails_for)
rules.add_perm(
    "parties.accept_word",
    is_administrator | (is_heard_on & (is_not_the_others_word | is_nobodys_to_decide)),
)
rules.add_perm("parties.reject_word", is_administrator | (is_heard_on & is_not_the_others_word))
rules.add_perm("parties.prefer_word", is_administrator | (is_heard_on & overrules_no_other_side))


# Their twins -----------------------------------------------------------------------------------------


def kept_by(user: Person, found: "QuerySet[M]") -> "QuerySet[M]":
    """Those of the records that the person keeps."""
    return _within(user, found, tiers=1)


def spoken_for_by(user: Person, found: "QuerySet[M]") -> "QuerySet[M]":
    """Those of the records that the person speaks for a side of."""
    return _within(user, found, tiers=None)


def readable_by(user: Person, found: "QuerySet[Document]") -> "QuerySet[Document]":
    """Those of the documents that the person may read."""
    if is_administrator(user):
        return found
    mine = standing(user)
    filed = Q(filing__party__in=mine.all, filing__is_close=False) | Q(filing__party__in=mine.speaking)
    return found.filter(Q(published_at__isnull=False) | filed)


def letters_kept_by(user: User, found: "QuerySet[Letter]") -> "QuerySet[Letter]":
    """Those of the letters that the person sees and decides on."""
    if is_administrator(user):
        return found
    return found.filter(Q(by=user) | Q(mailing__party__in=standing(user).speaking))


def _within(user: Person, found: "QuerySet[M]", *, tiers: int | None) -> "QuerySet[M]":
    if is_administrator(user):
        return found
    return found.filter(spoken_for(found.model, standing(user).voices(found.model), tiers=tiers))


def spoken_for(model: type[Model], parties: frozenset[int], *, tiers: int | None = None) -> Q:
    """The records that these parties speak for: as the first of ``tiers`` sides, else as any."""
    wanted = Q(pk__in=[])
    for told in getattr(model, "spoken_for_by", ())[:tiers]:
        speaker = Speaker.of(told)
        mine = model._base_manager.filter(**speaker.where, **{f"{speaker.path}__in": parties})
        wanted |= Q(pk__in=mine.values("pk"))
    return wanted
