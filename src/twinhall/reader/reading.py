"""The facts that a page states, each with the words it rests on."""

from twinhall.reader.extract.memberships import memberships
from twinhall.reader.extract.networks import networks
from twinhall.reader.extract.partnerships import partnerships
from twinhall.reader.extract.projects import projects
from twinhall.reader.extract.scene import Scene, subject_of
from twinhall.reader.facts import Fact
from twinhall.reader.page import Page
from twinhall.reader.places import Places


def read_facts(page: Page, *, places: Places, subject: str = "", subject_country: str = "") -> list[Fact]:
    """The facts of a page, in the order in which they stand in its text.

    ``subject`` is the party whose page it is, where the caller knows it, ``subject_country`` its country
    (ISO 3166-1, two letters); otherwise the page's head tells. Nothing is corrected: what is printed is
    stated as printed.
    """
    scene = Scene(page.text, page.language, places, subject_country)
    whose = subject_of(scene, subject, subject_country)
    facts: list[Fact] = [
        *partnerships(scene, whose),
        *memberships(scene, whose),
        *networks(scene, whose),
        *projects(scene),
    ]
    return sorted(facts, key=lambda fact: fact.quote_start)
