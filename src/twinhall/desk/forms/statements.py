"""Forms on one fact: state another value, decide on a word, correct what is printed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import fact_field
from twinhall.desk.forms.fields import languages
from twinhall.desk.forms.sources import SourcedForm
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source, Statement
from twinhall.parties.actions import ORIGIN
from twinhall.parties.models import Party


class StateForm(SourcedForm):
    """What a source states of one field; what is printed in error is kept beside what it should read."""

    as_printed = forms.CharField(
        label=_("As printed there"),
        help_text=_("Only where a page prints it otherwise, in its own words."),
        required=False,
        max_length=500,
    )
    why = forms.CharField(
        label=_("Why it should read otherwise"),
        help_text=_("Only where the page errs."),
        required=False,
        max_length=500,
    )

    page_fields = ("as_printed", "stated", "why")

    def __init__(
        self, *args: Any, record: models.Model, name: str, user: User, sides: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, user=user, sides=sides, **kwargs)
        self.record, self.name = record, name
        self.fields["value"] = fact_field(type(record), name, required=True)
        self.fields["stated"] = fact_field(type(record), name)
        self.fields["stated"].label = _("What the page states, where it errs")
        self.order_fields(["value", *self.source_fields, *self.page_fields])

    def proposals(self, source: Source) -> list[Proposal]:
        """What the source states, as it goes into the register."""
        told = self.cleaned_data
        many = isinstance(told["value"], list)
        return [
            Proposal(
                subject=self.record,
                field=self.name,
                stated=value if many else told["stated"] or value,
                value=value,
                why=told["why"],
                as_printed=told["as_printed"],
                quote=told["quote"],
                source=source,
                origin=ORIGIN,
            )
            for value in (told["value"] if many else [told["value"]])
        ]


class ReasonForm(DeskForm):
    """A deed that may say why."""

    why = forms.CharField(label=_("Reason"), required=False, max_length=500)


class NeedsReasonForm(DeskForm):
    """A deed that must say why."""

    why = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": _("Give the reason.")}
    )


class CorrectForm(DeskForm):
    """What a statement should read."""

    why = forms.CharField(label=_("Why it should read otherwise"), required=False, max_length=500)

    def __init__(self, *args: Any, statement: Statement, model: type[models.Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = fact_field(model, statement.field, required=True, one=True)
        self.fields["value"].initial = statement.value
        self.fields["why"].initial = statement.why
        self.order_fields(["value", "why"])


class TextForm(SourcedForm):
    """A text in one language; a translation names the language that it was made from."""

    to = forms.ChoiceField(label=_("Language"), choices=languages)
    text = forms.CharField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}))
    made_from = forms.ChoiceField(label=_("Translated from"), required=False)

    def __init__(self, *args: Any, originals: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made_from = self.fields["made_from"]
        assert isinstance(made_from, forms.ChoiceField)  # noqa: S101 - for the types
        made_from.choices = [("", _("nothing: it is an original")), *originals]
        self.order_fields(["to", "made_from", "text", *self.source_fields])
