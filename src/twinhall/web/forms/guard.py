"""A form that anybody may send, guarded against machines without asking anybody else."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SOONEST = 3
"""Seconds that a person needs at least from opening the form to sending it."""
LATEST = 24 * 60 * 60
"""Seconds after which a form is shown once more before it is taken."""


class Guarded(forms.Form):
    """A machine fills what no person sees, and is quicker than any. ``about`` is the record it is about."""

    salt: str
    """What tells the stamps of one kind of form from those of another."""

    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.initial["stamp"] = self._stamp()

    def clean(self) -> dict[str, Any]:
        super().clean()
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
            about, opened = signing.loads(self.cleaned_data.get("stamp", ""), salt=self.salt, max_age=LATEST)
        except signing.BadSignature:
            about, opened = None, 0.0
        if about != self.about:
            self._once_more(_("The form had been open for more than a day."))
        elif time.time() - opened < SOONEST:
            self._once_more(_("It came quicker than anybody writes. Wait a moment."))

    def _once_more(self, why: str) -> None:
        """Let the form be sent again: as it was filled, with a fresh stamp."""
        self.add_error(None, why)
        self.data = {**dict(self.data.items()), "stamp": self._stamp(), "homepage": ""}

    def _stamp(self) -> str:
        return signing.dumps([self.about, time.time()], salt=self.salt)
