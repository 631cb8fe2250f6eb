"""Letters: what went out, what waits, and what a person must decide on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.http import BadQuestionError
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.letters.actions import leave, say_sent, send_again
from twinhall.letters.models import Letter, State
from twinhall.letters.queries import counted_by_state, letter_list
from twinhall.parties.rules import letters_kept_by
from twinhall.web.asking import address_of_page, asked_page
from twinhall.work.shifts import is_somebody_at_work

TONES: Mapping[State, str] = {
    State.SENT: "good",
    State.IN_DOUBT: "warn",
    State.REFUSED: "bad",
    State.UNSENT: "quiet",
}


@dataclass(frozen=True)
class Deed:
    """What a person may decide on a letter, from which states."""

    label: Any
    lead: Any
    done: Any
    act: Callable[..., None]
    states: frozenset[State]


DEEDS = {
    "again": Deed(
        gettext_lazy("Send again"),
        gettext_lazy("It goes out once more. If it did arrive the first time, its reader gets it twice."),
        gettext_lazy("It goes out again."),
        send_again,
        frozenset({State.IN_DOUBT, State.REFUSED}),
    ),
    "sent": Deed(
        gettext_lazy("It was sent"),
        gettext_lazy("Say so if you know it: its reader has it, or the mail server’s log names it."),
        gettext_lazy("Noted as sent."),
        say_sent,
        frozenset({State.IN_DOUBT}),
    ),
    "leave": Deed(
        gettext_lazy("Do not send"),
        gettext_lazy("It goes out no more, and waits for nobody."),
        gettext_lazy("It is not sent."),
        leave,
        frozenset({State.WAITING, State.IN_DOUBT, State.REFUSED}),
    ),
}


def _tone(letter: Letter) -> str:
    return TONES.get(letter.state, "")


class LetterList(DeskView):
    """The letters that a person sees: their own and their parties’, or all for who runs the register."""

    section = "letters"

    def get(self, request: HttpRequest) -> HttpResponse:
        state = _asked_state(request)
        user = self.request.user
        counts = counted_by_state(letters_kept_by(user, letter_list()))
        page = asked_page(request, letters_kept_by(user, letter_list(state)))
        context = {
            "heading": _("Letters"),
            "rows": [(letter, _tone(letter)) for letter in page],
            "page": page,
            "page_href": address_of_page(request),
            "state": state,
            "states": [
                (one, counts[one], reverse("desk:letters", query={"state": one.value})) for one in State
            ],
            "total": sum(counts.values()),
            "is_worked": is_somebody_at_work(),
        }
        return self.page("desk/letters/list.html", context)


def _asked_state(request: HttpRequest) -> State | None:
    asked = request.GET.get("state", "")
    if asked and asked not in State.values:
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": asked[:40]})
    return State(asked) if asked else None


class LetterPage(DeskView):
    """One letter: to whom, what became of it, its text while it is kept, and what can be decided."""

    permission = "parties.keep_letter"
    section = "letters"
    subject: Letter

    def find(self) -> Letter:
        return get_object_or_404(
            letter_list().select_related("mailing").prefetch_related("enclosures"), pk=self.kwargs["pk"]
        )

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        letter = self.subject
        context = {
            "heading": letter.subject,
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                (_("Letters"), reverse("desk:letters")),
                (letter.subject, None),
            ],
            "letter": letter,
            "tone": _tone(letter),
            "deeds": [
                (deed.label, reverse("desk:letter-deed", args=[letter.pk, name]))
                for name, deed in DEEDS.items()
                if letter.state in deed.states
            ],
        }
        return self.page("desk/letters/detail.html", context)


class LetterDeed(FormPage):
    """A decision on a letter that did not simply go out."""

    permission = "parties.keep_letter"
    section = "letters"
    subject: Letter

    def find(self) -> Letter:
        letter = get_object_or_404(Letter, pk=self.kwargs["pk"])
        deed = DEEDS.get(self.kwargs["deed"])
        if deed is None or letter.state not in deed.states:
            raise Http404
        self.deed = deed
        return letter

    def heading(self) -> str:
        return f"{self.deed.label}: {self.subject.subject}"

    def crumbs(self) -> Crumbs:
        return [(_("Letters"), reverse("desk:letters")), (self.subject.subject, self.back())]

    def back(self) -> str:
        return reverse("desk:letter", args=[self.subject.pk])

    def extra(self) -> dict[str, object]:
        return {"lead": self.deed.lead, "submit": self.deed.label}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        self.deed.act(self.subject, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return str(self.deed.done)
