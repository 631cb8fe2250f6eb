"""What a network decides on a membership: the act, its statements, the running number."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.documents import document_folder, make_document
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_filing, make_network_party, make_officer, make_own_page, make_party
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import Proposal, RefusedError, accept, propose
from twinhall.evidence.models import Source, Statement
from twinhall.networks.actions import decide_membership, tie_membership
from twinhall.networks.models import Membership, MembershipActKind, MembershipStatus, Network
from twinhall.networks.queries import as_of, is_member, next_number
from twinhall.parties.actions import own_source
from twinhall.parties.models import Role
from twinhall.parties.precedence import rank

__all__ = ["document_folder"]
pytestmark = pytest.mark.django_db

DAY = PartialDate.parse("2026-05-04")
TODAY = timezone.localdate()


@pytest.fixture
def league() -> Network:
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def anna(league: Network) -> User:
    """The network's secretary."""
    return make_officer(league.party, role=Role.SECRETARY, name="Anna")


@pytest.fixture
def word(league: Network) -> Source:
    return own_source(league.party, day=DAY.first_day)


@pytest.fixture
def applicant(league: Network) -> Membership:
    membership = make_membership(network=league, category="")
    make_membership_act(membership=membership, kind=MembershipActKind.APPLIED, date="2026-01-01")
    return membership


def status_of(membership: Membership) -> str:
    return as_of(Membership.objects.all(), DAY.first_day).get(pk=membership.pk).status


@pytest.mark.usefixtures("document_folder")
def test_an_admission_is_an_act_with_its_statements(
    applicant: Membership, league: Network, word: Source, anna: User
) -> None:
    minutes = make_document(title="Minutes")
    make_filing(document=minutes, party=league.party)
    act = decide_membership(
        applicant,
        kind=MembershipActKind.ADMITTED,
        date=DAY,
        by=anna,
        source=word,
        category="associate",
        number=12,
        facts={"deciding_body": "Board", "place": ""},
        texts={"note": "By all votes."},
        documents=[minutes],
    )
    applicant.refresh_from_db()
    assert (applicant.category, applicant.number, status_of(applicant)) == (
        "associate",
        12,
        MembershipStatus.MEMBER,
    )
    assert (act.date, act.deciding_body, act.note) == (DAY, "Board", {"en": "By all votes."})
    assert list(act.documents.all()) == [minutes]
    assert set(Statement.objects.filter(source=word).values_list("subject_type", "field", "in_force")) == {
        ("networks.membershipact", "exists", True),
        ("networks.membershipact", "date", True),
        ("networks.membershipact", "deciding_body", True),
        ("networks.membershipact", "note", True),
        ("networks.membership", "category", True),
        ("networks.membership", "number", True),
    }


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "applied"}, ("", "This is not decided on by a network.")),
        ({"kind": "attested"}, ("", "This is not decided on by a network.")),
        ({"kind": "not yet"}, ("reason", "“Not yet a member” needs its reason.")),
        (
            {"kind": "admitted", "category": "applicant"},
            ("category", "A member is not admitted as this."),
        ),
        (
            {"kind": "admitted", "number": 3},
            ("number", "Another membership of the network has this number."),
        ),
        (
            {"kind": "admitted", "date": PartialDate.parse("2025")},
            ("date", "This lies before the last act: it would change nothing."),
        ),
        (
            {"kind": "suspended"},
            ("", f"The membership is “applicant” on {TODAY}: the act “suspended” is not possible then."),
        ),
    ],
    ids=str,
)
def test_what_cannot_be_decided_is_refused_with_its_reason(
    applicant: Membership, word: Source, anna: User, told: dict[str, object], said: tuple[str, str]
) -> None:
    make_membership(network=applicant.network, number=3)
    with pytest.raises(ValidationError) as refusal:
        decide_membership(applicant, by=anna, source=word, **told)  # type: ignore[arg-type]
    (field,) = getattr(refusal.value, "error_dict", {"": ""})
    assert (field, *refusal.value.messages) == said
    assert applicant.acts.count() == 1


def test_a_column_that_does_not_take_its_value_refuses_the_whole(
    applicant: Membership, word: Source, anna: User
) -> None:
    with pytest.raises(RefusedError):
        decide_membership(
            applicant, kind="admitted", by=anna, source=word, facts={"deciding_body": "x" * 201}
        )
    assert applicant.acts.count() == 1


def test_what_a_person_may_not_accept_waits(applicant: Membership, word: Source) -> None:
    stranger = make_officer(make_party(name="Elva"))
    act = decide_membership(applicant, kind="admitted", date=DAY, by=stranger, source=word)
    assert act.date is None
    assert set(Statement.objects.values_list("verdict", flat=True)) == {"proposed"}


def test_the_next_number_follows_the_highest_that_was_ever_given(league: Network) -> None:
    assert next_number(league) == 1
    make_membership(network=league, number=41)
    make_membership(number=77)
    assert next_number(league) == 42


def test_a_number_that_two_sources_give_to_two_members_is_refused_in_words(
    league: Network, anna: User
) -> None:
    make_membership(network=league, number=5)
    other = make_membership(network=league)
    stated = propose(
        [Proposal(subject=other, field="number", stated=5, source=make_own_page(league.party), origin="desk")]
    )
    with pytest.raises(ValidationError) as refusal:
        accept(stated, by=anna, rank=rank)
    assert refusal.value.messages == ["Another membership of the network has this number."]


def test_who_is_a_member_on_a_day(applicant: Membership, league: Network, word: Source, anna: User) -> None:
    decide_membership(applicant, kind="admitted", date=DAY, by=anna, source=word)
    days = [PartialDate.parse(day).first_day for day in ("2026-05-03", "2026-05-04")]
    assert [is_member(league, applicant.party, day) for day in days] == [False, True]


def test_a_party_is_no_member_through_itself(applicant: Membership, anna: User) -> None:
    union = make_network_party(name="Union")
    tie_membership(applicant, via=union, pair=None, by=anna)
    assert Membership.objects.get(pk=applicant.pk).via == union
    with pytest.raises(ValidationError, match="through another one"):
        tie_membership(applicant, via=applicant.party, pair=None, by=anna)
