"""Every test of documents has a folder of its own."""

from pathlib import Path

import pytest

from tests.factories.documents import document_folder

__all__ = ["document_folder"]


@pytest.fixture(autouse=True)
def _own_folder(document_folder: Path) -> None:
    """No test writes anywhere else."""
