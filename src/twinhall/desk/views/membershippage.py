"""A membership's page at the desk, and the certificate of a member."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from twinhall.desk.acts import act_rows
from twinhall.desk.base import DeskView
from twinhall.desk.facts import exists_row, fact_rows
from twinhall.desk.views.membershipdeeds import GRAVE, WORDS
from twinhall.documents.models import Document
from twinhall.networks import queries
from twinhall.networks.deeds import MEMBERS_OWN_DEEDS, deeds_at
from twinhall.networks.models import Membership, MembershipAct, MembershipStatus
from twinhall.parties.rules import readable_by
from twinhall.web import rows, say
from twinhall.web.environment import today
from twinhall.web.exports import file_name
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.papers import as_pdf, certificate


class MembershipPage(DeskView):
    section = "memberships"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = get_object_or_404(queries.membership_page(today()), pk=pk)
        documents = Prefetch("documents", readable_by(request.user, Document.objects.all()))
        acts = list(
            MembershipAct.every.filter(membership=membership).prefetch_related(documents).order_by("number")
        )
        evidence = Evidence([membership, *acts])
        pair = list(membership.pair.signatories.select_related("party")) if membership.pair else []
        via = [membership.via] if membership.via else []
        parties = [membership.party, membership.network.party, *via, *(s.party for s in pair)]
        names = Names(parties)
        keeps = self.may("parties.keep_record", membership)
        deeds = self._deeds(membership, keeps=keeps)
        title = say.member_of(names.text(membership.party), names.text(membership.network.party))
        context = {
            "record": membership,
            "kind": membership._meta.label_lower,
            "heading": title,
            "member_name": names.of(membership.party),
            "network_name": names.of(membership.network.party),
            "via": names.of(membership.via) if membership.via else None,
            "pair": " – ".join(names.text(signatory.party) for signatory in pair),
            "may_certify": membership.status == MembershipStatus.MEMBER
            and not membership.withdrawn_at
            and (keeps or self.may("parties.state_fact", membership)),
            "status_label": MembershipStatus(membership.status).label,
            "tone": rows.TONES.get(membership.status, "quiet"),
            "facts": [exists_row(membership, evidence.about), *fact_rows(membership, evidence.about)],
            "acts": act_rows(acts, evidence.about, names),
            "may_keep": keeps,
            "deeds": [words for kind, words in deeds if kind not in GRAVE],
            "grave_deeds": [words for kind, words in deeds if kind in GRAVE],
            "public_href": reverse("web:network", args=[membership.network.party.slug]),
        }
        return self.page("desk/memberships/detail.html", context)

    def _deeds(self, membership: Membership, *, keeps: bool) -> list[tuple[str, tuple[str, str]]]:
        if membership.withdrawn_at or not (keeps or self.may("parties.state_fact", membership)):
            return []
        return [
            (kind, (WORDS[kind](), reverse("desk:membership-act", args=[membership.pk, kind])))
            for kind in deeds_at(membership, membership.status)
            if keeps or kind in MEMBERS_OWN_DEEDS
        ]


class Certificate(DeskView):
    """The certificate of a member, as PDF, in the language of the page."""

    section = "memberships"
    permission = "parties.state_fact"
    subject: Membership

    def find(self) -> Membership:
        found = queries.membership_page(today()).filter(withdrawn_at__isnull=True)
        return get_object_or_404(found, pk=self.kwargs["pk"], status=MembershipStatus.MEMBER)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"certificate-{self.subject.party.slug}", "pdf", today())
        return as_pdf(certificate(self.subject, today()), name)
