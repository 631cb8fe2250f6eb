"""Nothing that is posted moves a record out of another's hands: every choice is forged once."""

import contextlib
from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.utils import timezone

from tests.desk.conftest import Desk, address, of_record
from tests.desk.hall import contents
from tests.factories.accounts import make_administrator
from tests.factories.documents import make_document
from tests.factories.evidence import make_accepted, make_statement
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import (
    make_affiliation,
    make_filing,
    make_invitation,
    make_network_party,
    make_officer,
    make_own_page,
    make_party,
)
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation, make_project
from twinhall.evidence.models import Statement, Verdict
from twinhall.networks.deeds import MEMBERS_OWN_DEEDS
from twinhall.networks.models import Membership, MembershipActKind
from twinhall.parties.actions import end_affiliation
from twinhall.parties.models import Affiliation, Party, Role
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import ParticipationRole, Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "liga")]

Typed = Mapping[str, object]
LINK = "https://valga.example/partners"
SIX = ("accept", "reject", "reopen", "correct", "prefer", "release")
NETWORKS_DEEDS = sorted(set(MembershipActKind) - MEMBERS_OWN_DEEDS - {MembershipActKind.ATTESTED})


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answered(person: Desk, where: str, typed: Typed) -> int:
    return person.client.post(where, dict(typed)).status_code


def refused(person: Desk, where: str, typed: Typed, status: int = 403) -> bool:
    """Whether a form is answered so and nothing whatever is changed by it."""
    before = contents()
    return (answered(person, where, typed), contents()) == (status, before)


def forged(person: Desk, where: str, honest: Typed, **false: object) -> bool:
    """Whether a form does its deed as it is, and nothing with this in place of what it offers."""
    with undone():
        assert answered(person, where, honest) == 302, "the honest form is not in order"
    return refused(person, where, {**honest, **false}, status=422)


@pytest.fixture
def tartu(db: None) -> Party:  # noqa: ARG001
    """A third town, for which somebody speaks."""
    town = make_party(name="Tartu")
    make_officer(town)
    return town


@pytest.fixture
def elsewhere(valka: Party, tartu: Party) -> Act:
    """The signing of a tie that Valga has nothing to do with."""
    tie = make_partnership(parties=[valka, tartu], address="tartu-valka")
    act = make_act(partnership=tie)
    make_accepted(subject=act, field="date", stated="1991", source=make_own_page(tartu))
    return act


@pytest.fixture
def network(db: None) -> Party:  # noqa: ARG001
    party = make_network_party(name="Baltic Cities", address="baltic-cities")
    make_network(party=party)
    return party


@pytest.fixture
def withdrawn(db: None) -> Party:  # noqa: ARG001
    return make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="Entered twice.")


def own(party: Party) -> dict[str, object]:
    """The source that a form begins with: what the party states itself."""
    return {"basis": f"own:{party.pk}"}


def page_of(party: Party) -> dict[str, object]:
    return {"basis": "page", "url": LINK, "page_of": str(party.pk)}


# For whom a record is made -----------------------------------------------------------------------------


def new_tie(of: Party, partner: Party) -> dict[str, object]:
    return {"mine": of.pk, "partner": f"party:{partner.pk}", "kind": "friendship", **own(of)}


def test_nobody_makes_a_tie_for_another_city(kadri: Desk, valga: Party, valka: Party, tartu: Party) -> None:
    honest = new_tie(valga, tartu)
    assert forged(kadri, address("partnership-add"), honest, mine=valka.pk)
    assert forged(kadri, address("partnership-add"), honest, mine="")
    assert forged(kadri, address("partnership-add"), honest, kind="marriage")


def test_nobody_applies_for_another_city(kadri: Desk, valga: Party, valka: Party, network: Party) -> None:
    honest = {"mine": valga.pk, "network": network.slug, **own(valga)}
    assert forged(kadri, address("membership-add"), honest, mine=valka.pk)
    assert forged(kadri, address("membership-add"), honest, network=valka.slug)


