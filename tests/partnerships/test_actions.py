import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.parties.models import Party
from twinhall.partnerships.actions import (
    NEEDS_BEGINNING,
    add_act,
    find_partnership,
    found_partnership,
    keep_fields,
    parties_key,
)
from twinhall.partnerships.models import (
    Act,
    ActKind,
    CooperationField,
    Partnership,
    PartnershipKind,
    Signatory,
)

pytestmark = pytest.mark.django_db

BEGINNINGS = (
    ActKind.BEGUN,
    ActKind.SIGNED,
    ActKind.ATTESTED,
    ActKind.WIDENED,
    ActKind.UPGRADED,
)
NO_BEGINNINGS = (ActKind.CONTACT, ActKind.INTENT)


@pytest.fixture
def solna() -> Party:
    return make_party(name="Solna", country="SE")


@pytest.fixture
def valmiera() -> Party:
    return make_party(name="Valmiera", country="LV")


def found(*parties: Party, kind: str = PartnershipKind.TWINNING) -> Partnership:
    return found_partnership(kind=kind, parties=parties, by=make_user())


# Founding ----------------------------------------------------------------------------------------------


def test_a_partnership_is_founded_by_its_parties(solna: Party, valmiera: Party) -> None:
    officer = make_user()
    tie = found_partnership(kind=PartnershipKind.TWINNING, parties=[valmiera, solna], by=officer)
    assert (tie.slug, tie.kind, tie.continues) == ("solna-valmiera", "twinning", None)
    assert [signatory.party for signatory in tie.signatories.all()] == [solna, valmiera]
    assert tie.parties_key == f"{solna.pk} {valmiera.pk}"
    line = LogEntry.objects.get(by=officer)
    assert (line.deed, line.label, line.record_id) == ("partnership founded", "solna-valmiera", str(tie.pk))


def test_parties_are_the_same_in_any_order_and_sorted_by_number() -> None:
    parties = [Party(pk=pk) for pk in (10, 9, 100)]
    assert parties_key(parties) == "9 10 100"
    assert parties_key(parties[::-1]) == "9 10 100"


def test_a_tie_of_three_is_none_of_two(solna: Party, valmiera: Party) -> None:
    third = make_party(name="Zduńska Wola", country="PL")
    three = found(solna, valmiera, third)
    two = found_partnership(
        kind=PartnershipKind.TWINNING, parties=[solna, valmiera], by=make_user(), continues=three
    )
    assert find_partnership(PartnershipKind.TWINNING, [third, valmiera, solna]) == three
    assert find_partnership(PartnershipKind.TWINNING, [valmiera, solna]) == two
    assert find_partnership(PartnershipKind.FRIENDSHIP, [valmiera, solna]) is None
    assert list(three.continued_by.all()) == [two]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ((), "A partnership has two signatories or more."),
        (("Solna",), "A partnership has two signatories or more."),
        (("Solna", "Solna"), "A partnership has two signatories or more."),
        (("Solna", "Valmiera", "Solna"), "A party signs once."),
    ],
)
def test_parties_that_make_no_partnership_are_refused(names: tuple[str, ...], message: str) -> None:
    parties = {name: make_party(name=name) for name in set(names)}
    with pytest.raises(ValidationError) as refusal:
        found(*(parties[name] for name in names))
    assert refusal.value.message_dict == {"parties": [message]}
    assert Partnership.objects.count() == 0


def test_the_same_tie_is_not_founded_twice(solna: Party, valmiera: Party) -> None:
    first = found(solna, valmiera)
    with pytest.raises(ValidationError) as refusal:
        found(valmiera, solna)
    assert refusal.value.messages == ["These parties have a partnership of this kind already."]
    assert list(Partnership.objects.all()) == [first]
    assert Signatory.objects.count() == 2


def test_an_unknown_kind_is_refused(solna: Party, valmiera: Party) -> None:
    with pytest.raises(ValidationError) as refusal:
        found(solna, valmiera, kind="marriage")
    assert list(refusal.value.message_dict) == ["kind"]
    assert Partnership.objects.count() == 0


def test_an_address_that_is_taken_gets_the_countries_then_a_number(solna: Party, valmiera: Party) -> None:
    kinds = (
        PartnershipKind.TWINNING,
        PartnershipKind.FRIENDSHIP,
        PartnershipKind.CONTACT,
        PartnershipKind.PROJECT,
        PartnershipKind.COOPERATION,
    )
    assert [found(solna, valmiera, kind=kind).slug for kind in kinds] == [
        "solna-valmiera",
        "solna-valmiera-lv",
        "solna-valmiera-lv-se",
        "solna-valmiera-lv-se-2",
        "solna-valmiera-lv-se-3",
    ]


