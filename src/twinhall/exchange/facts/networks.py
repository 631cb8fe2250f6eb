"""Networks, their members, bodies, posts and sizes, and what is said of them."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.evidence.models import Source
from twinhall.exchange.facts.acts import tell_acts
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import (
    ActFacts,
    BodyFacts,
    MemberFacts,
    NetworkFacts,
    PostFacts,
    SizeFacts,
)
from twinhall.exchange.facts.sizes import keep_size
from twinhall.networks.actions import add_membership_act, found_network, open_membership
from twinhall.networks.models import (
    Body,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    NetworkSize,
    Post,
)
from twinhall.partnerships.actions import find_partnership
from twinhall.partnerships.models import Partnership, PartnershipKind

ONE_VALUE = ("founded", "founded_place")
TEXTS = ("initiator", "about", "aims", "actions")


def keep_networks(ledger: Ledger, file: ReadFile) -> None:
    """Make the networks that the register does not have yet; facts about them follow."""
    for facts in file.facts.network:
        with ledger.at(Where(file.name, f"network {facts.party}")):
            party = ledger.party(facts.party)
            if not Network.objects.filter(party=party).exists():
                ledger.made(found_network(party, by=ledger.by))


def tell_networks(ledger: Ledger, file: ReadFile) -> None:
    """Note what sources say of networks."""
    for facts in file.facts.network:
        where = Where(file.name, f"network {facts.party}")
        with ledger.at(where):
            _tell_network(ledger, file, facts, where)


def _tell_network(ledger: Ledger, file: ReadFile, facts: NetworkFacts, where: Where) -> None:
    source = ledger.source(facts.source, file)
    network = Network.objects.get(party=ledger.party(facts.party))
    ledger.once("network", network.pk, source.pk)
    ledger.tell_exists(network, facts, source, where)
    for column in ONE_VALUE:
        ledger.tell(network, column, getattr(facts, column), source, where)
    for column in TEXTS:
        ledger.tell_texts(network, column, getattr(facts, column), source, where)
    ledger.tell_many(network, "sectors", facts.sectors, source, where)
    for number, size in enumerate(facts.sizes, start=1):
        keep_size(ledger, _size(size, network), size, source, where.at(f"sizes {number}"))
    for body in facts.bodies:
        _keep_body(ledger, network, body, source, where.at(f"bodies ({body.slug})"))
    _keep_posts(ledger, network, facts.posts, source, where)
    for member in facts.members:
        place = Where(where.file, f"{where.record}, member {member.party}")
        with ledger.at(place):
            told_by = ledger.source(member.source, file) if member.source else source
            _tell_member(ledger, file, network, member, source=told_by, where=place)


def _size(facts: SizeFacts, network: Network) -> NetworkSize:
    return NetworkSize(
        network=network,
        members=facts.members,
        countries=facts.countries,
        at_least=facts.at_least,
        as_of=facts.as_of,
    )


def _keep_body(ledger: Ledger, network: Network, facts: BodyFacts, source: Source, where: Where) -> None:
    with ledger.at(where):
        kept = Body.objects.filter(network=network, slug=facts.slug).first()
        body = kept or Body(network=network, slug=facts.slug, kind=facts.kind)
        if kept is None:
            body.full_clean()
            body.save()
        ledger.tell_exists(ledger.made(body, new=kept is None), facts, source, where)
        ledger.tell_texts(body, "name", facts.name, source, where)
        ledger.tell(body, "place", facts.place, source, where)


def _keep_posts(
    ledger: Ledger, network: Network, posts: list[PostFacts], source: Source, where: Where
) -> None:
    nth: Counter[tuple[str, str, str]] = Counter()
    for facts in posts:
        same = (facts.party, facts.role, facts.body)
        nth[same] += 1
        place = where.at(f"posts ({facts.party}, {facts.role})")
        with ledger.at(place):
            post = _keep_post(ledger, network, facts, nth[same])
            _tell_post(ledger, post, facts, source, place)


def _keep_post(ledger: Ledger, network: Network, facts: PostFacts, number: int) -> Post:
    body = network.bodies.filter(slug=facts.body).first() if facts.body else None
    if facts.body and body is None:
        message = _("The network has no body “%(slug)s”.")
        raise ValidationError({"body": message % {"slug": facts.body}})
    party = ledger.party(facts.party)
    kept = network.posts.filter(party=party, role=facts.role, body=body, number=number).first()
    post = kept or Post(network=network, party=party, role=facts.role, body=body, number=number)
    if kept is None:
        post.full_clean()
        post.save()
    return ledger.made(post, new=kept is None)


def _tell_post(ledger: Ledger, post: Post, facts: PostFacts, source: Source, where: Where) -> None:
    ledger.tell_exists(post, facts, source, where)
    ledger.tell_texts(post, "occasion", facts.occasion, source, where)
    ledger.tell(post, "since", facts.since, source, where)
    ledger.tell(post, "until", facts.until, source, where)


def _tell_member(
    ledger: Ledger, file: ReadFile, network: Network, facts: MemberFacts, *, source: Source, where: Where
) -> None:
    membership = _keep_membership(ledger, network, facts)
    ledger.once("membership", membership.pk, source.pk)
    ledger.tell_exists(membership, facts, source, where)
    ledger.tell(membership, "category", facts.category, source, where)
    ledger.tell(membership, "number", facts.number, source, where)
    ledger.tell_texts(membership, "history", facts.history, source, where)

    def add(told: ActFacts) -> MembershipAct:
        if told.kind == MembershipActKind.NOT_YET and not told.reason:
            raise ValidationError({"reason": _("“Not yet a member” needs its reason.")})
        return add_membership_act(membership, kind=told.kind, by=ledger.by)

    known = list(MembershipAct.every.filter(membership=membership).order_by("number"))
    tell_acts(ledger, file, facts.acts, known=known, add=add, source=source, where=where)


def _keep_membership(ledger: Ledger, network: Network, facts: MemberFacts) -> Membership:
    party = ledger.party(facts.party)
    via = ledger.party(facts.via, "via") if facts.via else None
    pair = _pair(ledger, facts)
    known = Membership.objects.standing().filter(network=network, party=party).first()
    if known is None:
        return ledger.made(open_membership(network, party, by=ledger.by, via=via, pair=pair))
    if pair is not None and known.pair_id is None:
        known.pair = pair
        known.save(update_fields=["pair"])
    return known


def _pair(ledger: Ledger, facts: MemberFacts) -> Partnership | None:
    if not facts.pair:
        return None
    pair = find_partnership(PartnershipKind.CITY_TWINS, ledger.parties(facts.pair, "pair"))
    if pair is None:
        message = _("There is no partnership of city twins between %(parties)s.")
        raise ValidationError({"pair": message % {"parties": " – ".join(facts.pair)}})
    return pair
