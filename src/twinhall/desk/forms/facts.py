"""Forms for facts, made from what the columns of the records say. There is no second system of types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.core.fields import PartialDateField as PartialDateColumn
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.desk.forms.fields import PartialDateField
from twinhall.desk.forms.sources import SourcedForm
from twinhall.evidence import values
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE
from twinhall.parties.actions import ORIGIN
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.forms.countries import countries


def fact_field(
    model: type[models.Model], name: str, *, required: bool = False, one: bool = False
) -> forms.Field:
    """The form's field for one value of a sourced field; for a set, for all its members, or for ``one``."""
    label = say.field(model, name)
    if name == EXISTS:
        return forms.ChoiceField(
            label=_("Does it exist?"),
            required=required,
            choices=[*([] if required else [("", "–")]), ("yes", _("yes")), ("no", _("no"))],
        )
    sort, column = values.sort_of(model, name), values.holder(model, name)
    if sort is MANY:
        terms = [(term.code, term.label) for term in fields_of_cooperation().values()]
        if one:
            return forms.ChoiceField(label=label, required=required, choices=terms)
        return forms.MultipleChoiceField(
            label=label, required=required, widget=forms.CheckboxSelectMultiple, choices=terms
        )
    if sort is PER_LANGUAGE:
        return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": 5}))
    return _field_of_one(column, label=label, required=required)


def _field_of_one(column: values.Column, *, label: str, required: bool) -> forms.Field:
    if isinstance(column, PartialDateColumn):
        return PartialDateField(label=label, required=required)
    if column.name == "country":
        return forms.ChoiceField(label=label, required=required, choices=countries)
    if isinstance(column, models.ForeignKey):
        return forms.ChoiceField(label=label, required=required, choices=_members(column))
    scheme: dict[str, Any] = {"assume_scheme": "https"} if isinstance(column, models.URLField) else {}
    found = column.formfield(label=label, required=required, **scheme)
    assert found is not None  # noqa: S101 - every sourced column can be filled in
    return found


def _members(column: "models.ForeignKey[Any]") -> list[tuple[str, str]]:
    key = column.target_field.attname
    rows: Iterable[models.Model] = column.related_model._default_manager.select_related()
    return [("", "–"), *((str(getattr(row, key)), str(row)) for row in rows)]


def current(record: models.Model, name: str) -> object:
    """What the record holds now, as its form's field takes it."""
    if values.sort_of(type(record), name) is MANY:
        return [str(pk) for pk in getattr(record, name).values_list("pk", flat=True)]
    value = getattr(record, values.holder(type(record), name).attname)
    return "" if value is None else value


@dataclass(frozen=True)
class Change:
    """A field that was changed; ``removed`` are members taken out of a set, or a value taken away."""

    field: str
    stated: Sequence[object]
    removed: Sequence[object]


class FactsForm(SourcedForm):
    """Several facts of one record, changed on one source. Shows what others changed meanwhile."""

    def __init__(
        self,
        *args: Any,
        record: models.Model,
        names: Sequence[str],
        user: User,
        sides: Sequence[Party],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, user=user, sides=sides, **kwargs)
        self.record, self.names = record, names
        for name in names:
            field = fact_field(type(record), name)
            field.initial = current(record, name)
            field.show_hidden_initial = True
            self.fields[name] = field
        self.order_fields([*names, *self.source_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self._changed():
            self._meanwhile(name)
        if not self.errors and not self._changed():
            raise ValidationError(_("Nothing was changed."), code="unchanged")
        return cleaned

    def _changed(self) -> list[str]:
        return [name for name in self.names if name in self.changed_data and name not in self.errors]

    def _meanwhile(self, name: str) -> None:
        """Show both versions where somebody changed the field since this form was opened."""
        field, bound = self.fields[name], self[name]
        stands = current(self.record, name)
        opened = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        if not field.has_changed(field.to_python(opened), _raw(stands)):
            return
        data = cast("QueryDict", self.data).copy()
        data.setlist(bound.html_initial_name, _texts(stands))
        self.data = data
        choices = {str(value): str(label) for value, label in getattr(field, "choices", [])}
        found = [choices.get(text) or say.value(type(self.record), name, text) for text in _texts(stands)]
        message = _(
            "Somebody changed this meanwhile: it now reads “%(now)s”. "
            "What you typed is kept here; save again if it is to stand."
        )
        self.add_error(
            name, ValidationError(message, params={"now": ", ".join(found) or _("nothing")}, code="meanwhile")
        )

    def changes(self) -> list[Change]:
        """What is to be stated, and what is to be taken away."""
        found = []
        for name in self._changed():
            old, new = current(self.record, name), self.cleaned_data[name]
            if values.sort_of(type(self.record), name) is MANY:
                kept, wanted = set(_texts(old)), set(_texts(new))
                found.append(Change(name, sorted(wanted - kept), sorted(kept - wanted)))
            elif new in ("", None):
                found.append(Change(name, [], [old]))
            else:
                found.append(Change(name, [new], []))
        return found


def _texts(told: object) -> list[str]:
    if isinstance(told, list):
        return [str(value) for value in told]
    return [] if told in ("", None) else [str(told)]


def _raw(value: object) -> object:
    """A value as a browser sends it."""
    return _texts(value) if isinstance(value, list) else str(value)


def proposals(
    record: models.Model, changes: Sequence[Change], *, source: Source, quote: str = ""
) -> list[Proposal]:
    """What the source states of the record, value by value."""
    return [
        Proposal(subject=record, field=change.field, stated=value, source=source, origin=ORIGIN, quote=quote)
        for change in changes
        for value in change.stated
    ]
