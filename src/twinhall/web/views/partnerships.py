import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from twinhall.core.languages import best
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.queries import disagree
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.models import Party
from twinhall.partnerships import queries
from twinhall.partnerships.models import Act, Partnership, Status
from twinhall.partnerships.parts import shown_parts
from twinhall.web import rows, say, summaries
from twinhall.web.asking import (
    address_of_page,
    asked_besides,
    asked_day,
    asked_filters,
    asked_order,
    asked_page,
)
from twinhall.web.atlas import map_of_partnership
from twinhall.web.environment import today
from twinhall.web.forms.filters import PartnershipFilters
from twinhall.web.linked_data import listed, of_partnership
from twinhall.web.listings.partnerships import PARTNERSHIPS
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.say import capital
from twinhall.web.views.gone import moved_or_gone
from twinhall.web.worked_out import worked_out


@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, PartnershipFilters)
    day = asked_day(request)
    sorting = asked_order(request, queries.PARTNERSHIP_ORDERS)
    ties = queries.partnership_list(day, **form.is_set, order=sorting.order, has_parts=False)
    found = asked_page(request, ties, count=_counted(form, day))
    partnerships = list(found)
    parts = shown_parts(partnerships)
    said = queries.sides(partnerships, parts=parts)
    names = Names(party for told in parts.values() for party in told.parties)
    context = {
        "section": "partnerships",
        "form": form,
        "kept": asked_besides(request, "on", "sort"),
        "summary": summaries.partnerships(form, found.paginator.count, day),
        "day": day,
        "today": today(),
        "page": found,
        "page_href": address_of_page(request),
        "sorting": sorting,
        "ties": [rows.tie(p, said[p.pk], names, parts=parts[p.pk]) for p in partnerships],
        **listed(request, PARTNERSHIPS, "web:partnerships-file", found.paginator.count),
    }
    return render(request, "web/partnerships/list.html", context)


def _counted(form: PartnershipFilters, day: dt.date) -> int:
    """How many ties the filters let through: once for each state of the register, whatever page is read."""
    asked = form.is_set
    name = hashlib.sha256(repr((day, sorted(asked.items()))).encode()).hexdigest()
    return worked_out(f"ties:{name}", lambda: queries.partnership_count(day, **asked), cache="pages")


@require_safe
def partnership_detail(request: HttpRequest, slug: str) -> HttpResponse:
    day = asked_day(request)
    partnership = next(iter(queries.partnership_page(day).filter(slug=slug)), None)
    if partnership is None:
        known = Partnership.objects.select_related("merged_into")
        return moved_or_gone(request, "web:partnership", known, slug)
    acts = list(partnership.acts.all())
    evidence = Evidence([partnership, *acts])
    parties = [signatory.party for signatory in partnership.signatories.all()]
    publishers = evidence.publishers.values()
    names = Names([*parties, *_parties_of_relatives(partnership), *publishers])
    sides = queries.sides([partnership], evidence.about)[partnership.pk]
    context = {
        "section": "partnerships",
        "partnership": partnership,
        "title": say.listed(names.text(party) for party in parties),
        "parties": [rows.party_link(party, names) for party in parties],
        "day": day,
        "today": today(),
        "tie": rows.tie(partnership, sides, names),
        "status": str(Status(partnership.status).label),
        "sides": sides,
        "unread": say.listed(names.text(party) for party in sides.unread),
        "exists": evidence.marks(_("The tie"), partnership, EXISTS),
        "acts": [(act, best(act.note), evidence.marks(capital(act.deed), act)) for act in acts],
        "papers": rows.papers([document for act in acts for document in act.documents.all()]),
        "fields": [f.label for f in partnership.fields.all()],
        "fields_marks": evidence.marks(say.field(Partnership, "fields"), partnership, "fields"),
        "history": best(partnership.history),
        "history_marks": evidence.marks_in_force(_("The tie"), partnership, "history"),
        "continues": _relative(partnership.continues, names) if partnership.continues else None,
        "continued_by": [_relative(other, names) for other in partnership.continued_by.all()],
        "comparison": _comparison(
            partnership, acts=acts, parties=parties, sides=sides, names=names, evidence=evidence
        ),
        "map": map_of_partnership(parties, names),
        "notes": evidence.sources(names),
        "linked": of_partnership(request, parties, names),
    }
    return render(request, "web/partnerships/detail.html", context)


def _parties_of_relatives(partnership: Partnership) -> list[Party]:
    relatives = [*partnership.continued_by.all()]
    if partnership.continues:
        relatives.append(partnership.continues)
    return rows.parties_of(relatives)


def _relative(other: Partnership, names: Names) -> dict[str, str]:
    parties = say.listed(names.text(signatory.party) for signatory in other.signatories.all())
    return {"slug": other.slug, "parties": parties}


# What each side says, word for word ------------------------------------------------------------------


