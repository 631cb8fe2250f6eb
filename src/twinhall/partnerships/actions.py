"""Deeds on partnerships: found one, add an act. Facts about them go in as statements."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.acts import make_room
from twinhall.core.dates import PartialDate
from twinhall.core.text import free_slug, slug
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.parties.models import Party
from twinhall.partnerships.models import (
    STATUS_AFTER,
    Act,
    ActKind,
    CooperationField,
    Partnership,
    Signatory,
    Status,
)

NEEDS_BEGINNING = frozenset(
    {
        ActKind.RENEWED,
        ActKind.SUSPENDED,
        ActKind.RESUMED,
        ActKind.REVIVED,
        ActKind.LAPSED,
        ActKind.ENDED,
    }
)

# What can be done with a tie, by its status today; an act of an earlier day can be added to any.
DEEDS: Mapping[str, tuple[ActKind, ...]] = {
    Status.UNKNOWN: (ActKind.INTENT, ActKind.BEGUN, ActKind.SIGNED),
    Status.CONTACT: (ActKind.INTENT, ActKind.BEGUN, ActKind.SIGNED),
    Status.PROPOSED: (ActKind.BEGUN, ActKind.SIGNED),
    Status.IN_FORCE: (
        ActKind.SIGNED,
        ActKind.RENEWED,
        ActKind.WIDENED,
        ActKind.SUSPENDED,
        ActKind.LAPSED,
        ActKind.ENDED,
        ActKind.LEFT,
    ),
    Status.SUSPENDED: (ActKind.RESUMED, ActKind.ENDED),
    Status.DORMANT: (ActKind.REVIVED, ActKind.ENDED),
    Status.ENDED: (ActKind.SIGNED, ActKind.REVIVED),
}


def open_deeds(partnership: Partnership) -> list[ActKind]:
    """What can be done with a tie now, whose status ``queries.as_of`` has annotated."""
    kinds = [act.kind for act in partnership.acts.all()]
    staying = len(partnership.signatories.all()) - kinds.count(ActKind.LEFT) + kinds.count(ActKind.JOINED)
    if staying < 2:  # noqa: PLR2004 - nobody is left to do it with
        return []
    return [
        kind
        for kind in DEEDS[partnership.status]
        if (kind not in NEEDS_BEGINNING or has_begun(kinds)) and (kind != ActKind.LEFT or staying > 2)  # noqa: PLR2004
    ]


def has_begun(kinds: Sequence[str]) -> bool:
    """Whether one of the acts has begun the tie."""
    return any(STATUS_AFTER.get(kind) == Status.IN_FORCE for kind in kinds)


def parties_key(parties: Sequence[Party]) -> str:
    """The parties of a tie as one text: their numbers, sorted."""
    return " ".join(str(pk) for pk in sorted(party.pk for party in parties))


def find_partnership(kind: str, parties: Sequence[Party]) -> Partnership | None:
    """The standing partnership of this kind between these parties, if there is one."""
    return Partnership.objects.standing().filter(kind=kind, parties_key=parties_key(parties)).first()


@transaction.atomic
def found_partnership(
    *, kind: str, parties: Sequence[Party], by: User, continues: Partnership | None = None
) -> Partnership:
    """Make a partnership of two or more parties. Raises ValidationError where there can be none."""
    if len({party.pk for party in parties}) < 2:  # noqa: PLR2004
        raise ValidationError({"parties": _("A partnership has two signatories or more.")})
    if len({party.pk for party in parties}) < len(parties):
        raise ValidationError({"parties": _("A party signs once.")})
    partnership = Partnership(
        kind=kind, parties_key=parties_key(parties), slug=_free_slug(parties), continues=continues
    )
    partnership.full_clean()
    partnership.save()
    Signatory.objects.bulk_create(Signatory(partnership=partnership, party=party) for party in parties)
    log(gettext_noop("partnership founded"), partnership.slug, by=by, record=partnership)
    return partnership


def _free_slug(parties: Sequence[Party]) -> str:
    """Parties in alphabetical order; a clash adds the countries, then a number."""
    ordered = sorted(party.slug for party in parties)
    countries = sorted({party.country.lower() for party in parties if party.country})
    return free_slug(
        slug(*ordered), *countries, taken=lambda wanted: Partnership.objects.filter(slug=wanted).exists()
    )


def check_acts(kinds: Sequence[str]) -> None:
    """Refuse acts that end, suspend or renew what never began; ``kinds`` are all acts in their order."""
    begun = False
    for kind in kinds:
        if kind in NEEDS_BEGINNING and not begun:
            raise ValidationError(
                _("The act “%(act)s” cannot come first: nothing has begun that it could apply to.")
                % {"act": ActKind(kind).label}
            )
        begun = begun or STATUS_AFTER.get(kind) == Status.IN_FORCE


@transaction.atomic
def add_act(
    partnership: Partnership,
    *,
    kind: str,
    by: User,
    number: int | None = None,
    party: Party | None = None,
    date: PartialDate | None = None,
) -> Act:
    """Add an act after the others, at a free number, or where its date puts it.

    The date itself goes in as a statement. Raises ValidationError where the act cannot be.
    """
    if party is not None and not partnership.signatories.filter(party=party).exists():
        raise ValidationError({"party": _("Only a party of the partnership joins or leaves it.")})
    if number and Act.every.filter(partnership=partnership, number=number).exists():
        raise ValidationError(_("This tie has an act with this number already."))
    place = number or make_room(Act.every.filter(partnership=partnership), date)
    earlier = list(partnership.acts.values_list("number", "kind"))
    check_acts([k for _, k in sorted([*earlier, (place, kind)], key=itemgetter(0))])
    act = Act(partnership=partnership, kind=kind, number=place, party=party)
    act.full_clean()
    act.save()
    log(gettext_noop("act added"), str(act), by=by, record=act)
    return act


def keep_fields(*, using: str = "default") -> None:
    """Keep the rows of the vocabulary in step with the data that ships; existing codes stay."""
    CooperationField.objects.using(using).bulk_create(
        [CooperationField(code=code, position=n) for n, code in enumerate(fields_of_cooperation())],
        update_conflicts=True,
        update_fields=["position"],
        unique_fields=["code"],
    )
