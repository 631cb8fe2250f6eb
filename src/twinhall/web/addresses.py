"""Addresses of pages: a route is looked up once for each language, not once for every link of a page."""

from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

MARK = "0"
"""Stands for a slug or a number where a route is looked up."""


def address(route: str, key: str | int | None = None) -> str:
    """The address of a page in the language of the request; ``key`` is the slug or number of its record."""
    is_of_one = key is not None
    before, after = _around(route, is_of_one, get_language(), get_script_prefix(), settings.ROOT_URLCONF)
    return f"{before}{key}{after}" if is_of_one else before


@cache
def _around(route: str, is_of_one: bool, *_place: str | None) -> tuple[str, str]:  # noqa: FBT001 - of a cache
    """What stands before and after the key."""
    if not is_of_one:
        return reverse(route), ""
    before, after = reverse(route, args=[MARK]).rsplit(f"/{MARK}/", 1)
    return f"{before}/", f"/{after}"