def test_nobody_makes_a_project_that_another_city_leads(kadri: Desk, valga: Party, valka: Party) -> None:
    make_affiliation(user=kadri.user, party=valka, role=Role.EDITOR)
    honest = {"lead": valga.pk, "title": "Green border", "title_language": "en", **own(valga)}
    assert forged(kadri, address("project-add"), honest, lead=valka.pk)


def test_nobody_makes_the_network_of_another_association(kadri: Desk) -> None:
    mine, other = make_network_party(name="Ours"), make_network_party(name="Theirs")
    make_affiliation(user=kadri.user, party=mine, role=Role.SECRETARY)
    assert forged(kadri, address("network-add"), {"association": mine.pk}, association=other.pk)


@pytest.mark.parametrize("field", ["partner", "third"])
def test_no_withdrawn_party_is_taken_as_a_partner(
    kadri: Desk, valga: Party, tartu: Party, withdrawn: Party, field: str
) -> None:
    honest = new_tie(valga, tartu)
    for value in (f"party:{withdrawn.pk}", "party:987654", "place:987654", f"user:{kadri.user.pk}"):
        assert forged(kadri, address("partnership-add"), honest, **{field: value})


def test_nobody_takes_the_place_of_a_party_of_others(
    kadri: Desk, valga: Party, valka: Party, tartu: Party, withdrawn: Party
) -> None:
    make_affiliation(user=kadri.user, party=tartu)
    where, honest = address("succession-add", valga.slug), {"predecessor": f"party:{tartu.pk}", **own(valga)}
    assert forged(kadri, where, honest, predecessor=f"party:{withdrawn.pk}")
    assert forged(kadri, where, honest, predecessor=f"party:{valka.pk}")


def test_no_withdrawn_party_is_taken_as_a_member(
    kadri: Desk, tartu: Party, network: Party, withdrawn: Party
) -> None:
    make_affiliation(user=kadri.user, party=network, role=Role.SECRETARY)
    honest = {"member": f"party:{tartu.pk}", **own(network)}
    assert forged(kadri, address("member-add", network.slug), honest, member=f"party:{withdrawn.pk}")


def test_a_projects_partner_is_a_party_that_stands_in_a_role_that_there_is(
    kadri: Desk, valga: Party, tartu: Party, withdrawn: Party
) -> None:
    project = make_project()
    make_participation(project=project, party=valga, role=ParticipationRole.LEAD)
    where = address("partner-add", project.slug)
    honest = {"partner": f"party:{tartu.pk}", "role": "partner", **own(valga)}
    assert forged(kadri, where, honest, partner=f"party:{withdrawn.pk}")
    assert forged(kadri, where, honest, role="owner")
    assert forged(kadri, where, honest, role="lead")  # there is one already


# Whose word it is --------------------------------------------------------------------------------------


def test_nobody_speaks_for_another_city(kadri: Desk, valga: Party, valka: Party, tie: Partnership) -> None:
    act = make_act(partnership=tie)
    forms: dict[str, Typed] = {
        of_record("fact", valga, "population"): {"value": 12000},
        of_record("change", valga): {"population": 12000},
        of_record("fact", act, "date"): {"value": "1995"},
        of_record("texts", tie, "history"): {"to": "en", "text": "Since 1995."},
        address("name-add", valga.slug): {"text": "Walk", "language": "de", "kind": "exonym"},
        address("partnership-act", tie.slug, "signed"): {"date": "1995"},
        address("partnership-act-any", tie.slug): {"kind": "begun"},
    }
    for where, typed in forms.items():
        assert forged(kadri, where, {**typed, **own(valga)}, **own(valka)), where
        assert forged(kadri, where, {**typed, **own(valga)}, basis=f"own:{valga.pk}0"), where


