"""A reader's report of an error, guarded against machines without asking anybody else."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.web.forms.guard import Guarded

MOST_LINKS = 3
WIDE = {"size": "45"}
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class ReportForm(Guarded):
    """What is wrong with a fact. A machine fills what no person sees, and is quicker than any."""

    salt = "twinhall.web.report"
    use_required_attribute = False  # the page says what is missing, beside the field and at the top

    told = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say what is wrong, in a few words.")},
    )
    should_read = forms.CharField(
        label=gettext_lazy("What should it read?"),
        help_text=gettext_lazy("If you know it."),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
    )
    evidence_url = forms.URLField(
        label=gettext_lazy("Where can that be seen?"),
        help_text=gettext_lazy("The address of a page or a document, if there is one."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs=WIDE),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you would like an answer"),
        help_text=gettext_lazy(
            "Those who decide on the report can read it. It is used for the answer only, and then erased."
        ),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **WIDE}),
    )

    def __init__(self, *args: Any, fact: int, **kwargs: Any) -> None:
        super().__init__(*args, about=fact, **kwargs)

    def clean_told(self) -> str:
        told: str = self.cleaned_data["told"]
        if len(_LINK.findall(told)) > MOST_LINKS:
            raise ValidationError(
                _("There are more than %(most)s links in it. Leave those that matter most."),
                params={"most": MOST_LINKS},
            )
        return told

    def clean_evidence_url(self) -> str:
        url: str = self.cleaned_data["evidence_url"]
        if url and not url.startswith(("http://", "https://")):
            raise ValidationError(_("Give an address that begins with https:// or http://."))
        return url
