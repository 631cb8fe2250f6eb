"""What all answers share."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Answer(BaseModel):
    """A part of an answer. What is not known is null; a text in several languages is an object by language."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Page(Answer, Generic[T]):
    """One page of a list."""

    count: int | None
    """How many records the whole list has; told on its first page only."""
    next: str | None
    """The address of the next page; null on the last."""
    results: list[T]
    """The records of this page."""


Texts = dict[str, str]
"""A text by language: ``{"en": "…", "lv": "…"}``."""
