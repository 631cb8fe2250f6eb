"""A register of any length: rows are made by hundreds, as no deed makes them."""

import datetime as dt
from itertools import pairwise

from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_statement
from tests.factories.meetings import make_meeting
from tests.factories.networks import make_network
from tests.factories.parties import make_own_page
from twinhall.evidence.models import Statement
from twinhall.exchange.models import Finding, Merge
from twinhall.exchange.models.merges import MergeKind
from twinhall.meetings.models import (
    Attendance,
    Commitment,
    Cost,
    Decision,
    DecisionDeed,
    Gift,
    Item,
    Meeting,
    MeetingKind,
    Method,
    Minutes,
    Outcome,
    Passage,
    ProgrammeLine,
)
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind, Network
from twinhall.parties.models import Party, PartyKind
from twinhall.partnerships.actions import parties_key
from twinhall.partnerships.models import Act, ActKind, Partnership, PartnershipKind, Signatory
from twinhall.projects.models import Participation, ParticipationRole, Project

NETWORKS_OF = 10
"""So many towns there are for one network: of networks a form offers all."""
LINES_OF = 10
"""So many towns there are for one item of an agenda or line of a programme: a page shows all of them."""


class Register:
    """Records of every list, each with all that its row shows; Valga has to do with every one of them."""

    def __init__(self, valga: Party) -> None:
        self.valga, self.size = valga, 0
        self.network = make_network(name="All towns")
        self.minutes = Minutes.objects.create(
            meeting=make_meeting(organiser=self.network.party, slug="council"), keeper=make_administrator()
        )
        self.visit = make_meeting(organiser=valga, slug="visit", kind=MeetingKind.VISIT)
        self.word = make_statement(
            subject=Partnership(pk=0), field="exists", stated="yes", source=make_own_page(valga)
        )

    def grow(self, size: int) -> None:
        numbers = range(self.size, size)
        towns = Party.objects.bulk_create(
            Party(slug=f"town-{n}", name=f"Town {n}", kind=PartyKind.MUNICIPALITY, country="EE")
            for n in numbers
        )
        self._ties(towns)
        self._networks(numbers[::NETWORKS_OF])
        self._memberships(towns)
        self._projects(numbers)
        self._meetings(towns)
        self._minutes(towns[::LINES_OF])
        self._visit(towns[::LINES_OF])
        self._reports(towns)
        self.size = size

    def _ties(self, towns: list[Party]) -> None:
        ties = Partnership.objects.bulk_create(
            Partnership(
                slug=f"{town.slug}-valga",
                kind=PartnershipKind.TWINNING,
                parties_key=parties_key([town, self.valga]),
            )
            for town in towns
        )
        sides = [(tie, side) for tie, town in zip(ties, towns, strict=True) for side in (town, self.valga)]
        Signatory.objects.bulk_create(Signatory(partnership=tie, party=party) for tie, party in sides)
        Act.objects.bulk_create(
            Act(partnership=tie, kind=ActKind.SIGNED, number=1, date="1991") for tie in ties
        )
        columns = {f.attname: getattr(self.word, f.attname) for f in Statement._meta.concrete_fields}
        Statement.objects.bulk_create(
            Statement(**columns | {"id": None, "subject_id": tie.pk}) for tie in ties
        )

    def _networks(self, numbers: range) -> None:
        associations = Party.objects.bulk_create(
            Party(slug=f"network-{n}", name=f"Network {n}", kind=PartyKind.ASSOCIATION) for n in numbers
        )
        Network.objects.bulk_create(Network(party=party) for party in associations)

    def _memberships(self, towns: list[Party]) -> None:
        found = Membership.objects.bulk_create(Membership(network=self.network, party=town) for town in towns)
        MembershipAct.objects.bulk_create(
            MembershipAct(membership=m, kind=MembershipActKind.ADMITTED, number=1) for m in found
        )

    def _projects(self, numbers: range) -> None:
        projects = Project.objects.bulk_create(
            Project(slug=f"project-{n}", title={"en": "P"}) for n in numbers
        )
        Participation.objects.bulk_create(
            Participation(project=project, party=self.valga, number=1, role=ParticipationRole.LEAD)
            for project in projects
        )

    def _meetings(self, towns: list[Party]) -> None:
        """A visit of each town, at which something is put to the vote and taken on."""
        day = dt.date(2027, 3, 12)
        meetings = Meeting.objects.bulk_create(
            Meeting(
                slug=f"visit-{town.slug}",
                kind=MeetingKind.VISIT,
                title="Visit",
                language="en",
                organiser=town,
                host=self.valga,
                starts_on=day,
                ends_on=day,
                zone="Europe/Tallinn",
            )
            for town in towns
        )
        items = Item.objects.bulk_create(Item(meeting=one, number=1, title="Members") for one in meetings)
        memberships = {one.party_id: one for one in Membership.objects.filter(party__in=towns)}
        Decision.objects.bulk_create(
            Decision(
                meeting=item.meeting,
                item=item,
                number=1,
                text="It is suspended.",
                method=Method.ROLL,
                decided_on=day,
                membership=memberships[item.meeting.organiser_id],
                deed=DecisionDeed.SUSPENDED,
            )
            for item in items
        )
        Commitment.objects.bulk_create(
            Commitment(meeting=item.meeting, item=item, party=item.meeting.organiser, text="Send it", due=day)
            for item in items
        )

    def _minutes(self, towns: list[Party]) -> None:
        """Of one meeting: each town has a passage, a decision and a commitment in them."""
        by, first = self.minutes.keeper, self.minutes.meeting.items.count() + 1
        held, day = {"meeting": self.minutes.meeting}, self.minutes.meeting.starts_on
        consensus = {"method": Method.CONSENSUS, "outcome": Outcome.CARRIED}
        items = Item.objects.bulk_create(
            Item(**held, number=n, title=f"Of {town}") for n, town in enumerate(towns, start=first)
        )
        Passage.objects.bulk_create(Passage(item=item, revision=1, text="Said.", by=by) for item in items)
        Decision.objects.bulk_create(
            Decision(**held, item=item, number=item.number, text="So.", decided_on=day, **consensus)
            for item in items
        )
        Commitment.objects.bulk_create(
            Commitment(**held, item=item, party=town, text="Do it")
            for item, town in zip(items, towns, strict=True)
        )
        Attendance.objects.bulk_create(Attendance(**held, party=town, name="A", came=True) for town in towns)

    def _visit(self, towns: list[Party]) -> None:
        """Of one visit: a line of the programme, a guest, a gift and a cost of each town."""
        held = {"meeting": self.visit}
        ProgrammeLine.objects.bulk_create(
            ProgrammeLine(**held, day=self.visit.starts_on, title=f"Tea with {town}") for town in towns
        )
        Attendance.objects.bulk_create(Attendance(**held, party=town, name="A") for town in towns)
        Gift.objects.bulk_create(Gift(**held, what="Book", giver=town, receiver=self.valga) for town in towns)
        Cost.objects.bulk_create(Cost(**held, what="Bus", payer=town, currency="EUR") for town in towns)

    def _reports(self, towns: list[Party]) -> None:
        by = make_administrator()
        findings = Finding.objects.bulk_create(
            Finding(
                subject_type="parties.party",
                subject_id=self.valga.pk,
                field="population",
                told=f"Not as in {town}.",
                page_language="en",
            )
            for town in towns
        )
        desks = Finding.desks.through
        desks.objects.bulk_create(desks(finding=finding, party=self.valga) for finding in findings)
        Merge.objects.bulk_create(
            Merge(
                kind=MergeKind.PARTY,
                kept_id=one.pk,
                gone_id=two.pk,
                kept_label="A",
                gone_label="B",
                why="One.",
                by=by,
                moved={},
            )
            for one, two in pairwise([self.valga, *towns])
        )
