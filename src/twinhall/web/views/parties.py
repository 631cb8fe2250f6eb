import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text, best
from twinhall.networks.models import Membership, MembershipStatus, Network, Post
from twinhall.networks.queries import memberships_of, posts_of
from twinhall.parties import queries
from twinhall.parties.models import NameKind, Party, Succession
from twinhall.partnerships.models import Partnership, Status
from twinhall.partnerships.queries import (
    Sides,
    partnerships_of,
    partnerships_of_any,
    sides,
    ties_in_force,
)
from twinhall.projects.models import Participation
from twinhall.projects.queries import participations_of
from twinhall.web import questions, rows, say, summaries
from twinhall.web.asking import (
    address_of_page,
    asked_besides,
    asked_day,
    asked_filters,
    asked_order,
    asked_page,
)
from twinhall.web.atlas import map_of_party
from twinhall.web.environment import today
from twinhall.web.forms.filters import PartyFilters
from twinhall.web.gatherings import meetings_of
from twinhall.web.linked_data import listed, of_party
from twinhall.web.listings.parties import PARTIES
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.succession import family, predecessors
from twinhall.web.timeline import folded, timeline
from twinhall.web.views.gone import moved_or_gone
from twinhall.web.views.ties import ORDER, paging_of, shown_of

NETWORKS_NAMED = 3
"""How many of a party's networks its key facts name; all stand further below."""


@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, PartyFilters)
    day = asked_day(request)
    sorting = asked_order(request, questions.PARTY_ORDERS)
    found = asked_page(request, questions.parties(form, day, sorting.order))
    ties = ties_in_force(found.object_list, day)
    names = Names(found.object_list)
    context = {
        "section": "parties",
        "form": form,
        "kept": asked_besides(request, "on", "sort"),
        "summary": summaries.parties(form, found.paginator.count),
        "day": day,
        "today": today(),
        "page": found,
        "page_href": address_of_page(request),
        "sorting": sorting,
        "rows": [(rows.party_link(party, names), party, ties.get(party.pk, 0)) for party in found],
        **listed(request, PARTIES, "web:parties-file", found.paginator.count),
    }
    return render(request, "web/parties/list.html", context)


@require_safe
def party_detail(request: HttpRequest, slug: str) -> HttpResponse:
    party = next(iter(queries.party_page().filter(slug=slug)), None)
    if party is None:
        known = Party.objects.select_related("merged_into")
        return moved_or_gone(request, "web:party", known, slug)
    if party.is_association and Network.objects.filter(party=party).exists():
        return redirect(reverse("web:network", args=[slug], query=request.GET), permanent=True)
    return render(request, "web/parties/detail.html", _page(request, party))


@dataclass(frozen=True)
class Groups:
    """A party's ties by their status on the day."""

    status: str
    label: str
    tone: str
    ties: list[rows.Tie]
    total: int
    """How many there are on all pages."""


@dataclass(frozen=True)
class Life:
    """What the register holds of a party, as of a day."""

    party: Party
    partnerships: Sequence[Partnership]
    shown: "Page[Partnership]"
    """Those of the partnerships that stand on this page."""
    memberships: Sequence[Membership]
    posts: Sequence[Post]
    participations: Sequence[Participation]
    successions: Sequence[Succession]
    inherited: Sequence[Partnership]
    """The ties of those whose place the party took."""

    @property
    def records(self) -> list[Model]:
        """Every record whose statements the page shows."""
        return [
            self.party,
            *self.party.names.all(),
            *self.party.contacts.all(),
            *self.successions,
            *(record for p in (*self.shown, *self.inherited) for record in (p, *p.acts.all())),
            *self.memberships,
            *(act for m in self.memberships for act in m.acts.all()),
            *self.posts,
            *self.participations,
        ]

    @property
    def named(self) -> list[Party]:
        """Every party that the page names."""
        return [
            self.party,
            *rows.parties_of([*self.partnerships, *self.inherited]),
            *(party for s in self.successions for party in (s.predecessor, s.successor)),
            *(m.network.party for m in self.memberships),
            *rows.parties_of([m.pair for m in self.memberships if m.pair]),
            *(post.network.party for post in self.posts),
        ]


def _life(party: Party, day: dt.date, request: HttpRequest) -> Life:
    successions = queries.successions_of(party)
    memberships = list(memberships_of(party, day))
    for member in memberships:
        member.party = party
    partnerships, old = list(partnerships_of(party, day)), predecessors(party, successions)
    return Life(
        party=party,
        partnerships=partnerships,
        shown=shown_of(request, party, partnerships),
        memberships=memberships,
        posts=list(posts_of(party)),
        participations=list(participations_of(party)),
        successions=successions,
        inherited=list(partnerships_of_any(old, day)) if old else [],
    )


