"""Forms on people: who acts for a party."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.parties.models import Role


class InviteForm(DeskForm):
    """Who is asked, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=Role.choices,
        initial=Role.OFFICER,
        help_text=gettext_lazy(
            "An officer or secretary speaks for the party; a coordinator in its projects; "
            "an editor proposes, and others accept."
        ),
    )


class AcceptForm(forms.Form):
    """An account for somebody who was invited: a name and a password."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        help_text=gettext_lazy("It stands beside what you do here."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 12 characters; a few words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    use_required_attribute = False

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password"):
            try:
                password_validation.validate_password(
                    cleaned["password"], User(email=self.email, name=cleaned.get("name", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
