"""What is done with a tie: its acts follow each other, and its status follows from them."""

import pytest

from tests.desk.conftest import Desk, address, filled, of_record, pills, said, wrongs
from tests.factories.documents import make_pdf_bytes, make_upload
from tests.factories.parties import make_officer, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.reading import Page, page
from twinhall.documents.models import Document
from twinhall.evidence.models import SourceKind, Statement
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Act, Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


def deed(tie: Partnership, kind: str) -> str:
    return address("partnership-act", tie.slug, kind)


def offered(shown: Page) -> list[str]:
    """The deeds that the page of a tie offers next."""
    return shown.section("Acts").one("ul", class_="deeds").items


def acts(shown: Page) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in shown.section("Acts").rows]


def test_a_tie_is_signed_on_a_document(kadri: Desk, tie: Partnership, valga: Party) -> None:
    shown = kadri.send(
        deed(tie, "signed"),
        date="13.12.2006",
        place="Valga",
        deciding_body="Town councils",
        valid_until="2027",
        note="On the square between the towns.",
        basis="document",
        document_title="Agreement of 2006",
        document=make_upload(make_pdf_bytes(), name="scan.pdf"),
    )
    assert pills(shown)[0] == "in force"
    assert acts(shown) == [("1", "Agreement signed 13 December 2006")]
    act = Act.objects.get()
    assert (str(act.date), act.place, act.deciding_body) == ("2006-12-13", "Valga", "Town councils")
    assert (str(act.valid_until), act.note) == ("2027", {"en": "On the square between the towns."})
    (document,) = act.documents.all()
    assert (document.title, document.published_at, document.filing.party) == (
        "Agreement of 2006",
        None,
        valga,
    )
    words = Statement.objects.all()
    assert {(word.source.kind, word.source.document) for word in words} == {
        (SourceKind.SIGNED_DOCUMENT, document)
    }
    assert {word.field for word in words if word.in_force} == {
        *("exists", "date", "place", "deciding_body", "valid_until", "note")
    }


def test_each_deed_leads_to_its_status_and_to_what_can_follow(kadri: Desk, tie: Partnership) -> None:
    told = []
    for kind, date in [
        ("intent", "1994"),
        ("signed", "1995"),
        ("suspended", "2001"),
        ("resumed", "2003"),
        ("renewed", "2005"),
        ("ended", "2010"),
    ]:
        shown = kadri.send(deed(tie, kind), date=date)
        told.append((kind, pills(shown)[0], offered(shown)))
    lasting = ["Sign", "Renew", "Widen", "Suspend", "Let lapse", "End"]
    assert told == [
        ("intent", "proposed", ["Begin cooperation", "Sign"]),
        ("signed", "in force", lasting),
        ("suspended", "suspended", ["Resume", "End"]),
        ("resumed", "in force", lasting),
        ("renewed", "in force", lasting),
        ("ended", "ended", ["Sign", "Revive"]),
    ]


def test_a_deed_of_the_coming_year_changes_nothing_today(kadri: Desk, tie: Partnership) -> None:
    kadri.send(deed(tie, "signed"), date="2006")
    assert pills(kadri.send(deed(tie, "ended"), date="2027"))[0] == "in force"


def test_a_party_leaves_a_tie_of_three(kadri: Desk, valga: Party, valka: Party) -> None:
    third = make_party(name="Elva")
    tie = make_partnership(parties=[valga, valka, third])
    shown = kadri.send(deed(tie, "signed"), date="1999")
    assert "A party leaves" in offered(shown)
    refused = kadri.refused(deed(tie, "left"), date="2004")
    assert wrongs(refused) == ["Which party left: This field is required."]
    shown = kadri.send(deed(tie, "left"), refused, party=str(third.pk))
    assert (pills(shown)[0], acts(shown)[1]) == ("in force", ("2", "Party left (Elva) 2004"))
    shown = kadri.send(deed(tie, "left"), date="2008", party=str(valka.pk))
    assert pills(shown)[0] == "ended"


def test_of_two_parties_none_leaves_alone(kadri: Desk, tie: Partnership) -> None:
    assert "A party leaves" not in offered(kadri.send(deed(tie, "signed"), date="1999"))


