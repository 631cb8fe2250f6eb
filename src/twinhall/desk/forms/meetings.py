"""Forms of meetings: the list's filters, and when, where and for whom a meeting is."""

from collections.abc import Collection, Iterable
from typing import Any

from babel.core import get_global
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.core.languages import country_name
from twinhall.core.text import alphabetical
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.fields import languages
from twinhall.desk.forms.networks import body_name
from twinhall.desk.forms.parties import PartyChoice, own_party
from twinhall.desk.lists import SearchFilters
from twinhall.meetings.models import Meeting, MeetingKind, QuorumRule
from twinhall.meetings.times import zones
from twinhall.networks.models import Body
from twinhall.parties.models import Party
from twinhall.parties.rules import is_administrator, standing
from twinhall.web.environment import today
from twinhall.web.names import Names


class MeetingSearch(SearchFilters):
    """What the list of meetings can be narrowed by."""

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[
            ("", gettext_lazy("at any time")),
            ("coming", gettext_lazy("to come")),
            ("past", gettext_lazy("over")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", gettext_lazy("all kinds")), *MeetingKind.choices],
    )


def zones_of(countries: Collection[str]) -> list[str]:
    """The time zones of some countries, in their order."""
    first = [zone for country in countries for zone in get_global("territory_zones").get(country, ())]
    return [zone for zone in dict.fromkeys(first) if zone in zones()]


def zone_choices(near: Collection[str]) -> list[Any]:
    """Time zones for a select: some that are near first, then all others, by name."""
    others = [(zone, _spoken(zone)) for zone in sorted(zones() - set(near))]
    return [("", "–"), *((zone, _spoken(zone)) for zone in near), (_("All others"), others)]


def _spoken(zone: str) -> str:
    return zone.replace("_", " ")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")


class MeetingForm(DeskForm):
    """When and where a meeting is, and what it is about."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language of title and papers"), choices=languages)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("Body of the network"),
        help_text=gettext_lazy(
            "Its chair, vice-chairs, treasurer, board members and lead cities vote; without a body, "
            "all members do."
        ),
        required=False,
        empty_label=gettext_lazy("none: all members"),
    )
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=_day())
    starts_at = forms.TimeField(
        label=gettext_lazy("Begins at"),
        help_text=gettext_lazy("Leave both times empty for whole days."),
        required=False,
        widget=_clock(),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty: the first day."),
        required=False,
        widget=_day(),
    )
    ends_at = forms.TimeField(label=gettext_lazy("Ends at"), required=False, widget=_clock())
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of the place"),
        help_text=gettext_lazy("Times are those of the clocks there."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("House, street and town."),
        required=False,
        max_length=200,
    )
    host = PartyChoice(label=gettext_lazy("Host, where it is another than the organiser"), required=False)
    link = forms.URLField(
        label=gettext_lazy("Address for those who take part from afar"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"),
        required=False,
        choices=lambda: languages()[1:],
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    quorum = forms.ChoiceField(
        label=gettext_lazy("Quorum"),
        help_text=gettext_lazy("How many of those who may vote must be there, so that decisions stand."),
        choices=QuorumRule.choices,
        initial=QuorumRule.NONE,
    )
    registration_until = forms.DateField(
        label=gettext_lazy("Registration until"), required=False, widget=_day()
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places there are"), required=False, min_value=1, max_value=100_000
    )

    def __init__(self, *args: Any, user: User, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = standing(user).speaking
        if meeting is None:
            self.fields["organiser"] = own_party(user, mine, label=_("Organiser"))
        self._offer_bodies(
            _bodies(user, meeting),
            is_of_one=meeting is not None,
            held=meeting.body_id if meeting else None,
        )
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - for the types
        near = zones_of(_countries(mine, meeting))
        zone.choices = zone_choices(near)
        zone.initial = near[0] if len(near) == 1 else ""  # of several, none is taken unseen
        self.order_fields(["organiser", *self.fields])

    def _offer_bodies(self, bodies: "QuerySet[Body]", *, is_of_one: bool, held: int | None) -> None:
        """Bodies by name, with their network where there are several; no field where there are none.

        One that has ended is not offered, unless it is the meeting's (``held``).
        """
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)  # noqa: S101 - for the types
        body.queryset = bodies
        found = [one for one in bodies if one.pk == held or not one.until or one.until.last_day >= today()]
        if not found:
            del self.fields["body"]
        names = Names({one.network.party for one in found})
        called = {
            one.pk: body_name(one) if is_of_one else f"{names.text(one.network.party)}: {body_name(one)}"
            for one in found
        }
        body.choices = [("", body.empty_label), *called.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        if bool(cleaned.get("starts_at")) != bool(cleaned.get("ends_at")) and not self.errors:
            missing = "starts_at" if cleaned.get("ends_at") else "ends_at"
            self.add_error(missing, ValidationError(_("Give both times, or none for whole days.")))
        self._check_order(cleaned)
        return cleaned

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        """Say beside its field what the table refuses as a whole."""
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if first and last and last < first:
            message = _("The last day lies before the first. Choose the first day or a later one.")
            self.add_error("ends_on", ValidationError(message))
        elif first and first == last and begins and ends and ends <= begins:
            message = _("It would be over before it begins. Choose a later time, or a later last day.")
            self.add_error("ends_at", ValidationError(message))
        until = cleaned.get("registration_until")
        if until and last and until > last:
            message = _("Registration closes before the meeting is over.")
            self.add_error("registration_until", ValidationError(message))


def _bodies(user: User, meeting: Meeting | None) -> "QuerySet[Body]":
    """The bodies that can meet: those of the organiser, or of the networks that the person speaks for."""
    bodies = Body.objects.select_related("network__party").order_by("network__party__slug", "kind", "pk")
    if meeting is not None:
        return bodies.filter(network__party=meeting.organiser_id)
    return bodies if is_administrator(user) else bodies.filter(network__party__in=standing(user).speaking)


def _countries(mine: Collection[int], meeting: Meeting | None) -> list[str]:
    """The countries whose clocks come first: of host and organiser, of one's parties, of their members."""
    held = [meeting.host, meeting.organiser] if meeting else []
    own = Party.objects.filter(pk__in=mine).values_list("country", flat=True)
    members = Party.objects.filter(memberships__network__in=mine).values_list("country", flat=True).distinct()
    told = [party.country for party in held if party is not None]
    return [country for country in dict.fromkeys([*told, *_by_name(own), *_by_name(members)]) if country]


def _by_name(countries: Iterable[str]) -> list[str]:
    return sorted(set(countries), key=lambda code: alphabetical(country_name(code)))
