"""The day of news, and the place that stands before it."""

import pytest

from twinhall.reader.extract.datelines import day_of_news, past_dateline
from twinhall.reader.places import Places

from .asked import scene_of


@pytest.mark.parametrize(
    ("language", "line", "rest"),
    [
        (
            "en",
            "Hereford, 12 May 2003 – The mayors of both towns met and signed a charter.",
            "The mayors of both towns met and signed a charter.",
        ),
        (
            "uk",
            "КАЛУШ, 12 травня 2003 року – Мери обох міст підписали сьогодні договір про дружбу.",
            "Мери обох міст підписали сьогодні договір про дружбу.",
        ),
        (
            "it",
            "Ravenna, 12 maggio 1986 - I sindaci delle due città firmano oggi il patto.",
            "I sindaci delle due città firmano oggi il patto.",
        ),
        (
            "hr",
            "Osijek, 28. lipnja 2019. – Danas su gradonačelnici obaju gradova potpisali povelju.",
            "Danas su gradonačelnici obaju gradova potpisali povelju.",
        ),
    ],
)
def test_a_dateline_ends_with_a_dash(places: Places, language: str, line: str, rest: str) -> None:
    scene = scene_of(places, language, line)
    assert scene.text[past_dateline(scene, (0, len(scene.text))) :].strip() == rest
    day = day_of_news(scene)
    assert day is not None
    assert day.day


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Graz, Austria, 12 May 2003 – culture, sport"),
        ("sr", "Грац, Аустрија – 21. март 1996. године, култура и спорт"),
        ("de", "Vertrag mit Graz, 12. Mai 2003 – erneuert 2013"),
        ("fr", "Le 12 mai 2003 – jour de fête – les maires signent."),
    ],
)
def test_what_only_looks_like_a_dateline_is_kept(places: Places, language: str, line: str) -> None:
    scene = scene_of(places, language, line)
    assert past_dateline(scene, (0, len(scene.text))) == 0
