"""The field that takes a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from twinhall.documents.inspecting import LARGEST_PDF, LARGEST_PHOTOGRAPH, Inspected, inspect, megabytes
from twinhall.documents.models import MediaType


def _what_is_taken() -> str:
    return _(
        "A PDF of at most %(pdf)s, or a photograph as JPEG, PNG or WebP of at most %(photograph)s. "
        "What a photograph carries unseen, such as the place it was taken at, is removed."
    ) % {"pdf": megabytes(LARGEST_PDF), "photograph": megabytes(LARGEST_PHOTOGRAPH)}


class UploadField(forms.FileField):
    """Takes a file and gives what ``inspect`` makes of it; None where none was sent and none is required."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", lazy(_what_is_taken, str)())
        super().__init__(allow_empty_file=True, **kwargs)  # inspect() says what to do about an empty one

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ",".join(MediaType.values)}

    def clean(self, data: object, initial: object = None) -> Inspected | None:
        upload = super().clean(data, initial)
        return inspect(upload) if isinstance(upload, UploadedFile) else None
