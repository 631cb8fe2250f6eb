"""A fact asks for its source: what my side states itself, a page, or a signed document."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import languages
from twinhall.documents.actions import keep_document
from twinhall.documents.forms import UploadField
from twinhall.documents.models import Document
from twinhall.evidence.models import Source
from twinhall.parties.actions import document_source, file_document, own_source, page_source
from twinhall.parties.models import Party
from twinhall.parties.rules import standing
from twinhall.web.environment import today
from twinhall.web.names import Names

OWN, PAGE, DOCUMENT = "own", "page", "document"
SOMEBODY_ELSE = ""


def parties_of(user: User, *, sides: Sequence[Party] = ()) -> list[Party]:
    """The parties that a person acts for, the sides of the record first."""
    mine = Party.objects.standing().filter(pk__in=standing(user).all).order_by("slug")
    return sorted(mine, key=lambda party: party not in sides)


class SourcedForm(DeskForm):
    """A form whose facts rest on a source. ``sides`` are the parties that speak for the record."""

    basis = forms.ChoiceField(
        label=gettext_lazy("Where does this come from?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say where this comes from.")},
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the page"), required=False, max_length=1000, assume_scheme="https"
    )
    page_title = forms.CharField(label=gettext_lazy("Title of the page"), required=False, max_length=300)
    page_language = forms.ChoiceField(
        label=gettext_lazy("Language of the page"), required=False, choices=languages
    )
    page_of = forms.ChoiceField(label=gettext_lazy("Whose page is it?"), required=False)
    document_title = forms.CharField(
        label=gettext_lazy("Title of the document"), required=False, max_length=300
    )
    document = UploadField(label=gettext_lazy("The document, as PDF or photograph"), required=False)
    quote = forms.CharField(
        label=gettext_lazy("The words there, or your own"),
        help_text=gettext_lazy("As they stand in the source; shown with the fact."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    source_fields = (
        "basis",
        "url",
        "page_title",
        "page_language",
        "page_of",
        "document_title",
        "document",
        "quote",
    )

    def __init__(self, *args: Any, user: User, sides: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.own = parties_of(user, sides=sides)
        names = Names([*self.own, *sides])
        basis = self.fields["basis"]
        assert isinstance(basis, forms.ChoiceField)  # noqa: S101 - for the types
        basis.choices = [
            *(
                (f"{OWN}:{party.pk}", _("I state this for %(party)s") % {"party": names.text(party)})
                for party in self.own
            ),
            (PAGE, _("A page in the web says so")),
            (DOCUMENT, _("A signed document says so")),
        ]
        is_clear = self.own and (self.own[0] in sides or len(self.own) == 1)
        basis.initial = f"{OWN}:{self.own[0].pk}" if is_clear else None
        self.publishers = {str(party.pk): party for party in (*sides, *self.own)}
        page_of = self.fields["page_of"]
        assert isinstance(page_of, forms.ChoiceField)  # noqa: S101 - for the types
        page_of.choices = [
            *((pk, names.text(party)) for pk, party in self.publishers.items()),
            (SOMEBODY_ELSE, _("somebody else’s")),
        ]
        page_of.initial = SOMEBODY_ELSE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        basis = cleaned.get("basis")
        if basis == PAGE and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", ValidationError(_("Give the address of the page.")))
        if basis == DOCUMENT:
            if not cleaned.get("document") and "document" not in self.errors:
                self.add_error("document", ValidationError(_("Choose the file of the document.")))
            if not cleaned.get("document_title"):
                self.add_error("document_title", ValidationError(_("Give the document a title.")))
        return cleaned

    def source(self) -> Source:
        """The source that the facts rest on; made where it is not kept yet, once for a form."""
        if self._source is None:
            self._source = self._make_source()
        return self._source

    _source: Source | None = None

    def _make_source(self) -> Source:
        basis, told = self.cleaned_data["basis"], self.cleaned_data
        if basis == PAGE:
            publisher = self.publishers.get(told["page_of"])
            return page_source(
                url=told["url"],
                title=told["page_title"],
                language=told["page_language"],
                publisher=publisher,
                day=today(),
                is_own=publisher in self.own,
            )
        if basis == DOCUMENT:
            self.kept_document = self._keep()
            return document_source(self.kept_document, day=today())
        party = next(party for party in self.own if basis == f"{OWN}:{party.pk}")
        return own_source(party, day=today())

    def file_with(self, record: Model) -> None:
        """Keep the document that says so with the record, where it keeps documents."""
        if self.kept_document is not None and hasattr(record, "documents"):
            record.documents.add(self.kept_document)

    kept_document: Document | None = None

    def _keep(self) -> Document:
        """Keep the document as a file of the first party that the person acts for."""
        told = self.cleaned_data
        document = keep_document(upload=told["document"], title=told["document_title"], by=self.user)
        if self.own:
            file_document(document, party=self.own[0])
        return document
