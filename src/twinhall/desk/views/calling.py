"""Writing to those who are invited to a meeting: each letter is shown before it goes out."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from twinhall.accounts.models import User
from twinhall.desk.base import Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.calling import CancelForm, NewsForm, WordsForm
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings.actions import calling
from twinhall.meetings.drafting import drafts
from twinhall.meetings.models import Invitee
from twinhall.web.environment import today


class Letters(OfMeeting, FormPage):
    """A page that writes to people: the letter is shown in each of their languages before it goes out."""

    template = "desk/meetings/letter.html"
    what = ""
    """Which letter it is, for ``drafts``."""
    words_field = "text"

    def readers(self) -> list[Invitee]:
        """To whom it goes."""
        return calling.called(self.subject)

    def write(self, text: str, by: User) -> int:
        """Write the letters; how many there are."""
        raise NotImplementedError

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return WordsForm(data, files)

    def show(self, form: DeskForm, status: int = 200) -> HttpResponse:
        self.typed = form.data.get(self.words_field, "")
        return super().show(form, status)

    def extra(self) -> dict[str, object]:
        readers = self.readers()
        return {
            "record": self.subject,
            "lead": self.lead(len(readers)),
            "readers": len(readers),
            "drafts": drafts(self.subject, self.what, readers, text=self.typed),
        }

    def lead(self, count: int) -> str:
        """What the page does, in a sentence."""
        return _goes_to(count)

    def save(self, form: DeskForm) -> str:
        self.written = self.write(form.cleaned_data.get(self.words_field, ""), self.request.user)
        return self.back()

    def done(self) -> str:
        return ngettext(
            "%(count)s letter is on its way.", "%(count)s letters are on their way.", self.written
        ) % {"count": self.written}


def _goes_to(count: int) -> str:
    if not count:
        return _("There is nobody to write to.")
    return ngettext("It goes to %(count)s address.", "It goes to %(count)s addresses.", count) % {
        "count": count
    }


class Call(Letters):
    """The call to the meeting; whoever was called already is not called again."""

    what = "call"
    submit = gettext_lazy("Send the call")

    def heading(self) -> str:
        return _("Call the meeting")

    def readers(self) -> list[Invitee]:
        return [invitee for invitee, letter in calling.on_the_list(self.subject) if letter is None]

    def lead(self, count: int) -> str:
        if not count and self.subject.invitees.exists():
            return _("Everybody on the list was called already.")
        return _goes_to(count) if count else _("Nobody is invited yet: a call to nobody would reach no one.")

    def write(self, text: str, by: User) -> int:
        letters = calling.call(self.subject, text=text, by=by)
        if not letters:
            raise ValidationError(_("Everybody on the list was called already."))
        return len(letters)


class Tell(Letters):
    """What calendars show has changed, or something else is new: those who were called hear of it."""

    submit = gettext_lazy("Tell them")

    def heading(self) -> str:
        return _("Tell those who were called")

    def readers(self) -> list[Invitee]:
        return calling.untold(self.subject) or calling.called(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        self.is_changed = bool(calling.untold(self.subject))
        self.what = "change" if self.is_changed else "news"
        if self.is_changed:
            return WordsForm(data, files)
        return NewsForm(data, files, initial={"number": calling.next_news(self.subject)})

    def lead(self, count: int) -> str:
        if self.is_changed:
            told = _("The letter brings the event in their calendars up to date.")
        else:
            told = _("Their calendars show what holds; write what else is new, such as another paper.")
        return f"{_goes_to(count)} {told}" if count else _goes_to(count)

    def write(self, text: str, by: User) -> int:
        if self.is_changed:
            return len(calling.tell_changed(self.subject, text=text, by=by))
        return len(calling.tell_news(self.subject, text=text, number=self.number, by=by))

    def save(self, form: DeskForm) -> str:
        self.number = form.cleaned_data.get("number", 0)
        return super().save(form)


class Remind(Letters):
    """Towns that have not answered are asked once more."""

    what = "reminder"
    submit = gettext_lazy("Remind them")

    def heading(self) -> str:
        return _("Remind those who have not answered")

    def readers(self) -> list[Invitee]:
        return calling.silent(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def write(self, text: str, by: User) -> int:  # noqa: ARG002 - a reminder has no words of its own
        letters = calling.remind(self.subject, today=today(), by=by)
        if not letters:
            raise ValidationError(_("Everybody has answered, or was reminded today."))
        return len(letters)


class Cancel(Letters):
    """A meeting called off; it leaves the calendars of those who were called."""

    what = "cancelled"
    words_field = "why"
    submit = gettext_lazy("Cancel the meeting")
    is_grave = True

    def heading(self) -> str:
        return _("Cancel the meeting")

    def lead(self, count: int) -> str:
        if not count:
            return _(
                "Nobody was called yet, so no letter goes out. The meeting stays here, marked as cancelled."
            )
        kept = _("The meeting stays here, marked as cancelled; it cannot be called anew.")
        return f"{_goes_to(count)} {kept}"

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return CancelForm(data, files)

    def write(self, text: str, by: User) -> int:
        return len(calling.call_off(self.subject, why=text, by=by))

    def done(self) -> str:
        return f"{_('Cancelled.')} {super().done()}" if self.written else _("Cancelled.")
