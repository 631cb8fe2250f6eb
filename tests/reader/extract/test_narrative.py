"""Several ties in one sentence, and sentences that go on about one: each with what is its own."""

import pytest

from twinhall.reader.places import Places

from .test_telling import told


def test_each_of_two_ties_has_its_own_status(places: Places) -> None:
    text = "The twinning with Graz (Austria) dates from 1979, while that with Brno (Czechia) ended in 2009."
    assert told(places, "en", text) == [
        ("Graz", "1979", "", "", ""),
        ("Brno", "", "2009", "", "ended"),
    ]


def test_a_status_told_of_all_holds_for_all(places: Places) -> None:
    text = "The twinnings with Graz (Austria) and Brno (Czechia) were suspended in 2022."
    assert [(each[0], each[4]) for each in told(places, "en", text)] == [
        ("Graz", "suspended"),
        ("Brno", "suspended"),
    ]


def test_what_was_decided_may_be_signed_in_the_next_sentence(places: Places) -> None:
    text = (
        "Byrådet vedtog et venskabsbysamarbejde med Graz i Østrig. "
        "Aftalen blev underskrevet den 3. maj 1979."
    )  # fmt: skip
    assert told(places, "da", text) == [("Graz", "1979-05-03", "", "", "")]


def test_an_end_is_told_in_a_later_sentence(places: Places) -> None:
    text = (
        "De stedenband met Graz (Oostenrijk) werd in 1979 ondertekend. "
        "In 2009 besloot de gemeenteraad de samenwerking te beëindigen."
    )
    assert told(places, "nl", text) == [("Graz", "1979", "2009", "", "ended")]


def test_news_is_dated_at_the_head_of_its_first_line(places: Places) -> None:
    text = (
        "Nova povelja\n\nOSIJEK, 28. lipnja 2019. – Danas su gradonačelnici Osijeka i grada Graza "
        "(Austrija) potpisali povelju o bratimljenju.\n"
    )
    assert told(places, "hr", text) == [("Graz", "2019-06-28", "", "", "")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 1974 a choir sang in Graz (Austria). On 3 May 1979 the twinning with Graz was signed."),
        ("fr", "En 1974, une classe visite Graz (Autriche). Le jumelage avec Graz fut signé le 3 mai 1979."),
        ("sv", "1974 kom en kör från Graz i Österrike. Vänortsavtalet med Graz skrevs under 3 maj 1979."),
        ("sv", "Vänortsavtalet med Graz i Österrike skrevs under den 3 maj 1979, men redan 1974 kom en kör."),
    ],
)  # fmt: skip
def test_what_came_before_the_signing_is_a_first_contact(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979-05-03", "", "1974", "")]


@pytest.mark.parametrize(
    ("language", "text", "since"),
    [
        ("en", "Firemen of ours met those of Graz (Austria). A twinning charter was signed in 1979.", "1979"),
        ("cs", "S Grazem (Rakousko) se hasiči znali. Smlouva o partnerství byla podepsána 1979.", "1979"),
        ("da", "Borgmesteren fortalte om Graz i Østrig. En venskabsaftale blev underskrevet i 1979.", "1979"),
    ],
)  # fmt: skip
def test_a_tie_is_with_the_town_of_the_sentence_before(
    places: Places, language: str, text: str, since: str
) -> None:
    assert [each[:2] for each in told(places, language, text)] == [("Graz", since)]


def test_a_tie_of_nobody_named_is_none_where_two_towns_were(places: Places) -> None:
    text = "Choirs came from Graz (Austria) and Brno (Czechia). A twinning charter was signed in 1979."
    assert told(places, "en", text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "From 1979 to 2009 our town was a sister city of Graz (Austria)."),
        ("es", "Entre 1979 y 2009 estuvo en vigor un convenio de cooperación con Graz (Austria)."),
        ("pt", "Entre 1979 e 2009 vigorou um acordo de geminação com Graz (Áustria)."),
    ],
)
def test_a_tie_may_be_told_with_its_first_and_last_year(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979", "2009", "", "ended")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("no", "I 1979 inngikk vi en samarbeidsavtale med Graz i Østerrike. Etter 2009 er alt på papiret."),
        ("sr", "Povelja sa gradom Grac (Austrija) potpisana je 1979. Od 2009. nije bilo nijedne posete."),
        ("en", "The twinning with Graz (Austria) was signed in 1979. Since 2009 there has been no visit."),
    ],
)  # fmt: skip
def test_that_nothing_goes_on_needs_no_word_for_the_tie(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979", "2009", "", "inactive")]


def test_a_date_after_not_until_is_of_the_signing(places: Places) -> None:
    text = "The twinning with Graz (Austria) was not sealed until 3 May 1979."
    assert told(places, "en", text) == [("Graz", "1979-05-03", "", "", "")]
