from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text, best
from twinhall.networks.models import Membership, MembershipStatus, Network
from twinhall.networks.queries import memberships_of, posts_of
from twinhall.parties import queries
from twinhall.parties.models import NameKind, Party
from twinhall.partnerships.models import Partnership, Status
from twinhall.partnerships.queries import partnerships_of, sides, ties_in_force
from twinhall.projects.queries import participations_of
from twinhall.web import rows, say
from twinhall.web.asking import address_of_page, asked_day, asked_filters, asked_page
from twinhall.web.environment import today
from twinhall.web.forms.filters import PartyFilters
from twinhall.web.maps import MapView, Place, draw
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.timeline import timeline

ORDER = [
    Status.IN_FORCE,
    Status.PROPOSED,
    Status.CONTACT,
    Status.SUSPENDED,
    Status.DORMANT,
    Status.ENDED,
    Status.UNKNOWN,
]


@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, PartyFilters)
    day = asked_day(request)
    asked = form.cleaned_data
    found = asked_page(request, queries.party_list(country=asked["country"], kind=asked["kind"]))
    ties = ties_in_force(found.object_list, day)
    names = Names(found.object_list)
    context = {
        "section": "parties",
        "form": form,
        "day": day,
        "today": today(),
        "page": found,
        "page_href": address_of_page(request),
        "rows": [(rows.party_link(party, names), party, ties.get(party.pk, 0)) for party in found],
    }
    return render(request, "web/parties/list.html", context)


@require_safe
def party_detail(request: HttpRequest, slug: str) -> HttpResponse:
    party = get_object_or_404(queries.party_page(), slug=slug)
    if Network.objects.filter(party=party).exists():
        return redirect("web:network", slug=slug, permanent=True)
    return render(request, "web/parties/detail.html", _page(request, party))


@dataclass(frozen=True)
class Groups:
    """A party's ties by their status on the day."""

    status: str
    label: str
    tone: str
    ties: list[rows.Tie]


def _page(request: HttpRequest, party: Party) -> dict[str, object]:
    day = asked_day(request)
    partnerships = list(partnerships_of(party, day))
    memberships = list(memberships_of(party, day))
    participations = list(participations_of(party))
    posts = list(posts_of(party))
    evidence = Evidence(
        [
            party,
            *party.names.all(),
            *party.contacts.all(),
            *partnerships,
            *(act for p in partnerships for act in p.acts.all()),
            *memberships,
            *(act for m in memberships for act in m.acts.all()),
            *posts,
            *participations,
            *(p.project for p in participations),
        ]
    )
    names = Names(
        [
            party,
            *rows.parties_of(partnerships),
            *(m.network.party for m in memberships),
            *(s.party for m in memberships if m.pair for s in m.pair.signatories.all()),
            *(post.network.party for post in posts),
        ]
    )
    said = sides(partnerships, evidence.about)
    ties = [rows.tie(p, said[p.pk], names, evidence, seen_from=party) for p in partnerships]
    places = [rows.membership(m, names, evidence, seen_from=party) for m in memberships]
    facts = _facts(party, partnerships, memberships, names, evidence)
    return {
        "section": "parties",
        "party": party,
        "name": names.of(party),
        "aka": _also_known(party, names),
        "aka_marks": sorted(
            {
                *evidence.marks(_("Name and country"), party, "name", "country"),
                *(n for name in party.names.all() for n in evidence.marks(_("Other names"), name)),
            }
        ),
        "position_marks": evidence.marks_in_force(_("Position"), party, "latitude", "longitude"),
        "country": say.country(party.country) if party.country else "",
        "day": day,
        "today": today(),
        "facts": facts,
        "groups": _groups(ties),
        "places": places,
        "posts": [
            (
                post,
                names.of(post.network.party),
                best(post.body.name if post.body else post.occasion),
                evidence.marks(names.text(post.network.party), post, "exists", "since", "until"),
            )
            for post in posts
        ],
        "participations": [
            (
                p,
                best(p.project.short or p.project.title),
                best(p.part),
                evidence.marks(best(p.project.short or p.project.title).text, p),
            )
            for p in participations
        ],
        "moments": timeline(
            party,
            partnerships=partnerships,
            memberships=memberships,
            participations=participations,
            posts=posts,
            names=names,
        ),
        "others_say": _others_say(party, names, evidence),
        "contacts": [(contact, evidence.marks(_("Contact"), contact)) for contact in party.contacts.all()],
        "map": _map(party, partnerships, names),
        "notes": evidence.sources(),
    }


