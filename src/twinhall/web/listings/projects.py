"""Projects as machines read them."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import best
from twinhall.projects.models import Project
from twinhall.web.exports import Cell, chunks
from twinhall.web.listings.shape import CHUNK, Addresses, Column, Listing, Row, written

if TYPE_CHECKING:
    from django.db.models import QuerySet


def rows(found: "QuerySet[Project]", _day: dt.date, site: str) -> Iterator[Row]:
    """The rows of projects; no query but the one for the projects."""
    pages = Addresses("web:project", site)
    for some in chunks(found.iterator(chunk_size=CHUNK), CHUNK):
        for project in some:
            yield Row([*_cells(project), pages.of(project.slug)])


def _cells(project: Project) -> list[Cell]:
    title = best(project.title)
    return [
        project.slug,
        best(project.short).text,
        title.text,
        title.language if title else "",
        project.programme.slug if project.programme else "",
        written(project.starts),
        written(project.ends),
        None if project.cost is None else float(project.cost),
        project.currency,
        None if project.cofinancing_rate is None else float(project.cofinancing_rate),
        project.partner_count,  # type: ignore[attr-defined]
        project.website,
    ]


PROJECTS = Listing(
    name="projects",
    title=_("Projects"),
    about=_("Joint projects of towns and regions, with their programmes, periods and partners."),
    columns=(
        Column("slug", _("what its address ends in; it identifies the project here")),
        Column("short", _("its short title")),
        Column("title", _("its title, in the language of the file where that is known")),
        Column("title_language", _("language of the title, by its code of BCP 47")),
        Column("programme", _("the programme that pays, by its key")),
        Column("starts", _("when it began, as exact as it is known")),
        Column("ends", _("when it ended, as exact as it is known")),
        Column("cost", _("total cost"), "decimal"),
        Column("currency", _("currency of the cost, by its code of ISO 4217")),
        Column("cofinancing_rate", _("share of the cost that the programme pays, in per cent"), "decimal"),
        Column("partners", _("partners in this register"), "integer"),
        Column("website", _("its own web site"), "anyURI"),
        Column("url", _("its page here"), "anyURI"),
    ),
    rows=rows,
)
