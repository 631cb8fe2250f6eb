"""What is being loaded: records found or made so far, what is stated of them, what is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.evidence.actions import Proposal, RefusedError, accept, propose
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.facts.problems import Problem, Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import Record, Texts, Told
from twinhall.parties import precedence
from twinhall.parties.models import Party

if TYPE_CHECKING:
    from twinhall.core.acts import Act

ORIGIN = "facts@1"
M = TypeVar("M", bound=models.Model)


@dataclass
class Report:
    """What a load did: records made, statements new to the register, statements known before."""

    made: Counter[str] = field(default_factory=Counter)
    new_statements: int = 0
    known_statements: int = 0

    @property
    def changed(self) -> bool:
        """Whether the load added anything."""
        return bool(self.made.total() or self.new_statements)


class Ledger:
    """What is being loaded: the records found or made so far, what is stated of them, what is wrong."""

    def __init__(self, *, by: User) -> None:
        self.by = by
        self.report = Report()
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self.acts: dict[Act, Where] = {}
        # What files say of a party that was merged into another is said of that one.
        known = Party.objects.select_related("merged_into")
        self._parties = {party.slug: party.merged_into or party for party in known}
        self._proposals: list[tuple[Proposal, Where]] = []
        self._stated_twice: set[tuple[object, ...]] = set()

    @contextmanager
    def at(self, where: Where) -> Iterator[None]:
        """Note what is wrong with one record, and go on with the next: the load as a whole is undone."""
        try:
            yield
        except ValidationError as error:
            by_field = (
                error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            )
            for column, messages in by_field.items():
                place = where if column == NON_FIELD_ERRORS else where.at(column)
                self.problems += [Problem(place, message) for message in messages]

    def party(self, slug: str, column: str = "party") -> Party:
        """The party with this address, which ``column`` names. Raises ValidationError where there is none."""
        party = self.known_party(slug)
        if party is None:
            message = _("There is no party “%(slug)s”: it needs a table [[party]] in one of the files.")
            raise ValidationError({column: message % {"slug": slug}})
        return party

    def parties(self, slugs: Sequence[str], column: str) -> list[Party]:
        """The parties with these addresses. Raises ValidationError where there is none."""
        return [self.party(slug, column) for slug in slugs]

    def known_party(self, slug: str) -> Party | None:
        """The party with this address, if there is one."""
        return self._parties.get(slug)

    def keep_party(self, party: Party) -> None:
        """Make a new party known to the records that follow."""
        self._parties[party.slug] = party

    def made(self, record: M, *, new: bool = True) -> M:
        """Count a record that was made."""
        if new:
            self.report.made[str(record._meta.verbose_name_plural)] += 1
        return record

    def source(self, name: str, file: ReadFile) -> Source:
        """The named source, else the first of the file. Raises ValidationError where there is none."""
        key = name or file.facts.source[0].key
        if key not in self.sources:
            message = _("There is no source “%(key)s”: it needs a table [[source]] in one of the files.")
            raise ValidationError({"source": message % {"key": key}})
        return self.sources[key]

    def once(self, *identity: object) -> None:
        """Refuse a record that the same source states twice in this load."""
        if identity in self._stated_twice:
            raise ValidationError(_("This stands twice: the same source states the same record again."))
        self._stated_twice.add(identity)

    # What is stated -------------------------------------------------------------------------------

    def tell(
        self, subject: models.Model, column: str, told: Told | None, source: Source, where: Where
    ) -> None:
        """Note what a source says of one field."""
        if told is not None:
            self._note(subject, column, told, source, where.at(column))

    def tell_many(
        self, subject: models.Model, column: str, told: Sequence[Told], source: Source, where: Where
    ) -> None:
        """Note the members that a source gives of a set."""
        for member in told:
            self._note(subject, column, member, source, where.at(column))

    def tell_texts(
        self, subject: models.Model, column: str, texts: Texts, source: Source, where: Where
    ) -> None:
        """Note a text in each of its languages."""
        for language, told in texts.items():
            self._note(subject, column, told, source, where.at(f"{column}.{language}"), language=language)

    def tell_exists(self, subject: models.Model, record: Record, source: Source, where: Where) -> None:
        """Note that a source knows the record, and by which words."""
        self._note(subject, EXISTS, Told(value="yes", printed=record.printed), source, where)

    def _note(
        self,
        subject: models.Model,
        column: str,
        told: Told,
        source: Source,
        where: Where,
        *,
        language: str = "",
    ) -> None:
        own = self.sources.get(told.source) if told.source else source
        if own is None:
            message = _("There is no source “%(key)s”: it needs a table [[source]] in one of the files.")
            self.problems.append(Problem(where.at("source"), message % {"key": told.source}))
            return
        proposal = Proposal(
            subject=subject,
            field=column,
            stated=told.value if told.stated is None else told.stated,
            value=told.value,
            why=told.why,
            as_printed=told.printed,
            language=language,
            source=own,
            origin=ORIGIN,
        )
        self._proposals.append((proposal, where))

    def settle(self) -> None:
        """Propose all that was noted, and accept what nobody has decided on yet."""
        before = Statement.objects.count()
        try:
            statements = propose(proposal for proposal, _where in self._proposals)
        except RefusedError as error:
            places = {id(proposal): where for proposal, where in self._proposals}
            self.problems += [Problem(places[id(p)], message) for p, message in error.refusals]
            return
        undecided = [statement for statement in statements if statement.verdict == Verdict.PROPOSED]
        accept(undecided, by=self.by, rank=precedence.rank)
        self.report.new_statements = Statement.objects.count() - before
        self.report.known_statements = len(statements) - self.report.new_statements
