"""What the public list of meetings, and its feeds, can be narrowed by."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twinhall.meetings.models import MeetingKind
from twinhall.meetings.queries import concerning
from twinhall.parties.models import Party
from twinhall.web.forms.filtering import Choice, Filters
from twinhall.web.names import Names

PAST = "past"


class MeetingFilters(Filters):
    """Meetings of a kind, of a party, to come or over.

    ``party`` is the address of who holds or receives them: it has no field, but what is asked is kept.
    """

    when = Choice(_("When"), [(PAST, _("over"))], _("to come"))
    kind = Choice(_("Kind"), MeetingKind.choices, _("all kinds"))
    party = forms.SlugField(label=_("Party"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("party"):
            del self.fields["party"]

    def clean_party(self) -> str:
        """The address of a party that is there."""
        slug = str(self.cleaned_data["party"])
        self.side = Party.objects.standing().filter(slug=slug).first()
        if slug and self.side is None:
            raise ValidationError(_("There is no party with the address “%(slug)s”.") % {"slug": slug})
        return slug

    @property
    def among(self) -> Q:
        """The meetings asked for, of whatever day."""
        side: Party | None = getattr(self, "side", None)
        asked = concerning(side) if side else Q()
        kind = self.cleaned_data.get("kind", "")
        return asked & Q(kind=kind) if kind else asked

    def text(self, name: str) -> str:
        """What the value of a filter is called; a party by its name."""
        return self.side_name if name == "party" else super().text(name)

    @cached_property
    def side_name(self) -> str:
        """What the party is called; empty for all."""
        side: Party | None = getattr(self, "side", None)
        return Names([side]).text(side) if side else ""
