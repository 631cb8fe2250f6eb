from pathlib import Path

import pytest

from twinhall.reader.gazetteer import Gazetteer, gazetteer
from twinhall.reader.places import Places


@pytest.fixture(scope="session")
def world_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where the whole list is compiled, once a run: pytest-xdist's workers share the folder above theirs."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "gazetteer"


@pytest.fixture(scope="session")
def world(world_folder: Path) -> Gazetteer:
    """The whole list."""
    return gazetteer(world_folder)


@pytest.fixture(scope="module")
def places(world: Gazetteer) -> Places:
    return Places(world)
