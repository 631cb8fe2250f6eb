"""Deciding on what readers report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from twinhall.desk.forms.base import DeskForm
from twinhall.exchange.models.findings import FindingDecision


class DecideForm(DeskForm):
    """What becomes of a report, and what its writer is told."""

    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (FindingDecision.TAKEN_UP, _("Take it up: there is something to mend")),
            (FindingDecision.DISMISSED, _("Dismiss it: the register stays as it is")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, has_reporter: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = (
            _(
                "It is sent by e-mail to the reader who reported it. A report that is dismissed without an "
                "answer, such as spam, sends no letter."
            )
            if has_reporter
            else _("The reader left no address. What you write here is kept for your colleagues.")
        )
