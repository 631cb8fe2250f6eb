"""What only measuring needs: the libraries of the extra ``twinhall[bench]``."""

import importlib
from types import ModuleType

from twinhall.bench.figures import BenchError


def library(name: str) -> ModuleType:
    """A library of the extra. Raises BenchError, with what to install, where it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise BenchError(
            f"{name} is not installed. It comes with the extra “bench”: pip install 'twinhall[bench]', "
            "or in a clone: make bench."
        ) from error
