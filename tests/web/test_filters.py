"""The filters of the lists: what they offer, and what they refuse."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.factories.parties import make_party
from tests.factories.projects import make_programme, make_project
from twinhall.core.http import BadQuestionError
from twinhall.web.asking import asked_filters
from twinhall.web.forms.filters import PartyFilters, ProjectFilters

pytestmark = pytest.mark.django_db


def offered(form: type[PartyFilters] | type[ProjectFilters], field: str, language: str) -> list[str]:
    with translation.override(language):
        asked = asked_filters(RequestFactory().get("/"), form)
        return [label for value, label in asked.fields[field].choices if value]  # type: ignore[attr-defined]


def test_countries_are_those_of_the_register_in_the_order_of_the_reader() -> None:
    for country in ("UA", "EE", "EE", "DE", ""):
        make_party(country=country)
    assert offered(PartyFilters, "country", "en") == ["Estonia", "Germany", "Ukraine"]
    assert offered(PartyFilters, "country", "et") == ["Eesti", "Saksamaa", "Ukraina"]


def test_programmes_are_those_that_a_project_has() -> None:
    make_programme(name="Unused")
    make_project(programme=make_programme(name="Interreg"))
    assert offered(ProjectFilters, "programme", "en") == ["Interreg"]


def test_what_cannot_be_chosen_is_refused_by_what_was_asked() -> None:
    asked = RequestFactory().get("/", {"country": "XX", "programme": "none"})
    with translation.override("en"), pytest.raises(BadQuestionError) as refusal:
        asked_filters(asked, ProjectFilters)
    assert str(refusal.value) == "“XX” cannot be chosen here. “none” cannot be chosen here."
