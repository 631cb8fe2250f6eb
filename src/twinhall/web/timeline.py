"""A party's acts on one line of time: ties, memberships, posts and projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from twinhall.core.dates import PartialDate
from twinhall.core.languages import best
from twinhall.networks.models import Membership, Post
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Participation
from twinhall.web import say
from twinhall.web.addresses import address
from twinhall.web.forms.filters import decade
from twinhall.web.names import Names
from twinhall.web.say import capital


@dataclass(frozen=True)
class Moment:
    """A line as ``components/timeline.html`` draws it."""

    at: PartialDate
    when: str
    before: str
    link_text: str
    href: str
    after: str
    tone: str


@dataclass(frozen=True)
class Part:
    """A stretch of the line, with a label where it is one of several."""

    label: str
    moments: list[Moment]


FEW = 40
"""So many moments are read at once; of more, each decade is folded up."""


def folded(moments: Sequence[Moment]) -> list[Part]:
    """The line in one part, or a long one decade by decade; moments that are in order stay so."""
    if len(moments) <= FEW:
        return [Part("", [*moments])] if moments else []
    return [
        Part(decade(str(first)), [*part])
        for first, part in groupby(moments, key=lambda moment: moment.at.year // 10 * 10)
    ]


def timeline(
    party: Party,
    *,
    partnerships: Sequence[Partnership],
    memberships: Sequence[Membership],
    participations: Sequence[Participation],
    posts: Sequence[Post],
    names: Names,
) -> list[Moment]:
    """Everything of the party that has a date, oldest first. A day on which a source saw it is no act."""
    moments = [
        *(moment for p in partnerships for moment in _ties(p, party, names)),
        *(moment for m in memberships for moment in _memberships(m, names)),
        *(moment for post in posts for moment in _posts(post, names)),
        *(moment for p in participations for moment in _projects(p)),
    ]
    return sorted(moments, key=lambda moment: moment.at)


def _line(at: PartialDate, before: str, link_text: str, href: str, tone: str) -> Moment:
    return Moment(at, say.date(at), before, link_text, href, "", tone)


def _ties(partnership: Partnership, party: Party, names: Names) -> list[Moment]:
    others = say.listed(names.text(s.party) for s in partnership.signatories.all() if s.party != party)
    href = address("web:partnership", partnership.slug)
    return [
        _line(act.date, f"{capital(act.deed)}:", others, href, "tie")
        for act in partnership.acts.all()
        if act.date and act.kind not in act.undeciding
    ]


def _memberships(membership: Membership, names: Names) -> list[Moment]:
    href = address("web:network", membership.network.party.slug)
    name = names.text(membership.network.party)
    return [
        _line(act.date, f"{capital(act.deed)}:", name, href, "network")
        for act in membership.acts.all()
        if act.date and act.kind not in act.undeciding
    ]


def _posts(post: Post, names: Names) -> list[Moment]:
    if post.since is None:
        return []
    href = address("web:network", post.network.party.slug)
    what = best(post.body.name if post.body else post.occasion).text
    role = f"{capital(post.get_role_display())}, {what}:" if what else f"{capital(post.get_role_display())}:"
    return [_line(post.since, role, names.text(post.network.party), href, "network")]


def _projects(participation: Participation) -> list[Moment]:
    project = participation.project
    if project.starts is None:
        return []
    href = address("web:project", project.slug)
    return [
        _line(
            project.starts, _("Project begins:"), best(project.short or project.title).text, href, "project"
        )
    ]
