"""Types of requests, and the answer to an address that asks for what cannot be."""

from django.core.exceptions import BadRequest


class BadQuestionError(BadRequest):
    """The address is well formed but its question is not, as in ``?on=yesterday``; says what to do."""
