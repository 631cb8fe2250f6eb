"""People are invited, come, and go."""

import datetime as dt
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.parties import make_affiliation, make_invitation, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.parties.actions import (
    INVITATION_VALID,
    accept_invitation,
    affiliate,
    end_affiliation,
    invite,
    open_invitation,
    withdraw_invitation,
)
from twinhall.parties.models import Affiliation, Invitation, Party, Role

pytestmark = pytest.mark.django_db

EMAIL = "liis@valga.example"
AN_HOUR = dt.timedelta(hours=1)


@pytest.fixture
def valga() -> Party:
    return make_party()


@pytest.fixture
def liis() -> User:
    return make_user(email=EMAIL, name="Liis Lepp")


def log() -> list[tuple[str, str, str]]:
    return [(line.deed, line.label, line.by.name) for line in LogEntry.objects.order_by("pk")]


# Inviting --------------------------------------------------------------------------------------------------


def test_a_person_is_invited_for_a_fortnight(valga: Party) -> None:
    person, before = make_user(), timezone.now()
    invitation, _ = invite(email=EMAIL, party=valga, role=Role.EDITOR, by=person)
    invitation.refresh_from_db()
    assert (invitation.email, invitation.party, invitation.role, invitation.by) == (
        EMAIL,
        valga,
        "editor",
        person,
    )
    assert before + INVITATION_VALID <= invitation.expires_at <= timezone.now() + INVITATION_VALID
    assert (invitation.accepted_at, invitation.withdrawn_at) == (None, None)
    line = LogEntry.objects.get()
    assert (line.deed, line.label, line.by, line.record_id) == (
        "person invited",
        "Valga: editor",
        person,
        str(valga.pk),
    )


def test_the_secret_is_kept_as_its_hash_only(valga: Party) -> None:
    invitation, secret = invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert secret not in " ".join(str(value) for value in row.values())
    assert secret not in " ".join(str(value) for line in LogEntry.objects.values() for value in line.values())
    assert row["secret_hash"] == sha256(secret.encode()).hexdigest()
    assert len(secret) >= 43


def test_each_invitation_has_a_secret_of_its_own(valga: Party) -> None:
    emails = [EMAIL, "maris@valka.example"]
    secrets = {invite(email=e, party=valga, role=Role.OFFICER, by=make_user())[1] for e in emails}
    assert len(secrets) == 2


@pytest.mark.parametrize("email", [EMAIL, "Liis@Valga.EXAMPLE"])
def test_who_has_been_invited_is_not_invited_again(valga: Party, email: str) -> None:
    invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())
    with pytest.raises(ValidationError) as refusal:
        invite(email=email, party=valga, role=Role.EDITOR, by=make_user())
    assert refusal.value.messages == ["This person has been invited already."]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("email", [EMAIL, "Liis@Valga.EXAMPLE"])
def test_who_acts_for_the_party_is_not_invited(valga: Party, liis: User, email: str) -> None:
    make_affiliation(user=liis, party=valga, role=Role.EDITOR)
    with pytest.raises(ValidationError) as refusal:
        invite(email=email, party=valga, role=Role.OFFICER, by=make_user())
    assert refusal.value.message_dict == {"email": ["This person acts for the party already."]}
    assert Invitation.objects.count() == 0


def test_who_acts_for_another_party_or_acted_for_this_one_is_invited(valga: Party, liis: User) -> None:
    make_affiliation(user=liis, party=make_party(name="Valka"))
    make_affiliation(user=liis, party=valga, ended_at=timezone.now())
    assert invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())[0].party == valga


def test_an_invitation_that_ran_out_is_withdrawn_by_the_next(valga: Party) -> None:
    old = make_invitation(email="LIIS@valga.example", party=valga, expires_at=timezone.now() - AN_HOUR)
    of_others = [
        make_invitation(email="maris@valka.example", party=valga, expires_at=timezone.now() - AN_HOUR),
        make_invitation(email=EMAIL, party=make_party(name="Valka"), expires_at=timezone.now() - AN_HOUR),
    ]
    new, _ = invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert list(Invitation.objects.filter(withdrawn_at__isnull=True).order_by("pk")) == [*of_others, new]


@pytest.mark.parametrize(("email", "role", "field"), [("liis", "officer", "email"), (EMAIL, "mayor", "role")])
def test_what_is_no_address_or_no_role_is_refused(valga: Party, email: str, role: str, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        invite(email=email, party=valga, role=role, by=make_user())
    assert field in refusal.value.message_dict
    assert (Invitation.objects.count(), LogEntry.objects.count()) == (0, 0)


# Answering -------------------------------------------------------------------------------------------------


def test_the_secret_opens_its_invitation_and_no_other(valga: Party) -> None:
    invitation, secret = invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())
    make_invitation(email="maris@valka.example", party=valga, secret="another")
    assert open_invitation(secret) == invitation
    assert [open_invitation(wrong) for wrong in ("", secret[:-1], invitation.secret_hash)] == [None] * 3


def test_what_ran_out_was_used_or_withdrawn_is_opened_no_longer(valga: Party) -> None:
    now = timezone.now()
    make_invitation(party=valga, secret="ran out", expires_at=now - AN_HOUR, withdrawn_at=now)
    make_invitation(party=make_party(), secret="ran out only", expires_at=now)
    make_invitation(party=make_party(), secret="used", accepted_at=now)
    make_invitation(party=make_party(), secret="withdrawn", withdrawn_at=now)
    assert [open_invitation(s) for s in ("ran out", "ran out only", "used", "withdrawn")] == [None] * 4


