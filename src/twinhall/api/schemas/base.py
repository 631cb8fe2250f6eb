"""What all answers share."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class Answer(BaseModel):
    """A part of an answer. What is not known is null; a text in several languages is told by language."""

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


def told_of(values: Sequence[str | None]) -> Any:  # noqa: ANN401 - as pydantic's Field
    """Metadata for a field that is one of some values: told in the description, not looked at again."""
    return Field(json_schema_extra={"enum": [value and str(value) for value in values]})