def test_nobody_confirms_or_contests_for_the_other_side(
    kadri: Desk, valga: Party, valka: Party, tartu: Party, tie: Partnership
) -> None:
    confirm, contest = address("partnership-confirm", tie.slug), address("partnership-contest", tie.slug)
    no = {"side": valga.pk, "fact": "exists", "quote": "We never signed."}
    for other in (valka, tartu):
        assert forged(kadri, confirm, {"side": valga.pk}, side=other.pk)
        assert forged(kadri, contest, no, side=other.pk)


def test_a_page_is_of_one_of_the_sides_or_of_the_persons_own_parties_or_of_nobody(
    kadri: Desk, valga: Party, tartu: Party
) -> None:
    where, honest = of_record("fact", valga, "population"), {"value": 12000, **page_of(valga)}
    assert forged(kadri, where, honest, page_of=tartu.pk)
    assert forged(kadri, where, honest, url="javascript:alert(1)")


def test_what_a_page_of_the_other_side_says_waits_for_them(
    kadri: Desk, liga: Desk, valka: Party, tie: Partnership
) -> None:
    act = make_act(partnership=tie)
    assert answered(kadri, of_record("fact", act, "date"), {"value": "1995", **page_of(valka)}) == 302
    statement = Statement.objects.get(subject_type="partnerships.act", field="date")
    assert (statement.verdict, Act.objects.get(pk=act.pk).date) == (Verdict.PROPOSED, None)
    for deed, status in {**dict.fromkeys(SIX, 403), "prefer": 404}.items():
        typed = {"why": "It is so.", "value": "1995"}
        assert deed == "release" or refused(kadri, address("statement", statement.pk, deed), typed, status)
    assert answered(liga, address("statement", statement.pk, "accept"), {}) == 302


def test_nobody_puts_a_word_back_that_the_other_side_has_taken_back(
    kadri: Desk, liga: Desk, valka: Party, tie: Partnership
) -> None:
    act = make_act(partnership=tie)
    for year in ("1995", "1996"):
        assert answered(liga, of_record("fact", act, "date"), {"value": year, **own(valka)}) == 302
    replaced = Statement.objects.get(subject_type="partnerships.act", stated="1995")
    assert replaced.verdict == Verdict.REJECTED
    assert answered(liga, of_record("change", act), {"initial-date": "1996", "date": "", **own(valka)}) == 302
    assert Act.objects.get(pk=act.pk).date is None
    typed = {"why": "They said so once."}
    assert refused(kadri, address("statement", replaced.pk, "prefer"), typed, 404)


def test_a_text_is_made_from_one_that_there_is_and_in_a_language_that_there_is(
    kadri: Desk, valga: Party, tie: Partnership
) -> None:
    where, honest = of_record("texts", tie, "history"), {"to": "en", "text": "Since 1995.", **own(valga)}
    assert forged(kadri, where, honest, made_from="et")
    assert forged(kadri, where, honest, to="xx")


# Records of others -------------------------------------------------------------------------------------


def test_nobody_decides_on_the_words_of_others(kadri: Desk, elsewhere: Act) -> None:
    statement = Statement.objects.get(subject_type="partnerships.act", subject_id=elsewhere.pk)
    for deed in SIX:
        typed = {"why": "It is so.", "value": "1992"}
        assert refused(kadri, address("statement", statement.pk, deed), typed), deed


def test_nobody_touches_an_act_of_another_tie(kadri: Desk, elsewhere: Act) -> None:
    for name in ("withdraw", "restore", "document-add"):
        assert refused(kadri, of_record(name, elsewhere), {"why": "Never signed.", "title": "Agreement"})


