"""Sources, parties and what is said of them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.core.dates import PartialDate
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
    known = Party.objects.filter(slug=facts.slug).first()
    if known is not None and known.kind != facts.kind:
        raise ValidationError(
            _("The party is of kind “%(known)s” already, not “%(kind)s”.")
            % {"known": known.kind, "kind": facts.kind}
        )
    party = known or Party(slug=facts.slug, kind=facts.kind)
    unnamed_language = bool(facts.language) and not party.language
    if unnamed_language:
        party.language = facts.language
    if known is None or unnamed_language:
        party.full_clean()
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
    publisher = ledger.party(facts.publisher) if facts.publisher else None
    kept = Source.objects.filter(key=facts.key).first()
    source = kept or Source(key=facts.key)
    source.kind, source.title, source.url = facts.kind, facts.title, facts.url
    source.language, source.licence, source.read_on = facts.language, facts.licence, facts.read
    source.dated = PartialDate.parse(facts.dated) if facts.dated else None
    source.not_before = PartialDate.parse(facts.not_before) if facts.not_before else None
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
    for scheme, value in facts.identifiers.items():
        _keep_identifier(ledger, party, scheme, value)
    for name in facts.names:
        _keep_name(ledger, file, party, facts.source, name, where.at(f"names ({name.text})"))
    for contact in facts.contacts:
        _keep_contact(ledger, file, party, facts.source, contact, where.at(f"contacts ({contact.office})"))


def _keep_identifier(ledger: Ledger, party: Party, scheme: str, value: str) -> None:
    identifier = Identifier(party=party, scheme=scheme, value=value)
    if Identifier.objects.filter(party=party, scheme=scheme, value=value).exists():
        return
    identifier.full_clean()
    identifier.save()
    ledger.made(identifier)


def _keep_name(
    ledger: Ledger, file: ReadFile, party: Party, source: str, facts: NameFacts, where: Where
) -> None:
    kept = Name.objects.filter(party=party, text=facts.text, language=facts.language, kind=facts.kind).first()
    name = kept or Name(party=party, text=facts.text, language=facts.language, kind=facts.kind)
    if kept is None:
        name.full_clean()
        name.save()
    ledger.tell_exists(
        ledger.made(name, new=kept is None), facts, ledger.source(facts.source or source, file), where
    )


def _keep_contact(
    ledger: Ledger, file: ReadFile, party: Party, source: str, facts: ContactFacts, where: Where
) -> None:
    told_by = ledger.source(facts.source or source, file)
    contact, new = Contact.objects.get_or_create(party=party, office=facts.office)
    ledger.tell_exists(ledger.made(contact, new=new), facts, told_by, where)
    ledger.tell(contact, "address", facts.address, told_by, where)
    ledger.tell(contact, "website", facts.website, told_by, where)