def _page(request: HttpRequest, party: Party) -> dict[str, object]:
    """All that the page shows. Notes are numbered as they are cited, so the order here is the page's."""
    day = asked_day(request)
    life = _life(party, day, request)
    evidence = Evidence(life.records)
    names = Names([*life.named, *evidence.publishers.values()])
    said = sides([*life.shown, *life.inherited], evidence.about)
    return {
        "section": "parties",
        "party": party,
        "name": names.of(party),
        "country": say.country(party.country) if party.country else "",
        "day": day,
        "today": today(),
        "aka": _also_known(party, names),
        "aka_marks": _name_marks(party, evidence),
        "facts": _facts(life, names, evidence),
        "family": family(party, life.successions, names, evidence),
        "groups": _groups(
            [rows.tie(p, said[p.pk], names, evidence, seen_from=party) for p in life.shown],
            Counter(p.status for p in life.shown.paginator.object_list),
        ),
        **paging_of(request, party, life.partnerships, life.shown),
        "inherited": _inherited(life, said, names, evidence),
        "places": [rows.membership(m, names, evidence, seen_from=party) for m in life.memberships],
        "posts": [_post(post, names, evidence) for post in life.posts],
        "participations": [_participation(p, evidence) for p in life.participations],
        "moments": folded(
            timeline(
                party,
                partnerships=life.partnerships,
                memberships=life.memberships,
                participations=life.participations,
                posts=life.posts,
                names=names,
            )
        ),
        "others_say": _others_say(party, evidence),
        "contacts": [(c, best(c.office), evidence.marks(_("Contact"), c)) for c in party.contacts.all()],
        "ties_href": _ties_href(party, day),
        "map": map_of_party(party, life.partnerships, names),
        "position_marks": evidence.marks_in_force(_("Position"), party, "latitude", "longitude"),
        "notes": evidence.sources(names),
        "linked": of_party(request, party, names),
        "feeds": [feed_of(party, names)],
        **meetings_of(party, today()),
    }


def feed_of(party: Party, names: Names) -> tuple[str, str]:
    """The title and the address of the party's own feed."""
    title = _("What is new of %(name)s") % {"name": names.text(party)}
    return title, reverse("web:party-changes", args=[party.slug])


def _ties_href(party: Party, day: dt.date) -> str:
    """Where the map finds the party's ties of the day."""
    asked = {} if day == today() else {"on": day.isoformat()}
    return reverse("web:party-ties", args=[party.slug], query=asked)


def _name_marks(party: Party, evidence: Evidence) -> list[int]:
    marks = set(evidence.marks(_("Name and country"), party, "name", "country"))
    for name in party.names.all():
        marks.update(evidence.marks(_("Other names"), name))
    return sorted(marks)


def _post(post: Post, names: Names, evidence: Evidence) -> tuple[Post, Text, Text, list[int]]:
    """A post with its network, its body or occasion, and its notes."""
    marks = evidence.marks(names.text(post.network.party), post, "exists", "since", "until")
    occasion = best(post.body.name if post.body else post.occasion)
    return post, names.of(post.network.party), occasion, marks


def _participation(
    participation: Participation, evidence: Evidence
) -> tuple[Participation, Text, Text, list[int]]:
    """A part in a project with the project's title, the part in words, and its notes."""
    title = best(participation.project.short or participation.project.title)
    return participation, title, best(participation.part), evidence.marks(title.text, participation)


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


def _groups(ties: Sequence[rows.Tie], totals: Mapping[str, int] | None = None) -> list[Groups]:
    ordered = sorted(ties, key=lambda tie: ORDER.index(Status(tie.status)))
    return [
        Groups(status, group[0].status_label, group[0].tone, group, (totals or {}).get(status, len(group)))
        for status, group in ((s, list(g)) for s, g in groupby(ordered, key=lambda tie: tie.status))
    ]


def _inherited(
    life: Life, said: Mapping[int, Sides], names: Names, evidence: Evidence
) -> list[tuple[str, list[Groups]]]:
    """The ties of each predecessor that had any, but for those with the party itself; they stay its own."""
    found = []
    for old in predecessors(life.party, life.successions):
        both = {old, life.party}
        own = [p for p in life.inherited if both & {*rows.parties_of([p])} == {old}]
        ties = [rows.tie(p, said[p.pk], names, evidence, seen_from=old) for p in own]
        if ties:
            found.append((names.text(old), _groups(ties)))
    return found


def _facts(life: Life, names: Names, evidence: Evidence) -> list[dict[str, object]]:
    """The key facts under the title."""
    party = life.party
    in_force = [p for p in life.partnerships if p.status == Status.IN_FORCE]
    member = [m for m in life.memberships if m.status == MembershipStatus.MEMBER]
    facts: list[dict[str, object]] = [_count(party, in_force)]
    oldest = next((p for p in in_force if p.since), None)
    if oldest is not None:
        others = say.listed(names.text(s.party) for s in oldest.signatories.all() if s.party != party)
        small = _("with %(names)s") % {"names": others}
        facts.append({"label": _("Oldest in force"), "value": say.date(oldest.since), "small": small})
    networks = [names.text(m.network.party) for m in member]
    if len(networks) > NETWORKS_NAMED + 1:
        left = len(networks) - NETWORKS_NAMED
        networks[NETWORKS_NAMED:] = [_("and %(count)s more") % {"count": say.number(left)}]
    named = " · ".join(networks)
    facts.append({"label": _("Member of networks"), "value": say.number(len(member)), "small": named})
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


def _others_say(party: Party, evidence: Evidence) -> list[Word]:
    """What pages of others print of the party's own facts: its name, its country; errors among them."""
    found = []
    for statement in evidence.on(party):
        if evidence.publishers.get(statement.source_id) == party or not statement.as_printed:
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
                marks=evidence.cite(_("Name and country"), [statement]),
            )
        )
    return found
