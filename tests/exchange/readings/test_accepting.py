"""What comes into the register when a person accepts what a page states."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_accepted
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_name, make_network_party, make_officer, make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation, make_project
from tests.factories.readings import (
    QUOTE,
    make_reading,
    membership,
    named,
    network,
    only_fact,
    project,
    tie,
)
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.queries import disagreements
from twinhall.exchange.models.readings import FactDecision, ReadFact
from twinhall.exchange.readings.accepting import accept_agreeing, accept_fact, reject_fact, waiting
from twinhall.exchange.readings.plans import Relation
from twinhall.exchange.readings.review import Review, reviews_of
from twinhall.finder.actions import index_records
from twinhall.networks.models import Category, Membership, MembershipActKind, Network, NetworkSize
from twinhall.parties.models import Party, PartyKind
from twinhall.partnerships.models import Act, ActKind, Partnership, PartnershipKind
from twinhall.projects.models import Project

pytestmark = pytest.mark.django_db

LV = "LV"


@pytest.fixture
def valga() -> Party:
    return _found(make_party(name="Valga"))


@pytest.fixture
def valka() -> Party:
    return _found(make_party(name="Valka", country=LV))


def _found(party: Party) -> Party:
    index_records([party])
    return party


def review(fact: ReadFact) -> Review:
    [found] = reviews_of(fact.reading, [fact])
    return found


def acts_of(partnership: Partnership) -> list[tuple[str, str]]:
    return [(act.kind, str(act.date or "")) for act in Act.objects.filter(partnership=partnership)]


# Partnerships ----------------------------------------------------------------------------------------


def test_a_new_tie_is_founded_with_its_acts_and_its_words(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    told = tie(since="1992", contact="1990-05", fields=["culture", "sport"], signed=True, kind="twin")
    kept = only_fact(make_reading(told, party=valga, by=by))
    assert review(kept).relation == Relation.NEW

    accept_fact(kept, by=by, choices={"b": valka})

    made = Partnership.objects.get()
    assert made.kind == PartnershipKind.TWINNING
    assert {s.party for s in made.signatories.all()} == {valga, valka}
    assert acts_of(made) == [("contact", "1990-05"), ("signed", "1992")]
    assert {field.code for field in made.fields.all()} == {"culture", "sport"}
    words = Statement.objects.filter(source=kept.reading.source)
    assert {(w.quote, w.quote_start, w.origin, w.snapshot, w.verdict) for w in words} == {
        (QUOTE, 0, "reader@1", kept.reading.snapshot, Verdict.ACCEPTED)
    }
    kept.refresh_from_db()
    assert kept.decision == FactDecision.ACCEPTED
    assert (kept.subject_type, kept.subject_id) == ("partnerships.partnership", made.pk)
    assert set(kept.statements.all()) == set(words)


def test_nobody_is_meant_by_the_name_alone(valga: Party, valka: Party) -> None:
    kept = only_fact(make_reading(tie(b=named("Valka", "Valkas", LV)), party=valga))
    meant = review(kept).meant
    assert (meant["a"].choice, meant["a"].is_certain) == (valga, True)
    assert (meant["b"].choice, meant["b"].is_certain) == (valka, False)


def test_whom_the_subject_has_a_tie_with_is_meant(valga: Party, valka: Party) -> None:
    make_partnership(parties=[valga, valka])
    kept = only_fact(make_reading(tie(b=named("Valka", "Valkas", LV)), party=valga))
    assert review(kept).meant["b"].is_certain


@pytest.mark.parametrize(
    ("since", "relation"),
    [("1992", Relation.SAME), ("1992-05", Relation.ADDS), ("1993", Relation.DISAGREES)],
)
def test_a_date_is_the_same_or_finer_or_disagrees(
    valga: Party, valka: Party, since: str, relation: Relation
) -> None:
    partnership = make_partnership(parties=[valga, valka], kind=PartnershipKind.COOPERATION)
    kept_act = make_act(partnership=partnership, kind=ActKind.SIGNED)
    other = make_reading(tie(since="1992", signed=True), party=valka, by=make_officer(valka))
    accept_fact(only_fact(other), by=make_officer(valga, valka))
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(since=since, signed=True), party=valga, by=by))
    assert review(kept).relation == relation
    accept_fact(kept, by=by)
    assert Act.objects.get(pk=kept_act.pk) == Act.objects.get()
    stated = Statement.objects.get(source=kept.reading.source, field="date")
    assert stated.stated == since
    groups = [{s.stated for s in group} for group in disagreements()]
    assert groups == ([{"1992", "1993"}] if relation == Relation.DISAGREES else [])


def test_an_undated_beginning_is_the_dated_one_before_the_undated_signing(valga: Party, valka: Party) -> None:
    partnership = make_partnership(parties=[valga, valka])
    make_act(partnership=partnership, kind=ActKind.BEGUN, date="1991")
    make_act(partnership=partnership, kind=ActKind.SIGNED)
    kept = only_fact(make_reading(tie(since="1991", kind="twin"), party=valga))
    assert review(kept).relation == Relation.SAME


def test_a_tie_of_no_special_kind_is_the_only_one_there_is(valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    kept = only_fact(make_reading(tie(kind="partner"), party=valga))
    assert review(kept).relation == Relation.SAME
    other = only_fact(make_reading(tie(kind="friendship"), party=valga))
    assert review(other).relation == Relation.NEW


def test_an_end_goes_against_a_tie_that_stands(valga: Party, valka: Party) -> None:
    partnership = make_partnership(parties=[valga, valka])
    make_act(partnership=partnership, kind=ActKind.SIGNED, date="1991")
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(until="2022", status="ended", kind="twin"), party=valga, by=by))
    assert review(kept).relation == Relation.DISAGREES
    accept_fact(kept, by=by)
    assert acts_of(partnership) == [("signed", "1991"), ("ended", "2022")]


@pytest.mark.parametrize(
    ("status", "acts"),
    [
        ("ended", [("begun", ""), ("ended", "")]),
        ("suspended", [("begun", ""), ("suspended", "")]),
        ("inactive", [("begun", ""), ("lapsed", "")]),
        ("planned", [("intent", "")]),
    ],
)
def test_a_new_tie_has_the_status_that_the_page_gives(
    valga: Party, valka: Party, status: str, acts: list[tuple[str, str]]
) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(status=status), party=valga, by=by))
    accept_fact(kept, by=by, choices={"b": valka})
    assert acts_of(Partnership.objects.get()) == acts


def test_a_tie_without_a_date_is_seen_as_of_the_day_it_was_read(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(), party=valga, by=by))
    accept_fact(kept, by=by, choices={"b": valka})
    day = kept.reading.at.date()
    assert acts_of(Partnership.objects.get()) == [("attested", str(day))]


def test_a_wrong_country_is_stated_as_printed_and_corrected(valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]))
    kept = only_fact(make_reading(tie(a="Valka", b="Valga", a_country="LT", kind="twin"), party=valga))
    assert review(kept).relation == Relation.DISAGREES
    by = make_administrator()
    accept_fact(kept, by=by, changes={"a_country": LV}, why="Valka lies in Latvia.")
    word = Statement.objects.get(field="country")
    assert (word.stated, word.value, word.why) == ("LT", LV, "Valka lies in Latvia.")
    kept.refresh_from_db()
    assert kept.decision == FactDecision.CORRECTED


def test_a_correction_needs_its_reason(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(since="1991"), party=valga, by=by))
    with pytest.raises(ValidationError, match="Say why"):
        accept_fact(kept, by=by, choices={"b": valka}, changes={"since": PartialDate(1992)})
    assert not Partnership.objects.exists()


def test_a_corrected_date_keeps_what_is_printed(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(since="1991", signed=True), party=valga, by=by))
    changes = {"since": PartialDate(1992)}
    accept_fact(kept, by=by, choices={"b": valka}, changes=changes, why="The agreement says 1992.")
    assert acts_of(Partnership.objects.get()) == [("signed", "1992")]
    assert Statement.objects.get(field="date").stated == "1991"


def test_words_that_were_known_without_a_quotation_take_the_first_one(valga: Party, valka: Party) -> None:
    partnership = make_partnership(parties=[valga, valka])
    make_act(partnership=partnership)
    page = make_own_page(valga)
    known = make_accepted(subject=partnership, field="exists", stated="yes", source=page)
    by = make_officer(valga)
    for text in ("An agreement.", "Another sentence."):
        told = tie(kind="twin", quote=text, a="Valga", fields=["culture"] if "Another" in text else [])
        accept_fact(only_fact(make_reading(told, party=valga, source=page, by=by, text=text)), by=by)
    known.refresh_from_db()
    assert (known.quote, known.quote_start, known.confidence) == ("An agreement.", 0, 0.9)
    assert known.snapshot is not None
    assert known.snapshot.main_text == "An agreement."


# Who may ---------------------------------------------------------------------------------------------


def test_a_new_tie_of_others_is_not_taken_up(valga: Party, valka: Party) -> None:
    other = _found(make_party(name="Viljandi"))
    by = make_officer(other)
    kept = only_fact(make_reading(tie(), party=other, by=by))
    with pytest.raises(ValidationError, match="about others"):
        accept_fact(kept, by=by, choices={"a": valga, "b": valka})
    kept.refresh_from_db()
    assert kept.is_open
    assert not Partnership.objects.exists()


def test_what_a_page_says_of_a_tie_of_others_waits(valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]))
    other = _found(make_party(name="Viljandi"))
    by = make_officer(other)
    kept = only_fact(make_reading(tie(kind="twin"), party=other, by=by))
    statements = accept_fact(kept, by=by, choices={"a": valga, "b": valka})
    assert waiting(statements) == len(statements) > 0


# Twice -----------------------------------------------------------------------------------------------


def test_a_fact_is_decided_on_once(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(), party=valga, by=by))
    accept_fact(kept, by=by, choices={"b": valka})
    for again in (lambda: accept_fact(kept, by=by), lambda: reject_fact(kept, why="No.", by=by)):
        with pytest.raises(ValidationError, match="decided already"):
            again()
    assert Partnership.objects.count() == 1


def test_a_fact_is_rejected_with_a_reason(valga: Party) -> None:
    by = make_officer(valga)
    kept = only_fact(make_reading(tie(), party=valga, by=by))
    with pytest.raises(ValidationError, match="Say why"):
        reject_fact(kept, why=" ", by=by)
    reject_fact(kept, why="It is another Valka.", by=by)
    kept.refresh_from_db()
    assert (kept.decision, kept.why) == (FactDecision.REJECTED, "It is another Valka.")
    assert not Statement.objects.exists()


def test_all_that_agree_are_accepted_and_no_other(valga: Party, valka: Party) -> None:
    viljandi = _found(make_party(name="Viljandi"))
    for other in (valka, viljandi):
        partnership = make_partnership(parties=[valga, other])
        make_act(partnership=partnership, kind=ActKind.SIGNED, date="1992")
    by = make_officer(valga)
    facts = [
        tie(since="1992", kind="twin", signed=True),
        tie(b="Viljandi", since="1993", kind="twin", signed=True),
        tie(b="Võru"),
    ]
    reading = make_reading(*facts, party=valga, by=by)
    listed = [review(fact).shown for fact in reading.facts.all()]
    assert accept_agreeing(reading, [listed[0].replace(str(valka.pk), str(viljandi.pk))], by=by) == 0
    assert accept_agreeing(reading, listed, by=by) == 1
    assert [fact.decision for fact in reading.facts.all()] == ["accepted", "open", "open"]
    assert accept_agreeing(reading, listed, by=by) == 0


# Networks --------------------------------------------------------------------------------------------


@pytest.fixture
def twins() -> Party:
    return _found(make_network_party())


def test_a_network_says_who_its_members_are(valga: Party, twins: Party) -> None:
    by = make_officer(twins)
    kept = only_fact(make_reading(membership(since="2006", role="founding member"), party=twins, by=by))
    accept_fact(kept, by=by, choices={"member": valga})
    made = Membership.objects.get()
    assert (made.network.party, made.party, made.category) == (twins, valga, Category.FOUNDING)
    assert [(act.kind, str(act.date)) for act in made.acts.all()] == [("admitted", "2006")]


def test_who_is_not_yet_a_member_cooperates_with_the_reason(valga: Party, twins: Party) -> None:
    by = make_officer(twins)
    told = membership(status="not-yet", reason="Polish legislation")
    kept = only_fact(make_reading(told, party=twins, by=by))
    accept_fact(kept, by=by, choices={"member": valga})
    made = Membership.objects.get()
    assert made.category == Category.COOPERATING
    [act] = made.acts.all()
    assert (act.kind, act.reason) == (MembershipActKind.NOT_YET, {"en": "Polish legislation"})


def test_a_member_to_one_page_and_none_yet_to_the_other_is_a_disagreement(valga: Party, twins: Party) -> None:
    by = make_officer(twins)
    first = only_fact(
        make_reading(membership(role="member"), source=make_own_page(valga), party=twins, by=by)
    )
    accept_fact(first, by=by, choices={"member": valga})
    told = membership(status="not-yet", reason="Polish legislation")
    second = only_fact(make_reading(told, party=twins, by=by))
    assert review(second).relation == Relation.DISAGREES
    accept_fact(second, by=by, choices={"member": valga})
    [group] = disagreements()
    assert {s.stated for s in group} == {"member", "cooperating"}


def test_a_network_is_founded_with_its_size(twins: Party) -> None:
    by = make_officer(twins)
    kept = only_fact(make_reading(network(founded="2006-12", members="more than 70"), party=twins, by=by))
    accept_fact(kept, by=by)
    assert str(Network.objects.get().founded) == "2006-12"
    size = NetworkSize.objects.get()
    assert (size.members, size.at_least) == (70, True)
    again = only_fact(make_reading(network(members="more than 70"), party=twins, by=by))
    assert review(again).relation == Relation.SAME


def test_a_network_is_known_by_its_name_in_any_language(valga: Party, twins: Party) -> None:
    make_name(party=twins, text="Kaksiklinnade Assotsiatsioon", language="et")
    index_records([twins])
    kept = only_fact(make_reading(membership(network="Kaksiklinnade Assotsiatsioon"), party=valga))
    assert (review(kept).meant["network"].party, review(kept).is_certain) == (twins, True)


# Projects --------------------------------------------------------------------------------------------


def test_a_project_has_the_partners_that_are_certain(valga: Party, valka: Party) -> None:
    by = make_officer(valga)
    told = project(lead="Valga", partners=["Valka", "Nowhere"], start="2004", end="2006-05")
    kept = only_fact(make_reading(told, party=valga, by=by))
    accept_fact(kept, by=by, choices={"partner0": valka})
    made = Project.objects.get()
    assert (made.title, str(made.starts), str(made.ends)) == ({"en": told.title}, "2004", "2006-05")
    assert [(p.party, p.role) for p in made.participations.all()] == [(valga, "lead"), (valka, "partner")]


def test_a_project_is_known_by_its_title(valga: Party) -> None:
    known = make_project(title="Town Twins in Time")
    make_participation(project=known, party=valga, role="lead")
    index_records([known])
    kept = only_fact(make_reading(project(lead="Valga"), party=valga))
    assert review(kept).relation == Relation.SAME


# Regions ---------------------------------------------------------------------------------------------


def test_the_region_is_meant_and_not_the_town_of_its_name(valga: Party) -> None:
    town = _found(make_party(name="Gütersloh", country="DE"))
    county = make_party(name="Kreis Gütersloh", country="DE", kind=PartyKind.REGION)
    make_name(party=county, text="Giterslo apriņķis", language="lv")
    index_records([county])
    told = tie(b=named("Gütersloh", "Giterslo apriņķis", "DE"), kind="region", country="DE")
    found = review(only_fact(make_reading(told, party=valga))).meant["b"]
    assert found.choice == county
    assert town not in found.choices


def test_a_member_who_left_is_a_contradiction(valga: Party, twins: Party) -> None:
    known = make_membership(network=make_network(party=twins), party=valga)
    make_membership_act(membership=known, date="2006")
    kept = only_fact(make_reading(membership(until="2020"), party=twins))
    assert review(kept).relation == Relation.DISAGREES