def test_what_is_stated_of_the_records_of_others_waits(
    kadri: Desk, valga: Party, tartu: Party, elsewhere: Act
) -> None:
    forms: dict[str, Typed] = {
        of_record("fact", elsewhere, "date"): {"value": "1995"},
        of_record("change", elsewhere): {
            "initial-place": "",
            "place": "Valga",
            "initial-date": "1991",
            "date": "1991",
        },
        of_record("texts", elsewhere, "note"): {"to": "en", "text": "In the rain."},
        of_record("fact", tartu, "population"): {"value": 5},
        of_record("fact", elsewhere, "exists"): {"value": "no"},
    }
    for where, typed in forms.items():
        assert answered(kadri, where, {**typed, **own(valga)}) == 302
    by_kadri = Statement.objects.filter(source__publication__publisher=valga)
    assert by_kadri.count() == len(forms)
    assert set(by_kadri.values_list("verdict", "in_force")) == {(Verdict.PROPOSED, False)}
    elsewhere.refresh_from_db()
    tartu.refresh_from_db()
    assert (str(elsewhere.date), elsewhere.place, elsewhere.note, tartu.population) == ("1991", "", {}, None)


def test_nobody_takes_a_value_of_others_away(kadri: Desk, valga: Party, elsewhere: Act) -> None:
    typed = {"initial-date": "1991", "date": "", "initial-place": "", "place": "", **own(valga)}
    assert refused(kadri, of_record("change", elsewhere), typed, 422)


def test_a_forged_beginning_of_a_form_changes_nothing(kadri: Desk, valga: Party) -> None:
    honest = {"initial-population": "", "population": 12000, **own(valga)}
    where = of_record("change", valga)
    assert forged(kadri, where, honest, **{"initial-population": "5"})
    assert forged(kadri, where, honest, **{"initial-population": "5", "population": ""})
    assert forged(kadri, where, honest, **{"initial-population": "12000"})


def test_a_contest_is_about_this_tie_alone(
    kadri: Desk, valga: Party, tie: Partnership, elsewhere: Act
) -> None:
    act = make_act(partnership=tie)
    make_accepted(subject=act, field="date", stated="1990", source=make_own_page(valga))
    honest = {"side": valga.pk, "fact": f"{act.pk}:date", "value": "1995", "quote": "It was later."}
    where = address("partnership-contest", tie.slug)
    for fact in (f"{elsewhere.pk}:date", f"{act.pk}:number", f"{act.pk}:partnership", f"{act.pk}:", ""):
        assert forged(kadri, where, honest, fact=fact)


def test_an_act_is_of_a_kind_and_a_party_that_the_form_offers(
    kadri: Desk, valga: Party, valka: Party, tartu: Party
) -> None:
    other, ape = make_party(name="Ape"), make_party(name="Elva")
    tie = make_partnership(parties=[valga, valka, ape], address="three")
    make_act(partnership=tie)
    honest = {"kind": "left", "party": ape.pk, **own(valga)}
    for where, is_any in (
        (address("partnership-act-any", tie.slug), True),
        (left := address("partnership-act", tie.slug, "left"), False),
    ):
        for party in (other, tartu):
            assert forged(kadri, where, honest, party=party.pk)
        if is_any:
            for kind in ("attested", "joined", "sunk", ""):
                assert forged(kadri, where, honest, kind=kind)
    assert answered(kadri, left, {**honest, "kind": "ended"}) == 302
    assert Act.objects.filter(partnership=tie).latest("number").kind == "left"
    for kind in ("attested", "joined", "sunk"):
        assert refused(kadri, address("partnership-act", tie.slug, kind), own(valga), 404)


# People ------------------------------------------------------------------------------------------------


def test_nobody_reaches_the_people_of_another_party_under_the_own_address(
    kadri: Desk, valga: Party, tartu: Party
) -> None:
    theirs = {
        "affiliation-end": Affiliation.objects.get(party=tartu).pk,
        "invitation-withdraw": make_invitation(party=tartu).pk,
    }
    for name, number in theirs.items():
        assert refused(kadri, address(name, valga.slug, number), {}, 404)
        assert refused(kadri, address(name, tartu.slug, number), {})
    assert refused(kadri, address("people", tartu.slug), {"email": "kadri@valga.example", "role": "officer"})


