"""Two whole items of Wikidata, where they lie beside the project: they do not ship."""

from pathlib import Path

import pytest

from twinhall.exchange.wikidata.telling import tell

FOLDER = Path(__file__).parents[4] / "shared" / "data"
WEIMAR = FOLDER / "sample-wikidata-entity-Q3955-2016.json.gz"
BIELEFELD = FOLDER / "sample-wikidata-entity-Q2112-2023.json.gz"

pytestmark = pytest.mark.skipif(
    not (WEIMAR.exists() and BIELEFELD.exists()),
    reason="the sample items of ../shared/data are not beside the project",
)


def test_weimar_and_bielefeld() -> None:
    told = tell([WEIMAR, BIELEFELD], languages=["en", "et", "lv", "bg"])
    assert (told.read, len(told.partnerships), told.merged, len(told.refusals)) == (13, 13, 0, 0)
    named = {party.name: party for tie in told.partnerships for party in tie.parties if party.name}
    assert {name: (party.country, party.language) for name, party in named.items()} == {
        "Weimar": ("DE", "de"),
        "Bielefeld": ("DE", "de"),
    }
    assert sum(bool(tie.acts) for tie in told.partnerships) == 12
    assert [source.key for source in told.sources[:2]] == ["wikidata-2016-09-07", "wikidata-2023-04-04"]
