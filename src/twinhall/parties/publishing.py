"""Whose page a source is: a page is known by its address, and one on a party's web site is the party's.

A party is believed on its own pages. What another calls the party's page must stand on its web site, where
that is known; and who took a page for its own loses it to the party on whose site it stands.
"""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from twinhall.evidence.actions import weigh
from twinhall.evidence.models import Source, Statement
from twinhall.parties import precedence
from twinhall.parties.models import Party, Publication

_PORTS = {"http": 80, "https": 443}
_START = re.compile(r"([a-z]{2,3}([-_][a-z]{2,4})?|index|home|start)?", re.IGNORECASE)
"""What a folder is that names no part of a site: a language, or where it begins."""


def plain(url: str) -> str:
    """An address as it is kept: host in lower case, without the usual port and what names a place within."""
    parts = _split(url)
    if parts is None or parts.scheme not in _PORTS:
        return url
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if parts.port in (None, _PORTS[parts.scheme]) else f"{shown}:{parts.port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def spellings(url: str) -> list[str]:
    """An address in the forms in which one page may be known: as given and plain, with and without TLS."""
    kept = plain(url)
    other = re.sub(r"^http(s?)://", lambda found: "http://" if found[1] else "https://", kept)
    slashless = [spelt.removesuffix("/") for spelt in (kept, other) if spelt.count("/") == 3]  # noqa: PLR2004
    return list(dict.fromkeys([url, kept, other, *slashless]))


def is_on_site_of(url: str, party: Party) -> bool:
    """Whether an address is on the web site of a party, or on a part of it with a name of its own."""
    page, site = _split(url), _split(party.website)
    if page is None or site is None or not _is_below(_host(page), _host(site)):
        return False
    folders, last = site.path.split("/")[:-1], site.path.rpartition("/")[2]
    folders += [] if "." in last else [last]
    if all(_START.fullmatch(folder) for folder in folders):
        return True
    folder = "/".join(folders).removesuffix("/")
    return f"{page.path}/".startswith(f"{folder}/")


def owner_of(url: str) -> Party | None:
    """The party on whose web site an address is; not who has a part of its site with a name of its own."""
    parts = _split(url)
    host = _host(parts) if parts else ""
    if not host:
        return None
    starts = [f"{scheme}://{www}{host}" for scheme in _PORTS for www in ("", "www.")]
    wanted = Q(pk__in=[])
    for start in starts:
        wanted |= Q(website__istartswith=start)
    found = Party.objects.standing().filter(wanted).order_by("pk")
    return next((p for p in found if _host_of(p.website) == host and is_on_site_of(url, p)), None)


def credit(source: Source, publisher: Party, *, is_own: bool = True) -> None:
    """Note whose page a source is; where that changes, its words are weighed anew.

    ``is_own``: those who say so speak for the party. Raises ValidationError where the page is another's, or
    may not be the party's.
    """
    known = Publication.objects.filter(source=source).select_related("publisher").first()
    if known and known.publisher_id == publisher.pk:
        return
    _refuse_what_is_anothers(source.url, publisher, known.publisher if known else None)
    if not is_own and publisher.website and not is_on_site_of(source.url, publisher):
        raise ValidationError(
            _(
                "The web site of %(party)s is %(site)s, and this page is elsewhere. "
                "Choose “somebody else’s”, or ask them to read it themselves."
            ),
            params={"party": publisher, "site": publisher.website},
        )
    Publication.objects.update_or_create(source=source, defaults={"publisher": publisher})
    source.refresh_from_db()
    weigh(Statement.objects.filter(source=source), rank=precedence.rank)


def _refuse_what_is_anothers(url: str, publisher: Party, holder: Party | None) -> None:
    """A page on one's own site is one's own, unless its holder has the same site."""
    if is_on_site_of(url, publisher):
        if holder is None or not is_on_site_of(url, holder):
            return
    elif (owner := owner_of(url)) is not None:
        raise ValidationError(
            _("This page is on the web site of %(party)s. Say that it is theirs."), params={"party": owner}
        )
    if holder is not None:
        raise ValidationError(
            _(
                "The register knows this page as one of %(party)s. If it is on your own web site, state the "
                "site among your facts and read the page again; else report the error on one of its facts."
            ),
            params={"party": holder},
        )


def _split(url: str) -> SplitResult | None:
    """The parts of an address; None where it is none."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # of a port that is no number, too
        return None
    return parts if has_host else None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.")
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _host_of(url: str) -> str:
    parts = _split(url)
    return _host(parts) if parts else ""


def _is_below(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")
