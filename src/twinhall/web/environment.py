"""What templates can name: addresses, static files, translations, and facts put into words."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import get_language
from jinja2 import Environment, StrictUndefined

from twinhall.accounts.browsers import browser
from twinhall.accounts.models import User
from twinhall.core.languages import language_name, locale
from twinhall.web import say
from twinhall.web.addresses import address
from twinhall.web.kit import map_kit


def environment(**options: Any) -> Environment:
    """Jinja's environment; a name that does not exist is an error, not an empty text."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - Django asks for autoescape
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    made.globals |= {"static": static, "url": url, "map_kit": map_kit, "once": once}
    made.filters |= {
        "date": say.date,
        "number": say.number,
        "share": say.share,
        "country": say.country,
        "listed": say.listed,
        "capital": say.capital,
        "language_name": language_name,
        "browser": browser,
        "moment": say.moment,
    }
    made.policies["ext.i18n.trimmed"] = True
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page of the site."""
    return reverse(name, args=args or None, kwargs=kwargs or None) if args or kwargs else address(name)


def once(macro: Callable[..., str]) -> Callable[..., str]:
    """A component that a page draws many times with the same few values, drawn once for each of them."""
    return cache(macro)


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: its address in each language, the day of printing, and who reads it."""
    return {
        "canonical": request.build_absolute_uri(request.path),
        "languages": [_in_language(request, code) for code, _name in settings.LANGUAGES],
        "LANGUAGE_CODE": get_language() or settings.LANGUAGE_CODE,
        "printed_on": say.date(today()),
        "person": _person(request),
        "desk_href": _desk_href(),
        "told": [{"text": told.message, "tone": told.level_tag} for told in get_messages(request)],
    }


def _person(request: HttpRequest) -> User | None:
    """Who has signed in; a request that was refused early has no user at all."""
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def _desk_href() -> str:
    """The address of the workroom; empty where there is none."""
    try:
        return reverse("desk:dashboard")
    except NoReverseMatch:
        return ""


def _in_language(request: HttpRequest, code: str) -> dict[str, str]:
    own_name = locale(code).get_display_name(code) or code
    return {
        "code": code,
        "name": own_name[:1].upper() + own_name[1:],
        "url": _translated(request, request.get_full_path(), code),
        "absolute": request.build_absolute_uri(_translated(request, request.path, code)),
    }


def _translated(request: HttpRequest, path: str, code: str) -> str:
    """An address of the page that was asked for in another language: addresses differ by its code alone."""
    here = f"{get_script_prefix()}{get_language()}/"
    if request.resolver_match is None or not path.startswith(here):
        return translate_url(path, code)
    return f"{get_script_prefix()}{code}/{path.removeprefix(here)}"


def today() -> dt.date:
    """The present day in the site's time zone."""
    return timezone.localdate()
