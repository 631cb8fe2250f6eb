"""What every page of the desk is made of: the rule is asked first, a form does its deed once."""

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from twinhall.accounts.actions import submit_once
from twinhall.accounts.http import PersonRequest
from twinhall.accounts.models import Submission
from twinhall.desk import keeping
from twinhall.desk.forms.base import DeskForm
from twinhall.evidence.actions import RefusedError
from twinhall.parties.rules import may

if TYPE_CHECKING:
    Files: TypeAlias = MultiValueDict[str, Any]
else:  # Django's own takes no type arguments when it runs.
    Files = MultiValueDict

Crumbs = Sequence[tuple[str, str | None]]
UNPROCESSABLE = 422


class DeskView(View):
    """A page of the desk. Nobody comes in whom the rule does not let."""

    request: PersonRequest
    permission: ClassVar[str] = "parties.enter_desk"
    section: ClassVar[str] = ""
    subject: Any = None

    def find(self) -> object:
        """The record that the rule is asked of; Http404 where there is none, None for the desk as such."""
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return keeping.ask_to_sign_in(request)
        self.subject = self.find()
        if not may(request.user, self.permission, self.subject):
            raise PermissionDenied
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    def may(self, permission: str, subject: object) -> bool:
        """Whether the person may do this too, so that the page offers it."""
        return may(self.request.user, permission, subject)

    def page(self, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
        """A page, with what all pages of the desk know."""
        known = {"section": self.section, "desk_sections": sections(), "more": []}
        return render(self.request, template, {**known, **context}, status=status)


def sections() -> list[tuple[str, str, str]]:
    """The rooms of the desk, as the masthead lists them."""
    return [
        ("dashboard", reverse("desk:dashboard"), _("Workroom")),
        ("parties", reverse("desk:parties"), _("Parties")),
        ("partnerships", reverse("desk:partnerships"), _("Partnerships")),
        ("networks", reverse("desk:networks"), _("Networks")),
        ("memberships", reverse("desk:memberships"), _("Memberships")),
        ("projects", reverse("desk:projects"), _("Projects")),
        ("meetings", reverse("desk:meetings"), _("Meetings")),
        ("findings", reverse("desk:findings"), _("Reported errors")),
    ]


class FormPage(DeskView):
    """A page with one form in one column. What was typed is never lost, and is done once."""

    form_class: ClassVar[type[DeskForm]]
    submit: ClassVar[Any] = gettext_lazy("Save")
    is_grave: ClassVar[bool] = False
    """Whether the deed takes something away, so that its button warns."""
    template: ClassVar[str] = "desk/form.html"
    called: Mapping[str, str] = MappingProxyType({})
    """What the form calls a field that its deed calls otherwise, so that errors stand beside it."""

    def heading(self) -> str:
        """What the page does, as its title."""
        raise NotImplementedError

    def crumbs(self) -> Crumbs:
        """The way here, without the page itself."""
        return []

    def back(self) -> str:
        """Where a person goes who thinks better of it."""
        return reverse("desk:dashboard")

    def extra(self) -> dict[str, object]:
        """What the page shows besides its form."""
        return {}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        """The form, empty or with what was typed."""
        return self.form_class(data, files)

    def save(self, form: Any) -> str:  # noqa: ANN401 - each page knows its own form
        """Do the deed; give where it leads. ValidationError and RefusedError are shown in the form."""
        raise NotImplementedError

    def done(self) -> str:
        """What is said when the deed is done."""
        return _("Saved.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was done already leads on before its record is asked for, which the deed may have changed."""
        went_to = self._went_to()
        return redirect(went_to) if went_to else super().dispatch(request, *args, **kwargs)

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        typed = keeping.kept(self.request)
        form = self.make(typed) if typed else self.make()
        return self.show(form.searching() if typed and "find" in typed else form)

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        try:
            return self._sent()
        except IntegrityError:  # somebody did the same at this moment; looked at again, that is seen and said
            return self._sent()

    def _sent(self) -> HttpResponse:
        """The answer to a form that was sent: its deed is done, or it is shown with what is wrong."""
        form = self.make(self.request.POST, self.request.FILES)
        if "find" in self.request.POST:  # a search within the form, not yet its deed
            return self.show(form.searching())
        if form.is_valid():
            try:
                return redirect(self._once(form))
            except ValidationError as error:
                self.tell(form, error)
            except RefusedError as error:
                for proposal, why in error.refusals:
                    self.tell(form, ValidationError({proposal.field: why}))
        if went_to := self._went_to():  # done meanwhile, by the first of two clicks
            return redirect(went_to)
        return self.show(form, status=UNPROCESSABLE)

    def tell(self, form: DeskForm, error: ValidationError) -> None:
        """Show an error beside the field that it speaks of, where the form has it."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, said in by_field.items():
            field = self.called.get(name, name)
            form.add_error(field if field in form.fields else None, said)

    def show(self, form: DeskForm, status: int = 200) -> HttpResponse:
        """The page with its form."""
        context = {
            "form": form,
            "heading": self.heading(),
            "crumbs": [(_("Workroom"), reverse("desk:dashboard")), *self.crumbs(), (self.heading(), None)],
            "submit": self.submit,
            "is_grave": self.is_grave,
            "back": self.back(),
            **self.extra(),
        }
        return self.page(self.template, context, status=status)

    def _went_to(self) -> str:
        """Where this very form has led to; empty where it has not been done, or by somebody else."""
        if self.request.method != "POST" or not self.request.user.is_authenticated:
            return ""
        try:
            token = uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return ""
        done = Submission.objects.filter(token=token, by=self.request.user).first()
        return done.went_to if done else ""

    @transaction.atomic
    def _once(self, form: DeskForm) -> str:
        """Do the deed, unless this very form has done it; give where it leads."""
        submission, is_first = submit_once(form.once, by=self.request.user)
        if is_first:
            submission.went_to = self.save(form)
            submission.save(update_fields=["went_to"])
            messages.success(self.request, self.done())
        return submission.went_to or self.back()
