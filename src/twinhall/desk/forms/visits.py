"""Forms of a visit: a line of its programme, a gift, a cost."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.towns import TownChoice, offer_towns
from twinhall.meetings.models import Meeting
from twinhall.web import say


class OfVisitForm(DeskForm):
    """A form on a visit, whose towns can be chosen in it."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_towns(self, meeting)


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")


def _amount(label: Any) -> forms.DecimalField:  # noqa: ANN401 - a lazy text
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=12, decimal_places=2)


class CurrencyField(forms.CharField):
    """Three letters of ISO 4217, in whichever case they are typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Currency"), max_length=3, initial="EUR", **kwargs)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - as Django has it
        return str(super().to_python(value) or "").upper()


class LineForm(DeskForm):
    """What happens when, and where."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    starts_at = forms.TimeField(label=gettext_lazy("Begins at"), required=False, widget=_clock())
    ends_at = forms.TimeField(label=gettext_lazy("Ends at"), required=False, widget=_clock())
    title = forms.CharField(label=gettext_lazy("What"), max_length=300)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=200)
    who = forms.CharField(label=gettext_lazy("Who receives or leads"), required=False, max_length=200)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = say.date(meeting.starts_on), say.date(meeting.ends_on)
        self.fields["day"].help_text = (
            _("From %(first)s to %(last)s.") % {"first": first, "last": last} if first != last else ""
        )
        self.fields["day"].initial = meeting.starts_on


class GiftForm(OfVisitForm):
    """What was given, by whom to whom, and what it was worth."""

    what = forms.CharField(label=gettext_lazy("What was given"), max_length=300)
    giver = TownChoice(label=gettext_lazy("Given by"))
    receiver = TownChoice(label=gettext_lazy("Given to"))
    amount = _amount(gettext_lazy("Worth"))
    currency = CurrencyField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("amount") is None:
            cleaned["currency"] = ""
        elif not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", ValidationError(_("Say in which currency.")))
        if cleaned.get("giver") and cleaned.get("giver") == cleaned.get("receiver"):
            self.add_error("receiver", ValidationError(_("A gift goes from one to another.")))
        return cleaned


class CostForm(OfVisitForm):
    """What something costs, as planned and as paid, and who pays."""

    what = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    payer = TownChoice(label=gettext_lazy("Paid by"))
    planned = _amount(gettext_lazy("Planned"))
    paid = _amount(gettext_lazy("Paid"))
    currency = CurrencyField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("planned") is None and cleaned.get("paid") is None:
            self.add_error("planned", ValidationError(_("Say what is planned, or what was paid.")))
        return cleaned
