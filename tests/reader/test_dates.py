import time

import pytest

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import dates_in, day_without_year
from twinhall.reader.lexicon import LANGUAGES, lexicon


def told(text: str, language: str) -> list[str]:
    return [str(each.date) for each in dates_in(text, lexicon(language))]


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("bg", "подписан на 7 юни 1998 г.", "1998-06-07"),
        ("ca", "el 9 d'octubre de 1988", "1988-10-09"),
        ("cs", "podepsali starostové 9. května 1992", "1992-05-09"),
        ("da", "den 3. maj 2002", "2002-05-03"),
        ("de", "am 21. September 1994", "1994-09-21"),
        ("el", "στις 6 Δεκεμβρίου 2012", "2012-12-06"),
        ("en", "on October 9, 1988", "1988-10-09"),
        ("en", "on the 9th of October 1988", "1988-10-09"),
        ("es", "el 12 de octubre de 2016", "2016-10-12"),
        ("et", "asutati 13.detsembril 2006. aastal", "2006-12-13"),
        ("fi", "15. toukokuuta 2001", "2001-05-15"),
        ("fr", "le 1er mai 1967", "1967-05-01"),
        ("hr", "9. studenoga 2023.", "2023-11-09"),
        ("hu", "2022. augusztus 20.", "2022-08-20"),
        ("it", "il 25 aprile 1976", "1976-04-25"),
        ("lt", "2021 m. spalio 5 d.", "2021-10-05"),
        ("lv", "2022. gada 22.jūlijā", "2022-07-22"),
        ("nl", "op 3 november 1989", "1989-11-03"),
        ("no", "den 4. april 1998", "1998-04-04"),
        ("pl", "21 czerwca 2019 r.", "2019-06-21"),
        ("pt", "28 de novembro de 2008", "2008-11-28"),
        ("ro", "la 11 mai 1994", "1994-05-11"),
        ("ru", "25 мая 2022 года", "2022-05-25"),
        ("sk", "22. marca 2003", "2003-03-22"),
        ("sl", "10. septembra 1979", "1979-09-10"),
        ("sr", "28. децембра 2023.", "2023-12-28"),
        ("sr", "28. decembra 2023.", "2023-12-28"),
        ("sv", "den 1 december 1990", "1990-12-01"),
        ("tr", "22 Temmuz 2000", "2000-07-22"),
        ("uk", "5 червня 2003 року", "2003-06-05"),
    ],
)
def test_a_day_is_read_in_every_language(language: str, text: str, date: str) -> None:
    assert told(text, language) == [date]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("30.03.2015", ["2015-03-30"]),
        ("14. 5. 1994", ["1994-05-14"]),
        ("07/08/2014", ["2014-08-07"]),
        ("2021-10-05", ["2021-10-05"]),
        ("03/2018", ["2018-03"]),
        ("May 2006", ["2006-05"]),
        ("in 1991", ["1991"]),
        ("2004 – 2006", ["2004", "2006"]),
        ("1992/2011", ["1992", "2011"]),
        ("31.02.2001, 2005", ["2005"]),  # no such day, and no year is made of it
    ],
)
def test_numbers_are_as_exact_as_they_are_told(text: str, dates: list[str]) -> None:
    assert told(text, "en") == dates


@pytest.mark.parametrize(
    "text", ["42,000 pictures", "1,980", "the 1990s", "€2000", "+2006", "12345", "Room 12"]
)
def test_a_number_that_is_no_date(text: str) -> None:
    assert told(text, "en") == []


@pytest.mark.parametrize("text", ["+371 2006", "+371 6422 1990", "05721/1989", "(032) 555 2001", "DK-2000"])
def test_the_end_of_a_telephone_number_or_a_postcode_is_no_year(text: str) -> None:
    assert told(text, "en") == []


@pytest.mark.parametrize("text", ["Graz 1990", "1988 1990", "no. 12, 1990", "Nr. 145/1990"])
def test_a_year_beside_other_numbers_or_names_stays_one(text: str) -> None:
    assert told(text, "en")[-1:] == ["1990"]


def test_the_second_of_a_span_is_its_end() -> None:
    first, second = dates_in("from 1993–2010", lexicon("en"))
    assert (first.until, second.until) == (False, True)


def test_places_are_those_of_the_whole_text() -> None:
    (found,) = dates_in("signed in 1991", lexicon("en"), offset=100)
    assert (found.start, found.end) == (110, 114)


def test_a_day_of_news_without_its_year() -> None:
    news = PartialDate.parse("2018-08-20")
    assert day_without_year("Augusztus 18-án", lexicon("hu"), news) == PartialDate(2018, 8, 18)
    assert day_without_year("on 24 December", lexicon("en"), news) == PartialDate(2017, 12, 24)
    assert day_without_year("yesterday", lexicon("en"), news) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_twelve_months(language: str) -> None:
    assert set(lexicon(language).months.values()) == set(range(1, 13))


def test_a_long_row_of_numbers_does_not_hang() -> None:
    began = time.process_time()
    dates_in("1.1." * 50_000 + "1990 " * 50_000, lexicon("en"))
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("bg", "на 5 и 6 септември 2004 г.", "2004-09-05"),
        ("en", "on 26 and 27 April 1997", "1997-04-26"),
        ("en", "from 3 to 7 June 2014", "2014-06-03"),
        ("fi", "13.–14. kesäkuuta 1964", "1964-06-13"),
        ("cs", "ve dnech 15. a 16. června 2001", "2001-06-15"),
        ("nl", "op 21 en 22 mei 1994", "1994-05-21"),
        ("et", "4. mail 1987", "1987-05-04"),
    ],
)
def test_of_two_days_in_a_row_the_first_counts(language: str, text: str, date: str) -> None:
    assert told(text, language) == [date]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "7 and 3 June 2014", ["2014-06-03"]),
        ("ca", "des del 1997", ["1997"]),
        ("en", "items 3 and 4, June 2014", ["2014-06"]),
    ],
)
def test_what_is_no_pair_of_days(language: str, text: str, dates: list[str]) -> None:
    assert told(text, language) == dates
