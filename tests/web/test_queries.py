"""The number of queries of a page does not grow with the register."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted
from tests.factories.meetings import make_decision, make_item, make_meeting
from tests.factories.networks import (
    make_body,
    make_membership,
    make_membership_act,
    make_network,
    make_network_size,
    make_post,
)
from tests.factories.parties import make_contact, make_name, make_network_party, make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import (
    make_activity,
    make_output,
    make_participation,
    make_programme,
    make_project,
    make_project_size,
)
from twinhall.finder.actions import index_all
from twinhall.meetings.actions.planning import PARTS
from twinhall.meetings.models import Outcome, Registration
from twinhall.parties.models import Party, Succession

Asked = dict[str, tuple[list[str], list[str]]]
MOST = {
    "/en/": 12,
    "/en/parties/": 7,
    "/en/parties/?country=LV&network=league&q=town&sort=-ties": 9,
    "/en/parties/ada/": 27,
    "/en/partnerships/": 12,
    "/en/partnerships/?country=EE&partner_country=LV&status=in+force&decade=1990&party=ada": 16,
    "/en/partnerships/ada-bea/": 14,
    "/en/networks/": 5,
    "/en/networks/league/": 23,
    "/en/projects/": 6,
    "/en/projects/border/": 8,
    "/en/meetings/": 4,
    "/en/meetings/fair/": 8,
    "/en/sources/": 3,
    "/en/sources/1/": 14,
    "/en/disagreements/": 19,
    "/en/search/?q=town": 9,
}
"""Each page with the most queries that it may ask, besides the one that tells whether a kept page holds."""
STATE = 1


class Register:
    """A register that grows: everything here is tied to one town, one tie, one network, one project."""

    def __init__(self) -> None:
        self.by = make_user()
        self.ada = make_party(name="Ada", country="EE", latitude=58.0, longitude=26.0)
        self.bea = make_party(name="Bea", country="LV", latitude=57.0, longitude=25.0)
        self.league = make_network(party=make_network_party(name="League"))
        self.border = make_project(slug="border", programme=make_programme(), led_to=self.league)
        self.page = make_own_page(self.ada)
        self.tie = make_partnership(parties=[self.ada, self.bea], address="ada-bea")
        shown = dict.fromkeys(PARTS, True) | {"published_at": timezone.now()}
        self.fair = make_meeting(organiser=self.league.party, slug="fair", **shown)
        self.number = 0
        self.grow(2)

    def grow(self, times: int) -> None:
        for _ in range(times):
            self.number += 1
            self._more(self.number)
        index_all()

    def _more(self, number: int) -> None:
        town = make_party(
            name=f"Town {number}", country="LV", language="lv", latitude=57.0 + number / 100, longitude=25.0
        )
        make_name(party=self.ada, text=f"Town Ada {number}", language="lv")
        make_contact(party=self.ada, key=f"office-{number}", office=f"Office {number}")
        self._ties(town, number)
        self._succession(number)
        self._memberships(town, number)
        self._project(town, number)
        self._meetings(town, number)
        for field, stated in (("population", 1000 + number), ("website", f"https://{number}.example")):
            make_accepted(
                subject=self.ada, field=field, stated=stated, source=make_own_page(town), by=self.by
            )
            make_accepted(subject=town, field=field, stated=stated, source=self.page, by=self.by)

    def _ties(self, town: Party, number: int) -> None:
        other = make_partnership(parties=[self.ada, town], fields=["culture", "sport"], continues=self.tie)
        for tie in (other, self.tie):
            act = make_act(partnership=tie)
            for source in (self.page, make_own_page(town)):
                make_accepted(
                    subject=act,
                    field="date",
                    stated=str(1990 + number),
                    source=source,
                    as_printed="x",
                    by=self.by,
                )
            make_accepted(
                subject=tie, field="exists", stated="yes", source=make_own_page(self.bea), by=self.by
            )

    def _succession(self, number: int) -> None:
        old = make_party(name=f"Old town {number}")
        succession = Succession.objects.create(predecessor=old, successor=self.ada)
        make_accepted(subject=succession, field="date", stated="2009", source=self.page, by=self.by)
        tie = make_partnership(parties=[old, self.bea], fields=["culture"])
        act = make_act(partnership=tie)
        make_accepted(subject=act, field="date", stated="1990", source=make_own_page(old), by=self.by)

    def _memberships(self, town: Party, number: int) -> None:
        pair = make_partnership(parties=[self.bea, town])
        for network, party in (
            (self.league, town),
            (make_network(party=make_network_party(name=f"League {number}")), self.ada),
        ):
            member = make_membership(network=network, party=party, pair=pair)
            make_membership_act(membership=member, date="2001")
            for category in ("member", "observer"):
                make_accepted(
                    subject=member, field="category", stated=category, source=make_own_page(party), by=self.by
                )
            body = make_body(network=network, slug=f"board-{number}")
            make_post(network=network, party=self.ada, body=body, number=number, since="2002")
            size = make_network_size(network=network, members=number)
            make_accepted(subject=size, field="exists", stated="yes", source=make_own_page(party), by=self.by)

    def _project(self, town: Party, number: int) -> None:
        for project in (
            self.border,
            make_project(title=f"Town project {number}", programme=make_programme()),
        ):
            make_participation(project=project, party=town)
            make_participation(project=project, country="FI")
            make_activity(project=project, number=number)
            make_output(project=project, number=number)
            make_project_size(project=project, partners=number)
        for source in (self.page, make_own_page(town)):
            programme = make_programme()
            make_accepted(
                subject=project, field="programme", stated=programme.slug, source=source, by=self.by
            )
            make_accepted(subject=project, field="led_to", stated=self.league.pk, source=source, by=self.by)
        participation = make_participation(project=project, party=self.ada)
        make_accepted(subject=participation, field="exists", stated="yes", source=self.page, by=self.by)

    def _meetings(self, town: Party, number: int) -> None:
        day = timezone.localdate() + dt.timedelta(days=number)
        make_meeting(organiser=town, host=self.ada, starts_on=day, ends_on=day, published_at=timezone.now())
        item = make_item(self.fair, f"Item {number}")
        Registration.objects.create(meeting=self.fair, party=town, is_coming=True, by=self.by)
        decision = make_decision(item, method="consensus")
        decision.outcome = Outcome.CARRIED
        decision.save()

    def asked(self, client: Client, address: str) -> list[str]:
        """The queries that a page asks."""
        address = address.replace("/1/", f"/{self.page.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in queries]


@pytest.fixture(scope="module")
def kept() -> Asked:
    """What was asked, so that the register is made once."""
    return {}


@pytest.fixture
def asked(db: None, client: Client, kept: Asked) -> Asked:  # noqa: ARG001
    """The queries of each page: of a small register, and of one several times as large."""
    if not kept:
        register = Register()
        few = {address: register.asked(client, address) for address in MOST}
        register.grow(6)
        many = {address: register.asked(client, address) for address in MOST}
        kept |= {address: (few[address], many[address]) for address in MOST}
    return kept


@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_no_more_of_a_larger_register(asked: Asked, address: str) -> None:
    few, many = asked[address]
    assert len(many) == len(few), "\n".join(sql[:150] for sql in many)


@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_no_more_than_it_is_known_to_need(asked: Asked, address: str) -> None:
    _, many = asked[address]
    assert len(many) <= MOST[address] + STATE, "\n".join(sql[:150] for sql in many)
