"""What all forms of the desk share."""

import uuid
from typing import Any, Self

from django import forms


class DeskForm(forms.Form):
    """A form that is done once, however often it is sent."""

    use_required_attribute = False  # the page says what is missing, beside the field and at the top

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    @property
    def once(self) -> uuid.UUID:
        """What tells this form, as it was shown, from all others."""
        return self.cleaned_data.get("once") or uuid.uuid4()

    def searching(self) -> Self:
        """The form while something is searched for in it: as typed, without a word on what is missing."""
        self._errors = forms.utils.ErrorDict()
        return self
