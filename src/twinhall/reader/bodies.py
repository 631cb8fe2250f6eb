"""Networks of towns and programmes that are known by name, in our languages, as data: ``bodies.toml``."""

import tomllib
from functools import cache
from importlib.resources import files

from twinhall.reader.lexicon import Lexicon


@cache
def bodies(language: str) -> Lexicon:
    """Known names as entries of a lexicon: hits have the sorts ``network.NAME`` and ``programme.NAME``."""
    text = (files(__package__) / "bodies.toml").read_text(encoding="utf-8")
    return Lexicon(language, tomllib.loads(text))
