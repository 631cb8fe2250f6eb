"""Whether a line lists a party, by what it holds and by the section it stands in."""

import pytest

from twinhall.reader.extract.entries import Section, is_entry
from twinhall.reader.extract.listing import listed
from twinhall.reader.places import Places

from .asked import on_page

CLOSED, OPEN = Section(0), Section(2, "twin")


@pytest.mark.parametrize(
    ("line", "section", "expected"),
    [
        ("Solna, Sweden, 1991", OPEN, True),
        ("Solna, Sweden, 1991", CLOSED, False),
        ("Exeter", OPEN, False),  # the subject itself
        ("Town", OPEN, False),
        ("Lead partner: Solna, Sweden", OPEN, False),
        ("Exeter – Solna, Sweden: twinning charter 1991", CLOSED, True),
        ("Guided walks every Sunday", OPEN, False),
    ],
)
def test_entries(places: Places, line: str, section: Section, expected: bool) -> None:  # noqa: FBT001
    scene, subject = on_page(places, "en", ("Exeter", "GB"), line)
    found = listed(scene, 0, len(scene.text))
    assert is_entry(scene, subject, scene.lines[0], found, section) is expected