def test_an_act_of_an_earlier_day_goes_before_the_later_ones(kadri: Desk, tie: Partnership) -> None:
    kadri.send(deed(tie, "signed"), date="2006")
    kadri.send(deed(tie, "ended"), date="2010")
    shown = kadri.send(address("partnership-act-any", tie.slug), kind="renewed", date="2008-05")
    assert acts(shown) == [
        ("1", "Agreement signed 2006"),
        ("2", "Agreement renewed May 2008"),
        ("3", "Ended 2010"),
    ]
    assert pills(shown)[0] == "ended"


def test_an_act_of_any_kind_says_who_left(kadri: Desk, tie: Partnership) -> None:
    kadri.send(deed(tie, "signed"), date="2006")
    refused = kadri.refused(address("partnership-act-any", tie.slug), kind="left", date="2008")
    assert wrongs(refused) == ["Which party left: Say which party left."]


def test_what_cannot_come_first_is_refused_and_leaves_nothing(kadri: Desk, tie: Partnership) -> None:
    typed = {"date": "2006", "basis": "document", "document_title": "Agreement", "quote": "Resumed."}
    upload = make_upload(make_pdf_bytes(), name="scan.pdf")
    refused = kadri.refused(deed(tie, "resumed"), **typed, document=upload)
    (wrong,) = wrongs(refused)
    assert wrong.endswith("cannot come first: nothing has begun that it could apply to.")
    assert {name: filled(refused)[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert [m._base_manager.count() for m in (Act, Document, Statement)] == [0, 0, 0]


def test_dates_that_cannot_be_are_said_beside_their_fields(kadri: Desk, tie: Partnership) -> None:
    refused = kadri.refused(deed(tie, "signed"), date="31.02.2006", valid_until="2005")
    assert wrongs(refused) == ["Date: “31.02.2006” is not a date. Write 1991, 2013-06 or 2006-12-13."]
    refused = kadri.refused(deed(tie, "signed"), date="2006", valid_until="2005")
    assert wrongs(refused) == ["Valid until: The term ends before the act itself."]


@pytest.mark.parametrize(
    "written", ["2006-12-13", "13.12.2006", "13. 12. 2006", "13/12/2006", "12/2006", "2006"]
)
def test_a_date_is_taken_as_europe_writes_it(kadri: Desk, tie: Partnership, written: str) -> None:
    kadri.send(deed(tie, "signed"), date=written)
    assert "2006-12-13".startswith(str(Act.objects.get().date))


def test_an_act_is_taken_back_and_restored(kadri: Desk, tie: Partnership) -> None:
    kadri.send(deed(tie, "signed"), date="2006")
    kadri.send(deed(tie, "ended"), date="2010")
    end = Act.objects.get(kind="ended")
    refused = kadri.refused(of_record("withdraw", end))
    assert wrongs(refused) == ["Reason: Give the reason."]
    shown = kadri.send(of_record("withdraw", end), why="It was another tie.")
    assert said(shown) == ["Withdrawn. Its history leads back."]
    assert (pills(shown)[0], acts(shown)[1]) == (
        "in force",
        ("2", "Ended 2010 taken back It was another tie."),
    )
    back = kadri.open(of_record("restore", end))
    assert back.main.one("p", class_="lede").text == "It was withdrawn: It was another tie."
    shown = kadri.send(of_record("restore", end), back)
    assert (pills(shown)[0], acts(shown)[1]) == ("ended", ("2", "Ended 2010"))


def test_who_speaks_for_no_side_does_nothing_with_it(valga: Party, tie: Partnership) -> None:
    act = make_act(partnership=tie)
    people = [make_officer(make_party(name="Elva")), make_officer(valga, role=Role.EDITOR)]
    for person in map(Desk, people):
        shown = person.open(address("partnership", tie.slug))
        assert "What happens next" not in shown.main.text
        for where in (
            deed(tie, "signed"),
            address("partnership-act-any", tie.slug),
            of_record("withdraw", act),
            address("partnership-confirm", tie.slug),
        ):
            assert page(person.client.get(where), 403).heading == "This page is not open to you"
            assert person.client.post(where, {"date": "2006", "why": "x"}).status_code == 403
    assert Act.objects.count() == 1


def test_what_there_is_not_is_not_found(kadri: Desk, tie: Partnership) -> None:
    kadri.open(deed(tie, "attested"), 404)
    kadri.open(deed(tie, "nothing"), 404)
    kadri.open(address("partnership-act", "nobody", "signed"), 404)
