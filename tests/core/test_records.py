import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories.networks import make_membership_act
from tests.factories.parties import make_name, make_party
from tests.factories.partnerships import make_act
from twinhall.core.records import Speaker, Speakers
from twinhall.networks.models import MembershipAct
from twinhall.parties.models import Name, Party
from twinhall.partnerships.models import Act

WITHDRAWN = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_standing_record_has_not_been_withdrawn() -> None:
    standing = make_party(name="Valga")
    make_party(name="Walk", withdrawn_at=WITHDRAWN, withdrawn_why="A second record of Valga.")
    assert list(Party.objects.standing()) == [standing]


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "why"), [(WITHDRAWN, ""), (None, "A second record of Valga.")])
def test_a_withdrawal_and_its_reason_come_together(at: dt.datetime | None, why: str) -> None:
    with pytest.raises(IntegrityError):
        make_party(withdrawn_at=at, withdrawn_why=why)


@pytest.mark.django_db
def test_a_withdrawal_without_its_reason_is_refused_in_words() -> None:
    party = Party(slug="valga", kind="municipality", withdrawn_at=WITHDRAWN)
    with pytest.raises(ValidationError) as refusal:
        party.validate_constraints()
    assert refusal.value.messages == ["A withdrawal needs its reason."]


# Parts that are nowhere to be seen once they are taken back ------------------------------------------------


@pytest.mark.django_db
def test_a_part_that_was_taken_back_is_left_out_and_still_among_every_one() -> None:
    name, act = make_name(), make_act()
    admission = make_membership_act()
    old_name = make_name(party=name.party, text="Pedde", withdrawn_at=WITHDRAWN, withdrawn_why="A slip.")
    old_act = make_act(partnership=act.partnership, withdrawn_at=WITHDRAWN, withdrawn_why="A slip.")
    old_admission = make_membership_act(
        membership=admission.membership, withdrawn_at=WITHDRAWN, withdrawn_why="A slip."
    )
    assert list(Name.objects.all()) == list(name.party.names.all()) == [name]
    assert list(Act.objects.all()) == list(act.partnership.acts.all()) == [act]
    assert list(MembershipAct.objects.all()) == list(admission.membership.acts.all()) == [admission]
    assert set(Name.every.all()) == {name, old_name}
    assert set(Act.every.all()) == {act, old_act}
    assert set(MembershipAct.every.all()) == {admission, old_admission}


@pytest.mark.django_db
def test_a_part_that_was_taken_back_goes_with_its_whole() -> None:
    name = make_name(withdrawn_at=WITHDRAWN, withdrawn_why="A slip.")
    name.party.delete()
    assert Name.every.count() == 0


# Who speaks for a record -----------------------------------------------------------------------------------


def test_a_bare_path_speaks_by_all_its_rows() -> None:
    lead = Speaker("participations__party", {"participations__role": "lead"})
    speakers: Speakers = (lead, "participations__party")
    assert [Speaker.of(told) for told in speakers] == [lead, Speaker("participations__party", {})]
