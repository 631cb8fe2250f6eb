"""Bodies of networks and the posts that parties have in them. Their facts go in as statements."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.core.text import free_slug, slug
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import OF_MEMBERS, Body, Network, Post, PostRole
from twinhall.networks.queries import is_member
from twinhall.parties.actions import ORIGIN, state
from twinhall.parties.models import Party


@transaction.atomic
def add_body(
    network: Network,
    *,
    kind: str,
    name: str,
    language: str,
    source: Source,
    by: User,
    facts: Mapping[str, object] | None = None,
    quote: str = "",
) -> Body:
    """Make a body of a network; ``facts`` are its place, since and until. Raises ValidationError."""
    facts = facts or {}
    _check_order(facts.get("since"), facts.get("until"))
    wanted = slug(name) or slug(kind)
    body = Body(network=network, kind=kind)
    body.slug = free_slug(wanted, taken=lambda key: Body.objects.filter(network=network, slug=key).exists())
    body.full_clean()
    body.save()
    named = Proposal(
        subject=body, field="name", stated=name, language=language, source=source, origin=ORIGIN, quote=quote
    )
    state([named, *_told(body, facts, source, quote)], by=by)
    log(gettext_noop("body added"), f"{network}: {name}", by=by, record=body)
    body.refresh_from_db()
    return body


@transaction.atomic
def add_post(
    network: Network,
    party: Party,
    *,
    role: str,
    source: Source,
    by: User,
    body: Body | None = None,
    facts: Mapping[str, object] | None = None,
    quote: str = "",
) -> Post:
    """Give a party a post; ``facts`` are since and until.

    Raises ValidationError for an end before the beginning, and where the post is one of members and the
    party was none on the day it begins.
    """
    facts = facts or {}
    since, until = facts.get("since"), facts.get("until")
    _check_order(since, until)
    if role in OF_MEMBERS:
        _check_member(network, party, role, since)
    same = Post.objects.filter(network=network, party=party, role=role, body=body)
    post = Post(network=network, party=party, role=role, body=body, number=same.count() + 1)
    post.full_clean()
    post.save()
    state(_told(post, facts, source, quote), by=by)
    log(gettext_noop("post added"), str(post), by=by, record=post)
    post.refresh_from_db()
    return post


@transaction.atomic
def end_office(record: Body | Post, *, until: PartialDate, source: Source, by: User, quote: str = "") -> None:
    """State when a body or a post ended. Raises ValidationError where that lies before its beginning."""
    _check_order(record.since, until)
    ended = Proposal(subject=record, field="until", stated=until, source=source, origin=ORIGIN, quote=quote)
    state([ended], by=by)
    log(gettext_noop("ended"), str(record), by=by, record=record)


def _told(record: Body | Post, facts: Mapping[str, object], source: Source, quote: str) -> list[Proposal]:
    told = {EXISTS: "yes", **{field: value for field, value in facts.items() if value}}
    return [
        Proposal(subject=record, field=field, stated=value, source=source, origin=ORIGIN, quote=quote)
        for field, value in told.items()
    ]


def _check_order(since: object, until: object) -> None:
    if isinstance(since, PartialDate) and isinstance(until, PartialDate) and until.last_day < since.first_day:
        raise ValidationError({"until": _("The end lies before the beginning.")})


def _check_member(network: Network, party: Party, role: str, since: object) -> None:
    """A day is asked of: the last one that the beginning can mean, but no day to come; without it today."""
    today = timezone.localdate()
    day = min(since.last_day, today) if isinstance(since, PartialDate) else today
    if not is_member(network, party, day):
        message = _("The post “%(role)s” is a member’s, and %(party)s was none on %(day)s.")
        words = {"role": PostRole(role).label, "party": party, "day": day.isoformat()}
        raise ValidationError({"party": message % words})
