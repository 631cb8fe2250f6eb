from pydantic import ConfigDict

from twinhall.api.schemas.base import Answer


class WrongParameter(Answer):
    """What is wrong with one parameter."""

    parameter: str
    """Its name in the address."""
    message: str
    """What to give instead."""


class Problem(Answer):
    """Why a question cannot be answered (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "https://twinhall.example/api/v1/docs#bad-parameter",
                "title": "A parameter is not right",
                "status": 422,
                "detail": "“as_of”: “yesterday” is not a day. Write it as 2010-01-31.",
                "instance": "/api/v1/partnerships/?as_of=yesterday",
                "errors": [
                    {"parameter": "as_of", "message": "“yesterday” is not a day. Write it as 2010-01-31."}
                ],
            }
        }
    )

    type: str
    """The address of some words on this kind of problem."""
    title: str
    """The kind of problem."""
    status: int
    """The status of the answer."""
    detail: str
    """What is wrong here, and what to do."""
    instance: str
    """What was asked."""
    errors: list[WrongParameter] | None = None
    """The parameters that are not right; only where there are any."""