def _also_known(party: Party, names: Names) -> list[Text]:
    """Its own name where another is shown, then its other names, each once."""
    shown = names.of(party)
    known = [Text(str(party), party.language)]
    known += [Text(n.text, n.language) for n in party.names.all() if n.kind != NameKind.FORMER]
    seen = {shown.text}
    found = []
    for name in known:
        if name.text not in seen:
            seen.add(name.text)
            found.append(name)
    return found


def _groups(ties: Sequence[rows.Tie]) -> list[Groups]:
    ordered = sorted(ties, key=lambda tie: ORDER.index(Status(tie.status)))
    return [
        Groups(status, group[0].status_label, group[0].tone, group)
        for status, group in ((s, list(g)) for s, g in groupby(ordered, key=lambda tie: tie.status))
    ]


def _facts(
    party: Party,
    partnerships: Sequence[Partnership],
    memberships: Sequence[Membership],
    names: Names,
    evidence: Evidence,
) -> list[dict[str, object]]:
    """The key facts under the title."""
    in_force = [p for p in partnerships if p.status == Status.IN_FORCE]
    member = [m for m in memberships if m.status == MembershipStatus.MEMBER]
    facts: list[dict[str, object]] = [_count(party, in_force)]
    oldest = next((p for p in in_force if p.since), None)
    if oldest is not None:
        others = say.listed(names.text(s.party) for s in oldest.signatories.all() if s.party != party)
        small = _("with %(names)s") % {"names": others}
        facts.append({"label": _("Oldest in force"), "value": say.date(oldest.since), "small": small})
    networks = " · ".join(names.text(m.network.party) for m in member)
    facts.append({"label": _("Member of networks"), "value": say.number(len(member)), "small": networks})
    if party.population is not None:
        year = say.date(party.population_year) if party.population_year else _("year not stated")
        marks = evidence.marks_in_force(_("Population"), party, "population", "population_year")
        facts.append(
            {
                "label": _("Population"),
                "value": say.number(party.population),
                "small": year,
                "notes": marks,
            }
        )
    return facts


def _count(party: Party, in_force: Sequence[Partnership]) -> dict[str, object]:
    """How many ties are in force, and by which rule they are counted."""
    partners = {s.party for p in in_force for s in p.signatories.all()} - {party}
    countries = len({partner.country for partner in partners if partner.country})
    words = {
        "parties": ngettext("%(count)s town or region", "%(count)s towns and regions", len(partners))
        % {"count": len(partners)},
        "countries": ngettext("%(count)s country", "%(count)s countries", countries) % {"count": countries},
    }
    small = _("with %(parties)s in %(countries)s") % words if partners else ""
    if any(len(p.signatories.all()) > 2 for p in in_force):  # noqa: PLR2004
        small = _("with %(parties)s in %(countries)s; an agreement of several counts once") % words
    return {"label": _("Partnerships in force"), "value": say.number(len(in_force)), "small": small}


@dataclass(frozen=True)
class Word:
    """What somebody else says of a party."""

    field: str
    printed: str
    lang: str
    value: str
    why: str
    marks: list[int]


def _others_say(party: Party, names: Names, evidence: Evidence) -> list[Word]:
    """What pages of others print of the party's own facts: its name, its country; errors among them."""
    own = {publication.source_id for publication in party.publications.all()}
    found = []
    for statement in evidence.on(party):
        if statement.source_id in own or not statement.as_printed:
            continue
        found.append(
            Word(
                field=say.field(Party, statement.field),
                printed=statement.as_printed,
                lang=statement.source.language,
                value=say.value(Party, statement.field, statement.value)
                if statement.printed_in_error
                else "",
                why=statement.why,
                marks=evidence.cite(names.text(party), [statement]),
            )
        )
    return found


def _map(party: Party, partnerships: Sequence[Partnership], names: Names) -> MapView | None:
    """The party and the partners of its ties in force, where their positions are known."""
    others = {
        s.party.pk: s.party
        for p in partnerships
        if p.status == Status.IN_FORCE
        for s in p.signatories.all()
        if s.party != party
    }
    places = [place for other in others.values() if (place := map_place(other, names))]
    home = map_place(party, names)
    return draw(home, places) if home or places else None


def map_place(party: Party, names: Names) -> Place | None:
    """Where a party lies on a map, if that is known."""
    if party.latitude is None or party.longitude is None:
        return None
    return Place(names.text(party), party.latitude, party.longitude, rows.party_href(party))
