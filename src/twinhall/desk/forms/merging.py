"""Forms that say which two records are one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import PartyChoice
from twinhall.partnerships.models import Partnership


class _MergeForm(DeskForm):
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class MergePartiesForm(_MergeForm):
    """The party that is kept."""

    kept = PartyChoice(label=gettext_lazy("The party that is kept"), within="register")

    field_order = ["kept", "why"]


class MergePartnershipsForm(_MergeForm):
    """The partnership that is kept."""

    kept = forms.CharField(
        label=gettext_lazy("Address of the partnership that is kept"),
        help_text=gettext_lazy("As its page is called, such as “solna-valmiera”."),
        max_length=120,
    )

    field_order = ["kept", "why"]

    def clean_kept(self) -> Partnership:
        """The standing partnership at this address."""
        asked = self.cleaned_data["kept"].strip().strip("/").split("/")[-1]
        found = Partnership.objects.standing().filter(slug=asked).first()
        if found is None:
            raise ValidationError(_("There is no partnership at this address."))
        return found
