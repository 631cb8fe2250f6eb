from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from twinhall.accounts.models import User
from twinhall.core.languages import language_name


class LanguageForm(forms.ModelForm[User]):
    """In which language somebody is written to."""

    class Meta:
        model = User
        fields = ["language"]
        labels = {"language": _("Language of letters to you")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, language_name(code).capitalize()) for code, _name in settings.LANGUAGES]
        self.fields["language"].widget = forms.Select(choices=languages)
