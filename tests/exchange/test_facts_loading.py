"""How fact files are loaded: what makes records, what is known again, what needs its source."""

import datetime as dt
from pathlib import Path

import pytest

from tests.exchange.files import BASE, SHIPPED, SOURCE, counts, register, write
from tests.factories.accounts import make_user
from tests.factories.evidence import place_of
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source, Statement
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.facts.loading import load_facts
from twinhall.finder.queries import search
from twinhall.networks.models import Membership, MembershipAct, Network
from twinhall.networks.queries import members_of
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership
from twinhall.partnerships.queries import partnership_list
from twinhall.projects.models import Participation, Project

pytestmark = pytest.mark.django_db

TIE = """
[[partnership]]
kind = "twinning"
parties = ["valka", "valga"]
printed = "Valka, Latvia"
fields = ["culture"]
[[partnership.acts]]
kind = "signed"
date = { value = "1995", printed = "in 1995" }
"""
ANOTHER_PAGE = """
[[source]]
key = "another"
title = "Sadraudzība"
language = "lv"
publisher = "valka"
read = "2024-06-01"
"""


@pytest.fixture
def officer() -> User:
    return make_user()


@pytest.fixture
def load(tmp_path: Path, officer: User) -> "Load":
    return Load(tmp_path, officer)


class Load:
    """Loads texts as files of one load."""

    def __init__(self, folder: Path, by: User) -> None:
        self.folder, self.by = folder, by

    def __call__(self, *texts: str, dry_run: bool = False) -> Report:
        paths = [write(self.folder, text, f"{number}.toml") for number, text in enumerate(texts, start=1)]
        return load_facts(paths, by=self.by, dry_run=dry_run)


def test_a_tie_is_made_with_its_acts_fields_and_statements(load: Load) -> None:
    report = load(BASE + TIE)
    tie = Partnership.objects.get()
    assert tie.slug == "valga-valka"
    assert [field.code for field in tie.fields.all()] == ["culture"]
    assert [(act.number, act.kind, act.date) for act in tie.acts.all()] == [(1, "signed", PartialDate(1995))]
    dated = Statement.objects.get(place_of(tie.acts.get(), "date"))
    assert (dated.stated, dated.as_printed, dated.in_force, dated.source.key) == (
        "1995",
        "in 1995",
        True,
        "page",
    )
    assert Statement.objects.get(place_of(tie, "exists")).as_printed == "Valka, Latvia"
    assert (report.made["partnerships"], report.made["acts"], report.changed) == (1, 1, True)


def test_parties_may_stand_in_a_later_file(load: Load) -> None:
    load(SOURCE + TIE, BASE.replace('key = "page"', 'key = "towns"'))
    assert Partnership.objects.get().slug == "valga-valka"


def test_two_sources_that_date_the_signing_speak_of_one_act(load: Load) -> None:
    other = TIE.replace("1995", "1996") + '[[partnership.acts]]\nkind = "signed"\ndate = "2010"\n'
    load(BASE + TIE, ANOTHER_PAGE + other)
    acts = Partnership.objects.get().acts.all()
    assert [(act.number, act.kind) for act in acts] == [(1, "signed"), (2, "signed")]
    told = Statement.objects.filter(place_of(acts[0], "date")).values_list("stated", "source__key")
    assert set(told) == {("1995", "page"), ("1996", "another")}


def test_a_tie_that_is_attested_has_the_date_of_its_source(load: Load) -> None:
    attested = (
        '[[partnership]]\nkind = "twinning"\nparties = ["valga", "valka"]\n'
        '[[partnership.acts]]\nkind = "attested"\n'
    )
    load(BASE + attested)
    assert Act.objects.get().date == PartialDate(2024, 3)
    load(ANOTHER_PAGE + attested.replace("twinning", "friendship"))
    assert Act.objects.get(partnership__kind="friendship").date == PartialDate(2024, 6, 1)


def test_a_tie_may_be_told_again_by_the_same_source_in_another_load(load: Load) -> None:
    load(BASE + TIE)
    before = register()
    assert not load(BASE + TIE).changed
    assert register() == before


def test_what_a_tie_lives_on_from_can_be_told_later(load: Load) -> None:
    three = (
        '[[party]]\nslug = "riga"\nkind = "municipality"\n'
        '[[partnership]]\nkind = "twinning"\nparties = ["valga", "valka", "riga"]\n'
    )
    load(BASE + TIE)
    lives_on = TIE.replace("printed", 'continues = ["riga", "valka", "valga"]\nprinted', 1)
    load(ANOTHER_PAGE + three + lives_on)
    two = Partnership.objects.get(slug="valga-valka")
    assert two.continues == Partnership.objects.get(slug="riga-valga-valka")


def test_a_party_that_left_is_told(load: Load) -> None:
    three = TIE.replace('["valka", "valga"]', '["valka", "valga", "riga"]')
    left = '[[partnership.acts]]\nkind = "left"\nparty = "riga"\ndate = "2001"\n'
    load(BASE + '[[party]]\nslug = "riga"\nkind = "municipality"\n' + three + left)
    assert [(act.kind, act.party and act.party.slug) for act in Act.objects.all()] == [
        ("signed", None),
        ("left", "riga"),
    ]