def test_nobody_is_asked_to_be_what_there_is_not(kadri: Desk, valga: Party) -> None:
    honest = {"email": "liis@valga.example", "role": "editor"}
    assert forged(kadri, address("people", valga.slug), honest, role="administrator")


def test_whose_rights_have_ended_can_do_nothing_from_then_on(
    kadri: Desk, valga: Party, tie: Partnership
) -> None:
    where = address("partnership-act", tie.slug, "signed")
    kadri.open(where)
    end_affiliation(Affiliation.objects.get(user=kadri.user), by=kadri.user)
    assert refused(kadri, where, own(valga))
    kadri.open(where, 403)
    kadri.open(address("parties"), 403)
    kadri.open(address("dashboard"))


def test_whose_party_was_withdrawn_can_do_nothing_from_then_on(
    kadri: Desk, valga: Party, tie: Partnership
) -> None:
    valga.withdrawn_at, valga.withdrawn_why = timezone.now(), "Entered twice."
    valga.save()
    assert refused(kadri, address("partnership-act", tie.slug, "signed"), own(valga))
    assert refused(kadri, of_record("restore", valga), {})


# Roles -------------------------------------------------------------------------------------------------


@pytest.fixture
def applicant(network: Party, valga: Party) -> Membership:
    membership = make_membership(network=network.network, party=valga)
    make_membership_act(membership=membership, kind=MembershipActKind.APPLIED)
    return membership


def test_a_member_does_not_do_what_is_the_networks(kadri: Desk, valga: Party, applicant: Membership) -> None:
    assert len(NETWORKS_DEEDS) == 6
    for kind in NETWORKS_DEEDS:
        typed = {"category": "member", "reason": "Not yet.", **own(valga)}
        assert refused(kadri, address("membership-act", applicant.pk, kind), typed), kind
    assert refused(kadri, of_record("withdraw", applicant), {"why": "Never applied."})
    assert refused(
        kadri, address("member-add", "baltic-cities"), {"member": f"party:{valga.pk}", **own(valga)}
    )
    assert refused(kadri, address("membership-act", applicant.pk, "attested"), own(valga), 404)


def test_what_is_posted_does_not_make_an_application_an_admission(
    kadri: Desk, valga: Party, applicant: Membership
) -> None:
    typed = {"kind": "admitted", "category": "member", **own(valga)}
    assert answered(kadri, address("membership-act", applicant.pk, "applied"), typed) == 302
    kinds = set(applicant.acts.values_list("kind", flat=True))
    assert (kinds, Statement.objects.filter(field="category").exists()) == ({"applied"}, False)


def test_a_coordinator_has_nothing_to_do_with_partnerships(
    valga: Party, tartu: Party, tie: Partnership
) -> None:
    coordinator = Desk(make_officer(valga, role=Role.COORDINATOR))
    act = make_act(partnership=tie)
    forms: dict[str, Typed] = {
        address("partnership-add"): new_tie(valga, tartu),
        address("partnership-act", tie.slug, "signed"): own(valga),
        address("partnership-act-any", tie.slug): {"kind": "signed", **own(valga)},
        address("partnership-confirm", tie.slug): {"side": valga.pk},
        address("partnership-contest", tie.slug): {"side": valga.pk, "fact": "exists", "quote": "No."},
        of_record("withdraw", tie): {"why": "No."},
        of_record("withdraw", act): {"why": "No."},
        of_record("document-add", act): {"title": "Agreement"},
        address("people", valga.slug): {"email": "liis@valga.example", "role": "officer"},
        address("name-add", valga.slug): {"text": "Walk", "kind": "exonym", **own(valga)},
    }
    for where, typed in forms.items():
        coordinator.open(where, 403)
        assert refused(coordinator, where, typed), where
    assert answered(coordinator, of_record("fact", act, "date"), {"value": "1995", **own(valga)}) == 302
    assert Statement.objects.get(subject_type="partnerships.act").verdict == Verdict.PROPOSED


