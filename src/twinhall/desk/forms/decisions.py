"""Forms of decisions: what is put, the roll, the counts; as what a member is admitted, or why not yet."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.text import alphabetical
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import fact_field
from twinhall.desk.forms.statements import NeedsReasonForm
from twinhall.desk.lists import SearchFilters
from twinhall.meetings import words
from twinhall.meetings.models import (
    Choice,
    Decision,
    DecisionDeed,
    Item,
    Majority,
    Meeting,
    Method,
    Outcome,
)
from twinhall.networks.actions import CATEGORIES
from twinhall.networks.deeds import deeds_at
from twinhall.networks.models import Membership
from twinhall.networks.queries import as_of, next_number
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.names import Names


class DecisionSearch(SearchFilters):
    """What the list of decisions can be narrowed by."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("all outcomes")), *Outcome.choices],
    )
    is_on_members = forms.BooleanField(label=gettext_lazy("Only those on members"), required=False)


class DecisionForm(DeskForm):
    """What is put to the vote under an item, how it is voted on, and what it does to a membership."""

    item = forms.ModelChoiceField(
        Item.objects.none(), label=gettext_lazy("Under which item"), empty_label=None
    )
    text = forms.CharField(
        label=gettext_lazy("What is decided"),
        help_text=gettext_lazy("In full, as it will stand in the minutes."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Way of voting"), choices=Method.choices, widget=forms.RadioSelect
    )
    majority = forms.ChoiceField(
        label=gettext_lazy("What carries it"),
        help_text=gettext_lazy("Abstentions count neither way."),
        choices=Majority.choices,
        initial=Majority.SIMPLE,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.fields["item"]
        assert isinstance(item, forms.ModelChoiceField)  # noqa: S101 - for the types
        item.queryset = meeting.items.order_by("number")
        if meeting.starts_on != meeting.ends_on:
            self.fields["decided_on"] = forms.ChoiceField(label=_("Decided on"), choices=_days(meeting))
        if deeds := deeds_on_members(meeting):
            self.fields["act"] = forms.ChoiceField(
                label=_("What it does to a membership"),
                help_text=_(
                    "When it is carried, the membership changes by itself, with this decision as the source."
                ),
                required=False,
                choices=[("", _("nothing")), *deeds],
            )

    @property
    def told(self) -> dict[str, Any]:
        """What is said, as ``put`` takes it."""
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("item", "text", "method", "majority")}
        if cleaned.get("decided_on"):
            told["decided_on"] = dt.date.fromisoformat(cleaned["decided_on"])
        if cleaned.get("act"):
            deed, _colon, pk = cleaned["act"].rpartition(":")
            told |= {"deed": deed, "membership": Membership.objects.get(pk=pk)}
        return told


def _days(meeting: Meeting) -> list[tuple[str, str]]:
    count = (meeting.ends_on - meeting.starts_on).days + 1
    days = [meeting.starts_on + dt.timedelta(days=number) for number in range(count)]
    return [(day.isoformat(), words.day(day)) for day in days]


def deeds_on_members(meeting: Meeting) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a network can decide on its memberships as they stand on the day of the meeting, deed by deed.

    Five queries; empty where the organiser is no network.
    """
    own = Membership.objects.standing().filter(network__party=meeting.organiser_id)
    memberships = list(as_of(own.select_related("party").prefetch_related("acts"), meeting.starts_on))
    possible = {membership.pk: deeds_at(membership, membership.status) for membership in memberships}
    names = Names(membership.party for membership in memberships)
    memberships.sort(key=lambda membership: alphabetical(names.text(membership.party)))
    found = []
    for deed in DecisionDeed:
        fitting = [
            (f"{deed.value}:{membership.pk}", f"{deed.label}: {names.text(membership.party)}")
            for membership in memberships
            if deed.value in possible[membership.pk]
        ]
        if fitting:
            found.append((str(deed.label), fitting))
    return found


VOTE = "vote_"
"""What the fields of a roll are called; the number of the party follows."""


class RollForm(DeskForm):
    """The roll: how each member that is there and has not voted yet votes."""

    def __init__(self, *args: Any, voters: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Names(voters)
        ordered = sorted(voters, key=lambda party: alphabetical(names.text(party)))
        self.voters = {f"{VOTE}{party.pk}": party for party in ordered}
        for name, party in self.voters.items():
            self.fields[name] = forms.ChoiceField(
                label=names.text(party),
                required=False,
                choices=[*Choice.choices, ("", _("not yet"))],
                widget=forms.RadioSelect,
                initial="",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.votes:
            raise ValidationError(_("Say how at least one member votes."))
        return cleaned

    @property
    def votes(self) -> dict[Party, str]:
        """How those voted who did, as ``cast`` takes it.

        Among them whoever was sent and is not called any more, so that ``cast`` says why: they voted
        meanwhile, have left, or have no vote.
        """
        told = {party: self.cleaned_data.get(name, "") for name, party in self.voters.items()}
        known = Party.objects.in_bulk(_numbers(self.data.keys() - self.voters.keys()))
        sent = {party: self.data.get(f"{VOTE}{pk}", "") for pk, party in known.items()}
        others = {party: choice for party, choice in sent.items() if choice in Choice.values}
        return {party: choice for party, choice in told.items() if choice} | others


def _numbers(names: Collection[str]) -> list[int]:
    """The parties that fields of a roll are called by."""
    told = [name.removeprefix(VOTE) for name in names if name.startswith(VOTE)]
    return [int(number) for number in told if number.isascii() and number.isdecimal() and len(number) < 10]  # noqa: PLR2004 - what a key can hold


class TakeForm(DeskForm):
    """What was counted in a secret vote; who did not vote; for an admission, as what and which number."""

    def __init__(
        self, *args: Any, decision: Decision, not_voted: Sequence[Party] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not_voted:
            self.fields["did_not_vote"] = forms.BooleanField(
                label=_("They did not vote"), help_text=say.listed(_named(not_voted)), required=False
            )
        if decision.method == Method.SECRET:
            self.fields |= {
                choice.value: forms.IntegerField(label=label, min_value=0, max_value=100_000)
                for choice, label in COUNTED.items()
            }
        if decision.deed in (DecisionDeed.ADMITTED, DecisionDeed.READMITTED):
            self._ask_as_what(decision)
        elif decision.deed == DecisionDeed.NOT_YET:
            self.fields["reason"] = forms.CharField(
                label=_("Why not yet"),
                help_text=_("Public, in the language of the meeting; needed where it is carried."),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def _ask_as_what(self, decision: Decision) -> None:
        membership = decision.membership
        assert membership is not None  # noqa: S101 - a constraint holds it
        self.fields["category"] = forms.ChoiceField(
            label=_("As what"),
            choices=[(category.value, category.label) for category in CATEGORIES],
            initial=membership.category if membership.category in CATEGORIES else CATEGORIES[0],
        )
        number = fact_field(Membership, "number")
        number.initial = membership.number or next_number(membership.network)
        number.help_text = _("The next free one is proposed. Leave it empty where the network gives none.")
        self.fields["number"] = number

    @property
    def counts(self) -> Mapping[str, int] | None:
        """The votes of a secret count, as ``take`` takes them; None where none are asked for."""
        told = {str(choice): int(self.cleaned_data[choice]) for choice in COUNTED if choice in self.fields}
        return told or None

    @property
    def act(self) -> dict[str, Any]:
        """As what a member is admitted, or why not yet, and who did not vote, as ``take`` takes it."""
        told: dict[str, Any] = {
            name: self.cleaned_data[name] for name in ("category", "number") if name in self.fields
        }
        if "did_not_vote" in self.fields:
            told["did_not_vote"] = self.cleaned_data["did_not_vote"]
        if "reason" in self.fields:
            told["texts"] = {"reason": self.cleaned_data["reason"]}
        return told


COUNTED = {
    Choice.FOR: gettext_lazy("Votes for"),
    Choice.AGAINST: gettext_lazy("Votes against"),
    Choice.ABSTAINED: gettext_lazy("Abstentions"),
}


class ReopenForm(NeedsReasonForm):
    """Why a vote is opened again; of a roll call, whose vote is noted anew."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        votes = list(decision.votes.all())
        self.voters = {str(vote.party_id): vote.party for vote in votes}
        if votes:
            named = _named(self.voters.values())
            self.fields["anew"] = forms.MultipleChoiceField(
                label=_("Whose vote is noted anew?"),
                help_text=_("The other votes stay as they were noted."),
                choices=[
                    (str(vote.party_id), f"{name}: {vote.get_choice_display()}")
                    for name, vote in zip(named, votes, strict=True)
                ],
                required=decision.outcome == Outcome.OPEN,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def anew(self) -> list[Party]:
        """Whose vote is noted anew, as ``reopen_decision`` takes it."""
        return [self.voters[pk] for pk in self.cleaned_data.get("anew", ())]


def _named(parties: Collection[Party]) -> list[str]:
    names = Names(parties)
    return [names.text(party) for party in parties]
