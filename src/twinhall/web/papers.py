"""Papers as PDF, in the language of the request: a network's list of members, a certificate."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from twinhall.core.text import alphabetical
from twinhall.documents.typesetting import typeset
from twinhall.networks.models import Category, Membership, Network
from twinhall.networks.queries import member_roll
from twinhall.parties.models import Party
from twinhall.web import rows, say
from twinhall.web.names import Names

PDF = "application/pdf"
LARGEST = 1000
"""The most members of a list as PDF: it is set whole before it goes out."""


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF as an answer, to look at or to save under this name."""
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def certificate(membership: Membership, day: dt.date) -> bytes:
    """The certificate of a member; that it is one on the day, the caller has asked."""
    network, party = membership.network.party, membership.party
    names = Names([party, network])
    since = rows.since(membership.since, membership.since_kind, list(membership.acts.all()))
    facts = [
        (_("Category"), say.label(Category(membership.category or Category.MEMBER))),
        (_("Running number"), str(membership.number) if membership.number else ""),
        (_("Since"), since.when if membership.since else ""),
        (_("As of"), say.date(day)),
    ]
    own = str(party)
    data = {
        "title": _("Certificate of membership"),
        "network": names.text(network),
        "certifies": _("This is to certify that"),
        "member": names.text(party),
        "own": own if own != names.text(party) else "",
        "belongs": _("belongs to %(network)s.") % {"network": names.text(network)},
        "facts": [(label, value) for label, value in facts if value],
        "signatures": [_("Place and date"), _("For %(network)s") % {"network": names.text(network)}],
        "foot": _printed(day),
    }
    return typeset("networks/certificate", data, language=get_language() or "en")


def member_list(network: Network, day: dt.date, grouped: str) -> bytes:
    """The members of a network on a day, as one list or grouped by one of GROUPS."""
    members = list(member_roll(network, day)[:LARGEST])
    names = Names([network.party, *(m.party for m in members), *_others(members)])
    groups = GROUPS[grouped](members, names)
    title = _("Members of %(network)s") % {"network": names.text(network.party)}
    data = {
        "title": title,
        "lede": ngettext(
            "As of %(day)s: %(count)s member.", "As of %(day)s: %(count)s members.", len(members)
        )
        % {"day": say.date(day), "count": say.number(len(members))},
        "columns": [
            {"label": _("No."), "width": 0.7, "align": "right"},
            {"label": _("Member"), "width": 4},
            {"label": _("Country"), "width": 2.2},
            {"label": _("Category"), "width": 2.2},
            {"label": _("Since"), "width": 2.2},
        ],
        "groups": [
            {"heading": heading, "rows": [_row(member, names) for member in some]}
            for heading, some in groups.items()
        ],
        "foot": _printed(day),
    }
    return typeset("documents/list", data, language=get_language() or "en")


def _others(members: Sequence[Membership]) -> list[Party]:
    return [*rows.parties_of([m.pair for m in members if m.pair]), *(m.via for m in members if m.via)]


def _row(member: Membership, names: Names) -> list[object]:
    name = names.of(member.party)
    own = str(member.party) if str(member.party) != name.text else ""
    through = _("through %(body)s") % {"body": names.text(member.via)} if member.via else ""
    told = {"text": name.text, "lang": name.language, "small": " · ".join(filter(None, (own, through)))}
    return [
        str(member.number or ""),
        told,
        say.country(member.party.country) if member.party.country else "",
        say.label(Category(member.category)) if member.category else "",
        say.date(member.since),
    ]


Groups = Mapping[str, Sequence[Membership]]


def _by_name(members: Sequence[Membership], names: Names) -> Groups:
    return {"": sorted(members, key=lambda m: alphabetical(names.text(m.party)))}


def _by_country(members: Sequence[Membership], names: Names) -> Groups:
    def country(member: Membership) -> str:
        return say.country(member.party.country) if member.party.country else _("without a country")

    return _grouped(members, names, country)


def _by_pair(members: Sequence[Membership], names: Names) -> Groups:
    def pair(member: Membership) -> str:
        if member.pair is None:
            return _("without a pair")
        return " – ".join(names.text(s.party) for s in member.pair.signatories.all())

    return _grouped(members, names, pair)


def _grouped(members: Sequence[Membership], names: Names, key: Callable[[Membership], str]) -> Groups:
    found: dict[str, list[Membership]] = {}
    for member in _by_name(members, names)[""]:
        found.setdefault(key(member), []).append(member)
    return dict(sorted(found.items(), key=lambda pair: alphabetical(pair[0])))


GROUPS: Mapping[str, Callable[[Sequence[Membership], Names], Groups]] = {
    "name": _by_name,
    "country": _by_country,
    "pair": _by_pair,
}


def _printed(day: dt.date) -> str:
    return _("Twinhall, as of %(day)s") % {"day": say.date(day)}
