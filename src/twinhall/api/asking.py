"""What an address may ask: the sorts of parameters that several lists have, each with its refusal."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from django.utils import timezone
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.annotated_handlers import GetCoreSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from twinhall.api.errors import wrong_parameter
from twinhall.api.pagination import LIMIT, MOST
from twinhall.core.languages import is_country
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.reader.divisions import region_names

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST_YEAR = re.compile(r"[12]\d\d0", re.ASCII)
LONGEST = 200


def _day(asked: object) -> object:
    if not isinstance(asked, str):
        return asked
    try:
        if _DAY.fullmatch(asked):
            return dt.date.fromisoformat(asked)
    except ValueError:
        pass
    raise ValueError(f"“{asked[:40]}” is not a day. Write it as year, month and day, such as 2010-01-31.")


def _country(asked: str) -> str:
    if not is_country(asked):
        raise ValueError(f"“{asked[:40]}” is not a country code of ISO 3166-1, such as LV or BG.")
    return asked


def _region(asked: str) -> str:
    if asked not in region_names():
        raise ValueError(
            f"“{asked[:40]}” is not a region. Give the code of a first-level division as GeoNames has it: "
            "the country, a point, and its number, such as DE.02 for Bavaria."
        )
    return asked


def _decade(asked: str) -> str:
    if not _FIRST_YEAR.fullmatch(asked):
        raise ValueError(f"“{asked[:40]}” is not a decade. Give its first year, such as 1990.")
    return asked


@dataclass(frozen=True)
class OneOf:
    """Refuses what is not among some values, and names those."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: type[str], handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, kept: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(kept) | {"enum": list(self.values)}

    def _checked(self, asked: str) -> str:
        if asked not in self.values:
            choices = ", ".join(self.values)
            raise ValueError(f"“{asked[:40]}” cannot be chosen here. Choose one of: {choices}.")
        return asked


def one_of(values: Sequence[str]) -> OneOf:
    """Metadata for a parameter that is one of some values."""
    return OneOf(tuple(values))


Day: TypeAlias = Annotated[dt.date, BeforeValidator(_day), Field(examples=["2010-01-31"])]
Country: TypeAlias = Annotated[
    str, AfterValidator(_country), Field(examples=["LV"], json_schema_extra={"pattern": "^[A-Z]{2}$"})
]
Region: TypeAlias = Annotated[
    str,
    AfterValidator(_region),
    Field(examples=["DE.02"], json_schema_extra={"pattern": r"^[A-Z]{2}\.[0-9A-Za-z]+$"}),
]
Slug: TypeAlias = Annotated[str, Field(pattern="^[-a-zA-Z0-9_]+$", max_length=120, examples=["valmiera"])]
NetworkSlug: TypeAlias = Annotated[
    str, Field(pattern="^[-a-zA-Z0-9_]+$", max_length=120, examples=["city-twins-association"])
]
Decade: TypeAlias = Annotated[
    str,
    AfterValidator(_decade),
    Field(examples=["1990"], json_schema_extra={"pattern": "^[12][0-9]{2}0$"}),
]
FieldCode: TypeAlias = Annotated[str, one_of(tuple(fields_of_cooperation())), Field(examples=["culture"])]
Words: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*$", examples=["Валга"])
]


class Asked(BaseModel):
    """The parameters of an address."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Paged(Asked):
    limit: Annotated[int, Field(ge=1, le=MOST)] = LIMIT
    """How many records a page has at most."""
    cursor: Annotated[str, Field(min_length=1, max_length=2000)] = ""
    """Where the page begins, as `next` of the page before has it."""


class OnDay(Asked):
    as_of: Day = Field(default_factory=timezone.localdate)
    """The day that the register is asked for: status follows from the acts that had begun on it. Today, where
    none is given."""


def must_be(is_there: Callable[[], bool], parameter: str, asked: str, what: str) -> None:
    """Refuse a filter that names a record which is not there, as a list of nothing would mislead."""
    if asked and not is_there():
        raise wrong_parameter(parameter, f"There is no {what} “{asked}”. Give its “slug”.")
