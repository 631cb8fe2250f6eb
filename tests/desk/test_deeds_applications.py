"""Applications at the desk of a secretary: looked through, found complete, decided on; bodies and posts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.conftest import Desk, address, pills, said, waiting, wrongs
from tests.factories.documents import make_pdf_bytes, make_upload
from tests.factories.networks import (
    make_application,
    make_membership,
    make_membership_act,
    make_network,
    make_post,
    make_requirement,
)
from tests.factories.parties import make_network_party, make_officer, make_party
from twinhall.core.dates import PartialDate
from twinhall.documents.models import Document
from twinhall.finder.actions import index_all
from twinhall.letters.models import Letter
from twinhall.networks.models import Application, Body, Membership, Network, Outcome, Post
from twinhall.networks.waiting import IDLE
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def league(db: None) -> Network:  # noqa: ARG001
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def anna(league: Network) -> Desk:
    """The network's secretary."""
    return Desk(make_officer(league.party, role=Role.SECRETARY, name="Anna Aas"))


def test_an_application_is_looked_through_and_becomes_a_membership(
    anna: Desk, league: Network, valga: Party
) -> None:
    index_all()
    make_requirement(network=league)
    application = make_application(network=league, town="Valga")
    assert [row[0] for row in anna.open(address("applications")).main.rows] == ["Valga Poland"]
    shown = anna.open(address("application", application.pk))
    assert pills(shown) == ["received", "missing"]
    asked = anna.open(address("application-missing", application.pk))
    shown = anna.send(address("application-missing", application.pk), asked)
    assert said(shown) == ["The letter is on its way."]
    assert Application.objects.get().missing == "Decision of the council"
    refused = anna.refused(address("application-paper", application.pk))
    assert wrongs(refused) == ["Choose a file, or note how the paper came."]
    requirement = str(league.requirements.get().pk)
    shown = anna.send(address("application-paper", application.pk), requirement=requirement, note="By post.")
    assert pills(shown) == ["something is missing", "there"]
    shown = anna.send(address("application-complete", application.pk), party=f"party:{valga.pk}")
    assert said(shown) == ["Complete. It waits for the decision of the network."]
    membership = Membership.objects.get()
    form = anna.open(address("membership-act", membership.pk, "admitted"))
    assert form.main.one("input", name="number").attributes["value"] == "1"
    anna.send(
        address("membership-act", membership.pk, "admitted"), form, category="member", date="2026-12-01"
    )
    membership.refresh_from_db()
    assert (membership.number, Application.objects.get().outcome) == (1, Outcome.ADMITTED)


def test_a_number_that_is_taken_is_refused_beside_its_field(anna: Desk, league: Network) -> None:
    make_membership(network=league, number=4)
    membership = make_membership(network=league)
    refused = anna.refused(
        address("membership-act", membership.pk, "admitted"), category="member", number="4"
    )
    assert wrongs(refused) == ["Running number: Another membership of the network has this number."]
    change = address("change", "networks.membership", membership.pk)
    assert "Another membership of the network has this number." in wrongs(anna.refused(change, number="4"))


def test_the_secretary_enters_what_came_by_post(anna: Desk) -> None:
    told = {"town": "Elva", "country": "EE", "name": "Ene", "office": "Office", "email": "ene@elva.example"}
    shown = anna.send(address("application-add", "league"), other=make_upload(make_pdf_bytes()), **told)
    assert shown.heading == "Elva applies"
    application = Application.objects.get()
    assert (application.by, application.enclosures.count()) == (anna.user, 1)
    shown = anna.send(address("application-aside", application.pk), why="It came twice.")
    assert pills(shown)[0] == "laid aside"


def test_a_paper_is_asked_for_and_asked_no_more(anna: Desk, league: Network) -> None:
    anna.send(address("requirements", "league"), name="Statutes", language="en", is_needed="on")
    (requirement,) = league.requirements.all()
    assert (requirement.name, requirement.is_needed) == ({"en": "Statutes"}, True)
    anna.send(address("requirement-drop", "league", requirement.number))
    assert not league.requirements.exists()


def test_others_see_no_application(kadri: Desk, league: Network) -> None:
    application = make_application(network=league)
    assert kadri.open(address("applications")).main.all("table") == []
    names = ("application", "application-complete", "application-missing", "application-aside")
    for name in names:
        kadri.open(address(name, application.pk), 403)


