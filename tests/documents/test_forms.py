import pytest
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from tests.factories.documents import make_pdf_bytes, make_upload
from twinhall.documents.forms import UploadField
from twinhall.documents.inspecting import Inspected
from twinhall.documents.models import MediaType


class Form(forms.Form):
    file = UploadField()


class Optional(forms.Form):
    file = UploadField(required=False, help_text="As you like.")


def sent(upload: "UploadedFile[bytes]", form: type[forms.Form] = Form) -> forms.Form:
    return form({}, MultiValueDict({"file": [upload]}))


def test_the_field_gives_what_was_looked_into() -> None:
    content = make_pdf_bytes()
    form = sent(make_upload(content))
    assert form.is_valid()
    assert form.cleaned_data == {"file": Inspected(media_type=MediaType.PDF, content=content)}


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "This file is empty."), (b"<html><p>", "web page"), (b"%PDF-", "cannot be opened")],
)
def test_a_refusal_stands_at_the_field(content: bytes, word: str) -> None:
    form = sent(make_upload(content))
    (message,) = form.errors["file"]
    assert word in message


def test_a_file_is_asked_for_unless_it_need_not_be() -> None:
    assert Form({}).errors == {"file": ["This field is required."]}
    left_out = Optional({})
    assert left_out.is_valid()
    assert left_out.cleaned_data == {"file": None}


def test_the_browser_is_told_what_to_offer() -> None:
    assert UploadField().widget.attrs["accept"] == "application/pdf,image/jpeg,image/png,image/webp"


@pytest.mark.parametrize(("language", "sizes"), [("en", ("20 MB", "15 MB")), ("lv", ("20 MB", "15 MB"))])
def test_the_help_text_names_kinds_and_sizes(language: str, sizes: tuple[str, str]) -> None:
    field = UploadField()
    with translation.override(language):
        text = str(field.help_text)
    assert all(word in text for word in ("PDF", "JPEG", "PNG", "WebP", *sizes))
    assert Optional().fields["file"].help_text == "As you like."
