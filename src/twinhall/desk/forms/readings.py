"""Which page is to be read, and whose it is."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import PartyChoice
from twinhall.evidence.models import Source
from twinhall.exchange.readings.pages import ANOTHER, Given, alike
from twinhall.exchange.readings.reading import Read, read_address, read_file, read_text
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.limits import Limit
from twinhall.web.names import Names

ADDRESS, FILE, TEXT = "address", "file", "text"
OURS, ANOTHERS, NOBODYS = "ours", "another", "nobody"
LONGEST_PASTED = 200_000
READ_OFTEN = Limit("readings", 60, dt.timedelta(hours=1))
"""Pages that a person can have read: each is fetched from somebody's site."""
_ACCEPT = ".html,.htm,.txt,.pdf,.docx,text/html,text/plain,application/pdf"


class ReadForm(DeskForm):
    """Which page is to be read, and whose it is. Where it is valid, it has been read: ``read``."""

    how = forms.ChoiceField(
        label=gettext_lazy("What is to be read?"),
        widget=forms.RadioSelect,
        choices=[
            (ADDRESS, gettext_lazy("A page in the web")),
            (FILE, gettext_lazy("A file: a saved page, a PDF, a DOCX or a text")),
            (TEXT, gettext_lazy("A text that I paste")),
        ],
        initial=ADDRESS,
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Of a file or a pasted text: where it stands in the web, if it does."),
        required=False,
        max_length=1000,
        assume_scheme="https",
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    which = forms.CharField(
        label=gettext_lazy("Is it the same page?"), required=False, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the page"),
        help_text=gettext_lazy("A page without an address is known by its title when it is read again."),
        required=False,
        max_length=300,
    )
    whose = forms.ChoiceField(label=gettext_lazy("Whose page is it?"), widget=forms.RadioSelect, initial=OURS)
    publisher = PartyChoice(within="register", required=False, label=gettext_lazy("The other party"))

    def __init__(self, *args: Any, party: Party, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.user = party, user
        self.read: Read | None = None
        self.alike: list[Source] = []
        self.refusal = ""
        whose = self.fields["whose"]
        assert isinstance(whose, forms.ChoiceField)  # noqa: S101 - for the types
        whose.choices = [
            (OURS, Names([party]).text(party)),
            (ANOTHERS, _("another party of the register")),
            (NOBODYS, _("somebody else’s, such as a newspaper")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._must_say(cleaned)
        file = cleaned.get("file") if cleaned.get("how") == FILE else None
        if not self.errors:
            self._read(cleaned)
        if self.read is not None or cleaned.get("which"):
            self._ask_which(cleaned.get("which", ""))
        if self.errors and file is not None and "file" not in self.errors:
            self.add_error("file", _("Choose your files once more."))  # browsers do not send a file again
            if not self.data.get("title"):
                self.data = {name: self.data[name] for name in self.data} | {"title": self.title_of_page}
        return cleaned

    @property
    def given(self) -> Given:
        """The page with what is said of it; its words are known once it has been read."""
        read, is_fetched = self.read, self.cleaned_data.get("how") == ADDRESS
        addresses = [read.url, self.address] if is_fetched and read else [self.address]
        return Given(
            party=self.party,
            whose=self.published_by,
            addresses=[address for address in addresses if address],
            title=self.title_of_page,
            language=read.page.language if read else "",
            text=read.page.text if read else "",
            is_fetched=is_fetched,
        )

    @property
    def published_by(self) -> Party | None:
        """Who publishes the page, where it is a party of the register."""
        whose, chosen = self.cleaned_data.get("whose"), self.cleaned_data.get("publisher")
        if whose == ANOTHERS:
            return chosen if isinstance(chosen, Party) else None
        return self.party if whose == OURS else None

    @property
    def title_of_page(self) -> str:
        """What the page is called: as was typed, else as it calls itself, else by its address."""
        own = self.read.page.title if self.read else ""
        return str(self.cleaned_data.get("title") or own or self.address)[:300]

    @property
    def address(self) -> str:
        """Where the page stands in the web, if it does."""
        return str(self.cleaned_data.get("url") or "")

    def _must_say(self, cleaned: Mapping[str, Any]) -> None:
        how = cleaned.get("how")
        if how == ADDRESS and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address of the page."))
        if how == FILE and cleaned.get("file") is None and "file" not in self.errors:
            self.add_error("file", _("Choose the file."))
        if how == TEXT and not str(cleaned.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("text", _("Paste the text of the page."))
        if how == TEXT:
            self._must_have_title()
        if (
            cleaned.get("whose") == ANOTHERS
            and not cleaned.get("publisher")
            and "publisher" not in self.errors
        ):
            self.add_error("publisher", _("Find the party whose page it is."))

    def _must_have_title(self) -> None:
        if not self.title_of_page:
            self.add_error("title", _("Give its title, so that the page is known when it is read again."))

    def _ask_which(self, chosen: str) -> None:
        """Where a page of the title has been read that reads otherwise, ask whether it is this one."""
        self.alike = alike(self.given)
        known = [(str(page.pk), self._known(page)) for page in self.alike]
        choices = [*known, (ANOTHER, _("Another page of the same title"))]
        self.fields["which"].widget.choices = choices
        if self.read and self.alike and chosen not in dict(choices):
            self.add_error("which", _("A page of this title was read before and reads otherwise."))

    @staticmethod
    def _known(page: Source) -> str:
        words = _("Yes, the page that was last read on %(day)s")
        return f"{words % {'day': say.date(page.read_on)}}{f': {page.url}' if page.url else ''}"

    def _read(self, cleaned: Mapping[str, Any]) -> None:
        """Read the page here, before anything is written: fetching it may take a while."""
        how, subject = cleaned["how"], self.published_by or self.party
        name = {ADDRESS: "url", FILE: "file", TEXT: "text"}[how]
        free_again = READ_OFTEN.take(str(self.user.pk))
        if free_again is not None:
            message = _("You have had many pages read. You can go on after %(moment)s.")
            self.add_error(None, message % {"moment": say.moment(free_again)})
            return
        try:
            if how == ADDRESS:
                self.read = read_address(cleaned["url"], subject=subject)
            elif how == FILE:
                file = cleaned["file"]
                self.read = read_file(file, name=file.name or "", subject=subject)
                self._must_have_title()
            else:
                self.read = read_text(cleaned["text"], subject=subject)
        except ValidationError as error:
            self.refusal = " ".join(error.messages)
            self.add_error(name, error)
