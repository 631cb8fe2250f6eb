"""Reporting an error in a fact: for everyone, without an account."""

import datetime as dt
from collections.abc import Sequence

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twinhall.core.languages import FALLBACK
from twinhall.evidence.models import Statement
from twinhall.exchange import findings
from twinhall.parties.queries import publishers_of
from twinhall.web import say
from twinhall.web.forms.reports import ReportForm
from twinhall.web.limits import Limit, sender, take_all
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects

OF_ONE = Limit("reports-of-one", most=5, span=dt.timedelta(hours=1))
OF_ALL = Limit("reports", most=100, span=dt.timedelta(days=1))
UNPROCESSABLE, TOO_MANY = 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, statement: int) -> HttpResponse:
    word = get_object_or_404(findings.reportable(), pk=statement)
    if request.method != "POST":
        return _show(request, word, ReportForm(fact=word.pk))
    form = ReportForm(request.POST, fact=word.pk)
    if not form.is_valid():
        return _show(request, word, form, status=UNPROCESSABLE)
    free_again = take_all([(OF_ONE, sender(request)), (OF_ALL, "all")])
    if free_again is not None:
        return _refuse(request, word, form, free_again)
    told = {name: form.cleaned_data[name] for name in ("told", "should_read", "evidence_url", "email")}
    findings.report(word, page_language=get_language() or FALLBACK, **told)
    return redirect("web:reported", word.pk)


@require_safe
def reported(request: HttpRequest, statement: int) -> HttpResponse:
    word = get_object_or_404(findings.reportable(), pk=statement)
    return render(request, "web/reports/thanks.html", {"subject": Subjects([word]).of(word)})


def _refuse(request: HttpRequest, word: Statement, form: ReportForm, free_again: dt.datetime) -> HttpResponse:
    """Say when to try again; what was written stays in the form."""
    wait = max(1, round((free_again - timezone.now()).total_seconds()))
    answer = _show(request, word, form, status=TOO_MANY, free_again=say.moment(free_again))
    answer.headers["Retry-After"] = str(wait)
    return answer


def _show(
    request: HttpRequest, word: Statement, form: ReportForm, *, status: int = 200, free_again: str = ""
) -> HttpResponse:
    words = list(findings.words_on(word))
    subjects = Subjects([word, *words])
    context = {
        "form": form,
        "subject": subjects.of(word),
        "fact": _fact(word, [w for w in words if w.in_force], subjects),
        "free_again": free_again,
    }
    return render(request, "web/reports/form.html", context, status=status)


def _fact(word: Statement, standing: Sequence[Statement], subjects: Subjects) -> list[dict[str, object]]:
    """What the register says, and the words of the source that the reader came from."""
    subject, source = subjects.of(word), word.source
    publisher = publishers_of([word]).get(source.pk)
    who = Names([publisher]).text(publisher) if publisher else ""
    printed = [{"text": text, "lang": source.language} for text in (word.as_printed, word.quote) if text]
    now = [{"text": subjects.corrected(w), "lang": w.language} for w in standing]
    page = {"text": source.words.text, "lang": source.words.language, "small": who}
    page["href"] = reverse("web:source", args=[source.pk])
    return [
        {"label": say.capital(subject.kind), "value": {"text": subject.label, "href": subject.href}},
        {"label": _("Matter"), "value": say.field(apps.get_model(word.subject_type), word.field)},
        {"label": _("The register says"), "value": now or _("nothing yet")},
        {"label": _("As printed"), "value": printed or _("not quoted")},
        {"label": _("Source"), "value": page},
    ]
