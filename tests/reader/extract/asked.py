"""Texts of a test, read as pages: what they list, what they state."""

from twinhall.reader.extract.scene import Scene, Subject, subject_of
from twinhall.reader.facts import Fact
from twinhall.reader.page import page_of_text
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts


def scene_of(places: Places, language: str, text: str, near: str = "") -> Scene:
    return Scene(page_of_text(text, language).text, language, places, near)


def on_page(places: Places, language: str, whose: tuple[str, str], text: str) -> tuple[Scene, Subject]:
    scene = scene_of(places, language, text, whose[1])
    return scene, subject_of(scene, *whose)


def facts_of(places: Places, language: str, whose: tuple[str, str], text: str) -> list[Fact]:
    page = page_of_text(text, language)
    return read_facts(page, places=places, subject=whose[0], subject_country=whose[1])
