"""An application on its way: received, incomplete, complete, decided, forgotten."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.utils import timezone

from tests.factories.documents import document_folder, files_in, make_pdf_bytes
from tests.factories.networks import (
    make_application,
    make_membership,
    make_membership_act,
    make_network,
    make_requirement,
)
from tests.factories.parties import make_network_party, make_officer, make_party
from tests.working import work_off
from twinhall.accounts.models import LogEntry, User
from twinhall.core.dates import PartialDate
from twinhall.documents.inspecting import inspect
from twinhall.documents.models import Document
from twinhall.evidence.models import SourceKind, Statement
from twinhall.letters.models import Letter
from twinhall.letters.queries import undecided
from twinhall.networks.actions import decide_membership
from twinhall.networks.applying import (
    KEPT,
    Paper,
    Told,
    ask_for_missing,
    complete_application,
    enclose,
    lay_aside,
    note_enclosure,
    receive_application,
)
from twinhall.networks.erasing import erase_old_applications
from twinhall.networks.models import Application, Enclosure, Membership, Network, Outcome, Stage
from twinhall.networks.requirements import add_requirement, drop_requirement
from twinhall.networks.waiting import IDLE, application_list, check_list, idle_applications
from twinhall.parties.actions import document_source, own_source
from twinhall.parties.models import Role
from twinhall.parties.rules import letters_kept_by, may, readable_by

__all__ = ["document_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]


def told(**other: str) -> Told:
    said = {
        "town": "Zgorzelec",
        "country": "PL",
        "why": "We are one town.",
        "name": "Ewa Example",
        "office": "International office",
        "email": "ewa@zgorzelec.example",
        "language": "en",
    }
    return Told(**{**said, **other})


def a_paper(**more: object) -> Paper:
    upload = inspect(SimpleUploadedFile("letter.pdf", make_pdf_bytes()))
    return Paper(upload=upload, title="Letter of the mayor", **more)  # type: ignore[arg-type]


@pytest.fixture
def league() -> Network:
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def anna(league: Network) -> User:
    return make_officer(league.party, role=Role.SECRETARY, name="Anna")


def test_an_application_lies_on_the_desk_of_the_network_alone(league: Network, anna: User) -> None:
    application = receive_application(league, told(), papers=[a_paper()])
    assert (application.stage, application.by, application.consented_at is not None) == (
        Stage.RECEIVED,
        None,
        True,
    )
    stranger = make_officer(make_party(name="Elva"))
    assert list(application_list(anna)) == [application]
    assert list(application_list(stranger)) == []
    document = Document.objects.get()
    assert [may(person, "parties.read_document", document) for person in (anna, stranger)] == [True, False]


def test_its_writer_is_told_that_it_came(league: Network) -> None:
    receive_application(league, told())
    work_off()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ewa@zgorzelec.example"], "Your application to League")
    assert "League has received your application for Zgorzelec." in letter.body


def test_the_same_sent_twice_waits_once(league: Network) -> None:
    first = receive_application(league, told())
    assert receive_application(league, told()) == first
    assert receive_application(league, told(town="Görlitz")) != first


def test_the_check_list_says_what_is_missing(league: Network, anna: User) -> None:
    council = make_requirement(network=league, number=1)
    letter = make_requirement(network=league, number=2, name="Letter of the mayor")
    application = receive_application(league, told(), papers=[a_paper(requirement=letter), a_paper()])
    asked, besides = check_list(application)
    assert [(a.requirement, a.is_missing) for a in asked] == [(council, True), (letter, False)]
    assert len(besides) == 1
    note_enclosure(application, council, note="By post, 3 March.", by=anna)
    assert [a.is_missing for a in check_list(application)[0]] == [False, False]
    with pytest.raises(ValidationError):
        note_enclosure(application, council, note=" ", by=anna)


def test_what_is_missing_is_asked_for_by_letter(league: Network, anna: User) -> None:
    application = make_application(network=league)
    ask_for_missing(application, missing="The decision of the council.", by=anna)
    work_off()
    assert application.stage == Stage.INCOMPLETE
    assert "The decision of the council." in mail.outbox[0].body
    with pytest.raises(ValidationError, match="no e-mail address"):
        ask_for_missing(make_application(network=league, email=""), missing="All.", by=anna)


def test_complete_it_becomes_the_act_of_applying_with_its_paper_as_source(
    league: Network, anna: User
) -> None:
    application = receive_application(league, told(), papers=[a_paper()])
    town = make_party(name="Zgorzelec")
    membership = complete_application(application, party=town, by=anna)
    (act,) = membership.acts.all()
    assert (act.kind, act.date) == ("applied", PartialDate.parse(str(timezone.localdate())))
    assert [d.title for d in act.documents.all()] == ["Letter of the mayor"]
    sources = {s.source.kind for s in Statement.objects.filter(subject_type="networks.membershipact")}
    assert sources == {SourceKind.SIGNED_DOCUMENT}
    assert (application.stage, application.membership, application.party) == (
        Stage.COMPLETE,
        membership,
        town,
    )
    with pytest.raises(ValidationError, match="no longer open"):
        complete_application(application, party=town, by=anna)


def test_without_a_file_the_network_itself_says_so(league: Network, anna: User) -> None:
    complete_application(make_application(network=league), party=make_party(), by=anna)
    assert {s.source.kind for s in Statement.objects.all()} == {SourceKind.OWN_STATEMENT}


def test_two_applications_of_one_party_do_not_wait_side_by_side(league: Network, anna: User) -> None:
    town = make_party()
    complete_application(make_application(network=league), party=town, by=anna)
    with pytest.raises(ValidationError, match="waits for its decision already"):
        complete_application(make_application(network=league, email="b@b.example"), party=town, by=anna)


def test_a_town_that_works_with_the_network_already_applies_on_its_old_membership(
    league: Network, anna: User
) -> None:
    kept = make_membership(network=league, category="cooperating")
    make_membership_act(membership=kept, kind="not yet", date="2006")
    assert complete_application(make_application(network=league), party=kept.party, by=anna) == kept
    assert list(kept.acts.values_list("kind", flat=True)) == ["not yet", "applied"]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("admitted", Outcome.ADMITTED), ("refused", Outcome.REFUSED), ("not yet", Outcome.NOT_YET)],
)
def test_the_decision_closes_it(league: Network, anna: User, kind: str, outcome: str) -> None:
    application = make_application(network=league)
    membership = complete_application(application, party=make_party(), by=anna)
    source = own_source(league.party, day=timezone.localdate())
    decide_membership(membership, kind=kind, by=anna, source=source, texts={"reason": "It is so."})
    application.refresh_from_db()
    assert (application.stage, application.outcome) == (Stage.DECIDED, outcome)


def test_one_that_comes_to_nothing_is_laid_aside_with_the_reason(league: Network, anna: User) -> None:
    application = make_application(network=league)
    with pytest.raises(ValidationError, match="Say why"):
        lay_aside(application, why=" ", by=anna)
    lay_aside(application, why="It came twice.", by=anna)
    assert (application.stage, application.outcome) == (Stage.DECIDED, Outcome.LAID_ASIDE)
    with pytest.raises(ValidationError, match="no longer open"):
        enclose_late(application, anna)


def enclose_late(application: Application, by: User) -> None:
    ask_for_missing(application, missing="All.", by=by)


def test_who_wrote_is_forgotten_after_the_decision_and_not_before(
    league: Network, anna: User, document_folder: Path
) -> None:
    old, late, waiting = (make_application(network=league, town=town) for town in ("Elva", "Otepää", "Tõrva"))
    enclose(old, a_paper(), by=anna)
    for application in (old, late):
        lay_aside(application, why="It came twice.", by=anna)
    Application.objects.filter(pk=old.pk).update(decided_at=timezone.now() - KEPT - dt.timedelta(days=1))
    assert len(files_in(document_folder)) == 1
    before = timezone.now() - KEPT
    assert [erase_old_applications(before=before, by=anna) for _ in range(2)] == [1, 0]
    told_of = Application.objects.order_by("town").values_list("town", "name", "email", "why")
    full = ("Ewa Example", "ewa@zgorzelec.example", "We are one town.")
    assert list(told_of) == [("Elva", "", "", ""), (late.town, *full), (waiting.town, *full)]
    assert not Document.objects.exists()


def test_the_papers_of_an_admission_stay_with_its_act(league: Network, anna: User) -> None:
    application = receive_application(league, told(), papers=[a_paper()])
    membership = complete_application(application, party=make_party(), by=anna)
    source = own_source(league.party, day=timezone.localdate())
    decide_membership(membership, kind="admitted", by=anna, source=source)
    erase_old_applications(before=timezone.now() + dt.timedelta(days=1), by=anna)
    application.refresh_from_db()
    assert (application.name, application.erased_at is None) == ("", False)
    assert Document.objects.count() == 1


def test_a_network_asks_for_papers_and_asks_no_more(league: Network, anna: User) -> None:
    first = add_requirement(league, name="Decision", language="en", is_needed=True, by=anna)
    second = add_requirement(league, name="Brief", language="de", is_needed=False, by=anna)
    assert [(r.number, r.name) for r in (first, second)] == [(1, {"en": "Decision"}), (2, {"de": "Brief"})]
    Enclosure.objects.create(application=make_application(network=league), requirement=first, note="By post.")
    drop_requirement(second, by=anna)
    with pytest.raises(ProtectedError):
        drop_requirement(first, by=anna)


# One deed after the other ------------------------------------------------------------------------------


def test_papers_that_come_in_a_second_application_go_to_the_first(league: Network) -> None:
    first = receive_application(league, told(), papers=[a_paper()])
    later = Paper(upload=inspect(SimpleUploadedFile("b.pdf", make_pdf_bytes(pages=2))), title="Decision")
    for _click in range(2):
        receive_application(league, told(why="The council wants it."), papers=[a_paper(), later])
    first.refresh_from_db()
    assert [e.document.title for e in first.enclosures.all() if e.document] == [
        "Letter of the mayor",
        "Decision",
    ]
    assert first.why == "We are one town.\n\nThe council wants it."
    work_off()
    assert [m.body.splitlines()[0] for m in mail.outbox] == [
        "League has received your application for Zgorzelec.",
        "League has received what you add to your application for Zgorzelec.",
    ]


def test_the_secretary_sees_that_something_was_added_since_it_was_asked_for(
    league: Network, anna: User
) -> None:
    application = receive_application(league, told())
    ask_for_missing(application, missing="The letter.", by=anna)
    assert not application.is_answered
    again = receive_application(league, told(), papers=[a_paper()])
    assert (again, again.is_answered, again.missing) == (application, True, "The letter.")


def test_by_post_two_writers_without_an_address_are_two(league: Network, anna: User) -> None:
    first = receive_application(league, told(email=""), by=anna)
    assert receive_application(league, told(email=""), by=anna) == first
    assert receive_application(league, told(email="", name="Jan Example"), by=anna) != first
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("acts", [("admitted",), ("admitted", "suspended"), ("attested",)])
def test_who_is_a_member_or_suspended_does_not_become_an_applicant(
    league: Network, anna: User, acts: tuple[str, ...]
) -> None:
    kept = make_membership(network=league)
    for year, kind in enumerate(acts, start=2001):
        make_membership_act(membership=kept, kind=kind, date=f"{year}")
    application = make_application(network=league)
    with pytest.raises(ValidationError, match="the act “applied” is not possible then"):
        complete_application(application, party=kept.party, by=anna)
    application.refresh_from_db()
    assert (kept.acts.count(), application.stage) == (len(acts), Stage.RECEIVED)


def test_a_party_that_applied_here_by_itself_has_one_act_of_it(league: Network, anna: User) -> None:
    kept = make_membership(network=league)
    act = make_membership_act(membership=kept, kind="applied", date="2026-01-07")
    application = receive_application(league, told(), papers=[a_paper()])
    assert complete_application(application, party=kept.party, by=anna) == kept
    assert list(kept.acts.all()) == [act]
    assert (act.documents.count(), application.stage) == (1, Stage.COMPLETE)


def test_without_a_paper_that_is_needed_it_is_complete_only_all_the_same(league: Network, anna: User) -> None:
    make_requirement(network=league)
    application = make_application(network=league)
    with pytest.raises(ValidationError) as refusal:
        complete_application(application, party=make_party(), by=anna)
    assert refusal.value.message_dict == {
        "all_the_same": [
            "Still missing: Decision of the council. Ask for it, or say that it is complete all the same."
        ]
    }
    assert not Membership.objects.exists()
    complete_application(application, party=make_party(name="Elva"), by=anna, all_the_same=True)
    line = LogEntry.objects.get(deed="application complete without these papers")
    assert (line.by, line.why) == (anna, "Decision of the council")


def test_what_two_have_read_is_found_complete_and_not_laid_aside(league: Network, anna: User) -> None:
    application = make_application(network=league)
    stale = Application.objects.get()
    membership = complete_application(application, party=make_party(), by=anna)
    late: list[Callable[[], object]] = [
        lambda: lay_aside(stale, why="It came twice.", by=anna),
        lambda: ask_for_missing(stale, missing="All.", by=anna),
        lambda: complete_application(stale, party=make_party(name="Elva"), by=anna),
        lambda: note_enclosure(stale, make_requirement(network=league), note="By post.", by=anna),
    ]
    for deed in late:
        with pytest.raises(ValidationError, match="no longer open"):
            deed()
    application.refresh_from_db()
    assert (application.stage, application.membership) == (Stage.COMPLETE, membership)


def test_no_paper_is_added_to_what_was_decided(league: Network, anna: User) -> None:
    application = make_application(network=league)
    stale = Application.objects.get()
    lay_aside(application, why="It came twice.", by=anna)
    with pytest.raises(ValidationError, match="no longer open"):
        enclose(stale, a_paper(), by=anna)


def test_its_papers_are_read_by_those_who_speak_for_the_network_alone(league: Network, anna: User) -> None:
    application = receive_application(league, told(), papers=[a_paper()])
    document = Document.objects.get()
    people = [make_officer(league.party, role=role, name=role) for role in Role]
    for person in [*people, anna]:
        speaks = person == anna or person.name in (Role.OFFICER, Role.SECRETARY)
        assert may(person, "parties.read_document", document) is speaks
        assert may(person, "parties.keep_document", document) is speaks
        assert may(person, "parties.keep_record", application) is speaks
        assert readable_by(person, Document.objects.all()).exists() is speaks


def test_the_letters_to_its_writer_are_seen_by_those_who_speak_for_the_network(
    league: Network, anna: User
) -> None:
    receive_application(league, told())
    letter = Letter.objects.get()
    Letter.objects.update(
        claimed_at=timezone.now(), claimed_by="a task", refused_at=timezone.now(), said="550"
    )
    editor = make_officer(league.party, role=Role.EDITOR, name="Ed")
    stranger = make_officer(make_party(name="Elva"))
    seen = [
        (may(p, "parties.keep_letter", letter), letters_kept_by(p, undecided()).count())
        for p in (anna, editor, stranger)
    ]
    assert seen == [(True, 1), (False, 0), (False, 0)]


# What nothing happens to -------------------------------------------------------------------------------


@pytest.mark.parametrize("last", ["received_at", "asked_at", "added_at", "completed_at"])
def test_what_nothing_has_happened_to_for_half_a_year_is_shown(
    league: Network, anna: User, last: str
) -> None:
    application = make_application(network=league)
    if last == "completed_at":
        complete_application(application, party=make_party(), by=anna)
    now = timezone.now()
    told_of = {"received_at": now - 3 * IDLE, last: now - IDLE}
    missing = {"missing": "All."} if last == "asked_at" else {}
    Application.objects.update(**told_of, **missing)
    days = (now, now - dt.timedelta(days=1))
    assert [list(idle_applications(anna, now=day)) for day in days] == [[application], []]
    assert list(idle_applications(make_officer(make_party(name="Elva")), now=now)) == []
    Application.objects.update(decided_at=now, outcome=Outcome.LAID_ASIDE)
    assert list(idle_applications(anna, now=now)) == []


def test_a_paper_that_others_rest_on_stays_and_stops_no_erasing(
    league: Network, anna: User, document_folder: Path
) -> None:
    held, other = (make_application(network=league, town=town) for town in ("Elva", "Otepää"))
    for application in (held, other):
        enclose(application, a_paper(), by=anna)
        lay_aside(application, why="It came twice.", by=anna)
    document = Document.objects.get(enclosure__application=held)
    document_source(document, day=timezone.localdate())
    assert erase_old_applications(before=timezone.now() + dt.timedelta(days=1), by=anna) == 2
    assert set(Application.objects.values_list("name", "email")) == {("", "")}
    assert list(Document.objects.all()) == [document]
    assert (document.filing.party, document.enclosure.application) == (league.party, held)
    assert (document_folder / str(document.file.name)).exists()
    line = LogEntry.objects.get(deed="papers of an application kept, as others rest on them")
    assert (line.record_id, line.why) == (str(held.pk), "Letter of the mayor")
