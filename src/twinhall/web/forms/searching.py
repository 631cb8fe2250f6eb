"""The filters of the search page: what was found, by sort and by country, each with how many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from twinhall.core.languages import country_name, is_country
from twinhall.core.text import alphabetical
from twinhall.finder.sorting import Sort, Sorted
from twinhall.web.forms.filtering import Choice


class SearchFilters(forms.Form):
    kind = Choice(_("Kind"), (), _("all kinds"))
    country = Choice(_("Country"), (), _("all countries"))

    def __init__(self, asked: QueryDict, found: Sequence[Sorted]) -> None:
        super().__init__(asked)
        self.found = found
        sorts = Counter(one.sort for one in self._narrowed(country=asked.get("country", "")))
        places = Counter(one.countries for one in self._narrowed(kind=asked.get("kind", "")))
        countries: Counter[str] = Counter()
        for each, count in places.items():
            countries.update(dict.fromkeys(each, count))
        self._offer("kind", [(s.value, str(s.label), sorts[s]) for s in Sort])
        self._offer("country", _by_name(countries, asked.get("country", "")))

    def narrowed(self) -> list[Sorted]:
        """What is left of what was found; to be asked once the form is valid."""
        return self._narrowed(**self.cleaned_data)

    def _narrowed(self, *, kind: str = "", country: str = "") -> list[Sorted]:
        found = self.found
        if kind:
            found = [one for one in found if one.sort == kind]
        return [one for one in found if country in one.countries] if country else list(found)

    def _offer(self, name: str, choices: Iterable[tuple[str, str, int]]) -> None:
        field = cast("Choice", self.fields[name])
        field.offer([(value, f"{label} ({count})") for value, label, count in choices])


def _by_name(countries: Counter[str], chosen: str) -> list[tuple[str, str, int]]:
    """Countries in the reader's alphabetical order, and the one that is chosen even where it has nothing."""
    codes = {*countries, *([chosen] if is_country(chosen) else [])}
    named = ((code, country_name(code), countries[code]) for code in codes)
    return sorted(named, key=lambda row: alphabetical(row[1]))
