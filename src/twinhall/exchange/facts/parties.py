"""Sources, parties and what is said of them."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.evidence.models import Source
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import ContactFacts, NameFacts, PartyFacts, SourceFacts
from twinhall.parties.models import Contact, Identifier, Name, Party, Publication


def keep_parties(ledger: Ledger, file: ReadFile) -> None:
    """Make the parties that the register does not have yet; facts about them follow."""
    for facts in file.facts.party:
        with ledger.at(Where(file.name, f"party {facts.slug}")):
            _keep_party(ledger, facts)


def _keep_party(ledger: Ledger, facts: PartyFacts) -> None:
    known = ledger.known_party(facts.slug)
    if known is not None and known.kind != facts.kind:
        message = _("The party is of kind “%(known)s” already, not “%(kind)s”.")
        raise ValidationError({"kind": message % {"known": known.kind, "kind": facts.kind}})
    party = known or Party(slug=facts.slug, kind=facts.kind)
    unnamed_language = bool(facts.language) and not party.language
    if unnamed_language:
        party.language = facts.language
    if known is None or unnamed_language:
        party.clean_fields()  # its address is free, and no more than address and kind is set
        party.save()
    ledger.keep_party(ledger.made(party, new=known is None))


def keep_sources(ledger: Ledger, file: ReadFile) -> None:
    """Make or renew the sources of a file and who publishes them."""
    for facts in file.facts.source:
        with ledger.at(Where(file.name, f"source {facts.key}")):
            ledger.once("source", facts.key)
            _keep_source(ledger, facts)


def _keep_source(ledger: Ledger, facts: SourceFacts) -> None:
    """Make or renew a source and its publication."""
    publisher = ledger.party(facts.publisher, "publisher") if facts.publisher else None
    kept = Source.objects.filter(key=facts.key).first()
    source = kept or Source(key=facts.key)
    source.kind, source.title, source.url = facts.kind, facts.title, facts.url
    source.language, source.licence, source.read_on = facts.language, facts.licence, facts.read
    source.dated, source.not_before = facts.dated, facts.not_before
    source.full_clean()
    source.save()
    if publisher is not None:
        Publication.objects.update_or_create(source=source, defaults={"publisher": publisher})
    ledger.sources[facts.key] = ledger.made(source, new=kept is None)


ONE_VALUE = ("name", "country", "latitude", "longitude", "population", "population_year", "website")


def tell_parties(ledger: Ledger, file: ReadFile) -> None:
    """Note what sources say of parties."""
    for facts in file.facts.party:
        where = Where(file.name, f"party {facts.slug}")
        with ledger.at(where):
            _tell_party(ledger, file, facts, where)


def _tell_party(ledger: Ledger, file: ReadFile, facts: PartyFacts, where: Where) -> None:
    source = ledger.source(facts.source, file)
    ledger.once("party", facts.slug, source.pk)
    party = ledger.party(facts.slug)
    if facts.printed:
        ledger.tell_exists(party, facts, source, where)
    for column in ONE_VALUE:
        ledger.tell(party, column, getattr(facts, column), source, where)
    if facts.identifiers:
        _keep_identifiers(ledger, party, facts.identifiers, where)
    if facts.names:
        _keep_names(ledger, file, party, facts, where)
    for contact in facts.contacts:
        place = where.at(f"contacts ({contact.slug})")
        with ledger.at(place):
            told_by = ledger.source(contact.source or facts.source, file)
            _keep_contact(ledger, party, contact, told_by, place)


def _keep_identifiers(ledger: Ledger, party: Party, told: Mapping[str, str], where: Where) -> None:
    known = {(kept.scheme, kept.value) for kept in party.identifiers.all()}
    for scheme, value in told.items():
        if (scheme, value) not in known:
            with ledger.at(where.at(f"identifiers ({scheme})")):
                identifier = Identifier(party=party, scheme=scheme, value=value)
                identifier.full_clean()
                identifier.save()
                ledger.made(identifier)


def _keep_names(ledger: Ledger, file: ReadFile, party: Party, facts: PartyFacts, where: Where) -> None:
    known = {(kept.text, kept.language, kept.kind): kept for kept in Name.every.filter(party=party)}
    for told in facts.names:
        place = where.at(f"names ({told.text})")
        with ledger.at(place):
            source = ledger.source(told.source or facts.source, file)
            identity = (told.text, told.language, told.kind)
            name = known.get(identity) or _new_name(ledger, party, told)
            known[identity] = name
            ledger.tell_exists(name, told, source, place)


def _new_name(ledger: Ledger, party: Party, facts: NameFacts) -> Name:
    name = Name(party=party, text=facts.text, language=facts.language, kind=facts.kind)
    name.clean_fields(exclude=["party"])  # the party is there, and does not have this name yet
    name.save()
    return ledger.made(name)


def _keep_contact(ledger: Ledger, party: Party, facts: ContactFacts, told_by: Source, where: Where) -> None:
    kept = party.contacts.filter(key=facts.slug).first()
    contact = kept or Contact(party=party, key=facts.slug)
    if kept is None:
        contact.full_clean()
        contact.save()
    ledger.tell_exists(ledger.made(contact, new=kept is None), facts, told_by, where)
    ledger.tell_texts(contact, "office", facts.office, told_by, where)
    ledger.tell(contact, "address", facts.address, told_by, where)
    ledger.tell(contact, "website", facts.website, told_by, where)