@pytest.mark.parametrize("email", [EMAIL, "Liis@Valga.EXAMPLE"])
def test_who_accepts_acts_for_the_party_whatever_the_case_of_the_address(
    valga: Party, liis: User, email: str
) -> None:
    invitation, secret = invite(email=email, party=valga, role=Role.SECRETARY, by=make_user())
    affiliation = accept_invitation(invitation, user=liis)
    assert (affiliation.user, affiliation.party, affiliation.role, affiliation.ended_at) == (
        liis,
        valga,
        "secretary",
        None,
    )
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None
    assert open_invitation(secret) is None
    assert log()[1:] == [("affiliation begun", "Liis Lepp: Valga", "Liis Lepp")]


def test_an_invitation_for_another_address_is_refused_and_stays_open(valga: Party) -> None:
    invitation, secret = invite(email=EMAIL, party=valga, role=Role.OFFICER, by=make_user())
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(invitation, user=make_user(email="maris@valka.example"))
    assert refusal.value.messages == ["This invitation is for another e-mail address than yours."]
    assert open_invitation(secret) == invitation
    assert Affiliation.objects.count() == 0


def test_an_invitation_is_used_once(valga: Party, liis: User) -> None:
    invitation = make_invitation(party=valga)
    end_affiliation(accept_invitation(invitation, user=liis), by=liis)
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(invitation, user=liis)
    assert refusal.value.messages == ["This invitation was used or withdrawn, or is too old."]
    assert Affiliation.objects.filter(ended_at__isnull=True).count() == 0


def test_what_was_withdrawn_meanwhile_is_not_accepted(valga: Party, liis: User) -> None:
    invitation = make_invitation(party=valga)
    withdraw_invitation(Invitation.objects.get(), by=make_user())
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(invitation, user=liis)
    assert refusal.value.messages == ["This invitation was used or withdrawn, or is too old."]
    assert Affiliation.objects.count() == 0


def test_what_has_run_out_meanwhile_is_not_accepted(valga: Party, liis: User) -> None:
    invitation = make_invitation(party=valga, expires_at=timezone.now() - AN_HOUR)
    with pytest.raises(ValidationError):
        accept_invitation(invitation, user=liis)
    assert Affiliation.objects.count() == 0


def test_who_came_by_another_way_meanwhile_does_not_use_the_invitation(valga: Party, liis: User) -> None:
    invitation = make_invitation(party=valga)
    make_affiliation(user=liis, party=valga)
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(invitation, user=liis)
    assert refusal.value.messages == ["This person acts for the party already."]
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_an_invitation_that_was_accepted_is_not_withdrawn(valga: Party, liis: User) -> None:
    invitation = make_invitation(party=valga)
    accept_invitation(invitation, user=liis)
    lines = log()
    withdraw_invitation(invitation, by=make_user())
    invitation.refresh_from_db()
    assert (invitation.accepted_at is not None, invitation.withdrawn_at) == (True, None)
    assert log() == lines


def test_an_invitation_is_withdrawn_once(valga: Party) -> None:
    invitation = make_invitation(party=valga)
    withdraw_invitation(invitation, by=make_user())
    before, lines = Invitation.objects.values().get(), log()
    withdraw_invitation(invitation, by=make_user())
    assert (Invitation.objects.values().get(), log()) == (before, lines)


def test_an_invitation_that_is_withdrawn_is_a_line_of_the_log(valga: Party) -> None:
    invitation = make_invitation(party=valga, secret="open sesame")
    withdraw_invitation(invitation, by=make_user(name="Kadri Kask"))
    assert open_invitation("open sesame") is None
    assert log() == [("invitation withdrawn", "Valga", "Kadri Kask")]


# Coming and going ------------------------------------------------------------------------------------------


def test_a_person_comes_to_act_for_a_party_and_goes(valga: Party, liis: User) -> None:
    person = make_user(name="Kadri Kask")
    affiliation = affiliate(liis, valga, role=Role.OFFICER, by=person)
    end_affiliation(affiliation, by=person)
    affiliation.refresh_from_db()
    assert affiliation.ended_at is not None
    assert affiliation.began_at <= affiliation.ended_at <= timezone.now()
    assert log() == [
        ("affiliation begun", "Liis Lepp: Valga", "Kadri Kask"),
        ("affiliation ended", "Liis Lepp: Valga", "Kadri Kask"),
    ]
    assert affiliate(liis, valga, role=Role.EDITOR, by=person).role == "editor"


def test_who_has_gone_does_not_go_again() -> None:
    affiliation = make_affiliation()
    end_affiliation(affiliation, by=make_user())
    before, lines = Affiliation.objects.values().get(), log()
    end_affiliation(affiliation, by=make_user())
    assert (Affiliation.objects.values().get(), log()) == (before, lines)


def test_who_acts_for_a_party_does_not_come_again_and_an_unknown_role_is_none(
    valga: Party, liis: User
) -> None:
    affiliate(liis, valga, role=Role.EDITOR, by=make_user())
    with pytest.raises(ValidationError) as refusal:
        affiliate(liis, valga, role=Role.OFFICER, by=make_user())
    assert refusal.value.messages == ["This person acts for the party already."]
    with pytest.raises(ValidationError) as refusal:
        affiliate(liis, make_party(name="Valka"), role="mayor", by=make_user())
    assert list(refusal.value.message_dict) == ["role"]
    assert Affiliation.objects.count() == 1
