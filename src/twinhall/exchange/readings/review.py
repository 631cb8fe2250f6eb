"""Questions on readings: who is meant by each fact, how it stands to the register, what is no longer said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.exchange import rules
from twinhall.exchange.models.readings import TAKEN, FactDecision, ReadFact, Reading
from twinhall.exchange.readings.codec import fact_of
from twinhall.exchange.readings.ends import Called, Meant, ends_of, value_of, who_is_meant
from twinhall.exchange.readings.founding import may_take
from twinhall.exchange.readings.keeping import earlier_facts, readings_of_page
from twinhall.exchange.readings.known import Known, known_of, parties_of
from twinhall.exchange.readings.planning import Page, plan_of
from twinhall.exchange.readings.plans import Plan, Relation
from twinhall.parties.models import Party, Publication
from twinhall.parties.rules import Person
from twinhall.reader.facts import Fact
from twinhall.reader.gazetteer import Gazetteer, gazetteer_path


@dataclass(frozen=True)
class Review:
    """A fact that waits: who is meant by its ends, and how it stands to the register."""

    kept: ReadFact
    fact: Fact
    meant: Mapping[str, Meant]
    plan: Plan

    @property
    def relation(self) -> Relation:
        """Whether it is new, the same, adds something or disagrees."""
        return self.plan.relation

    @property
    def is_certain(self) -> bool:
        """Whether all who are needed are in the register, and nobody is in doubt."""
        needed = [one for one in self.meant.values() if one.end.is_needed or one.choice]
        return all(one.is_certain and one.party for one in needed)

    @property
    def shown(self) -> str:
        """Which fact it is, and who is meant by its ends, as a listing remembers what it showed."""
        choices = [value_of(one.choice) if one.choice else "" for one in self.meant.values()]
        return "/".join((str(self.kept.number), *choices))

    @property
    def agrees(self) -> bool:
        """Whether it can be accepted with the others that agree: nothing in doubt, nothing contradicted."""
        return self.is_certain and self.relation in (Relation.SAME, Relation.ADDS)


def readings_of(party: Party) -> "QuerySet[Reading]":
    """The pages that were read for the desk of a party, the newest first."""
    found = Reading.objects.filter(party=party).select_related("snapshot__source", "by")
    return found.order_by("-seen_at", "-pk")


def readings_waiting(user: Person) -> "QuerySet[Reading]":
    """The pages on a person's desks of which facts wait, as they were read last, the newest first.

    Each has the number of these facts: ``waits``.
    """
    page = {"party": OuterRef("party"), "snapshot__source": OuterRef("snapshot__source")}
    since = Q(seen_at__gt=OuterRef("seen_at")) | Q(seen_at=OuterRef("seen_at"), pk__gt=OuterRef("pk"))
    found = rules.decides_on(user, Reading.objects.exclude(Exists(Reading.objects.filter(since, **page))))
    found = found.annotate(waits=Count("facts", filter=Q(facts__decision=FactDecision.OPEN)))
    return found.filter(waits__gt=0).select_related("snapshot__source", "party").order_by("-seen_at", "-pk")


def newest(reading: Reading) -> Reading:
    """The last reading of the same page for the same desk: only its facts can be decided on."""
    return readings_of_page(reading).select_related("snapshot__source", "by", "party")[0]


def subject_of(reading: Reading) -> Party:
    """The party that a page is about: whose page it is, or is a copy of, else whose desk it was read for."""
    if reading.about is not None:
        return reading.about
    publication = Publication.objects.filter(source=reading.snapshot.source_id).select_related("publisher")
    found = publication.first()
    return found.publisher if found else reading.party


def page_of(reading: Reading) -> Page:
    """What the plans of all facts of a reading have in common."""
    source: Source = reading.source
    day = reading.at.date()
    return Page(reading.language, source.dated or PartialDate(day.year, day.month, day.day))


def towns() -> Gazetteer | None:
    """The gazetteer, where it is compiled."""
    path = gazetteer_path(settings.GAZETTEER)
    return Gazetteer(path) if path.exists() else None


def meant_in(reading: Reading, facts: Sequence[Fact]) -> list[dict[str, Meant]]:
    """For each of the facts, who its parties are, by their keys: first whom the desk took for the name."""
    return who_is_meant(facts, subject=subject_of(reading), gazetteer=towns(), before=chosen_before(reading))


def chosen_before(reading: Reading) -> dict[Called, Party]:
    """Whom this desk took for the names of this page, in any reading of it; two queries."""
    taken = ReadFact.objects.filter(reading__in=readings_of_page(reading).order_by(), decision__in=TAKEN)
    chosen: dict[Called, str] = {}
    for kept in taken.order_by("decided_at", "pk"):
        ends = ends_of(fact_of(kept.kind, kept.told))
        chosen |= {end.called: kept.choices[end.key] for end in ends if kept.choices.get(end.key)}
    keys = {
        int(value.removeprefix("party:")) for value in chosen.values()
    }  # what was taken is in the register
    parties = {value_of(party): party for party in Party.objects.standing().filter(pk__in=keys)}
    return {called: parties[value] for called, value in chosen.items() if value in parties}


def reviews_of(reading: Reading, facts: Sequence[ReadFact]) -> list[Review]:
    """How these facts of a reading stand to the register now; the same number of queries for any number."""
    told = [fact_of(kept.kind, kept.told) for kept in facts]
    meant = meant_in(reading, told)
    ends = [parties_of(one) for one in meant]
    known: Known = known_of(told, ends)
    page = page_of(reading)
    return [
        Review(kept, fact, who, plan_of(fact, fact, parties, known, page))
        for kept, fact, who, parties in zip(facts, told, meant, ends, strict=True)
    ]


def takeable(reviews: Sequence[Review], *, by: User) -> list[Review]:
    """Those of the facts that a person may take up."""
    may = may_take(by, [(review.plan, parties_of(review.meant)) for review in reviews])
    return [review for review, is_allowed in zip(reviews, may, strict=True) if is_allowed]


def agreeing(reviews: Sequence[Review], *, by: User) -> list[Review]:
    """Those of the facts that a person can accept together: they agree, and are theirs to take up."""
    return takeable([review for review in reviews if review.agrees], by=by)


@dataclass
class Gone:
    """What an earlier reading of the page found and this one does not."""

    reading: Reading
    reviews: Sequence[Review] = field(default_factory=list)

    @cached_property
    def statements(self) -> list[Statement]:
        """The words of the page that it no longer says; they keep, and grow old."""
        before = [fact for fact in self._taken if fact.fingerprint not in self._said_now]
        rows = Statement.objects.filter(
            pk__in=ReadFact.statements.through.objects.filter(
                readfact__in=[fact.pk for fact in before]
            ).values("statement")
        )
        words = rows.exclude(verdict=Verdict.REJECTED).select_related("source", "decided_by")
        return [word for word in words.order_by("pk") if self._key(word) not in self._still]

    @cached_property
    def _taken(self) -> list[ReadFact]:
        return list(earlier_facts(self.reading).filter(decision__in=TAKEN))

    @cached_property
    def _said_now(self) -> set[str]:
        return set(self.reading.facts.values_list("fingerprint", flat=True))

    @cached_property
    def _still(self) -> set[tuple[str, int, str, str]]:
        """What the facts of this reading say of records that the register has, or have said.

        What was rejected of them stands on the page all the same.
        """
        decided = self.reading.facts.filter(decision__in=TAKEN, statements__isnull=False)
        kept = Statement.objects.filter(pk__in=decided.values("statements"))
        rejected = list(self.reading.facts.filter(decision=FactDecision.REJECTED))
        open_ones = {
            (part.record._meta.label_lower, part.record.pk, said.field, said.stated)
            for review in (*self.reviews, *(reviews_of(self.reading, rejected) if rejected else ()))
            for part in review.plan
            if part.record is not None
            for said in part.said
        }
        return open_ones | {self._key(word) for word in kept}

    @staticmethod
    def _key(word: Statement) -> tuple[str, int, str, str]:
        return word.subject_type, word.subject_id, word.field, word.stated


def open_facts(reading: Reading) -> list[ReadFact]:
    """The facts that wait, in the order of the page."""
    return list(reading.facts.filter(decision=FactDecision.OPEN))


def next_open(fact: ReadFact) -> ReadFact | None:
    """The fact that waits after this one; after the last the first."""
    waiting = fact.reading.facts.filter(decision=FactDecision.OPEN).exclude(pk=fact.pk)
    return waiting.filter(number__gt=fact.number).first() or waiting.first()
