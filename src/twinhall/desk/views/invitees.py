"""Whom to call to a meeting, at the desk: the list of those who are invited."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.calling import InviteeForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings.actions import calling
from twinhall.meetings.actions.calling import Address, addresses_of, invite, members_to_call, uninvite
from twinhall.meetings.models import Invitee, Meeting
from twinhall.meetings.queries import members_on_the_day
from twinhall.networks.models import Network
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.names import Names

VOTING, MEMBERS = "voting", "members"


class OfList(OfMeeting, FormPage):
    """A form on the list of those who are invited."""

    def back(self) -> str:
        return reverse("desk:meeting-invitees", args=[self.subject.slug])

    def crumbs(self) -> Crumbs:
        page = reverse("desk:meeting", args=[self.subject.slug])
        return [(_("Meetings"), reverse("desk:meetings")), (self.subject.title, page)]


class Invitees(OfList):
    """Who is on the list and who was called, with a form to add somebody by hand."""

    template = "desk/meetings/invitees.html"
    submit = gettext_lazy("Put on the list")

    def heading(self) -> str:
        return _("Who is invited")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return InviteeForm(data, files, initial={"language": self.subject.language})

    def extra(self) -> dict[str, object]:
        meeting = self.subject
        listed = calling.on_the_list(meeting)
        is_of_network = Network.objects.filter(party=meeting.organiser_id).exists()
        wanted = members_to_call(meeting) if is_of_network else []
        unreached = _unreached(wanted, [invitee for invitee, _letter in listed])
        names = Names([*(invitee.party for invitee, _letter in listed), *unreached])
        return {
            "record": meeting,
            "is_of_network": is_of_network,
            "rows": [(invitee, names.of(invitee.party), letter) for invitee, letter in listed],
            "not_called": sum(letter is None for _invitee, letter in listed),
            "unreached": [
                (names.text(party), reverse("desk:party", args=[party.slug])) for party in unreached
            ],
        }

    def save(self, form: DeskForm) -> str:
        told, by = form.cleaned_data, self.request.user
        party = resolve(told["party"], by=by)
        addresses = [Address(party, told["email"], told["name"], language=told["language"])]
        if not told["email"]:
            addresses = addresses_of([party])[0]
        if not invite(self.subject, addresses=addresses, by=by):
            raise ValidationError(_("This address is on the list already."))
        return self.back()

    def done(self) -> str:
        return _("Put on the list. Nobody is written to before you send the call.")


def _unreached(wanted: Sequence[Party], listed: Sequence[Invitee]) -> list[Party]:
    """Those who ought to be called, are not on the list, and of whom no address is known."""
    known = {invitee.party_id for invitee in listed}
    missing = [party for party in wanted if party.pk not in known]
    return addresses_of(missing)[1] if missing else []


class InviteMany(OfMeeting):
    """A button puts all who may vote, or all members, on the list."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        meeting, asked = self.subject, request.POST.get("who")
        back = reverse("desk:meeting-invitees", args=[slug])
        if asked not in (VOTING, MEMBERS):
            return redirect(back)
        parties = members_to_call(meeting) if asked == VOTING else _all_members(meeting)
        addresses, unreached = addresses_of(parties)
        made = invite(meeting, addresses=addresses, by=self.request.user)
        messages.success(request, _told_of(len(made)))
        # The list itself names those who ought to be called; said here is only who is not named there.
        if others := [party for party in unreached if party not in members_to_call(meeting)]:
            names = Names(others)
            said = _("No address is known of %(towns)s.")
            messages.warning(request, said % {"towns": say.listed(names.text(party) for party in others)})
        return redirect(back)


def _all_members(meeting: Meeting) -> list[Party]:
    members = members_on_the_day(meeting)
    return members if meeting.host is None or meeting.host in members else [*members, meeting.host]


def _told_of(count: int) -> str:
    said = ngettext(
        "%(count)s address was put on the list.", "%(count)s addresses were put on the list.", count
    )
    return said % {"count": count}


class InviteeRemove(OfList):
    """Somebody taken off the list before the call."""

    submit = gettext_lazy("Take off the list")
    is_grave = True

    def find(self) -> Meeting:
        meeting = super().find()
        known = Invitee.objects.select_related("party", "meeting")
        self.invitee = get_object_or_404(known, meeting=meeting, pk=self.kwargs["pk"])
        return meeting

    def heading(self) -> str:
        return _("Take off the list: %(invitee)s") % {"invitee": self.invitee}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        uninvite(self.invitee, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Taken off the list.")
