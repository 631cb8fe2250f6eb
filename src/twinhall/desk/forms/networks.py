"""Forms on networks: members and what is decided on them, bodies, posts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.core.languages import best
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import fact_field
from twinhall.desk.forms.fields import languages, note_field
from twinhall.desk.forms.parties import PartyChoice, own_party
from twinhall.desk.forms.sources import SourcedForm
from twinhall.networks.actions import CATEGORIES
from twinhall.networks.models import (
    Body,
    BodyKind,
    Category,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    Post,
    PostRole,
)
from twinhall.networks.queries import network_list, next_number
from twinhall.parties.models import Party, PartyKind
from twinhall.parties.rules import standing
from twinhall.partnerships.models import Partnership, PartnershipKind
from twinhall.web import rows
from twinhall.web.names import Names


def networks() -> list[tuple[str, str]]:
    """The networks by name, as a choice."""
    found = list(network_list())
    names = Names(network.party for network in found)
    return [(network.party.slug, names.text(network.party)) for network in found]


class NetworkForm(DeskForm):
    """An association of the register whose network is to be kept."""

    association = forms.ModelChoiceField(
        Party.objects.none(),
        label=gettext_lazy("Association"),
        help_text=gettext_lazy("A party of kind association. Add it as a party first if it is not here."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Party.objects.standing().filter(kind=PartyKind.ASSOCIATION, network__isnull=True)
        association = self.fields["association"]
        assert isinstance(association, forms.ModelChoiceField)  # noqa: S101 - for the types
        association.queryset = found if user.is_superuser else found.filter(pk__in=standing(user).speaking)


# Memberships -------------------------------------------------------------------------------------------


class MembershipForm(SourcedForm):
    """A new place in a network; what happened stands in its first act."""

    member = PartyChoice(label=gettext_lazy("Who"))
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), required=False, choices=[("", "–"), *Category.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = fact_field(Membership, "number")
        self.order_fields(["member", "category", "number", *self.source_fields])


class JoinForm(SourcedForm):
    """A party's own application to a network."""

    network = forms.ChoiceField(label=gettext_lazy("Network"), choices=networks)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["mine"] = own_party(user, standing(user).speaking, label=_("Our side"))
        self.order_fields(["mine", "network", *self.source_fields])


class MembershipTiesForm(DeskForm):
    """Through whom a party is a member, and with which town across the border."""

    via = PartyChoice(
        label=gettext_lazy("Through"),
        help_text=gettext_lazy("The body that is the member for several, such as a union of municipalities."),
        within="register",
        required=False,
    )
    pair = forms.ModelChoiceField(
        Partnership.objects.none(), label=gettext_lazy("Pair"), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pair, via = self.fields["pair"], self.fields["via"]
        assert isinstance(pair, forms.ModelChoiceField)  # noqa: S101 - for the types
        pair.queryset = Partnership.objects.standing().filter(
            kind=PartnershipKind.CITY_TWINS, signatories__party=membership.party
        )
        found = list(pair.queryset.prefetch_related("signatories__party"))
        names = Names(rows.parties_of(found))
        called = {p.pk: " – ".join(names.text(s.party) for s in p.signatories.all()) for p in found}
        pair.choices = [("", "–"), *called.items()]
        pair.initial, via.initial = membership.pair_id, membership.via


class MembershipActForm(SourcedForm):
    """A new act of a membership: an admission says as what, “not yet” says why."""

    def __init__(
        self, *args: Any, kind: str, user: User, sides: Sequence[Party], membership: Membership, **kwargs: Any
    ) -> None:
        super().__init__(*args, user=user, sides=sides, **kwargs)
        for name in ("date", "place", "deciding_body", "valid_until"):
            self.fields[name] = fact_field(MembershipAct, name)
        first: list[str] = []
        if kind in (MembershipActKind.ADMITTED, MembershipActKind.READMITTED):
            self._ask_as_what(membership)
            first = ["category", "number"]
        if kind == MembershipActKind.NOT_YET:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"),
                max_length=1000,
                error_messages={"required": _("“Not yet a member” needs its reason.")},
            )
            first = ["reason"]
        self.fields["note"] = note_field()
        rest = ["date", "place", "deciding_body", "valid_until", "note"]
        self.order_fields([*first, *rest, *self.source_fields])

    def _ask_as_what(self, membership: Membership) -> None:
        """As what a member is admitted, and under which number: the one it has, else the next."""
        self.fields["category"] = forms.ChoiceField(
            label=_("As what"), choices=[(c.value, c.label) for c in CATEGORIES]
        )
        number = fact_field(Membership, "number")
        number.initial = membership.number or next_number(membership.network)
        number.help_text = _("The next free one is proposed. Leave it empty where the network gives none.")
        self.fields["number"] = number


# Bodies and posts --------------------------------------------------------------------------------------


class BodyForm(SourcedForm):
    """A part of a network: its board, a commission, a working group."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BodyKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language of the name"), choices=languages)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("place", "since", "until"):
            self.fields[field] = fact_field(Body, field)
        self.order_fields(["kind", "name", "language", "place", "since", "until", *self.source_fields])


class PostForm(SourcedForm):
    """What a party does for a network for a time."""

    holder = PartyChoice(label=gettext_lazy("Who"), within="register")
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=PostRole.choices)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label=gettext_lazy("Of which body"),
        required=False,
        empty_label=gettext_lazy("of the network as such"),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)  # noqa: S101 - for the types
        body.queryset = network.bodies.all()
        body.label_from_instance = body_name  # type: ignore[method-assign,assignment]  # Django's way
        for field in ("since", "until"):
            self.fields[field] = fact_field(Post, field)
        self.order_fields(["holder", "role", "body", "since", "until", *self.source_fields])


def body_name(body: Body) -> str:
    """What a body is called."""
    return best(body.name).text or str(BodyKind(body.kind).label)


class EndForm(SourcedForm):
    """When a body or a post ended."""

    def __init__(self, *args: Any, record: Body | Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = fact_field(type(record), "until", required=True)
        self.record = record
        self.order_fields(["until", *self.source_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        until, since = cleaned.get("until"), self.record.since
        if until and since and until.last_day < since.first_day:
            raise ValidationError({"until": _("The end lies before the beginning.")})
        return cleaned
