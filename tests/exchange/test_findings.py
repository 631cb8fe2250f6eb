"""Reports of errors: laid on the right desks, decided on once, answered, and their writers forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_statement
from tests.factories.findings import make_finding
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation, make_programme, make_project
from tests.working import work_off
from twinhall.accounts.models import LogEntry, User
from twinhall.evidence.actions import reject
from twinhall.exchange.findings import decide, findings_of, report, reportable, waiting_for, words_on
from twinhall.exchange.models import Finding
from twinhall.exchange.models.findings import FindingDecision
from twinhall.letters.models import Letter
from twinhall.parties.actions import affiliate, end_affiliation
from twinhall.parties.models import Party, Role
from twinhall.parties.precedence import rank
from twinhall.parties.rules import may

pytestmark = pytest.mark.django_db

TAKEN_UP, DISMISSED = FindingDecision.TAKEN_UP, FindingDecision.DISMISSED


def a_row(**told: Any) -> Finding:
    """A row as no deed would write it, not saved."""
    told = {"subject_type": "parties.party", "subject_id": 1, "field": "name", "told": "Wrong."} | told
    return Finding(page_language="en", **told)


def decided(**told: Any) -> Finding:
    return a_row(decision=TAKEN_UP, decided_by=make_user(), decided_at=timezone.now(), **told)


DECIDED = "A decision has somebody who took it, and the time."
BREACHES = {
    "exchange_finding_kind": Breach(lambda: a_row(kind="rumour"), "This is not a kind of finding."),
    "exchange_finding_told": Breach(lambda: a_row(told=""), "Say what is wrong."),
    "exchange_finding_decision": Breach(
        lambda: a_row(decision="forgotten", decided_by=make_user(), decided_at=timezone.now()),
        "This is not a decision on a finding.",
    ),
    "exchange_finding_decided": Breach(lambda: a_row(decision=TAKEN_UP), DECIDED),
    "exchange_finding_email_while_open": Breach(
        lambda: decided(email="reader@example.org"), "The reporter's address is erased with the decision."
    ),
    "exchange_finding_answer_decided": Breach(
        lambda: a_row(answer="We have mended it."), "An answer comes with a decision."
    ),
}
MORE = {
    "nobody decided": Breach(lambda: a_row(decision=TAKEN_UP, decided_at=timezone.now()), DECIDED),
    "decided at no time": Breach(lambda: a_row(decision=DISMISSED, decided_by=make_user()), DECIDED),
    "open, by somebody": Breach(lambda: a_row(decided_by=make_user()), DECIDED),
}


def test_every_constraint_of_findings_has_a_breach() -> None:
    names = {name for name in constraints_of("exchange") if name.startswith("exchange_finding_")}
    assert names == set(BREACHES)


@pytest.mark.parametrize("breach", [*BREACHES.values(), *MORE.values()], ids=[*BREACHES, *MORE])
def test_what_cannot_be_is_refused(breach: Breach) -> None:
    assert_refused(breach)


@pytest.fixture
def town() -> Party:
    return make_party(name="Valga")


def acting_for(party: Party, role: str = Role.OFFICER) -> User:
    user = make_user()
    affiliate(user, party, role=role, by=user)
    return user


def administrator() -> User:
    user = make_user()
    user.is_superuser = True
    user.save()
    return user


# Reporting -------------------------------------------------------------------------------------------


def test_a_report_lies_on_the_desks_of_those_that_speak_for_the_record(town: Party) -> None:
    other = make_party(name="Valka", country="LV")
    act = make_act(partnership=make_partnership(parties=[town, other]))
    word = make_accepted(subject=act, field="date", stated="1993")
    finding = report(word, told="It was 1992.", should_read="1992", page_language="et")
    finding.refresh_from_db()
    assert (finding.subject_type, finding.subject_id, finding.field) == ("partnerships.act", act.pk, "date")
    assert (finding.told, finding.should_read, finding.page_language) == ("It was 1992.", "1992", "et")
    assert (finding.kind, finding.decision, finding.email) == ("report", "open", "")
    assert set(finding.desks.all()) == {town, other}


def test_a_report_on_a_record_that_nobody_speaks_for_lies_on_no_desk() -> None:
    word = make_statement(subject=make_programme(), field="name", stated="Interreg", language="en")
    finding = report(word, told="It is URBACT.", page_language="en")
    assert (finding.language, list(finding.desks.all())) == ("en", [])
    assert list(waiting_for(administrator())) == [finding]


def test_the_same_report_sent_twice_waits_once(town: Party) -> None:
    word = make_accepted(subject=town, field="population", stated=12000)
    first = report(word, told="Too many.", page_language="en")
    assert report(word, told="Too many.", page_language="en") == first
    assert report(word, told="Too few.", page_language="en") != first


def test_a_report_without_words_is_refused(town: Party) -> None:
    word = make_accepted(subject=town, field="population", stated=12000)
    with pytest.raises(ValidationError):
        report(word, told="", page_language="en")
    assert not Finding.objects.exists()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/a", "no address"])
def test_only_an_address_of_the_web_can_be_shown_as_proof(town: Party, address: str) -> None:
    word = make_accepted(subject=town, field="population", stated=12000)
    with pytest.raises(ValidationError) as refusal:
        report(word, told="Too many.", evidence_url=address, page_language="en")
    assert list(refusal.value.message_dict) == ["evidence_url"]


def test_what_was_rejected_cannot_be_reported(town: Party) -> None:
    word = make_statement(subject=town, field="population", stated=12000)
    assert word in reportable()
    reject([word], by=make_user(), rank=rank)
    assert word not in reportable()


def test_the_words_on_a_fact_begin_with_what_stands(town: Party) -> None:
    make_statement(subject=town, field="population", stated=13000)
    stands = make_accepted(subject=town, field="population", stated=12000)
    make_accepted(subject=town, field="website", stated="https://valga.example")
    finding = make_finding(about=town)
    assert [word.stated for word in words_on(finding)] == [stands.stated, "13000"]


# Whose desk ------------------------------------------------------------------------------------------


def of_project(_town: Party) -> Finding:
    project = make_project()
    make_participation(project=project, party=_town)
    return report(
        make_statement(subject=project, field="starts", stated="2013"), told="No.", page_language="en"
    )


def of_town(town: Party) -> Finding:
    return make_finding(about=town)


@pytest.mark.parametrize(
    ("role", "make", "expected"),
    [
        (Role.OFFICER, of_town, True),
        (Role.SECRETARY, of_town, True),
        (Role.COORDINATOR, of_town, False),
        (Role.EDITOR, of_town, False),
        (Role.OFFICER, of_project, True),
        (Role.COORDINATOR, of_project, True),
        (Role.EDITOR, of_project, False),
    ],
)
def test_the_rule_and_its_twin_agree_on_who_decides(
    town: Party, role: str, make: Callable[[Party], Finding], *, expected: bool
) -> None:
    user, finding = acting_for(town, role), make(town)
    assert may(user, "exchange.decide_finding", finding) is expected
    assert (finding in waiting_for(user)) is expected


def test_nobody_decides_on_what_lies_on_the_desks_of_others(town: Party) -> None:
    finding = make_finding(about=town)
    stranger = acting_for(make_party(name="Elva"))
    former = acting_for(town)
    end_affiliation(former.affiliations.get(), by=former)
    for user in (stranger, former, make_user()):
        assert not may(user, "exchange.decide_finding", finding)
        assert list(findings_of(user)) == []


def test_an_administrator_decides_on_all(town: Party) -> None:
    user, finding = administrator(), make_finding(about=town, desks=[])
    assert may(user, "exchange.decide_finding", finding)
    assert list(waiting_for(user)) == [finding]


def test_open_findings_come_first_and_alone_are_waiting(town: Party) -> None:
    old = make_finding(about=town, told="First.")
    done = make_finding(about=town, told="Second.", decision=DISMISSED)
    new = make_finding(about=town, told="Third.")
    user = acting_for(town)
    assert list(findings_of(user)) == [new, old, done]
    assert list(waiting_for(user)) == [new, old]


def test_a_finding_on_two_desks_of_one_person_is_listed_once(town: Party) -> None:
    other = make_party(name="Elva")
    user = acting_for(town)
    affiliate(user, other, role=Role.SECRETARY, by=user)
    make_finding(about=town, desks=[town, other])
    assert len(waiting_for(user)) == 1


@pytest.mark.parametrize("many", [1, 8])
def test_findings_are_listed_in_as_many_queries(
    town: Party, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = acting_for(town)
    for number in range(many):
        make_finding(about=town, told=f"No. {number}", decision=DISMISSED if number % 2 else "open")
    with django_assert_num_queries(3):  # whom the person acts for, the findings, their desks
        assert [[str(desk) for desk in f.desks.all()] for f in findings_of(user)] == [["Valga"]] * many


# Deciding --------------------------------------------------------------------------------------------


def test_a_decision_says_who_and_when_and_forgets_the_reporter(town: Party) -> None:
    finding, by = make_finding(about=town, email="reader@example.org"), make_user()
    decide(finding, decision=TAKEN_UP, answer=" We have mended it. ", by=by, about="Valga: population")
    finding.refresh_from_db()
    assert (finding.decision, finding.decided_by, finding.answer) == (TAKEN_UP, by, "We have mended it.")
    assert finding.decided_at is not None
    assert finding.email == ""
    line = LogEntry.objects.get()
    assert (line.deed, line.label, line.by) == ("report taken up", "Valga: population", by)
    assert (line.record_type, line.record_id) == ("exchange.finding", str(finding.pk))


def test_a_finding_is_decided_on_once(town: Party) -> None:
    finding = make_finding(about=town, email="reader@example.org")
    again = Finding.objects.get()
    decide(finding, decision=DISMISSED, answer="It is so.", by=make_user(), about="Valga: population")
    with pytest.raises(ValidationError, match="decided already"):
        decide(again, decision=TAKEN_UP, answer="", by=make_user(), about="Valga: population")
    finding.refresh_from_db()
    assert (finding.decision, finding.answer) == (DISMISSED, "It is so.")


Answered = Callable[..., list[mail.EmailMessage]]


@pytest.fixture
def answered(town: Party) -> Answered:
    """The letters that a decision sends."""

    def sent(*, email: str, decision: FindingDecision, answer: str, language: str = "en") -> list[Any]:
        finding = make_finding(about=town, told="Buy this!", email=email, page_language=language)
        decide(finding, decision=decision, answer=answer, by=make_user(), about="Valga: population")
        work_off()
        return mail.outbox

    return sent


def test_the_reporter_is_answered(answered: Answered) -> None:
    (letter,) = answered(email="reader@example.org", decision=TAKEN_UP, answer="We have mended it.")
    assert (letter.to, letter.subject) == (["reader@example.org"], "Your report: Valga: population")
    assert letter.body == (
        "You reported an error in Twinhall: Valga: population.\n\n"
        "Thank you. It has been taken up.\n\n"
        "We have mended it.\n\n"
        "Your e-mail address was kept for this answer only and is erased now.\n"
    )


def test_a_dismissal_is_told_with_its_answer(answered: Answered) -> None:
    (letter,) = answered(email="reader@example.org", decision=DISMISSED, answer="The census has it.")
    assert "The register stays as it is.\n\nThe census has it." in letter.body


def test_a_letter_is_in_the_language_of_the_page(answered: Answered) -> None:
    (letter,) = answered(email="reader@example.org", decision=TAKEN_UP, answer="", language="et")
    assert letter.extra_headers["Content-Language"] == "et"


def test_the_reporters_address_is_kept_no_longer_than_the_answer_is_under_way(answered: Answered) -> None:
    answered(email="reader@example.org", decision=TAKEN_UP, answer="We have mended it.")
    letter = Letter.objects.get()
    assert (letter.to, letter.body, letter.is_duty) == ("", "", True)


@pytest.mark.parametrize(
    ("email", "decision", "answer"),
    [("", TAKEN_UP, "We have mended it."), ("victim@example.org", DISMISSED, "")],
    ids=["nobody asked", "spam, dismissed in silence"],
)
def test_nobody_else_is_written_to(
    answered: Answered, email: str, decision: FindingDecision, answer: str
) -> None:
    assert answered(email=email, decision=decision, answer=answer) == []
