"""Asks a service in a process of its own, so that it can be killed: ADDRESS FOLDER DAY."""

import datetime as dt
import sys
from pathlib import Path

from twinhall.exchange.wikidata.asking import Manners
from twinhall.exchange.wikidata.paging import Sizes, ask

FAST = Manners(pause=0, tries=3, growth=0, connect=2, silence=2)
SMALL = Sizes(ties=2, parties=2, classes=2)
CONTACT = "hall@example.org"
LANGUAGES = ["en", "lv"]

if __name__ == "__main__":
    address, folder, day = sys.argv[1:]
    ask(
        folder=Path(folder),
        contact=CONTACT,
        languages=LANGUAGES,
        endpoint=address,
        manners=FAST,
        sizes=SMALL,
        today=dt.date.fromisoformat(day),
    )
