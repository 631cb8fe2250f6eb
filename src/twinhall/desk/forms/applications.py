"""Forms on applications to a network: entered by the secretary, looked through, closed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK, best
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import languages, site_languages
from twinhall.desk.forms.networks import networks
from twinhall.desk.forms.parties import PartyChoice, Typed
from twinhall.documents.forms import UploadField
from twinhall.networks.models import Application, Requirement, Stage
from twinhall.web.forms.applications import ApplicantForm


class ApplicationFilters(forms.Form):
    """What the list of applications can be narrowed by."""

    network = forms.ChoiceField(label=gettext_lazy("Network"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), required=False, choices=[("", gettext_lazy("all")), *Stage.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.fields["network"]
        assert isinstance(network, forms.ChoiceField)  # noqa: S101 - for the types
        network.choices = [("", _("all networks")), *networks()]


class ApplicationForm(ApplicantForm, DeskForm):
    """An application that came by post or e-mail, entered by the secretary, who need not know an address."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Letters to the applicant are written in this language."),
        choices=site_languages,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Without it nobody is written to.")
        self.initial["language"] = get_language() or FALLBACK
        self.order_fields(["town", "country", "why", "name", "office", "email", "language"])


class CompleteForm(DeskForm):
    """Which party it is that applies; that nothing is missing, or that it does not matter."""

    party = PartyChoice(label=gettext_lazy("Which party is it?"))
    all_the_same = forms.BooleanField(label=gettext_lazy("It is complete all the same"), required=False)

    def __init__(
        self, *args: Any, application: Application, lacking: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if lacking:
            missing = _("Still missing: %(papers)s.") % {"papers": ", ".join(lacking)}
            self.fields["all_the_same"].help_text = missing
        else:
            del self.fields["all_the_same"]
        first = Typed(query=application.town)
        self.initial["party"] = application.party or first


class MissingForm(DeskForm):
    """What is missing, as the letter says it."""

    missing = forms.CharField(
        label=gettext_lazy("What is missing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class AsideForm(DeskForm):
    """Why an application comes to nothing."""

    why = forms.CharField(
        label=gettext_lazy("Why it is laid aside"),
        help_text=gettext_lazy("It was withdrawn, came twice, or is not meant."),
        max_length=300,
    )


class PaperForm(DeskForm):
    """A paper of an application: a file, or the note that it came another way."""

    requirement = forms.ModelChoiceField(
        Requirement.objects.none(),
        label=gettext_lazy("As what"),
        required=False,
        empty_label=gettext_lazy("another paper"),
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=300)
    upload = UploadField(label=gettext_lazy("File"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Or how it came"),
        help_text=gettext_lazy("“By post, 3 March.”"),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, requirements: Sequence[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        requirement = self.fields["requirement"]
        assert isinstance(requirement, forms.ModelChoiceField)  # noqa: S101 - for the types
        requirement.queryset = Requirement.objects.filter(pk__in=[r.pk for r in requirements])
        requirement.label_from_instance = requirement_name  # type: ignore[method-assign,assignment]  # Django's way

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not cleaned["upload"] and not cleaned["note"]:
            raise ValidationError(_("Choose a file, or note how the paper came."))
        if not cleaned["upload"] and not cleaned["requirement"]:
            raise ValidationError({"requirement": _("Choose which paper came.")})
        if cleaned["upload"] and not (cleaned["title"] or cleaned["requirement"]):
            raise ValidationError({"title": _("Give the paper a title.")})
        return cleaned


def requirement_name(requirement: Requirement) -> str:
    """What a paper that is asked for is called."""
    return best(requirement.name).text


class RequirementForm(DeskForm):
    """A paper that a network asks for."""

    name = forms.CharField(
        label=gettext_lazy("Paper"), help_text=gettext_lazy("“Decision of the council”."), max_length=200
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)
    is_needed = forms.BooleanField(
        label=gettext_lazy("Without it an application is not complete"), required=False, initial=True
    )
