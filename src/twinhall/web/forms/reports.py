"""A reader's report of an error, guarded against machines without asking anybody else."""

import re
import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SOONEST = 3
"""Seconds that a person needs at least from opening the form to sending it."""
LATEST = 24 * 60 * 60
"""Seconds after which a form is shown once more before it is taken."""
MOST_LINKS = 3
WIDE = {"size": "45"}
SALT = "twinhall.web.report"
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class ReportForm(forms.Form):
    """What is wrong with a fact. A machine fills what no person sees, and is quicker than any."""

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
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, fact: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.initial["stamp"] = self._stamp()

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

    def clean(self) -> dict[str, Any]:
        if not self.errors:  # what a person has to mend comes first
            self._check_trap()
            self._check_stamp()
        return self.cleaned_data

    def _check_trap(self) -> None:
        if self.cleaned_data["homepage"]:
            self._once_more(_("A field that is to stay empty was filled. It is empty again."))

    def _check_stamp(self) -> None:
        """See that a person had the time to write since the form was opened, and that it was not long ago."""
        try:
            fact, opened = signing.loads(self.cleaned_data.get("stamp", ""), salt=SALT, max_age=LATEST)
        except signing.BadSignature:
            fact, opened = None, 0.0
        if fact != self.fact:
            self._once_more(_("The form had been open for more than a day."))
        elif time.time() - opened < SOONEST:
            self._once_more(_("It came quicker than anybody writes. Wait a moment."))

    def _once_more(self, why: str) -> None:
        """Let the form be sent again: as it was filled, with a fresh stamp."""
        self.add_error(None, why)
        self.data = {**dict(self.data.items()), "stamp": self._stamp(), "homepage": ""}

    def _stamp(self) -> str:
        return signing.dumps([self.fact, time.time()], salt=SALT)
