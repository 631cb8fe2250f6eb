"""Forms on partnerships: add one, add an act, confirm, contest."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import fact_field
from twinhall.desk.forms.fields import note_field
from twinhall.desk.forms.parties import PartyChoice, own_party
from twinhall.desk.forms.sources import SourcedForm
from twinhall.desk.lists import SearchFilters
from twinhall.parties.models import Party
from twinhall.parties.rules import standing
from twinhall.partnerships.models import Act, ActKind, PartnershipKind
from twinhall.web.forms.filters import PartnershipFilters
from twinhall.web.names import Names

ACT_FACTS = ("date", "place", "deciding_body", "valid_until")


class PartnershipSearch(SearchFilters, PartnershipFilters):
    """What the list of partnerships can be narrowed by."""


class PartnershipForm(SourcedForm):
    """A new tie of a party that the person speaks for."""

    partner = PartyChoice(label=gettext_lazy("The other side"))
    third = PartyChoice(label=gettext_lazy("A third party, if there is one"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=PartnershipKind.choices, initial=PartnershipKind.COOPERATION
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        speaking = standing(user).speaking
        sides = [] if user.is_superuser else list(Party.objects.standing().filter(pk__in=speaking))
        super().__init__(*args, user=user, sides=sides, **kwargs)
        self.fields["mine"] = own_party(user, speaking, label=_("Our side"))
        self.order_fields(["mine", "partner", "third", "kind", *self.source_fields])


class ActForm(SourcedForm):
    """A new act: when, where and by whom it was decided, and for how long."""

    def __init__(self, *args: Any, kind: str, user: User, sides: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, user=user, sides=sides, **kwargs)
        for name in ACT_FACTS:
            self.fields[name] = fact_field(Act, name)
        self.fields["note"] = note_field()
        first = []
        if not kind:
            self.fields["kind"] = forms.ChoiceField(
                label=_("What happened"),
                choices=[
                    (k, label) for k, label in ActKind.choices if k not in {ActKind.ATTESTED, ActKind.JOINED}
                ],
            )
            first = ["kind"]
        if not kind or kind == ActKind.LEFT:
            names = Names(sides)
            self.fields["party"] = forms.ChoiceField(
                label=_("Which party left"),
                required=kind == ActKind.LEFT,
                choices=[("", "–"), *((str(party.pk), names.text(party)) for party in sides)],
            )
            first.append("party")
        self.kind, self.sides = kind, {str(party.pk): party for party in sides}
        self.order_fields([*first, *ACT_FACTS, "note", *self.source_fields])

    @property
    def told_kind(self) -> str:
        """The kind of act, which the address names, or the person."""
        return self.kind or str(self.cleaned_data["kind"])

    @property
    def party(self) -> Party | None:
        """Who left, where the act is a leaving."""
        chosen = self.cleaned_data.get("party") if self.told_kind == ActKind.LEFT else None
        return self.sides[chosen] if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        date, until = cleaned.get("date"), cleaned.get("valid_until")
        if date and until and until.last_day < date.first_day:
            self.add_error("valid_until", ValidationError(_("The term ends before the act itself.")))
        if not self.kind and cleaned.get("kind") == ActKind.LEFT and not cleaned.get("party"):
            self.add_error("party", ValidationError(_("Say which party left.")))
        return cleaned


class ConfirmForm(DeskForm):
    """One side says that the tie is so."""

    side = forms.ChoiceField(label=gettext_lazy("For which side"))
    quote = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Shown with the confirmation, if you write something."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, sides: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {str(party.pk): party for party in sides}
        names = Names(sides)
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)  # noqa: S101 - for the types
        side.choices = [(pk, names.text(party)) for pk, party in self.sides.items()]
        side.initial = next(iter(self.sides), None)

    @property
    def speaker(self) -> Party:
        """The party that is spoken for."""
        return self.sides[self.cleaned_data["side"]]


class ContestForm(ConfirmForm):
    """One side says that something is not so, and why."""

    fact = forms.ChoiceField(
        label=gettext_lazy("What is not so?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what is not so.")},
    )
    value = forms.CharField(
        label=gettext_lazy("What it should read"),
        help_text=gettext_lazy("For a date: 1991, 2013-06 or 2006-12-13. Leave it empty for the tie itself."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, facts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fact = self.fields["fact"]
        assert isinstance(fact, forms.ChoiceField)  # noqa: S101 - for the types
        fact.choices = facts
        quote = self.fields["quote"]
        quote.label, quote.required, quote.help_text = _("Reason"), True, _("Shown with the fact.")
        quote.error_messages["required"] = _("Give the reason.")
        self.order_fields(["side", "fact", "value", "quote"])
