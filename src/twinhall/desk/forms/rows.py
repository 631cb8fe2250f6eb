"""Deciding on rows of tables that wait: who is meant."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.exchange.tables.taking import NEW
from twinhall.exchange.waiting import Place, reasons_seen, tables_seen


class RowFilters(forms.Form):
    """What the list of rows that wait can be narrowed by."""

    table = forms.ChoiceField(label=gettext_lazy("Table"), required=False)
    why = forms.ChoiceField(label=gettext_lazy("Why it waits"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("table", _("all tables"), [(t, t, n) for t, n in tables_seen()])
        self._offer("why", _("all reasons"), [(w, _(w), n) for w, n in reasons_seen()])

    def _offer(self, name: str, everything: str, seen: Sequence[tuple[str, str, int]]) -> None:
        """Let one be chosen of these, each with how many rows wait of it."""
        offered = [(value, f"{words} ({count})") for value, words, count in seen]
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", everything), *offered]


class RowForm(DeskForm):
    """Who is meant, for each place of a row that is in doubt."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"who_{place.key}": place for place in places if place.is_in_doubt}
        for name, place in self.places.items():
            self.fields[name] = _field(place)

    @property
    def choices(self) -> dict[str, int | str]:
        """What was chosen, by place, as ``settle_row`` takes it."""
        chosen = {place.key: self.cleaned_data[name] for name, place in self.places.items()}
        return {key: value if value == NEW else int(value) for key, value in chosen.items()}


def _field(place: Place) -> forms.ChoiceField:
    """The radio buttons of one place; where it is certain by now who is meant, that is chosen beforehand."""
    return forms.ChoiceField(
        label=place.told.name if place.told and place.told.name else _("Who is meant?"),
        choices=[(str(choice), str(choice)) for choice in place.choices],
        widget=forms.RadioSelect,
        initial=str(place.match) if place.match else None,
        error_messages={
            "required": _("Choose who is meant."),
            "invalid_choice": _("Choose one of those that are offered."),
        },
    )