def test_a_value_may_come_from_another_source_and_may_be_printed_in_error(load: Load) -> None:
    told = (
        '[[party]]\nslug = "riga"\nkind = "municipality"\n'
        'population = { value = 600000, source = "another" }\n'
        'country = { value = "LV", stated = "LT", printed = "Lithuania", why = "Riga is in Latvia." }\n'
    )
    load(BASE + ANOTHER_PAGE + told)
    riga = Party.objects.get(slug="riga")
    assert (riga.population, riga.country) == (600000, "LV")
    population = Statement.objects.get(place_of(riga, "population"))
    country = Statement.objects.get(place_of(riga, "country"))
    assert population.source.key == "another"
    assert (country.stated, country.value, country.as_printed, country.why) == (
        "LT",
        "LV",
        "Lithuania",
        "Riga is in Latvia.",
    )


def test_dates_may_stand_without_quotation_marks(load: Load) -> None:
    load(BASE.replace('dated = "2024-03"', "dated = 2024-03-05") + TIE.replace('"1995"', "1995-05-01"))
    assert Source.objects.get().dated == PartialDate(2024, 3, 5)
    assert Act.objects.get().date == PartialDate(1995, 5, 1)


NETWORK = """
[[network]]
party = "city-twins"
[[network.sizes]]
members = 14
[[network.members]]
party = "valga"
category = "member"
number = 3
via = "valka"
pair = ["valga", "valka"]
[[network.members.acts]]
kind = "admitted"
date = "2006"
"""
PAIR = TIE.replace("twinning", "city twins")


def test_a_network_is_made_with_its_members(load: Load) -> None:
    load(BASE + PAIR + NETWORK)
    before = register()
    assert not load(BASE + PAIR + NETWORK).changed
    assert register() == before
    membership = Membership.objects.get()
    assert membership.via == Party.objects.get(slug="valka")
    assert membership.pair == Partnership.objects.get()
    assert (membership.number, membership.category) == (3, "member")
    assert [(act.kind, act.date) for act in MembershipAct.objects.all()] == [("admitted", PartialDate(2006))]
    assert [(size.members, size.countries) for size in Network.objects.get().sizes.all()] == [(14, None)]


def test_the_pair_of_a_membership_can_be_told_later(load: Load) -> None:
    load(BASE + NETWORK.replace('pair = ["valga", "valka"]\n', ""))
    assert Membership.objects.get().pair is None
    load(BASE + PAIR + NETWORK)
    assert Membership.objects.get().pair == Partnership.objects.get()


PROJECT = """
[[programme]]
slug = "interreg"
name.en = "Interreg"
[[project]]
slug = "green-border"
title.en = "Green border"
programme = "interreg"
[[project.partners]]
party = "valga"
role = "lead"
[[project.partners]]
country = "IT"
count = 2
role = "partner"
[[project.partners]]
country = "FR"
role = "partner"
"""


def test_a_project_is_made_with_its_partners_in_their_order(load: Load) -> None:
    load(BASE + PROJECT)
    before = register()
    assert not load(BASE + PROJECT).changed
    assert register() == before
    partners = Participation.objects.order_by("number")
    assert [(p.number, p.party and p.party.slug, p.country, p.role) for p in partners] == [
        (1, "valga", "", "lead"),
        (2, None, "IT", "partner"),
        (3, None, "IT", "partner"),
        (4, None, "FR", "partner"),
    ]
    assert str(Project.objects.get().programme) == "Interreg"


def test_a_dry_run_reports_and_changes_nothing(load: Load) -> None:
    before = register()
    report = load(BASE + TIE, dry_run=True)
    assert register() == before
    assert report.made["partnerships"] == 1
    assert report.new_statements == 9
    assert load(BASE + TIE).new_statements == 9


def test_names_that_come_in_are_found_at_once(load: Load) -> None:
    load(BASE)
    assert [hit.text for hit in search("valga")] == ["Valga"]
    load(ANOTHER_PAGE + '[[party]]\nslug = "valga"\nkind = "municipality"\nnames = [{ text = "Walk" }]\n')
    assert [hit.text for hit in search("walk")] == ["Walk"]


def test_shipped_files_may_be_loaded_in_any_order(officer: User) -> None:
    day = dt.date(2026, 11, 21)
    load_facts(SHIPPED[::-1], by=officer)
    assert counts()["partnerships.Partnership"] == 16
    assert {tie.status for tie in partnership_list(day)} == {"in force"}
    twins = Network.objects.get(party__slug="city-twins-association")
    assert str(twins.founded) == "2006-12-13"
    statuses = [(m.status, m.category) for m in members_of(twins, day)]
    assert sorted(set(statuses)) == [
        ("cooperating", "cooperating"),
        ("member", "founding member"),
        ("member", "member"),
    ]
    assert len([status for status, _category in statuses if status == "member"]) == 10