def test_an_address_that_is_taken_gets_a_number_where_no_country_is_known() -> None:
    north, south = make_party(name="North", country=""), make_party(name="South", country="")
    assert found(north, south).slug == "north-south"
    assert found(north, south, kind=PartnershipKind.CONTACT).slug == "north-south-2"


def test_addresses_stay_within_their_length() -> None:
    parties = [make_party(name=f"Town {n}", address=f"{'x' * 100}-{n}") for n in range(2)]
    first, second = found(*parties), found(*parties, kind=PartnershipKind.CONTACT)
    assert first.slug == "x" * 100 + "-0-" + "x" * 17
    assert second.slug == "x" * 100 + "-0-" + "x" * 15 + "-2"


# Acts --------------------------------------------------------------------------------------------------


def test_an_act_stands_after_the_others(solna: Party, valmiera: Party) -> None:
    officer = make_user()
    tie = make_partnership(parties=[solna, valmiera], address="solna-valmiera")
    first = add_act(tie, kind=ActKind.SIGNED, by=officer)
    later = add_act(tie, kind=ActKind.RENEWED, by=officer, number=7)
    last = add_act(tie, kind=ActKind.ENDED, by=officer)
    assert [(act.number, act.kind, act.date) for act in tie.acts.all()] == [
        (1, "signed", None),
        (7, "renewed", None),
        (8, "ended", None),
    ]
    assert list(tie.acts.all()) == [first, later, last]
    assert [(line.deed, line.label) for line in LogEntry.objects.order_by("pk")] == [
        ("act added", "solna-valmiera 1: signed"),
        ("act added", "solna-valmiera 7: renewed"),
        ("act added", "solna-valmiera 8: ended"),
    ]


@pytest.mark.parametrize("kind", sorted(NEEDS_BEGINNING))
def test_what_never_began_is_not_ended_suspended_or_renewed(kind: ActKind) -> None:
    tie = make_partnership()
    refused = f"The act “{kind.label}” cannot come first: nothing has begun that it could apply to."
    for earlier in (None, *NO_BEGINNINGS):
        if earlier is not None:
            add_act(tie, kind=earlier, by=make_user())
        with pytest.raises(ValidationError) as refusal:
            add_act(tie, kind=kind, by=make_user())
        assert refusal.value.messages == [refused]
    assert [act.kind for act in tie.acts.all()] == list(NO_BEGINNINGS)


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("kind", sorted(NEEDS_BEGINNING))
def test_what_has_begun_can_be_ended_suspended_or_renewed(beginning: ActKind, kind: ActKind) -> None:
    tie = make_partnership()
    add_act(tie, kind=beginning, by=make_user())
    assert add_act(tie, kind=kind, by=make_user()).number == 2


def test_no_act_is_put_before_the_beginning_that_another_needs() -> None:
    tie = make_partnership()
    make_act(partnership=tie, kind=ActKind.SIGNED, number=3)
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=ActKind.RENEWED, by=make_user(), number=2)
    assert "cannot come first" in refusal.value.messages[0]
    assert [act.number for act in tie.acts.all()] == [3]


def test_a_number_is_used_once() -> None:
    tie = make_act().partnership
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=ActKind.RENEWED, by=make_user(), number=1)
    assert refusal.value.messages == ["This tie has an act with this number already."]


@pytest.mark.parametrize("kind", [ActKind.JOINED, ActKind.LEFT])
def test_only_a_party_of_the_tie_joins_or_leaves_it(solna: Party, valmiera: Party, kind: ActKind) -> None:
    tie = make_partnership(parties=[solna, valmiera])
    add_act(tie, kind=ActKind.SIGNED, by=make_user())
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=kind, by=make_user(), party=make_party(name="Viljandi"))
    assert refusal.value.message_dict == {"party": ["Only a party of the partnership joins or leaves it."]}
    with pytest.raises(ValidationError) as refusal:
        add_act(tie, kind=kind, by=make_user())
    assert refusal.value.messages == ["Joining and leaving name the party; other acts do not."]
    assert add_act(tie, kind=kind, by=make_user(), party=solna).party == solna
    assert Act.objects.count() == 2


def test_the_date_of_an_act_is_no_business_of_the_deed() -> None:
    act = add_act(make_partnership(), kind=ActKind.SIGNED, by=make_user())
    act.date = PartialDate(1991)
    act.save()
    assert Act.objects.get().date == PartialDate(1991)


# The vocabulary ----------------------------------------------------------------------------------------


def test_keeping_the_fields_again_changes_nothing_and_mends_what_is_out_of_step() -> None:
    before = list(CooperationField.objects.values_list("code", "position"))
    CooperationField.objects.filter(code="culture").update(position=900)
    CooperationField.objects.filter(code="economy").delete()
    keep_fields()
    assert list(CooperationField.objects.values_list("code", "position")) == before
