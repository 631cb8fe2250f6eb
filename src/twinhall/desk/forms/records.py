"""Forms that add records and their parts: parties, networks, memberships, projects."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import fact_field
from twinhall.desk.forms.fields import languages
from twinhall.desk.forms.networks import networks
from twinhall.desk.forms.parties import PartyChoice, own_party
from twinhall.desk.forms.sources import SourcedForm
from twinhall.desk.lists import SearchFilters
from twinhall.documents.forms import UploadField
from twinhall.networks.models import MembershipStatus
from twinhall.parties.models import IDENTIFIER_SCHEMES, NameKind, Party, PartyKind, Succession
from twinhall.parties.queries import look_alikes
from twinhall.parties.rules import standing
from twinhall.projects.models import OutputKind, ParticipationRole, Project
from twinhall.web.forms.countries import countries
from twinhall.web.forms.filters import NetworkFilters, PartyBasics, ProjectFilters

# Lists -----------------------------------------------------------------------------------------------


def _networks() -> list[tuple[str, str]]:
    return [("", _("all networks")), *networks()]


class PartySearch(SearchFilters, PartyBasics):
    """What the list of parties can be narrowed by: here of every kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - for the types
        kind.choices = [("", _("all kinds")), *PartyKind.choices]


class NetworkSearch(SearchFilters, NetworkFilters):
    """What the list of networks can be narrowed by."""


class MembershipSearch(SearchFilters):
    """What the list of memberships can be narrowed by."""

    network = forms.ChoiceField(label=gettext_lazy("Network"), required=False, choices=_networks)
    status = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        required=False,
        choices=[("", gettext_lazy("all")), *MembershipStatus.choices],
    )


class ProjectSearch(SearchFilters, ProjectFilters):
    """What the list of projects can be narrowed by."""


# Parties ---------------------------------------------------------------------------------------------

PARTY_FACTS = ("country", "latitude", "longitude", "population", "population_year", "website")


class PartyForm(SourcedForm):
    """A party that no gazetteer has: a region, an association, a school, a company."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PartyKind.choices)
    name = forms.CharField(label=gettext_lazy("Name in its own language"), max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the name"), required=False, choices=languages
    )
    english = forms.CharField(
        label=gettext_lazy("Name in English, where there is one"),
        help_text=gettext_lazy("The address of its page is made from it."),
        required=False,
        max_length=200,
    )
    wikidata = forms.CharField(
        label="Wikidata", help_text=gettext_lazy("Such as Q211714."), required=False, max_length=20
    )
    is_another = forms.BooleanField(
        label=gettext_lazy("It is another one than those"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTY_FACTS:
            self.fields[name] = fact_field(Party, name)
        self.alike: list[Party] = []
        first = ["kind", "name", "language", "english", *PARTY_FACTS, "wikidata", "is_another"]
        self.order_fields([*first, *self.source_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in {cleaned.get("name", ""), cleaned.get("english", "")} - {""}:
            self.alike += look_alikes(
                name=name, country=cleaned.get("country", ""), identifiers=self.identifiers
            )
        if self.alike and not cleaned.get("is_another"):
            self.fields["is_another"].widget = forms.CheckboxInput()
            names = ", ".join(dict.fromkeys(str(party) for party in self.alike))
            message = _(
                "It looks like one that is in the register: %(names)s. "
                "Use that one, or tick that it is another."
            )
            raise ValidationError({"is_another": message % {"names": names}})
        return cleaned

    @property
    def identifiers(self) -> dict[str, str]:
        """What other registers call it."""
        told = self.cleaned_data.get("wikidata", "").strip()
        return {"wikidata": told} if told else {}


class NameForm(SourcedForm):
    """Another spelling of a party's name."""

    text = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=languages)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=NameKind.choices, initial=NameKind.EXONYM)

    field_order = ["text", "language", "kind"]


class IdentifierForm(DeskForm):
    """What a register elsewhere calls a party."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=[(scheme, scheme) for scheme in IDENTIFIER_SCHEMES]
    )
    value = forms.CharField(label=gettext_lazy("Identifier"), max_length=40)


class ContactForm(SourcedForm):
    """An office or a role to write to; never a person's own address."""

    office = forms.CharField(
        label=gettext_lazy("Office or role"),
        help_text=gettext_lazy("Not a person: “International office”, not a name."),
        max_length=200,
    )
    office_language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)
    website = forms.URLField(
        label=gettext_lazy("Web site"), required=False, max_length=500, assume_scheme="https"
    )

    field_order = ["office", "office_language", "address", "website"]


class SuccessionForm(SourcedForm):
    """Whose place a party took, and when."""

    predecessor = PartyChoice(label=gettext_lazy("Whose place it took"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"] = fact_field(Succession, "date")
        self.order_fields(["predecessor", "date", *self.source_fields])


# Projects --------------------------------------------------------------------------------------------


class ProjectForm(SourcedForm):
    """A new project of a party that the person speaks for: its title and period first."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    title_language = forms.ChoiceField(label=gettext_lazy("Language of the title"), choices=languages)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        for name in ("programme", "starts", "ends"):
            self.fields[name] = fact_field(Project, name)
        self.fields["lead"] = own_party(user, standing(user).voices(Project), label=_("Lead partner"))
        self.order_fields(
            ["lead", "title", "title_language", "programme", "starts", "ends", *self.source_fields]
        )


class PartnerForm(SourcedForm):
    """A partner of a project: a party, or a country where none is named."""

    partner = PartyChoice(label=gettext_lazy("Partner"), required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country, where no partner is named"), required=False, choices=countries
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=ParticipationRole.choices,
        initial=ParticipationRole.PARTNER,
    )

    field_order = ["partner", "country", "role"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("partner") and not cleaned.get("country") and "partner" not in self.errors:
            raise ValidationError(_("Choose a partner, or the country of one that is not named."))
        return cleaned


class ActivityForm(SourcedForm):
    """What a project does."""

    text = forms.CharField(
        label=gettext_lazy("Activity"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text_language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)

    field_order = ["text", "text_language"]


class OutputForm(SourcedForm):
    """What came out of a project."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OutputKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    title_language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    address = forms.URLField(
        label=gettext_lazy("Address in the web"), required=False, max_length=1000, assume_scheme="https"
    )

    field_order = ["kind", "title", "title_language", "address"]


# Documents -------------------------------------------------------------------------------------------


class DocumentForm(DeskForm):
    """A file for an act or a project; private until it is published."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=languages)
    upload = UploadField(label=gettext_lazy("File"))
    alt = forms.CharField(
        label=gettext_lazy("What the photograph shows"),
        help_text=gettext_lazy("In a sentence, for those who cannot see it."),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload, alt = cleaned.get("upload"), self.fields["alt"]
        if upload and upload.width and not cleaned.get("alt"):
            self.add_error("alt", ValidationError(alt.error_messages["required"], code="required"))
        return cleaned
