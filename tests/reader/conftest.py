import pytest

from twinhall.reader.gazetteer import Gazetteer, gazetteer
from twinhall.reader.places import Places


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Gazetteer:
    """The whole list, compiled once a run: the workers of pytest-xdist share the folder above their own."""
    own = tmp_path_factory.getbasetemp()
    return gazetteer((own if worker_id == "master" else own.parent) / "gazetteer")


@pytest.fixture(scope="module")
def places(world: Gazetteer) -> Places:
    return Places(world)
