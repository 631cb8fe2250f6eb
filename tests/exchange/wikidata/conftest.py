from collections.abc import Iterator

import pytest

from tests.exchange.wikidata.service import Server, serving
from tests.exchange.wikidata.world import small_world


@pytest.fixture
def service() -> Iterator[Server]:
    """A query service that knows the small world."""
    with serving(small_world()) as server:
        yield server
