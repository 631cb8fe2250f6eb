import datetime as dt
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text, best
from twinhall.networks import queries
from twinhall.networks.models import Membership, Network, NetworkSize
from twinhall.networks.waiting import takes_applications
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Project
from twinhall.projects.queries import projects_that_led_to
from twinhall.web import rows, say, summaries
from twinhall.web.asking import address_of_page, asked_day, asked_filters, asked_page, asked_with
from twinhall.web.atlas import map_of_members
from twinhall.web.dating import source_dated
from twinhall.web.downloads import downloads
from twinhall.web.environment import today
from twinhall.web.forms.filters import NetworkFilters
from twinhall.web.gatherings import meetings_of
from twinhall.web.linked_data import listed, of_network
from twinhall.web.listings.networks import MEMBERS, NETWORKS
from twinhall.web.members import (
    MEMBER_ORDER,
    MEMBERS_SHOWN,
    asked_country,
    countries,
    disputes_on,
    grouped,
    pairs_among,
)
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.offices import offices
from twinhall.web.sizes import stated_size
from twinhall.web.views.gone import moved_or_gone


@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, NetworkFilters)
    found = asked_page(request, queries.network_list(**form.is_set))
    names = Names(network.party for network in found)
    context = {
        "section": "networks",
        "form": form,
        "summary": summaries.networks(form, found.paginator.count),
        "page": found,
        "page_href": address_of_page(request),
        "rows": [(names.of(n.party), n, [stated_size(size) for size in n.sizes.all()]) for n in found],
        **listed(request, NETWORKS, "web:networks-file", found.paginator.count),
    }
    return render(request, "web/networks/list.html", context)


@require_safe
def network_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = asked_day(request)
    network = queries.network_page().filter(party__slug=slug).first()
    if network is None:
        known = Party.objects.filter(network__isnull=False).select_related("merged_into")
        return moved_or_gone(request, "web:network", known, slug)
    context = {"section": "networks", "network": network, "day": day, "today": today()}
    return render(request, "web/networks/detail.html", context | _page(request, network, day))


def _page(request: HttpRequest, network: Network, day: dt.date) -> dict[str, object]:
    """All that the page shows. Notes are numbered as they are cited, so the order here is the page's."""
    counts = queries.tally(network, day)
    country = asked_country(request, counts)
    order = queries.members_in_order(network, day, statuses=MEMBER_ORDER, country=country)
    shown = asked_page(request, order, MEMBERS_SHOWN)
    members = list(shown)
    for member in members:
        member.network = network
    pairs, statuses = queries.pairs_in(network, day)
    origins = list(projects_that_led_to(network))
    evidence = _evidence(network, members, origins)
    names = _names(network, members, pairs, evidence)
    return {
        "name": names.of(network.party),
        "aka": also_known(network, names),
        "about": best(network.about),
        "about_marks": evidence.marks_in_force(_("About"), network, "about"),
        "facts": _facts(network, counts, evidence),
        "pairs": pairs_among(pairs, statuses, names),
        "page": shown,
        **_members(members, counts.by_status(country), network, names, evidence),
        **_ways(request, counts, country),
        **_aims(network, evidence),
        "grew_from": [_origin(project, evidence) for project in origins],
        **offices(network, day, names, evidence),
        "map": map_of_members(members, names),
        "notes": evidence.sources(names),
        "linked": of_network(request, network, members, names),
        "papers": _papers(request, network),
        **meetings_of(network.party, today()),
        "takes_applications": takes_applications(network),
        "members_files": downloads(
            request, MEMBERS, "web:members-file", counts.total, slug=network.party.slug
        ),
    }


def _names(
    network: Network, members: Sequence[Membership], pairs: Sequence[Partnership], evidence: Evidence
) -> Names:
    """The names of all whom the page speaks of."""
    return Names(
        [
            network.party,
            *(m.party for m in members),
            *rows.parties_of([m.pair for m in members if m.pair]),
            *rows.parties_of(pairs),
            *(post.party for post in network.posts.all()),
            *evidence.publishers.values(),
        ]
    )


