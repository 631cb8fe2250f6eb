"""Partnerships, their acts, and what is said of them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.exchange.facts.acts import tell_acts
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import ActFacts, PartnershipFacts
from twinhall.partnerships.actions import add_act, find_partnership, found_partnership
from twinhall.partnerships.models import Act, Partnership


def tell_partnerships(ledger: Ledger, file: ReadFile) -> None:
    """Make the partnerships of a file that the register does not have, and note what is said of all."""
    for number, facts in enumerate(file.facts.partnership, start=1):
        where = Where(file.name, f"partnership {number} ({' – '.join(facts.parties)})")
        with ledger.at(where):
            _tell_partnership(ledger, file, facts, where)


def _tell_partnership(ledger: Ledger, file: ReadFile, facts: PartnershipFacts, where: Where) -> None:
    source = ledger.source(facts.source, file)
    partnership = _keep(ledger, facts)
    ledger.once("partnership", partnership.pk, source.pk)
    ledger.tell_exists(partnership, facts, source, where)
    ledger.tell_many(partnership, "fields", facts.fields, source, where)
    ledger.tell_texts(partnership, "history", facts.history, source, where)

    def add(told: ActFacts) -> Act:
        party = ledger.party(told.party) if told.party else None
        return add_act(partnership, kind=told.kind, by=ledger.by, party=party)

    known = list(Act.every.filter(partnership=partnership).order_by("number"))
    tell_acts(ledger, file, facts.acts, known=known, add=add, source=source, where=where)


def _keep(ledger: Ledger, facts: PartnershipFacts) -> Partnership:
    parties = ledger.parties(facts.parties, "parties")
    continues = _continued(ledger, facts)
    known = find_partnership(facts.kind, parties)
    if known is None:
        made = found_partnership(kind=facts.kind, parties=parties, by=ledger.by, continues=continues)
        return ledger.made(made)
    if continues is not None and known.continues_id is None:
        known.continues = continues
        known.save(update_fields=["continues"])
    return known


def _continued(ledger: Ledger, facts: PartnershipFacts) -> Partnership | None:
    """The tie of more parties that this one lives on from, which must have been told before it."""
    if not facts.continues:
        return None
    found = find_partnership(facts.kind, ledger.parties(facts.continues, "continues"))
    if found is None:
        message = _("There is no partnership of this kind between %(parties)s yet.")
        raise ValidationError({"continues": message % {"parties": " – ".join(facts.continues)}})
    return found
