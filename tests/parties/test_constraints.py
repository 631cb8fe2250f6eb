"""What the database keeps of parties, their people and their papers."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.accounts import make_user
from tests.factories.documents import make_document
from tests.factories.parties import (
    make_affiliation,
    make_contact,
    make_filing,
    make_identifier,
    make_invitation,
    make_name,
    make_party,
    make_succession,
)
from twinhall.parties.models import (
    Affiliation,
    Contact,
    Filing,
    Identifier,
    Invitation,
    Name,
    Party,
    PartyKind,
    Role,
    Succession,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


def an_invitation(
    *,
    email: str = "liis@valga.example",
    party: Party | None = None,
    role: str = Role.OFFICER,
    accepted_at: dt.datetime | None = None,
    withdrawn_at: dt.datetime | None = None,
) -> Invitation:
    """An invitation not saved yet."""
    return Invitation(
        email=email,
        party=party or make_party(),
        role=role,
        by=make_user(),
        secret_hash="another",
        expires_at=LATER,
        accepted_at=accepted_at,
        withdrawn_at=withdrawn_at,
    )


def _the_same_name() -> Name:
    kept = make_name()
    return Name(party=kept.party, text=kept.text, language=kept.language, kind=kept.kind)


def _the_same_identifier() -> Identifier:
    kept = make_identifier()
    return Identifier(party=make_party(name="Walk"), scheme=kept.scheme, value=kept.value)


def _the_same_office() -> Contact:
    kept = make_contact()
    return Contact(party=kept.party, key=kept.key)


def _the_same_succession() -> Succession:
    kept = make_succession()
    return Succession(predecessor=kept.predecessor, successor=kept.successor)


def _successor_of_itself() -> Succession:
    party = make_party()
    return Succession(predecessor=party, successor=party)


def _the_same_affiliation() -> Affiliation:
    kept = make_affiliation(role=Role.EDITOR)
    return Affiliation(user=kept.user, party=kept.party, role=Role.OFFICER)


def _ended_before_it_began() -> Affiliation:
    return Affiliation(user=make_user(), party=make_party(), role=Role.OFFICER, began_at=LATER, ended_at=NOW)


def _the_same_invitation() -> Invitation:
    kept = make_invitation(email="Liis@Valga.example")
    return an_invitation(email="liis@valga.EXAMPLE", party=kept.party)


BREACHES = {
    "parties_identifier_scheme": Breach(
        lambda: Identifier(party=make_party(), scheme="telephone", value="112"),
        "This is not a scheme of identifiers.",
    ),
    "parties_party_kind": Breach(lambda: Party(slug="valga", kind="village"), "This is not a kind of party."),
    "parties_party_slug": Breach(
        lambda: Party(slug="", kind=PartyKind.MUNICIPALITY), "A party needs an address."
    ),
    "parties_party_latitude": Breach(
        lambda: Party(slug="valga", kind=PartyKind.MUNICIPALITY, latitude=90.1),
        "A latitude lies between −90 and 90 degrees.",
    ),
    "parties_party_longitude": Breach(
        lambda: Party(slug="valga", kind=PartyKind.MUNICIPALITY, longitude=-180.1),
        "A longitude lies between −180 and 180 degrees.",
    ),
    "parties_party_withdrawn": Breach(
        lambda: Party(slug="valga", kind=PartyKind.MUNICIPALITY, withdrawn_at=timezone.now()),
        "A withdrawal needs its reason.",
    ),
    "parties_party_merged_withdrawn": Breach(
        lambda: Party(slug="walk", kind=PartyKind.MUNICIPALITY, merged_into=make_party()),
        "A party that is merged into another is withdrawn.",
    ),
    "parties_name_once": Breach(_the_same_name, "The party has this name already."),
    "parties_name_not_empty": Breach(
        lambda: Name(party=make_party(), text="", language="de"), "A name is not empty."
    ),
    "parties_name_kind": Breach(
        lambda: Name(party=make_party(), text="Walk", kind="nickname"), "This is not a kind of name."
    ),
    "parties_name_withdrawn": Breach(
        lambda: Name(party=make_party(), text="Walk", withdrawn_why="A slip."),
        "A withdrawal needs its reason.",
    ),
    "parties_identifier_once": Breach(_the_same_identifier, "Another party has this identifier."),
    "parties_contact_once": Breach(_the_same_office, "The party has this office already."),
    "parties_succession_once": Breach(_the_same_succession, "This succession is recorded already."),
    "parties_succession_of_another": Breach(_successor_of_itself, "A party does not succeed itself."),
    "parties_succession_withdrawn": Breach(
        lambda: Succession(
            predecessor=make_party(), successor=make_party(), withdrawn_at=timezone.now(), withdrawn_why=""
        ),
        "A withdrawal needs its reason.",
    ),
    "parties_affiliation_once": Breach(_the_same_affiliation, "This person acts for the party already."),
    "parties_affiliation_in_order": Breach(_ended_before_it_began, "An affiliation ends after it began."),
    "parties_affiliation_role": Breach(
        lambda: Affiliation(user=make_user(), party=make_party(), role="mayor"), "This is not a role."
    ),
    "parties_invitation_once": Breach(_the_same_invitation, "This person has been invited already."),
    "parties_invitation_one_end": Breach(
        lambda: an_invitation(accepted_at=NOW, withdrawn_at=NOW),
        "An invitation is accepted or withdrawn, not both.",
    ),
    "parties_invitation_role": Breach(lambda: an_invitation(role="mayor"), "This is not a role."),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("parties"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


# What each of them leaves free --------------------------------------------------------------------------


def test_what_was_merged_into_another_is_withdrawn_and_keeps_it() -> None:
    valga = make_party()
    walk = make_party(name="Walk", withdrawn_at=NOW, withdrawn_why="A second record of Valga.")
    walk.merged_into = valga
    walk.full_clean()
    walk.save()
    assert list(valga.merged_from.all()) == [walk]
    with pytest.raises(ProtectedError):
        valga.delete()


def test_a_succession_that_was_withdrawn_leaves_its_place_free() -> None:
    first = make_succession(withdrawn_at=NOW, withdrawn_why="Another town.")
    second = make_succession(predecessor=first.predecessor, successor=first.successor)
    assert list(Succession.objects.standing()) == [second]


def test_several_parties_can_become_one_and_one_can_become_several() -> None:
    salo = make_party(name="Salo")
    halikko = make_succession(successor=salo, predecessor=make_party(name="Halikko"))
    make_succession(successor=salo, predecessor=make_party(name="Kiikala"))
    make_succession(successor=make_party(name="Paimio"), predecessor=halikko.predecessor)
    assert [salo.inheritances.count(), halikko.predecessor.successions.count()] == [2, 2]


def test_who_no_longer_acts_for_a_party_can_do_so_again() -> None:
    ended = make_affiliation(began_at=NOW, ended_at=LATER)
    make_affiliation(user=ended.user, party=ended.party, began_at=NOW, ended_at=LATER)
    again = make_affiliation(user=ended.user, party=ended.party)
    assert list(ended.user.affiliations.filter(ended_at__isnull=True)) == [again]


def test_a_person_acts_for_several_parties_and_a_party_has_several_people() -> None:
    first = make_affiliation()
    make_affiliation(user=first.user)
    make_affiliation(party=first.party)
    assert (first.user.affiliations.count(), first.party.affiliations.count()) == (2, 2)


def test_an_affiliation_may_end_the_moment_it_began() -> None:
    assert make_affiliation(began_at=NOW, ended_at=NOW).ended_at == NOW


def test_an_invitation_that_was_answered_or_withdrawn_leaves_its_place_free() -> None:
    party = make_party()
    make_invitation(party=party, accepted_at=NOW)
    make_invitation(party=party, withdrawn_at=NOW)
    make_invitation(party=make_party(name="Valka"))
    assert make_invitation(party=party).party.invitations.count() == 3


def test_no_two_invitations_have_one_secret() -> None:
    make_invitation(secret="open sesame")
    with pytest.raises(IntegrityError):
        make_invitation(secret="open sesame", email="maris@valka.example")


def test_a_document_is_in_one_partys_files() -> None:
    filing = make_filing(document=make_document())
    with pytest.raises(IntegrityError):
        Filing.objects.create(document=filing.document, party=make_party(name="Valka"))


def test_what_others_rest_on_is_not_deleted() -> None:
    filing, succession, affiliation = (
        make_filing(document=make_document()),
        make_succession(),
        make_affiliation(),
    )
    invitation = make_invitation()
    for record in (
        filing.document,
        filing.party,
        succession.predecessor,
        succession.successor,
        affiliation.user,
        affiliation.party,
        invitation.party,
        invitation.by,
    ):
        with pytest.raises(ProtectedError):
            record.delete()
