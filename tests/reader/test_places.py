import json
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twinhall.core.text import fold
from twinhall.reader import matching
from twinhall.reader.gazetteer import Gazetteer, Place, gazetteer, gazetteer_path
from twinhall.reader.matching import Known
from twinhall.reader.page import Page
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

HALLE_IN_WESTPHALIA, VALKA = 2911520, 454572


@pytest.mark.parametrize(
    ("written", "language", "country", "name"),
    [
        # inflected
        ("Zdunskas Volas", "lv", "", "Zduńska Wola"),
        ("Zduńskiej Woli", "pl", "PL", "Zduńska Wola"),
        ("Ascherslebenin", "fi", "", "Aschersleben"),
        ("Helsingin", "fi", "", "Helsinki"),
        ("Svetogorskiga", "et", "RU", "Svetogorsk"),
        ("Lebedinas", "lt", "UA", "Lebedyn"),
        ("Kassával", "hu", "SK", "Košice"),
        ("Kilis'in", "tr", "", "Kilis"),
        ("Νάουσας", "el", "GR", "Náousa"),
        ("Витебском", "ru", "BY", "Vitebsk"),
        ("Náchodem", "cs", "CZ", "Náchod"),
        ("Skopja", "hr", "MK", "Skopje"),
        ("Clujului", "ro", "RO", "Cluj-Napoca"),
        ("d'Albi", "fr", "FR", "Albi"),
        # as it sounds
        ("Koventri", "lv", "", "Coventry"),
        ("Giterslo", "lv", "DE", "Gütersloh"),
        ("Vodņana", "lv", "HR", "Vodnjan"),
        ("Čerkasi", "lv", "", "Cherkasy"),
        ("Muzsla", "hu", "SK", "Mužla"),
        ("Sevšionas (Sävsjö)", "lt", "SE", "Sävsjö"),
        ("Φελμπερτ", "el", "DE", "Velbert"),
        ("Тюль", "ru", "FR", "Tulle"),
        # misspelt
        ("Cesky Tiesin*", "en", "CZ", "Český Těšín"),
        # with what it is, double, shortened
        ("Municipality of Kilis", "en", "", "Kilis"),
        ("Giterslo apriņķis", "lv", "DE", "Gütersloh district"),
        ("Powiat pilski (Piła)", "pl", "PL", "Piła County"),
        ("Hargita megye", "hu", "RO", "Harghita County"),
        ("Висагинское самоуправление (Литва)", "ru", "", "Visaginas"),
        ("Bodens kommun", "lv", "SE", "Boden"),
        ("Brețcu - Bereck", "hu", "RO", "Breţcu"),
        ("Dueville bei Vicenza", "de", "", "Dueville"),
        ("Bad Homburg v.d.H.", "de", "", "Bad Homburg vor der Höhe"),
        ("Vodņanas Dignano", "lv", "HR", "Vodnjan"),
        ("S. João da Madeira", "pt", "PT", "São João da Madeira"),
        ("Mexico City", "en", "", "Mexico City"),
        ("SOLNA", "en", "SE", "Solna"),
    ],
)
def test_a_name_meets_its_place(places: Places, written: str, language: str, country: str, name: str) -> None:
    found, candidates = places.resolve(written, language=language, country=country)

    assert found == name
    assert not country or not candidates or candidates[0].country == country


def test_what_stands_in_brackets_tells_namesakes_apart(places: Places) -> None:
    _, candidates = places.resolve("Halle (Vestf.)", language="lv", country="DE")

    assert [candidate.geonames for candidate in candidates] == [HALLE_IN_WESTPHALIA]


def test_namesakes_share_the_confidence(places: Places) -> None:
    _, candidates = places.resolve("Halle", language="de")

    assert len(candidates) > 2
    assert sum(candidate.confidence for candidate in candidates) <= 1
    assert [c.confidence for c in candidates] == sorted((c.confidence for c in candidates), reverse=True)


def test_the_printed_country_goes_before_size(places: Places) -> None:
    (best, *_), (named, *_) = (
        places.resolve("Cuenca", language="es", country=country)[1] for country in ("", "EC")
    )

    assert (best.country, named.country) == ("ES", "EC")


def test_the_subjects_country_settles_what_is_open(places: Places) -> None:
    tartu, *_ = places.resolve("Tartus", language="et", near="EE")[1]

    assert tartu.name == "Tartu"


def test_a_place_outside_the_printed_country_is_offered_with_doubt(places: Places) -> None:
    name, candidates = places.resolve("Valka", language="en", country="LT")

    assert name == "Valka"
    assert candidates[0].geonames == VALKA
    assert candidates[0].confidence < 0.35


@pytest.mark.parametrize(
    ("written", "language", "name"),
    [
        ("Nowhereatallton", "en", "Nowhereatallton"),
        ("NOWHEREATALLTON", "en", "Nowhereatallton"),
        ("City of Nowhereatallton", "en", "Nowhereatallton"),
        ("Нетакогогородск", "ru", "Netakogogorodsk"),
        ("***", "en", "***"),
    ],
)
def test_an_unknown_name_stays_as_it_is_written(
    places: Places, written: str, language: str, name: str
) -> None:
    assert places.resolve(written, language=language, country="FR") == (name, ())


@pytest.mark.parametrize(
    ("written", "language", "sort"),
    [
        ("Landkreis Görlitz", "de", "district"),
        ("Hargita megye", "hu", "district"),
        ("województwo opolskie", "pl", "region"),
        ("Valga vald", "et", "municipality"),
        ("Solna", "sv", ""),
    ],
)
def test_words_tell_what_sort_of_party_it_is(places: Places, written: str, language: str, sort: str) -> None:
    assert places.sort_of(written, language) == sort


