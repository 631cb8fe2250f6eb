"""Which source a page is that was read: known by its address, else by its title.

A text that a person gives as the page of somebody else is a copy: nobody can tell whether it stands there, so
it never counts as what a side of a record says itself.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from twinhall.evidence.models import Snapshot, Source, SourceKind
from twinhall.parties.actions import known_page, page_source
from twinhall.parties.models import Party
from twinhall.parties.publishing import credit, plain, spellings

ANOTHER = "another"
"""What is chosen where a page is none of those of its title."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A page as a person had it read for the desk of ``party``, who say that it is a page of ``whose``.

    ``addresses``: where it was found in the end, then where it was looked for; none where it has none.
    ``is_fetched``: it came from its address, and not from the person's hands.
    """

    party: Party
    whose: Party | None
    addresses: Sequence[str]
    title: str
    language: str
    text: str
    is_fetched: bool

    @property
    def is_copy(self) -> bool:
        """Whether a person gave it in the name of somebody else."""
        return not self.is_fetched and self.whose != self.party

    @property
    def about(self) -> Party | None:
        """Whose page it is a copy of."""
        return self.whose if self.is_copy else None


def page_of(given: Given, *, day: dt.date, chosen: str = "") -> Source:
    """The page as a source; ``chosen`` says which of those ``alike`` it is, by primary key, or ANOTHER.

    Raises ValidationError where that is not said, and where the page may not be whose they say it is.
    """
    known = _at_address(given) if given.addresses else _of_title(given, chosen)
    source = known or _new(given, day)
    if given.whose is not None and not given.is_copy:
        credit(source, given.whose, is_own=given.whose == given.party)
    return source


def alike(given: Given) -> list[Source]:
    """The pages of its title that have been read and read otherwise: any of them may be meant, or none."""
    if given.addresses or _of_same_text(given) is not None:
        return []
    return list(_titled(given).filter(snapshots__isnull=False).distinct())


def _at_address(given: Given) -> Source | None:
    if not given.is_copy:
        return known_page(*given.addresses)
    spelt = [spelling for address in given.addresses for spelling in spellings(address)]
    return _copies(given).filter(url__in=spelt).first()


def _of_title(given: Given, chosen: str) -> Source | None:
    """The page of its title that reads the same, or was chosen, or was never read here."""
    same, others = _of_same_text(given), alike(given)
    if same is not None or not others:
        return same or _titled(given).first()
    found = next((source for source in others if str(source.pk) == chosen), None)
    if found is None and chosen != ANOTHER:
        raise ValidationError({"which": _("Say whether it is the same page.")})
    return found


def _of_same_text(given: Given) -> Source | None:
    return _titled(given).filter(snapshots__sha256=hash_of(given.text)).first()


def _titled(given: Given) -> "QuerySet[Source]":
    if given.is_copy:
        return _copies(given).filter(title=given.title, url="")
    pages = Source.objects.filter(kind=SourceKind.PAGE, title=given.title)
    return pages.filter(publication__publisher=given.whose).order_by("pk")


def _copies(given: Given) -> "QuerySet[Source]":
    """The copies of pages of the same party that were given for the same desk."""
    about = Q(readings__about=given.about) if given.about else Q(readings__about__isnull=True)
    read = Snapshot.objects.filter(about, readings__party=given.party)
    return Source.objects.filter(kind=SourceKind.COPY, pk__in=read.values("source")).order_by("pk")


def _new(given: Given, day: dt.date) -> Source:
    if given.addresses and not given.is_copy:
        return page_source(
            url=given.addresses[0], title=given.title, language=given.language, publisher=None, day=day
        )
    kind = SourceKind.COPY if given.is_copy else SourceKind.PAGE
    url = plain(given.addresses[0]) if given.addresses else ""
    about = given.about.pk if given.about else ""
    said = f"{given.party.pk} {about} {url or f'{given.title} {given.text}'}"
    source = Source(
        key=f"{kind}-{hash_of(said)[:24]}",
        kind=kind,
        title=given.title,
        url=url,
        language=given.language,
        read_on=day,
    )
    source.full_clean()
    source.save()
    return source


def hash_of(text: str) -> str:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()
