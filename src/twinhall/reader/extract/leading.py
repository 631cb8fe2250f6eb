"""Sentences that lead to a tie: whom they name before it is told, and when it began before it was signed."""

from collections.abc import Sequence

from twinhall.core.dates import PartialDate
from twinhall.core.text import fold
from twinhall.reader.extract.beside import country_of
from twinhall.reader.extract.dating import ENDS, Span, dated
from twinhall.reader.extract.naming import cut, in_brackets, is_country, is_word
from twinhall.reader.extract.parties import Party, parties_in
from twinhall.reader.extract.scene import Scene, Subject

_TO_SIGNING = 40  # years from a first contact to the signing, at most
_STEM = 4  # letters by which a name is known again in another case
_ENDING = 3  # letters that a name's cases have of their own, at most
_NO_CONTACT = frozenset({"founded", "anniversary", "end", "suspend", "inactive", "renew", "plan", "decide"})
_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")


def led_to(scene: Scene, subject: Subject, lead: Span, span: Span) -> Party | None:
    """The party of a tie that a sentence tells without naming it: the only one of the sentence before.

    "Firemen of ours met those of A (X) in 1962. The agreement was signed in 1996." A sentence that names
    another place, or has no deed for a tie, tells nothing of it.
    """
    if not subject.is_town or not _tells_deed(scene, span) or _names_another(scene, subject, span):
        return None
    if scene.has(*lead, "word.stop", "act.seek", "act.reject", "act.other", "act.neighbour", *ENDS):
        return None
    others = _others_in(scene, subject, lead)
    if len(others) != 1:
        return None
    party, codes = others[0], {each.code for each in scene.countries(*span)}
    if not party.country and len(codes) == 1:
        party.country = codes.pop()
        party.named = scene.named(party.named.written, party.country)
    return party if party.country else None


def _others_in(scene: Scene, subject: Subject, lead: Span) -> list[Party]:
    """The parties that a sentence names, and the other places that it names with their country."""
    others = [party for party in parties_in(scene, subject, lead) if party.named is not subject.named]
    countries = scene.countries(*lead)
    mentions = [cut(scene, mention, countries) for mention in scene.mentions(*lead)]
    found = list(others)
    for index, mention in enumerate(mentions):
        if any(party.start < mention.end and mention.start < party.end for party in others):
            continue
        if is_country(mention, countries) or subject.is_meant(mention.text, mention.candidates):
            continue
        if is_word(scene, lead, mention) or in_brackets(scene, lead, mention):
            continue
        if country := country_of(scene, mention, mentions, index, countries):
            named = scene.named(mention.text, country)
            found.append(Party(mention.start, mention.end, named, country))
    return found


def contact_before(
    scene: Scene, leads: Sequence[Span], party: Party, since: PartialDate | None
) -> PartialDate | None:
    """The earliest date of the sentences before a tie's that name its party, where it was signed later."""
    if since is None:
        return None
    found = [
        each.told.date
        for lead in leads
        if _is_named(scene, lead, party)
        for each in dated(scene, lead)
        if each.role not in _NO_CONTACT and each.told.date.last_day < since.first_day
    ]
    return min(
        (date for date in found if since.first_day.year - date.first_day.year <= _TO_SIGNING), default=None
    )


def _tells_deed(scene: Scene, span: Span) -> bool:
    """Whether a sentence says that an agreement or a tie was signed or is to be, or when it was made."""
    if not scene.has(*span, "tie.agreement", *_TIES):
        return False
    return scene.has(*span, "act.sign", "act.plan") or any(
        each.role == "agreement" for each in dated(scene, span)
    )


def _names_another(scene: Scene, subject: Subject, span: Span) -> bool:
    return any(party.named is not subject.named for party in parties_in(scene, subject, span))


def _is_named(scene: Scene, span: Span, party: Party) -> bool:
    name = fold(party.named.written)
    stem = name[: max(_STEM, len(name) - _ENDING)]
    return len(stem) >= _STEM and stem in fold(scene.text[slice(*span)])
