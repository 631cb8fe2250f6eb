"""The members on a network's page: by country and standing, the pairs among them, and what pages dispute."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from twinhall.core.http import BadQuestionError
from twinhall.core.languages import Text
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import disagree, last_words
from twinhall.networks import queries
from twinhall.networks.models import Membership, MembershipStatus
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.web import rows, say
from twinhall.web.asking import asked_with
from twinhall.web.names import Names
from twinhall.web.notes import Evidence

MEMBER_ORDER = [
    MembershipStatus.MEMBER,
    MembershipStatus.COOPERATING,
    MembershipStatus.APPLICANT,
    MembershipStatus.SUSPENDED,
    MembershipStatus.FORMER,
    MembershipStatus.UNKNOWN,
]
MEMBERS_SHOWN = 100
"""So many members stand on one page of a network."""


def asked_country(request: HttpRequest, counts: queries.Tally) -> str:
    """The country of ``?country=``, one of those that the network's members have; else none."""
    asked = request.GET.get("country", "")
    if asked and asked not in counts.by_country:
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": asked[:40]})
    return asked


def countries(request: HttpRequest, counts: queries.Tally) -> list[tuple[str, int, str]]:
    """The countries of the members by name, how many are recorded in each, and where they stand alone."""
    named = sorted((say.country(code), code) for code in counts.by_country if code)
    return [
        (name, counts.by_country[code], asked_with(request, country=code, page="")) for name, code in named
    ]


def grouped(
    places: Sequence[rows.Place], counts: Mapping[str, int]
) -> list[tuple[str, int, list[rows.Place]]]:
    """The rows of this page by status, with how many there are of each on all pages."""
    ordered = [(status, [p for p in places if p.status == status]) for status in MEMBER_ORDER]
    return [(str(status.value), counts[status.value], group) for status, group in ordered if group]


def pairs_among(
    pairs: Sequence[Partnership], statuses: Mapping[int, str], names: Names
) -> list[dict[str, object]]:
    """The city twins among the members: each pair once, with what each of the two is to the network."""
    found: list[dict[str, object]] = []
    for pair in pairs:
        sides = [
            (
                rows.party_link(s.party, names),
                str(MembershipStatus(statuses[s.party_id]).label) if s.party_id in statuses else "",
                rows.TONES.get(statuses.get(s.party_id, ""), "quiet"),
            )
            for s in pair.signatories.all()
        ]
        found.append({"slug": pair.slug, "sides": sides})
    return found


def _now(said: Sequence[Statement], publishers: Mapping[int, Party]) -> list[Statement]:
    """What each of those who speak says now: a word stated here replaces that of their own older page."""
    by_who: dict[Party | int, list[Statement]] = {}
    for statement in said:
        by_who.setdefault(publishers.get(statement.source_id, statement.source_id), []).append(statement)
    return [statement for group in by_who.values() for statement in last_words(group)]


def disputes_on(
    members: Sequence[Membership], names: Names, evidence: Evidence
) -> list[tuple[Text, str, list[int]]]:
    """Members of whom pages state different categories, in plain words."""
    found = []
    groups = [(m, evidence.on(m, "category")) for m in members]
    publisher = evidence.publishers
    for member, everything in groups:
        said = _now(everything, publisher)
        if len(said) > 1 and disagree(said):
            words = [
                _("%(who)s says “%(what)s”")
                % {
                    "who": names.publisher(publisher.get(s.source_id), s.source),
                    "what": say.value(Membership, "category", s.stated),
                }
                for s in sorted(said, key=lambda s: not s.in_force)
            ]
            marks = evidence.cite(names.text(member.party), said)
            found.append((names.of(member.party), ", ".join(words), marks))
    return found