def test_bodies_and_posts_are_added_and_ended(anna: Desk, league: Network, valga: Party) -> None:
    make_membership_act(membership=make_membership(network=league, party=valga), date="2010")
    anna.send(address("body-add", "league"), kind="board", name="Board", language="en", since="2009")
    body = Body.objects.get()
    form = address("post-add", "league")
    told = {"holder": f"party:{valga.pk}", "role": "board member", "body": str(body.pk)}
    (refused,) = wrongs(anna.refused(form, **told, since="2005"))
    assert refused.startswith("Who: The post “board member” is a member’s")
    assert wrongs(anna.refused(form, **told, since="2012", until="2011")) == [
        "Until: The end lies before the beginning."
    ]
    anna.send(form, **told, since="2012")
    post = Post.objects.get()
    assert wrongs(anna.refused(address("post-end", post.pk), until="2011")) == [
        "Until: The end lies before the beginning."
    ]
    anna.send(address("post-end", post.pk), until="2014")
    post.refresh_from_db()
    assert post.until == PartialDate.parse("2014")
    change = address("change", "networks.post", post.pk)
    assert wrongs(anna.refused(change, until="2001")) == ["The end lies before the beginning."]


def test_a_membership_is_through_a_union_and_belongs_to_a_pair(
    anna: Desk, league: Network, valga: Party
) -> None:
    union = make_network_party(name="Union")
    index_all()
    membership = make_membership(network=league, party=valga)
    shown = anna.send(address("membership-ties", membership.pk), via=f"party:{union.pk}")
    assert "through Union" in shown.main.text


def test_others_end_no_post(kadri: Desk, league: Network) -> None:
    post = make_post(network=league, party=make_party(name="Elva"))
    kadri.open(address("post-end", post.pk), 403)


def test_a_paper_is_missing_and_it_is_complete_all_the_same(
    anna: Desk, league: Network, valga: Party
) -> None:
    index_all()
    make_requirement(network=league)
    application = make_application(network=league, town="Valga")
    form = address("application-complete", application.pk)
    assert "Still missing: Decision of the council." in anna.open(form).main.text
    refused = anna.refused(form, party=f"party:{valga.pk}")
    (wrong,) = wrongs(refused)
    assert wrong.startswith("It is complete all the same: Still missing: Decision of the council. Ask for it")
    anna.send(form, refused, party=f"party:{valga.pk}", all_the_same="on")
    application.refresh_from_db()
    assert application.membership == Membership.objects.get()


def test_of_one_that_lacks_nothing_it_is_not_asked(anna: Desk, league: Network) -> None:
    application = make_application(network=league)
    shown = anna.open(address("application-complete", application.pk))
    assert shown.main.all("input", name="all_the_same") == []


def test_what_came_by_post_needs_no_address_and_has_its_own_language(anna: Desk) -> None:
    told = {"town": "Võru", "country": "EE", "name": "Uku", "office": "Linn", "language": "et"}
    anna.send(address("application-add", "league"), **told)
    application = Application.objects.get()
    assert (application.email, application.language, Letter.objects.count()) == ("", "et", 0)
    anna.send(address("application-add", "league"), **{**told, "name": "Eva", "email": "eva@voru.example"})
    letter = Letter.objects.get()
    assert (letter.to, letter.language) == ("eva@voru.example", "et")


def test_a_paper_of_an_application_is_opened_by_who_speaks_for_the_network_alone(
    anna: Desk, league: Network
) -> None:
    application = make_application(network=league)
    anna.send(
        address("application-paper", application.pk), title="Letter", upload=make_upload(make_pdf_bytes())
    )
    file = reverse("web:document", args=[Document.objects.get().pk])
    others = [Desk(make_officer(league.party, role=role)) for role in (Role.EDITOR, Role.COORDINATOR)]
    assert [person.client.get(file).status_code for person in (anna, *others)] == [200, 403, 403]


def test_one_that_nothing_happens_to_is_shown_to_the_secretary(
    anna: Desk, kadri: Desk, league: Network
) -> None:
    old, new = (make_application(network=league, town=town) for town in ("Elva", "Otepää"))
    Application.objects.filter(pk=old.pk).update(received_at=timezone.now() - IDLE)
    assert waiting(anna, "idle") == ["Elva received · League"]
    assert waiting(kadri, "idle") == []
    words = "Nothing has happened to this application for 180 days."
    shown = [anna.open(address("application", one.pk)).main.text for one in (old, new)]
    assert [words in text for text in shown] == [True, False]
    anna.send(address("application-aside", old.pk), why="Nobody answers.")
    assert waiting(anna, "idle") == []


def test_the_page_says_that_something_was_added(anna: Desk, league: Network) -> None:
    application = make_application(network=league)
    now = timezone.now()
    Application.objects.update(missing="The letter.", asked_at=now - dt.timedelta(days=2), added_at=now)
    assert waiting(anna, "applications") == ["Zgorzelec something was added · League"]
    shown = anna.open(address("application", application.pk))
    assert (pills(shown)[0], "Something was added on" in shown.main.text) == ("something was added", True)
