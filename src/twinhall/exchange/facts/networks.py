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
        _keep_size(ledger, network, size, source, where.at(f"sizes {number}"))
    for body in facts.bodies:
        _keep_body(ledger, network, body, source, where.at(f"bodies ({body.slug})"))
    _keep_posts(ledger, network, facts.posts, source, where)
    for member in facts.members:
        place = Where(where.file, f"{where.record}, member {member.party}")
        with ledger.at(place):
            _tell_member(ledger, file, network, member, source, place)


def _keep_size(ledger: Ledger, network: Network, facts: SizeFacts, source: Source, where: Where) -> None:
    with ledger.at(where):
        if facts.members is None and facts.countries is None:
            raise ValidationError(_("A size counts members, or countries, or both."))
        size, new = NetworkSize.objects.get_or_create(
            network=network,
            members=facts.members,
            countries=facts.countries,
            at_least=facts.at_least,
            as_of=facts.as_of,
        )
        ledger.tell_exists(ledger.made(size, new=new), facts, source, where)


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
        with ledger.at(where.at(f"posts ({facts.party}, {facts.role})")):
            _keep_post(ledger, network, facts, nth[same], source, where.at(f"posts ({facts.party})"))


def _keep_post(
    ledger: Ledger, network: Network, facts: PostFacts, number: int, source: Source, where: Where
) -> None:
    body = Body.objects.filter(network=network, slug=facts.body).first() if facts.body else None
    if facts.body and body is None:
        raise ValidationError(_("The network has no body “%(slug)s”.") % {"slug": facts.body})
    party = ledger.party(facts.party)
    kept = Post.objects.filter(
        network=network, party=party, role=facts.role, body=body, number=number
    ).first()
    post = kept or Post(network=network, party=party, role=facts.role, body=body, number=number)
    if kept is None:
        post.full_clean()
        post.save()
    ledger.tell_exists(ledger.made(post, new=kept is None), facts, source, where)
    ledger.tell_texts(post, "occasion", facts.occasion, source, where)
    ledger.tell(post, "since", facts.since, source, where)
    ledger.tell(post, "until", facts.until, source, where)


def _tell_member(
    ledger: Ledger, file: ReadFile, network: Network, facts: MemberFacts, source: Source, where: Where
) -> None:
    told_by = ledger.source(facts.source, file) if facts.source else source
    membership = _keep_membership(ledger, network, facts)
    ledger.once("membership", membership.pk, told_by.pk)
    ledger.tell_exists(membership, facts, told_by, where)
    ledger.tell(membership, "category", facts.category, told_by, where)
    ledger.tell(membership, "number", facts.number, told_by, where)
    ledger.tell_texts(membership, "history", facts.history, told_by, where)

    def add(told: ActFacts) -> MembershipAct:
        if told.kind == MembershipActKind.NOT_YET and not told.reason:
            raise ValidationError(_("“Not yet a member” needs its reason."))
        return add_membership_act(membership, kind=told.kind, by=ledger.by)

    known = list(membership.acts.all())
    tell_acts(ledger, file, facts.acts, known=known, add=add, source=told_by, where=where)


def _keep_membership(ledger: Ledger, network: Network, facts: MemberFacts) -> Membership:
    party = ledger.party(facts.party)
    via = ledger.party(facts.via) if facts.via else None
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
    pair = find_partnership(PartnershipKind.CITY_TWINS, [ledger.party(slug) for slug in facts.pair])
    if pair is None:
        raise ValidationError(
            _("There is no partnership of city twins between %(parties)s.")
            % {"parties": " – ".join(facts.pair)}
        )
    return pair