# In a text


def mentioned(places: Places, text: str, language: str) -> list[tuple[str, str]]:
    return [
        (mention.text, mention.candidates[0].name if mention.candidates else "")
        for mention in places.mentions(text, language)
    ]


def test_names_of_several_words_are_one_mention(places: Places) -> None:
    text = (
        "With: Frankfurt an der Oder, San Giovanni in Persiceto, Brandenburg/Havel and Garching b. München."
    )

    assert mentioned(places, text, "de")[-4:] == [
        ("Frankfurt an der Oder", "Frankfurt (Oder)"),
        ("San Giovanni in Persiceto", "San Giovanni in Persiceto"),
        ("Brandenburg/Havel", "Brandenburg an der Havel"),
        ("Garching b. München", "Garching"),
    ]


def test_countries_and_words_for_parties_are_no_places(places: Places) -> None:
    assert mentioned(places, "the City of Solna, Sweden", "en") == [("Solna", "Solna")]


def test_unknown_names_are_mentioned_without_candidates(places: Places) -> None:
    assert mentioned(places, "we visited Nowhereatallton", "en") == [("Nowhereatallton", "")]


def test_what_begins_a_sentence_is_marked(places: Places) -> None:
    found = places.mentions("Solna is a partner. So are\nTartu and Valka.", "en")

    assert [(m.text, m.opens) for m in found] == [
        ("Solna", True),
        ("Tartu", True),
        ("Valka", False),
    ]


def test_a_hyphen_joins_two_places_or_one(places: Places) -> None:
    assert mentioned(places, "i Valga-Valka og Høje-Taastrup Baden-Baden", "da")[:2] == [
        ("Valga", "Valga"),
        ("Valka", "Valka"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60), language=st.sampled_from(["de", "fi", "el", "hu", "xx", ""]))
def test_any_text_can_be_asked_about(places: Places, text: str, language: str) -> None:
    for mention in places.mentions(text, language):
        assert text[mention.start : mention.end] == mention.text
    places.resolve(text, language=language, country="DE")


class Counting(Gazetteer):
    """A gazetteer that counts how often it is asked for names, and for how many."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.questions: list[int] = []

    def named(self, keys: Iterable[str], *, country: str = "") -> dict[str, list[Place]]:
        keys = [*keys]
        self.questions.append(len(keys))
        return super().named(keys, country=country)


@pytest.fixture
def counting(world_folder: Path) -> Counting:
    gazetteer(world_folder)
    return Counting(gazetteer_path(world_folder))


def test_the_gazetteer_is_asked_once_for_many_texts(counting: Counting) -> None:
    found = Places(counting).mentions_of(["Solna", "Tartu and Valka", "", "none"], "en")

    assert [[mention.text for mention in each] for each in found] == [["Solna"], ["Tartu", "Valka"], [], []]
    assert len(counting.questions) == 1


def test_the_gazetteer_is_asked_for_a_name_once(counting: Counting) -> None:
    places = Places(counting)
    first = places.mentions("Tartu and Valka", "en"), places.resolve("Valka", language="en", country="LV")

    again = places.mentions("Tartu and Valka", "en"), places.resolve("Valka", language="en", country="LV")

    assert again == first
    assert len(counting.questions) == 1


def test_a_page_asks_the_gazetteer_no_more_for_the_same_lines_again(counting: Counting) -> None:
    line = "In {year} the towns of Tartu and Solna signed a twinning agreement with Valka.\n\n"

    def questions(lines: int) -> int:
        counting.questions.clear()
        text = "".join(line.format(year=1950 + number % 70) for number in range(lines))
        assert read_facts(Page(text, "en"), places=Places(counting))
        return len(counting.questions)

    assert questions(200) <= questions(5)


def test_what_is_kept_of_the_gazetteer_is_bounded(
    counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_KEPT", 100)
    known = Known(counting)

    for number in range(0, 1_000, 10):
        known.named({f"nowhere{each}" for each in range(number, number + 10)} | {"valka"})

    assert {place.name for place in known.named({"valka"})["valka"]} >= {"Valka", "Valga"}
    assert len(known._kept) <= 100


def test_a_long_text_takes_time_in_proportion(world: Gazetteer) -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        Places(world).mentions(text, "hu")
        return time.process_time() - begun

    seconds("Kassa")
    once = max(seconds("Kassán An Der Alsó (Xyz " * 200), 0.005)

    assert min(seconds("Kassán An Der Alsó (Xyz " * 2_000) for _time in range(3)) < 40 * once
    assert min(seconds("K" * 200_000) for _time in range(3)) < 1


# The corpus, where it is there (it is not part of the project)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_names_of_the_corpus_meet_their_places(places: Places) -> None:
    rows = {
        row["id"]: row for row in map(json.loads, (CORPUS / "index.jsonl").read_text("utf-8").splitlines())
    }
    told = right = 0
    for page, row in rows.items():
        for fact in json.loads((CORPUS / "gold" / f"{page}.json").read_text("utf-8")):
            if fact["type"] == "partnership" and fact["b_as_written"]:
                name, _ = places.resolve(
                    fact["b_as_written"], language=row["language"], country=fact["country"] or ""
                )
                told += 1
                right += fold(name) == fold(fact["b"]) or fold(fact["b_as_written"]) == fold(fact["b"])

    assert right >= 0.85 * told
