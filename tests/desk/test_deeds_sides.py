"""What each side says of a tie itself: it confirms, or it contests, and neither displaces the other."""

import pytest

from tests.desk.conftest import Desk, address, of_record, pills, said, waiting, words_on, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.parties import make_officer
from twinhall.evidence.models import Statement
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


def confirm(tie: Partnership) -> str:
    return address("partnership-confirm", tie.slug)


def contest(tie: Partnership) -> str:
    return address("partnership-contest", tie.slug)


def who_says_so(person: Desk, tie: Partnership) -> str:
    """What the head of the tie's page says besides its status."""
    return person.open(address("partnership", tie.slug)).main.one("div", class_="head").all("p")[1].text


@pytest.fixture
def signed(kadri: Desk, tie: Partnership) -> Act:
    """Signed in 1995, as Valga says."""
    kadri.send(address("partnership-act", tie.slug, "signed"), date="1995", place="Valga")
    return Act.objects.get()


def test_one_side_confirms_and_then_both_have(kadri: Desk, liga: Desk, tie: Partnership) -> None:
    assert waiting(liga, "unconfirmed") == []  # unknown whether it lasts
    kadri.send(address("partnership-act", tie.slug, "signed"), date="1995")
    assert waiting(liga, "unconfirmed") == ["Valga – Valka"]
    kadri.send(confirm(tie), quote="We say so.")
    assert "Valga only" in who_says_so(kadri, tie)
    assert waiting(kadri, "unconfirmed") == []
    liga.send(confirm(tie))
    assert "confirmed by both sides" in who_says_so(kadri, tie)
    assert waiting(liga, "unconfirmed") == []
    words = Statement.objects.filter(subject_type="partnerships.partnership").order_by("pk")
    assert [(w.value, w.quote, w.verdict, str(w.decided_by)) for w in words] == [
        ("yes", "We say so.", "accepted", "Kadri Kask"),
        ("yes", "", "accepted", "Līga Liepa"),
    ]


def test_a_date_is_contested_and_the_others_stays_in_force(
    kadri: Desk, liga: Desk, tie: Partnership, signed: Act
) -> None:
    fact = f"{signed.pk}:date"
    labels = liga.open(contest(tie)).one("form", class_="deed").all("label")
    assert [label.text for label in labels if label.all("input")] == [
        "That there is such a partnership",
        "Agreement signed, date: 1995",
        "Agreement signed, place: Valga",
    ]
    shown = liga.send(contest(tie), fact=fact, value="1996-05", quote="The council decided in May.")
    assert said(shown) == ["Your word is kept beside the other side’s."]
    signed.refresh_from_db()
    assert str(signed.date) == "1995"
    assert "disputed" in pills(shown)[1:]
    assert "disputed between the sides" in who_says_so(kadri, tie)
    facts = kadri.open(of_record("fact", signed, "date"))
    assert "The words do not agree." in facts.main.text
    assert words_on(facts) == [
        ("1995", ["in force"]),
        ("May 1996", []),
    ]
    assert waiting(kadri, "disputed") == ["Valga and Valka: agreement signed Date: 1995 · Valga"]
    assert waiting(liga, "disputed") == waiting(kadri, "disputed")


def test_the_side_that_erred_gives_in(kadri: Desk, liga: Desk, tie: Partnership, signed: Act) -> None:
    liga.send(contest(tie), fact=f"{signed.pk}:date", value="1996-05", quote="In May.")
    kadri.send(of_record("fact", signed, "date"), value="1996")
    signed.refresh_from_db()
    assert str(signed.date) == "1996-05"  # the finer of two that agree
    assert waiting(kadri, "disputed") == []


def test_the_tie_itself_is_contested(kadri: Desk, liga: Desk, tie: Partnership, signed: Act) -> None:  # noqa: ARG001
    kadri.send(confirm(tie))
    liga.send(contest(tie), fact="exists", quote="Our council never decided so.")
    facts = kadri.open(of_record("fact", tie, "exists"))
    assert words_on(facts) == [("said to be so", ["in force"]), ("said not to be so", [])]
    assert "Our council never decided so." in facts.main.text
    assert "disputed between the sides" in who_says_so(liga, tie)


def test_a_later_word_of_ones_own_takes_the_place_of_the_earlier(liga: Desk, tie: Partnership) -> None:
    liga.send(contest(tie), fact="exists", quote="We did not know.")
    liga.send(confirm(tie))
    verdicts = Statement.objects.order_by("pk").values_list("value", "verdict")
    assert [*verdicts] == [("no", "rejected"), ("yes", "accepted")]


def test_a_side_that_changes_its_mind_back_is_heard(liga: Desk, tie: Partnership) -> None:
    liga.send(confirm(tie))
    liga.send(contest(tie), fact="exists", quote="It was a mistake.")
    liga.send(confirm(tie))
    standing = Statement.objects.filter(verdict="accepted").values_list("value", "in_force")
    assert [*standing] == [("yes", True)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["What is not so?: Say what is not so.", "Reason: Give the reason."]),
        ({"fact": "exists"}, ["Reason: Give the reason."]),
        ({"fact": "1:nothing", "quote": "x"}, ["What is not so?: Select a valid choice."]),
        (
            {"fact": "date", "quote": "x"},
            ["What it should read: The value is empty; leave the field out where nothing is stated."],
        ),
        ({"fact": "date", "quote": "x", "value": "in May"}, ["What it should read: "]),
    ],
)
def test_a_contest_says_what_and_why(
    liga: Desk, tie: Partnership, signed: Act, typed: dict[str, str], wrong: list[str]
) -> None:
    sent = typed | ({"fact": f"{signed.pk}:date"} if typed.get("fact") == "date" else {})
    found = wrongs(liga.refused(contest(tie), **sent))
    assert [told[: len(known)] for told, known in zip(found, wrong, strict=True)] == wrong
    assert Statement.objects.filter(source__publication__publisher__slug="valka").count() == 0


def test_who_speaks_for_both_sides_says_for_which(valga: Party, valka: Party, tie: Partnership) -> None:
    both = Desk(make_officer(valga, valka))
    shown = both.open(confirm(tie))
    assert [o.text for o in shown.one("select", name="side").all("option")] == ["Valga", "Valka"]
    both.send(confirm(tie), side=str(valka.pk))
    assert Statement.objects.get().source.publication.publisher == valka


def test_who_runs_the_register_speaks_for_no_side(tie: Partnership) -> None:
    admin = Desk(make_administrator())
    admin.open(confirm(tie), 404)
    admin.open(contest(tie), 404)
    assert "Our side" not in admin.open(address("partnership", tie.slug)).main.text
