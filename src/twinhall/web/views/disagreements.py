from collections.abc import Mapping, Sequence

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.queries import contradictions, printed_in_error, said_at, statements_about
from twinhall.networks.queries import network_list
from twinhall.parties.models import Party
from twinhall.parties.queries import publishers_of
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.dating import source_dated
from twinhall.web.names import Names
from twinhall.web.sizes import stated_size
from twinhall.web.subjects import Subjects
from twinhall.web.worked_out import worked_out


@require_safe
def disagreement_list(request: HttpRequest) -> HttpResponse:
    page = asked_page(request, worked_out("contradictions", contradictions))
    errors = asked_page(request, printed_in_error(), name="errors")
    groups = said_at(page)
    everything = [s for group in groups for s in group] + list(errors)
    subjects = Subjects(everything)
    publishers = publishers_of(everything)
    names = Names(publishers.values())
    context = {
        "section": "disagreements",
        "groups": [_group(group, subjects, publishers, names) for group in groups],
        "page": page,
        "page_href": address_of_page(request),
        "errors": [_word(s, subjects, publishers, names) for s in errors],
        "errors_page": errors,
        "errors_href": address_of_page(request, "errors"),
        "sizes": _sizes(),
    }
    return render(request, "web/disagreements.html", context)


def _group(
    group: Sequence[Statement], subjects: Subjects, publishers: Mapping[int, Party], names: Names
) -> dict[str, object]:
    first = group[0]
    return {
        "subject": subjects.of(first),
        "field": say.field(apps.get_model(first.subject_type), first.field),
        "words": [_word(s, subjects, publishers, names) for s in group],
    }


def _word(
    statement: Statement, subjects: Subjects, publishers: Mapping[int, Party], names: Names
) -> dict[str, object]:
    model = apps.get_model(statement.subject_type)
    publisher = publishers.get(statement.source_id)
    return {
        "subject": subjects.of(statement),
        "field": say.field(model, statement.field),
        "who": names.of(publisher) if publisher else statement.source.words,
        "source": statement.source,
        "dated": source_dated(statement.source),
        "read": say.date(statement.source.read_on),
        "printed": Text(statement.as_printed or _read(statement), statement.source.language),
        "stated": subjects.stated(statement),
        "value": subjects.corrected(statement),
        "why": statement.why,
        "in_force": statement.in_force,
        "waits": statement.verdict == Verdict.PROPOSED,
        "quote": statement.quote,
    }


def _read(statement: Statement) -> str:
    """The sentence that a page was read to say, where it was read here."""
    return statement.quote if statement.snapshot_id is not None else ""


def _sizes() -> list[dict[str, object]]:
    """Networks that sources give a size, with the day it was said of, next to our own count."""
    networks = [network for network in network_list() if network.sizes.all()]
    sizes = [size for network in networks for size in network.sizes.all()]
    about = statements_about(sizes)
    names = Names(network.party for network in networks)
    found: list[dict[str, object]] = []
    for network in networks:
        for size in network.sizes.all():
            said = about.get((size._meta.label_lower, size.pk), [])
            found += [
                {
                    "name": names.of(network.party),
                    "slug": network.party.slug,
                    "size": stated_size(size),
                    "as_of": say.date(size.as_of) if size.as_of else source_dated(s.source),
                    "printed": Text(s.as_printed, s.source.language),
                    "source": s.source,
                    "recorded": network.membership_count,  # type: ignore[attr-defined]
                }
                for s in said
            ]
    return found