def test_an_editor_proposes_and_no_more(valga: Party, tartu: Party, tie: Partnership) -> None:
    editor, act = Desk(make_officer(valga, role=Role.EDITOR)), make_act(partnership=tie)
    project = make_project()
    make_participation(project=project, party=valga, role=ParticipationRole.LEAD)
    forms: dict[str, Typed] = {
        of_record("fact", valga, "population"): {"value": 12000},
        of_record("change", valga): {"website": "https://valga.example/"},
        of_record("fact", act, "date"): {"value": "1995"},
        of_record("texts", project, "aim"): {"to": "en", "text": "A green border."},
    }
    for where, typed in forms.items():
        assert answered(editor, where, {**typed, **own(valga)}) == 302, where
    said = Statement.objects.filter(source__publication__publisher=valga)
    assert list(said.values_list("verdict", "in_force")) == [(Verdict.PROPOSED, False)] * len(forms)
    for statement in said:
        for deed in SIX:
            status = 404 if deed == "prefer" else 403  # only what was accepted is chosen, by anybody
            assert refused(editor, address("statement", statement.pk, deed), {"why": "So."}, status)
    others: dict[str, Typed] = {
        address("party-add"): {"kind": "school", "name": "School", **own(valga)},
        address("partnership-add"): new_tie(valga, tartu),
        address("project-add"): {"lead": valga.pk, "title": "P", "title_language": "en", **own(valga)},
        address("partnership-act", tie.slug, "signed"): own(valga),
        address("partnership-confirm", tie.slug): {"side": valga.pk},
        of_record("withdraw", project): {"why": "No."},
        of_record("document-add", project): {"title": "Agreement"},
    }
    for where, typed in others.items():
        assert refused(editor, where, typed), where


def test_who_runs_the_register_speaks_for_no_side(valga: Party, tie: Partnership) -> None:
    administrator = Desk(make_administrator())
    for name in ("confirm", "contest"):
        where = address(f"partnership-{name}", tie.slug)
        typed = {"side": valga.pk, "fact": "exists", "quote": "Yes."}
        administrator.open(where, 404)
        assert refused(administrator, where, typed, 404)
    where, page = of_record("fact", valga, "population"), {"value": 12000, **page_of(valga)}
    assert forged(administrator, where, page, **own(valga))


def test_a_partner_does_not_accept_for_a_lead_whose_coordinator_is_here(kadri: Desk, valga: Party) -> None:
    lead, project = make_party(name="Poznań", country="PL"), make_project()
    make_officer(lead, role=Role.COORDINATOR)
    make_participation(project=project, party=lead, role=ParticipationRole.LEAD)
    make_participation(project=project, party=valga)
    word = make_statement(subject=project, field="starts", stated="2010", source=make_own_page(lead))
    assert refused(kadri, address("statement", word.pk, "accept"), {})
    assert Project.objects.get(pk=project.pk).starts is None


# Files -------------------------------------------------------------------------------------------------


def test_nobody_publishes_the_document_of_another_party(kadri: Desk, tartu: Party, tie: Partnership) -> None:
    document = make_filing(document=make_document(), party=tartu).document
    make_act(partnership=tie).documents.add(document)
    assert refused(kadri, address("document", document.pk), {})
    kadri.open(address("web:document", document.pk), 403)


def test_an_editor_publishes_nothing(valga: Party, tie: Partnership) -> None:
    document = make_filing(document=make_document(), party=valga).document
    make_act(partnership=tie).documents.add(document)
    editor = Desk(make_officer(valga, role=Role.EDITOR))
    assert refused(editor, address("document", document.pk), {})


def test_a_search_within_a_form_does_nothing_and_is_not_open_to_those_who_may_not(
    kadri: Desk, valga: Party, tartu: Party
) -> None:
    find = {**new_tie(valga, tartu), "find": "partner", "partner_q": "Tartu"}
    assert refused(kadri, address("partnership-add"), find, 200)
    assert refused(Desk(make_officer(valga, role=Role.EDITOR)), address("partnership-add"), find)
