"""A town applies to a network: what is asked of a stranger and of the secretary alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.languages import best
from twinhall.documents.forms import UploadField
from twinhall.networks.applying import KEPT, Paper, Told
from twinhall.networks.models import Network, Requirement
from twinhall.web.forms.countries import countries
from twinhall.web.forms.guard import Guarded

WIDE = {"size": "45"}
OTHER = "other"


class ApplicantForm(forms.Form):
    """Who applies, who writes, why, and the papers that the network asks for."""

    use_required_attribute = False  # the page says what is missing, beside the field and at the top

    town = forms.CharField(
        label=gettext_lazy("Town or region"), max_length=200, widget=forms.TextInput(attrs=WIDE)
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=countries)
    why = forms.CharField(
        label=gettext_lazy("Why it wants to join"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(
        label=gettext_lazy("Who writes"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", **WIDE}),
    )
    office = forms.CharField(
        label=gettext_lazy("Office"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", **WIDE}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **WIDE}),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requirements: Sequence[Requirement] = list(network.requirements.all())
        for asked in self.requirements:
            label = best(asked.name).text
            self.fields[f"paper_{asked.number}"] = UploadField(label=label, required=False)
        self.fields[OTHER] = UploadField(label=_("Another paper"), required=False)
        for field in (*(f"paper_{asked.number}" for asked in self.requirements), OTHER):
            self.fields[field].help_text = ""
        self.fields[next(iter(self._paper_fields))].help_text = UploadField().help_text

    @property
    def _paper_fields(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, UploadField)]

    def told(self, language: str) -> Told:
        """What was told, in the language of the page."""
        names = ("town", "country", "why", "name", "office", "email")
        return Told(**{name: self.cleaned_data[name] for name in names}, language=language)

    def papers(self) -> list[Paper]:
        """The files that came with it."""
        asked = [(f"paper_{r.number}", best(r.name).text, r) for r in self.requirements]
        every = [*asked, (OTHER, _("Application"), None)]
        return [
            Paper(upload=self.cleaned_data[name], title=title, requirement=requirement)
            for name, title, requirement in every
            if self.cleaned_data[name]
        ]


class PublicApplicationForm(Guarded, ApplicantForm):
    """A stranger's application, guarded against machines."""

    salt = "twinhall.web.application"

    consent = forms.BooleanField(
        label=gettext_lazy("I agree that this is kept until the network has decided."),
        error_messages={"required": gettext_lazy("Without your agreement nothing can be kept.")},
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, network=network, about=network.pk, **kwargs)
        words = _("Name, office and e-mail address are erased %(days)s days after the decision.")
        self.fields["consent"].help_text = words % {"days": KEPT.days}
        self.order_fields([name for name in self.fields if name != "consent"] + ["consent"])