@dataclass
class Comparison:
    """The words of each side, and of others, on each matter of a tie (``components/sides.html``)."""

    columns: list[dict[str, str]] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def _comparison(
    partnership: Partnership,
    *,
    acts: Sequence[Act],
    parties: Sequence[Party],
    sides: queries.Sides,
    names: Names,
    evidence: Evidence,
) -> Comparison:
    publisher = evidence.publishers
    made = Comparison(columns=_columns(parties, sides, names))
    tie = _("The tie")
    places: list[tuple[str, str, models.Model, str]] = [(tie, tie, partnership, EXISTS)]
    places += [
        (_act_field(act, column), capital(act.deed), act, column)
        for act in acts
        for column in ("date", "place", "deciding_body", "valid_until")
        if act.kind not in act.undeciding
    ]
    fields = say.field(Partnership, "fields")
    places.append((fields, fields, partnership, "fields"))
    for label, matter, record, column in places:
        said = evidence.on(record, column)
        if said:
            cells = _cells(matter, said, [*parties, None], names, evidence)
            made.rows.append({"label": label, "cells": cells})
            heard = [s for s in said if not _waits_for(s, parties, publisher)]
            made.differences += _differences(label, heard, publisher, names)
    return made


def _columns(parties: Sequence[Party], sides: queries.Sides, names: Names) -> list[dict[str, str]]:
    tones = ["here", "there"]
    columns = []
    for number, party in enumerate(parties):
        small = _("no page of this side has been read") if party in sides.unread else ""
        tone = tones[number] if number < len(tones) else "others"
        columns.append({"title": names.text(party), "small": small, "tone": tone})
    return [*columns, {"title": _("Others"), "small": "", "tone": "others"}]


def _act_field(act: Act, column: str) -> str:
    kind = capital(act.deed)
    if column == "date":
        return kind
    return _("%(act)s: %(field)s") % {"act": kind, "field": say.field(Act, column).lower()}


def _cells(
    matter: str,
    said: Sequence[Statement],
    columns: Sequence[Party | None],
    names: Names,
    evidence: Evidence,
) -> list[dict[str, object]]:
    publisher = evidence.publishers
    model = Partnership if said[0].subject_type == Partnership._meta.label_lower else Act
    parties = [column for column in columns if column is not None]
    waiting = [s for s in said if _waits_for(s, parties, publisher)]
    heard = [s for s in said if s not in waiting]
    differs = len(heard) > 1 and said[0].field != "fields" and disagree(heard)
    cells: list[dict[str, object]] = []
    for column in columns:
        own = [s for s in heard if _is_of(s, column, parties, publisher)]
        if not own:
            is_last = column is None and waiting
            cells.append(_waiting(matter, waiting, names, evidence) if is_last else {})
            continue
        printed = _in_own_words(own)
        stated = ", ".join(dict.fromkeys(say.value(model, s.field, s.stated) for s in own))
        cells.append(
            {
                "words": printed[0] if printed else stated,
                "lang": printed[1] if printed else "",
                "small": stated if printed and said[0].field != EXISTS else "",
                "differs": differs,
                "notes": evidence.cite(matter, own),
            }
        )
    return cells


def _waits_for(
    statement: Statement, parties: Sequence[Party], publisher: Mapping[int, Party]
) -> Party | None:
    """The side whose page was read to say so, and which has not said yet that it is its word."""
    who = publisher.get(statement.source_id)
    return who if who in parties and statement.verdict == Verdict.PROPOSED else None


def _waiting(
    matter: str, waiting: Sequence[Statement], names: Names, evidence: Evidence
) -> dict[str, object]:
    """What was read on a side’s page and waits for it, as no word of its own."""
    model = apps.get_model(waiting[0].subject_type)
    whose = dict.fromkeys(evidence.publishers[s.source_id] for s in waiting)
    return {
        "words": ", ".join(dict.fromkeys(say.value(model, s.field, s.stated) for s in waiting)),
        "small": _("waits for %(who)s") % {"who": say.listed(names.text(party) for party in whose)},
        "notes": evidence.cite(matter, waiting),
    }


def _in_own_words(own: Sequence[Statement]) -> tuple[str, str] | None:
    """What is printed there, and its language: of the tie the sentence that was read, else the words."""
    read = [(s.quote, s) for s in own if s.snapshot_id is not None]
    printed = [(s.as_printed, s) for s in own]
    words = [*read, *printed] if own[0].field == EXISTS else [*printed, *read]
    return next(((text, s.source.language) for text, s in words if text), None)


def _is_of(
    statement: Statement, column: Party | None, parties: Sequence[Party], publisher: Mapping[int, Party]
) -> bool:
    who = publisher.get(statement.source_id)
    return who == column if column is not None else who not in parties


def _differences(
    label: str, said: Sequence[Statement], publisher: Mapping[int, Party], names: Names
) -> list[str]:
    """“Valmiera says 1992, Viljandi says 1993.” for each matter on which words contradict each other."""
    if len(said) < 2 or said[0].field == "fields" or not disagree(said):  # noqa: PLR2004
        return []
    model = Partnership if said[0].subject_type == Partnership._meta.label_lower else Act
    words = [
        _("%(who)s says %(what)s")
        % {
            "who": names.publisher(publisher.get(s.source_id), s.source),
            "what": say.value(model, s.field, s.stated),
        }
        for s in said
    ]
    return [_("%(matter)s: %(words)s.") % {"matter": label, "words": ", ".join(words)}]
