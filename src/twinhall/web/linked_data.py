"""What pages say of their records to machines: schema.org as JSON-LD. No question is asked for it.

A block of data is not run, so the content policy has nothing to say of it. What could end the block, or break
a script that reads it, is written as an escape.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from markupsafe import Markup

from twinhall.core.languages import FALLBACK, Text, best
from twinhall.meetings.models import Meeting
from twinhall.networks.models import Membership, MembershipStatus, Network
from twinhall.parties.models import Party, PartyKind
from twinhall.projects.models import Participation, Project
from twinhall.web.attribution import licence, publisher, sources_address
from twinhall.web.downloads import Download, downloads
from twinhall.web.listings.shape import Listing, written
from twinhall.web.names import Names

Thing = dict[str, Any]

ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
MOST = 50
"""So many members or partners at most: a page is no list."""
TYPES: Mapping[str, str] = {
    PartyKind.MUNICIPALITY: "City",
    PartyKind.DISTRICT: "AdministrativeArea",
    PartyKind.REGION: "AdministrativeArea",
    PartyKind.COMPANY: "Corporation",
}
ELSEWHERE = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
"""The addresses that registers give what they identify."""


def block(thing: Thing) -> Markup:
    """The content of a script element of the type ``application/ld+json``."""
    told = {"@context": "https://schema.org", **thing}
    kept = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.translate(ESCAPES))  # noqa: S704 - no sign is left that means something in HTML


def address(request: HttpRequest, route: str, slug: str, language: str = "") -> str:
    """The whole address of a page, in the language of the request where no other is asked for."""
    with translation.override(language or get_language()):
        return request.build_absolute_uri(reverse(route, args=[slug]))


def _known(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _named(request: HttpRequest, party: Party, names: Names) -> Thing:
    """A party that a page names, with where more is said of it."""
    return {
        "@type": TYPES.get(party.kind, "Organization"),
        "@id": address(request, "web:party", party.slug, FALLBACK),
        "name": names.text(party),
        "url": address(request, "web:party", party.slug),
    }


def _also(party: Party, shown: str) -> list[str]:
    spellings = [party.name, *(name.text for name in party.names.all())]
    return [name for name in dict.fromkeys(spellings) if name and name != shown]


def _elsewhere(party: Party) -> list[str]:
    known = [ELSEWHERE[i.scheme].format(i.value) for i in party.identifiers.all() if i.scheme in ELSEWHERE]
    return [*known, party.website] if party.website else known


def _codes(party: Party) -> list[Thing]:
    return [
        {"@type": "PropertyValue", "propertyID": i.scheme, "value": i.value}
        for i in party.identifiers.all()
        if i.scheme not in ELSEWHERE
    ]


def _position(party: Party) -> Thing | None:
    if party.latitude is None or party.longitude is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": party.latitude, "longitude": party.longitude}


def of_party(request: HttpRequest, party: Party, names: Names) -> Markup:
    """A party, its names, identifiers and contacts prefetched, as its page shows it."""
    named = _named(request, party, names)
    where = _position(party) if party.kind in TYPES and party.kind != PartyKind.COMPANY else None
    country = {"@type": "PostalAddress", "addressCountry": party.country} if party.country else None
    return block(
        _known(
            {
                **named,
                "alternateName": _also(party, named["name"]),
                "address": country,
                "geo": where,
                "identifier": _codes(party),
                "sameAs": _elsewhere(party),
            }
        )
    )


def of_partnership(request: HttpRequest, parties: Iterable[Party], names: Names) -> Markup:
    """A tie: schema.org has no word for it, so the page says whom it is about."""
    about = [_named(request, party, names) for party in parties]
    return block({"@type": "WebPage", "inLanguage": get_language(), "about": about})


def of_network(request: HttpRequest, network: Network, members: Sequence[Membership], names: Names) -> Markup:
    """A network with those that are its members now, fifty at most."""
    party = network.party
    belonging = [m.party for m in members if m.status == MembershipStatus.MEMBER][:MOST]
    shown = names.text(party)
    place = {"@type": "Place", "name": network.founded_place} if network.founded_place else None
    return block(
        {
            "@type": "Organization",
            "@id": address(request, "web:network", party.slug, FALLBACK),
            "name": shown,
            "url": address(request, "web:network", party.slug),
            "alternateName": _also(party, shown),
            "description": best(network.about).text,
            "foundingDate": written(network.founded),
            "foundingLocation": place,
            "identifier": _codes(party),
            "sameAs": _elsewhere(party),
            "member": [_named(request, member, names) for member in belonging],
        }
    )


def of_project(
    request: HttpRequest,
    project: Project,
    title: Text,
    participations: Sequence[Participation],
    names: Names,
) -> Markup:
    """A project with its named partners, fifty at most. A project counts as an organization there."""
    titles = [best(project.title).text, *project.title.values(), *project.short.values()]
    partners = [p.party for p in participations if p.party][:MOST]
    paying = {"@type": "Organization", "name": str(project.programme)} if project.programme else None
    return block(
        {
            "@type": "Project",
            "@id": address(request, "web:project", project.slug, FALLBACK),
            "name": title.text,
            "url": address(request, "web:project", project.slug),
            "alternateName": [t for t in dict.fromkeys(titles) if t and t != title.text],
            "description": best(project.about or project.aim).text,
            "foundingDate": written(project.starts),
            "dissolutionDate": written(project.ends),
            "funder": paying,
            "sameAs": project.website,
            "member": [_named(request, party, names) for party in partners],
        }
    )


def of_meeting(request: HttpRequest, meeting: Meeting, names: Names) -> Markup:
    """A meeting that its organiser publishes, without anybody who comes to it."""
    place = {"@type": "Place", "name": meeting.place} if meeting.place else None
    state = "EventCancelled" if meeting.cancelled_at else "EventScheduled"
    return block(
        {
            "@type": "Event",
            "@id": address(request, "web:meeting", meeting.slug, FALLBACK),
            "name": meeting.title,
            "url": address(request, "web:meeting", meeting.slug),
            "inLanguage": meeting.language,
            "startDate": _begins(meeting),
            "endDate": _ends(meeting),
            "eventStatus": f"https://schema.org/{state}",
            "location": place,
            "organizer": _named(request, meeting.organiser, names),
            "description": meeting.about,
        }
    )


def _begins(meeting: Meeting) -> str:
    """The first day, or the instant with the offset of the clocks at its place."""
    if meeting.is_whole_days:
        return meeting.starts_on.isoformat()
    return meeting.begins.astimezone(ZoneInfo(meeting.zone)).isoformat()


def _ends(meeting: Meeting) -> str:
    if meeting.is_whole_days:
        return meeting.ends_on.isoformat()
    return meeting.finishes.astimezone(ZoneInfo(meeting.zone)).isoformat()


def listed(request: HttpRequest, listing: Listing, route: str, count: int) -> dict[str, object]:
    """What the page of a list of so many records is given: its files, and the data set that they are."""
    files = downloads(request, listing, route, count)
    return {"downloads": files, "linked": of_list(request, listing, files)}


def of_list(request: HttpRequest, listing: Listing, files: Iterable[Download]) -> Markup:
    """A list as a data set, with its files. It has no one licence, so it tells where each fact's is named."""
    whole = request.build_absolute_uri(request.path)
    return block(
        {
            "@type": "Dataset",
            "@id": whole,
            "name": str(listing.title),
            "description": str(listing.about),
            "url": whole,
            "inLanguage": get_language(),
            "isAccessibleForFree": True,
            "publisher": {"@type": "Organization", "name": publisher()},
            "license": {"@type": "CreativeWork", "name": licence(), "url": sources_address(request)},
            "variableMeasured": listing.head,
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": file.media_type, "contentUrl": file.whole}
                for file in files
            ],
        }
    )
