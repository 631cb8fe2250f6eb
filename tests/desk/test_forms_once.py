"""A form that is sent twice does its deed once, however fast its button is pressed."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.urls import resolve

from tests.desk.conftest import Desk, address, filled, of_record, said
from tests.factories.documents import make_pdf_bytes, make_upload
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_partnership
from twinhall.accounts.models import Submission
from twinhall.documents.models import Document
from twinhall.evidence.models import Statement
from twinhall.parties.models import Affiliation, Party
from twinhall.partnerships.models import Act, Partnership

REGION = {"kind": "region", "name": "Vidzeme", "country": "LV"}


def sent_twice(person: Desk, where: str, **typed: Any) -> list[str]:
    """Press the button twice, each time with a file of its own; give where it leads."""
    shown = person.open(where)
    files = [{"document": make_upload(make_pdf_bytes())} if "document_title" in typed else {} for _ in "12"]
    answers = [person.post(where, shown, **typed, **file) for file in files]
    assert [answer.status_code for answer in answers] == [302, 302]
    return [answer.headers["Location"] for answer in answers]


@pytest.mark.django_db
def test_a_party_is_added_once(kadri: Desk, valga: Party) -> None:
    typed = REGION | {"basis": f"own:{valga.pk}"}
    assert sent_twice(kadri, address("party-add"), **typed) == [address("party", "vidzeme")] * 2
    assert Party.objects.filter(name="Vidzeme").count() == 1
    assert said(kadri.open(address("dashboard"))) == ["Added."]


@pytest.mark.django_db
def test_an_act_with_its_document_is_added_once(kadri: Desk, tie: Partnership) -> None:
    typed = {"date": "2006", "basis": "document", "document_title": "Agreement"}
    where = address("partnership-act", tie.slug, "signed")
    assert sent_twice(kadri, where, **typed) == [address("partnership", tie.slug)] * 2
    assert (Act.objects.count(), Document.objects.count(), Statement.objects.count()) == (1, 1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["state", "change", "invite", "withdraw", "merge"])
def test_a_deed_that_leaves_no_room_for_a_second_leads_on_too(
    kadri: Desk, valga: Party, tie: Partnership, kind: str
) -> None:
    other = make_party(name="Walk")
    where, typed, on = {
        "state": (of_record("fact", valga, "population"), {"value": "12182"}, "fact"),
        "change": (of_record("change", valga), {"population": "12182"}, "party"),
        "invite": (address("people", valga.slug), {"email": "liis@valga.example"}, "people"),
        "withdraw": (of_record("withdraw", tie), {"why": "Entered twice."}, "partnership"),
        "merge": (of_record("merge", other), {"kept": f"party:{valga.pk}", "why": "One."}, "party"),
    }[kind]
    kadri.user.is_superuser = True
    kadri.user.save()
    first, second = sent_twice(kadri, where, **typed)
    assert first == second
    assert resolve(first).url_name == on
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_who_ends_their_own_rights_by_a_double_click_is_led_on(kadri: Desk, valga: Party) -> None:
    mine = Affiliation.objects.get(user=kadri.user)
    assert sent_twice(kadri, address("affiliation-end", valga.slug, mine.pk)) == [address("dashboard")] * 2


@pytest.mark.django_db
def test_a_form_that_could_not_be_saved_is_saved_when_it_can_be(kadri: Desk, valga: Party) -> None:
    where = of_record("fact", valga, "population")
    refused = kadri.refused(where, value="many")
    assert not Submission.objects.exists()
    once = filled(refused)["once"]
    kadri.send(where, refused, value="12182")
    assert [[str(s.token)] for s in Submission.objects.all()] == [once]


@pytest.mark.django_db
def test_the_same_words_in_a_form_opened_anew_are_another_deed(kadri: Desk, tie: Partnership) -> None:
    where = address("partnership-act", tie.slug, "signed")
    kadri.send(where, date="2006")
    kadri.send(where, date="2006")
    assert Act.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("once", "status"), [("", 302), ("none", 422)])
def test_a_form_without_its_mark_is_done_and_one_with_a_false_mark_is_not(
    kadri: Desk, tie: Partnership, once: str, status: int
) -> None:
    answer = kadri.post(address("partnership-act", tie.slug, "signed"), date="2006", once=once)
    assert (answer.status_code, Act.objects.count()) == (status, int(status == 302))


def at_once(*deeds: Callable[[], None]) -> None:
    """Do these things at the same moment, each on a connection of its own."""
    start = Barrier(len(deeds))

    def begin(deed: Callable[[], None]) -> None:
        start.wait()
        try:
            deed()
        finally:
            connections.close_all()

    threads = [Thread(target=begin, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("apart")
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_record() -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka", country="LV")
    tie, person = make_partnership(parties=[valga, valka]), Desk(make_officer(valga))
    where = address("partnership-act", tie.slug, "signed")
    shown, answers = person.open(where), []
    twice = [lambda: answers.append(person.post(where, shown, date="2006"))] * 2
    at_once(*twice)
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [
        (302, address("partnership", tie.slug))
    ] * 2
    assert (Act.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.mark.usefixtures("apart")
@pytest.mark.django_db(transaction=True)
def test_two_people_who_add_the_same_tie_at_the_same_moment_make_one() -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka", country="LV")
    where, answers = address("partnership-add"), []
    people = [Desk(make_officer(valga)), Desk(make_officer(valga))]
    opened = [person.open(where) for person in people]
    at_once(
        *(
            lambda p=person, s=shown: answers.append(p.post(where, s, partner=f"party:{valka.pk}"))
            for person, shown in zip(people, opened, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert Partnership.objects.count() == 1
