"""Each part that pages are made of, drawn once with sample values."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from twinhall.web.maps import Place, draw


class SampleFilters(forms.Form):
    """Filters of which one is folded while it is not set."""

    country = forms.ChoiceField(label=_("Country"), choices=[("LV", "Latvija"), ("EE", "Eesti")])
    sources = forms.IntegerField(label=_("Sources, at least"), required=False)

    more = ("sources",)
    has_more_set = False


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name"), help_text=_("As the town writes it itself."))
    country = forms.ChoiceField(label=_("Country"), choices=[("LV", "Latvija"), ("EE", "Eesti")])


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    valmiera = Place("Valmiera", 57.538, 25.423)
    others = [
        Place("Solna", 59.36, 18.0),
        Place("Høje-Taastrup", 55.65, 12.27),
        Place("Черкаси", 49.43, 32.06),
    ]
    context = {
        "section": "",
        "form": SampleForm({"name": "", "country": "LV"}),
        "page": Paginator(range(120), 20).page(3),
        "filter_form": SampleFilters(auto_id="filter-%s"),
        "view": draw(valmiera, others),
    }
    return render(request, "web/components.html", context)