def _members(
    members: Sequence[Membership],
    counted: Mapping[str, int],
    network: Network,
    names: Names,
    evidence: Evidence,
) -> dict[str, object]:
    """The members of the page in their groups, and what is disputed of them."""
    shown = [rows.membership(m, names, evidence, seen_from=network.party) for m in members]
    return {"groups": grouped(shown, counted), "disputes": disputes_on(members, names, evidence)}


def _ways(request: HttpRequest, counts: queries.Tally, country: str) -> dict[str, object]:
    """The ways to other pages of the members."""
    return {
        "page_href": address_of_page(request),
        "country": country,
        "countries": countries(request, counts) if counts.total > MEMBERS_SHOWN else [],
        "all_href": asked_with(request, country="", page=""),
    }


def _aims(network: Network, evidence: Evidence) -> dict[str, object]:
    """What the network is for, and what it does."""
    return {
        "sectors": [sector.label for sector in network.sectors.all()],
        "sectors_marks": evidence.marks(_("Sectors"), network, "sectors"),
        "aims": lines(best(network.aims)),
        "aims_marks": evidence.marks_in_force(_("Aims"), network, "aims"),
        "actions": lines(best(network.actions)),
        "actions_marks": evidence.marks_in_force(_("What it does"), network, "actions"),
        "initiator": best(network.initiator),
        "initiator_marks": evidence.marks_in_force(_("Initiative"), network, "initiator"),
    }


def _papers(request: HttpRequest, network: Network) -> list[tuple[str, str]]:
    """The list of members as PDF: by name, by country, by pair; of the day that the page tells of."""
    asked = {"on": request.GET["on"]} if request.GET.get("on") else {}
    words = {"name": _("by name"), "country": _("by country"), "pair": _("by pair")}
    return [
        (label, reverse("web:members-paper", args=[network.party.slug], query={**asked, "by": by}))
        for by, label in words.items()
    ]


def _origin(project: Project, evidence: Evidence) -> tuple[Project, Text, list[int]]:
    """A project that the network grew from, with its title and notes."""
    marks = evidence.marks(_("Where it comes from"), project, "exists", "led_to")
    return project, best(project.short or project.title), marks


def _evidence(network: Network, members: Sequence[Membership], origins: Sequence[Project]) -> Evidence:
    return Evidence(
        [
            network,
            network.party,
            *network.party.contacts.all(),
            *network.sizes.all(),
            *network.bodies.all(),
            *network.posts.all(),
            *origins,
            *members,
            *(act for m in members for act in m.acts.all()),
        ]
    )


def also_known(network: Network, names: Names) -> list[Text]:
    """Its other names, each once."""
    shown = names.of(network.party)
    known = [Text(str(network.party), network.party.language)]
    known += [Text(name.text, name.language) for name in network.party.names.all()]
    return [
        n for i, n in enumerate(known) if n.text != shown.text and n.text not in {k.text for k in known[:i]}
    ]


def lines(text: Text) -> list[Text]:
    """The items of a text that has one a line."""
    return [Text(line.strip(), text.language) for line in text.text.splitlines() if line.strip()]


def _facts(network: Network, counts: queries.Tally, evidence: Evidence) -> list[dict[str, object]]:
    facts: list[dict[str, object]] = []
    if network.founded:
        facts.append(
            {
                "label": _("Founded"),
                "value": say.date(network.founded),
                "small": _("in %(place)s") % {"place": network.founded_place}
                if network.founded_place
                else "",
                "notes": evidence.marks(_("Founded"), network, "founded", "founded_place"),
            }
        )
    counted = counts.members
    facts.append(
        {
            "label": _("Members in this register"),
            "value": say.number(counted.members),
            "small": ngettext(
                "of %(n)s country; counted here", "of %(n)s countries; counted here", counted.countries
            )
            % {"n": counted.countries},
        }
    )
    facts += [
        {
            "label": _("Said to have"),
            "value": stated_size(size),
            "small": size_dated(size, evidence),
            "notes": evidence.marks(_("Stated size"), size),
        }
        for size in network.sizes.all()
    ]
    return facts


def size_dated(size: NetworkSize, evidence: Evidence) -> str:
    """As of when a stated size was said: its own day, else what its source allows."""
    if size.as_of:
        return _("as of %(day)s") % {"day": say.date(size.as_of)}
    said = evidence.on(size)
    return source_dated(said[0].source) if said else ""
