"""What the five pages say stands in the register, and nothing else."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.exchange.files import SHIPPED, counts, register
from tests.factories.accounts import make_user
from tests.factories.evidence import place_of
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import reject
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.queries import disagree, disagreements, printed_in_error
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.facts.loading import load_facts
from twinhall.finder.queries import search
from twinhall.networks.models import Membership, Network
from twinhall.networks.queries import MemberCount, members_of, memberships_of, posts_of, tally
from twinhall.parties import precedence
from twinhall.parties.models import Name, Party
from twinhall.partnerships.models import Partnership
from twinhall.partnerships.queries import Said, partnership_list, partnerships_of, sides, statements_on
from twinhall.projects.counts import count_partners
from twinhall.projects.models import Project
from twinhall.projects.queries import participations_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

READ = dt.date(2026, 11, 21)
CITY_TWINS = "city-twins-association"


def party(slug: str) -> Party:
    return Party.objects.get(slug=slug)


def network(slug: str) -> Network:
    return Network.objects.get(party__slug=slug)


def on(subject: Party | Network | Membership | Partnership | Project, field: str) -> dict[str, Statement]:
    """The statements on a field, by the key of their source."""
    found = Statement.objects.filter(place_of(subject, field)).select_related("source")
    return {statement.source.key: statement for statement in found}


def tables() -> Iterator[dict[str, list[dict[str, object]]]]:
    for path in SHIPPED:
        yield tomllib.loads(path.read_text("utf-8"))


# How much ----------------------------------------------------------------------------------------------


def test_all_pages_are_loaded_and_nothing_else_is_there() -> None:
    rows = counts()
    expected = {
        "parties.Party": 33,
        "parties.Contact": 2,
        "parties.Publication": 5,
        "partnerships.Partnership": 16,
        "partnerships.Signatory": 33,
        "partnerships.Act": 18,
        "networks.Network": 6,
        "networks.NetworkSize": 3,
        "networks.Membership": 19,
        "networks.MembershipAct": 29,
        "networks.Body": 3,
        "networks.Post": 3,
        "projects.Programme": 2,
        "projects.Project": 3,
        "projects.ProjectSize": 1,
        "projects.Participation": 15,
        "projects.Activity": 3,
        "projects.Output": 7,
    }
    assert {table: rows[table] for table in expected} == expected


def test_the_report_tells_what_was_made(shipped: Report) -> None:
    made = dict(shipped.made)
    rows = counts()
    assert made == {
        "parties": 33,
        "sources": rows["evidence.Source"],
        "names": rows["parties.Name"],
        "identifiers": rows["parties.Identifier"],
        "contacts": 2,
        "partnerships": 16,
        "acts": 18,
        "networks": 6,
        "memberships": 19,
        "acts of membership": 29,
        "bodies": 3,
        "posts": 3,
        "stated sizes": 4,
        "programmes": 2,
        "projects": 3,
        "participations": 15,
        "activities": 3,
        "outputs": 7,
    }
    assert (shipped.new_statements, shipped.known_statements) == (rows["evidence.Statement"], 0)


def test_every_name_and_identifier_that_is_told_is_kept_once() -> None:
    names, identifiers = set(), set()
    for table in tables():
        for told in table.get("party", []):
            for name in told.get("names", []):  # type: ignore[attr-defined]
                names.add((told["slug"], name["text"], name["language"], name.get("kind", "alias")))
            for scheme, value in dict(told.get("identifiers", {})).items():  # type: ignore[call-overload]
                identifiers.add((told["slug"], scheme, value))
    kept = Name.objects.values_list("party__slug", "text", "language", "kind")
    assert set(kept) == names
    assert len(kept) == len(names)
    assert {
        (town.slug, one.scheme, one.value) for town in Party.objects.all() for one in town.identifiers.all()
    } == identifiers


def test_every_statement_is_accepted_by_the_named_actor_and_has_its_source() -> None:
    actor = User.objects.get()
    assert (actor.name, actor.is_active) == ("shipped with Twinhall", False)
    assert set(Statement.objects.values_list("verdict", "decided_by", "origin", "quote")) == {
        (Verdict.ACCEPTED.value, actor.pk, "facts@1", "")
    }


def test_sources_are_dated_as_far_as_their_pages_allow() -> None:
    pages = Source.objects.filter(kind="page").order_by("key")
    told = [(s.key, s.publication.publisher.slug, s.language, str(s.not_before), s.dated) for s in pages]
    assert told == [
        ("city-twins-association-about", CITY_TWINS, "en", "2007", None),
        ("daugavpils-cities-of-change", "daugavpils", "lv", "2013-06", None),
        ("stara-zagora-international-activity", "stara-zagora", "bg", "2009", None),
        ("valga-city-twins-association", "valga", "et", "2006-12-13", None),
        ("valmiera-international-cooperation", "valmiera", "lv", "2022-07-22", None),
    ]


# Valmiera ----------------------------------------------------------------------------------------------


def test_valmieras_ties_since_when_and_on_what_basis() -> None:
    told = [
        (tie.slug, tie.kind, tie.status, str(tie.since), tie.since_kind)
        for tie in partnerships_of(party("valmiera"), READ)
    ]
    cooperation = "cooperation agreement"
    assert told == [
        ("solna-valmiera", "twinning", "in force", "1991", "begun"),
        ("kreis-gutersloh-valmiera", "regional partnership", "in force", "1992", "begun"),
        ("valmiera-viljandi", cooperation, "in force", "1992", "signed"),
        ("hoje-taastrup-valmiera", cooperation, "in force", "1995", "signed"),
        ("valmiera-zdunska-wola", cooperation, "in force", "2001", "signed"),
        ("halle-westfalen-valmiera", cooperation, "in force", "2011", "signed"),
        ("vallefoglia-valmiera-vodnjan-dignano", cooperation, "in force", "2016", "signed"),
        ("cherkasy-valmiera", cooperation, "in force", "2022-07-22", "signed"),
        ("vallefoglia-valmiera", cooperation, "in force", "None", ""),
    ]


def test_valmieras_ties_in_which_fields() -> None:
    nine = {
        "administration",
        "culture",
        "economy",
        "education",
        "environment",
        "health",
        "social-affairs",
        "sport",
        "tourism",
    }
    told = {
        tie.slug: {field.code for field in tie.fields.all()}
        for tie in partnerships_of(party("valmiera"), READ)
    }
    assert told == {
        "solna-valmiera": nine,
        "kreis-gutersloh-valmiera": set(),
        "valmiera-viljandi": nine | {"civil-society"},
        "hoje-taastrup-valmiera": {"administration", "culture", "education", "sport"},
        "valmiera-zdunska-wola": {"culture", "economy", "education", "sport"},
        "halle-westfalen-valmiera": {"culture", "education", "environment", "health", "social-affairs"},
        "vallefoglia-valmiera-vodnjan-dignano": set(),
        "cherkasy-valmiera": {"culture", "economy", "education", "health"},
        "vallefoglia-valmiera": set(),
    }


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("solna-valmiera", ["unknown", "in force", "in force"]),
        ("halle-westfalen-valmiera", ["unknown", "unknown", "in force"]),
        ("cherkasy-valmiera", ["unknown", "unknown", "unknown"]),
    ],
)
def test_valmieras_ties_on_other_days(slug: str, status: list[str]) -> None:
    days = (dt.date(1991, 12, 30), dt.date(1991, 12, 31), dt.date(2010, 1, 1))
    assert [partnership_list(day).get(slug=slug).status for day in days] == status


def test_solnas_cooperation_began_in_1991_and_its_signing_is_undated() -> None:
    acts = Partnership.objects.get(slug="solna-valmiera").acts.all()
    assert [(act.number, act.kind, act.date) for act in acts] == [
        (1, "begun", PartialDate(1991)),
        (2, "signed", None),
    ]


def test_the_act_of_three_lives_on_between_two() -> None:
    three = Partnership.objects.get(slug="vallefoglia-valmiera-vodnjan-dignano")
    assert {s.party.slug for s in three.signatories.all()} == {"vallefoglia", "valmiera", "vodnjan-dignano"}
    assert [(act.kind, str(act.date)) for act in three.acts.all()] == [("signed", "2016")]
    assert [tie.slug for tie in three.continued_by.all()] == ["vallefoglia-valmiera"]
    assert [act.kind for act in three.continued_by.get().acts.all()] == ["attested"]


def test_no_tie_is_told_by_both_sides_yet() -> None:
    ties = list(partnership_list(READ))
    told = sides(ties, statements_on(ties))
    said = {tie.slug: told[tie.pk].said for tie in ties}
    ours = {tie.slug for tie in partnerships_of(party("valmiera"), READ)}
    assert said == {
        **{tie.slug: Said.OTHERS for tie in ties},
        **dict.fromkeys(ours, Said.ONE),
        "valga-valka": Said.ONE,
    }
    solna = next(tie for tie in ties if tie.slug == "solna-valmiera")
    assert told[solna.pk].unread == (party("solna"),)


def test_valmieras_networks() -> None:
    told = [(m.network.party.slug, m.status, str(m.since)) for m in memberships_of(party("valmiera"), READ)]
    assert told == [
        ("union-of-the-baltic-cities", "member", "2021-01"),
        ("the-hansa", "member", "None"),
    ]


# City Twins Association --------------------------------------------------------------------------------


def test_who_belongs_to_the_city_twins_and_who_does_not_yet() -> None:
    members = {m.party.slug: m for m in members_of(network(CITY_TWINS), READ)}
    assert {slug: m.status for slug, m in members.items()} == {
        **dict.fromkeys(
            [
                "frankfurt-oder",
                "gorlitz",
                "haparanda",
                "imatra",
                "ivangorod",
                "narva",
                "svetogorsk",
                "tornio",
                "valga",
                "valka",
            ],
            "member",
        ),
        **dict.fromkeys(["cesky-tesin", "cieszyn", "slubice", "zgorzelec"], "cooperating"),
    }
    polish_law = "Polish law stands in the way."
    reasons = {
        slug: [act.reason["en"] for act in m.acts.all()]
        for slug, m in members.items()
        if m.status == "cooperating"
    }
    assert reasons == {
        "cieszyn": [polish_law],
        "slubice": [polish_law],
        "zgorzelec": [polish_law],
        "cesky-tesin": ["It has not joined, but says that it wants to work with the network."],
    }
    assert {slug for slug, m in members.items() if m.category == "founding member"} == {"valga"}
    assert tally(network(CITY_TWINS), READ).members == MemberCount(members=10, countries=6)
    assert {m.status for m in members_of(network(CITY_TWINS), dt.date(2006, 12, 12))} == {"unknown"}


def test_the_pairs_of_the_city_twins() -> None:
    ties = partnership_list(READ, kind="city twins")
    assert [tie.slug for tie in ties] == [
        "cesky-tesin-cieszyn",
        "frankfurt-oder-slubice",
        "gorlitz-zgorzelec",
        "haparanda-tornio",
        "imatra-svetogorsk",
        "ivangorod-narva",
        "valga-valka",
    ]
    paired = {m.party.slug: m.pair.slug for m in members_of(network(CITY_TWINS), READ) if m.pair}
    assert paired == {signatory.party.slug: tie.slug for tie in ties for signatory in tie.signatories.all()}


def test_the_city_twins_were_founded_on_the_day_that_one_page_gives_and_the_other_does_not_contradict() -> (
    None
):
    twins = network(CITY_TWINS)
    assert (twins.founded, twins.founded_place) == (PartialDate(2006, 12, 13), "Imatra")
    told = on(twins, "founded")
    assert {key: (s.stated, s.as_printed, s.in_force) for key, s in told.items()} == {
        "city-twins-association-about": ("2006-12", "December 2006", False),
        "valga-city-twins-association": ("2006-12-13", "13.detsembril 2006. aastal", True),
    }
    assert not disagree(list(told.values()))


def test_the_sectors_aims_and_actions_of_the_city_twins() -> None:
    twins = network(CITY_TWINS)
    assert {field.code for field in twins.sectors.all()} == {
        "administration",
        "border-crossing",
        "civil-society",
        "culture",
        "economy",
        "education",
        "health",
        "labour-mobility",
        "social-affairs",
    }
    languages = {"en", "et", "lv", "bg"}
    assert set(twins.aims) == set(twins.actions) == set(twins.about) == languages
    # The association's own word on its aims comes before a member's.
    assert {
        language: len(text.strip().splitlines()) for language, text in twins.aims.items()
    } == dict.fromkeys(languages, 18)
    assert len(twins.actions["en"].strip().splitlines()) == 8


def test_the_project_that_the_city_twins_grew_from() -> None:
    project = network(CITY_TWINS).grew_from.get()
    assert (project.slug, str(project.starts), str(project.ends)) == (
        "city-twins-cooperation-network",
        "2004",
        "2006",
    )
    assert str(project.programme) == "Interreg IIIC"


def test_the_secretariat_of_the_city_twins() -> None:
    assert [
        (post.role, post.network.party.slug, post.body and post.body.slug)
        for post in posts_of(party("imatra"))
    ] == [("secretary", CITY_TWINS, "secretariat")]
    assert [(contact.office["en"], contact.address) for contact in party(CITY_TWINS).contacts.all()] == [
        ("Secretary of the City Twins Association", "City of Imatra, Virastokatu 2, FIN-55100 Imatra")
    ]


# Cities of change --------------------------------------------------------------------------------------


def test_cities_of_change() -> None:
    project = Project.objects.get(slug="cities-of-change")
    assert (project.starts, project.ends) == (PartialDate(2013, 6), PartialDate(2015, 5, 31))
    assert (project.cost, project.currency, project.cofinancing_rate) == (Decimal(99000), "EUR", Decimal(100))
    assert str(project.programme) == "Europe for Citizens"
    assert project.short["en"] == "Cities of change"
    assert project.measure["en"].startswith("Measure 1.2")
    assert project.funder["en"] == "European Union"
    assert [output.kind for output in project.outputs.all()] == ["news"] * 5 + ["summary", "publication"]
    assert project.outputs.all()[0].title["lv"] == "Projekta ziņa 1"
    assert project.activities.count() == 3
    assert {"en", "et", "lv", "bg"} == set(project.aim) == set(project.about)


def test_the_partners_of_cities_of_change_are_fourteen_of_eleven_countries_with_the_lead() -> None:
    project = Project.objects.get(slug="cities-of-change")
    assert [(size.partners, size.countries, size.at_least) for size in project.sizes.all()] == [
        (14, 11, False)
    ]
    partners = list(project.participations.select_related("party"))
    named = [(p.role, p.party.slug) for p in partners if p.party]
    assert named == [("lead", "poznan"), ("partner", "daugavpils")]
    unnamed = sorted(p.country for p in partners if not p.party)
    assert unnamed == ["DE", "ES", "FR", "GB", "IE", "IT", "IT", "IT", "LT", "NL", "NL", "RO"]
    with_lead = count_partners(partners, lead=True, eu_day=dt.date(2013, 6, 30))
    without = count_partners(partners, lead=False, eu_day=dt.date(2013, 6, 30))
    assert (with_lead.partners, with_lead.countries, with_lead.unnamed, with_lead.eu_countries) == (
        14,
        11,
        12,
        11,
    )
    assert (without.partners, without.countries, without.unnamed, without.eu_countries) == (13, 10, 12, 10)
    assert count_partners(partners, lead=True, eu_day=READ).eu_countries == 10  # the United Kingdom has left


# Stara Zagora ------------------------------------------------------------------------------------------


def test_stara_zagora_in_its_networks() -> None:
    told = {
        m.network.party.slug: (m.category, m.status, str(m.since))
        for m in memberships_of(party("stara-zagora"), READ)
    }
    assert told == {
        "strasbourg-club": ("active member", "member", "None"),
        "cities-for-children": ("member", "member", "2007"),
        "association-of-cities-of-the-south-east-region": ("member", "member", "None"),
    }
    assert str(network("cities-for-children").founded) == "2007"
    posts = [
        (post.role, post.body.slug if post.body else post.occasion["en"], str(post.since), str(post.until))
        for post in posts_of(party("stara-zagora")).order_by("pk")
    ]
    assert posts == [
        ("moderator", "working-group-traffic-safety", "2009", "2009"),
        ("host", "annual meeting", "2009", "2009"),
    ]
    office = network("association-of-cities-of-the-south-east-region").bodies.get()
    assert (office.kind, office.place) == ("office", "Brussels")
    assert [part.project.slug for part in participations_of(party("stara-zagora"))] == [
        "european-regions-develop-european-citizenship"
    ]


@pytest.mark.parametrize(
    ("slug", "size", "printed"),
    [
        ("strasbourg-club", (38, None, False), "38 града"),
        ("cities-for-children", (50, 26, True), "над 50 града от 26 страни"),
        ("union-of-the-baltic-cities", (70, None, True), "vairāk nekā 70"),
    ],
)
def test_the_sizes_that_networks_are_said_to_have(
    slug: str, size: tuple[int, int | None, bool], printed: str
) -> None:
    stated = network(slug).sizes.get()
    assert (stated.members, stated.countries, stated.at_least) == size
    assert stated.as_of is None
    told = Statement.objects.get(place_of(stated, "exists"))
    assert told.as_printed == printed


# Where pages disagree or err ---------------------------------------------------------------------------


def test_the_pages_disagree_on_these_and_on_nothing_else() -> None:
    told = sorted((g[0].subject_type, g[0].field, sorted({s.stated for s in g})) for g in disagreements())
    assert told == [
        ("networks.membership", "category", ["cooperating", "member"]),
        ("networks.membership", "category", ["cooperating", "member"]),
        ("parties.party", "country", ["LT", "LV"]),
        ("parties.party", "name", ["Cesky Tiesin", "Český Těšín"]),
        ("parties.party", "name", ["Frankfurt (Oder)", "Frankfurt (Order)"]),
    ]


@pytest.mark.parametrize("slug", ["slubice", "cieszyn"])
def test_the_networks_own_word_on_a_membership_is_in_force(slug: str) -> None:
    membership = network(CITY_TWINS).memberships.get(party__slug=slug)
    assert membership.category == "cooperating"
    assert {key: (s.stated, s.in_force) for key, s in on(membership, "category").items()} == {
        "city-twins-association-about": ("cooperating", True),
        "valga-city-twins-association": ("member", False),
    }


def test_what_is_printed_in_error() -> None:
    told = {(s.field, s.as_printed, s.stated, s.value) for s in printed_in_error()}
    assert told == {
        ("country", "Lithuania", "LT", "LV"),
        ("name", "Cesky Tiesin", "Cesky Tiesin", "Český Těšín"),
        ("name", "Frankfurt (Order)", "Frankfurt (Order)", "Frankfurt (Oder)"),
    }
    assert all(statement.why for statement in printed_in_error())
    kept = [(p.name, p.country) for p in (party("valka"), party("cesky-tesin"), party("frankfurt-oder"))]
    assert kept == [("Valka", "LV"), ("Český Těšín", "CZ"), ("Frankfurt (Oder)", "DE")]


# Finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["Черкаси", "cherkasy", "Čerkasi", "Tšerkassõ", "черкассы"])
def test_cherkasy_is_found_in_any_script(query: str) -> None:
    assert [hit.record for hit in search(query)] == [party("cherkasy")]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("solna", "solna"),
        ("zdunska wola", "zdunska-wola"),
        ("Wola", "zdunska-wola"),
        ("gutersloh", "kreis-gutersloh"),
        ("CTA", CITY_TWINS),
        ("Dvīņu pilsētu asociācija", CITY_TWINS),
        ("Градове на промяната", "cities-of-change"),
    ],
)
def test_records_are_found_by_names_of_other_languages_and_by_any_word(query: str, slug: str) -> None:
    assert [hit.record.slug for hit in search(query)] == [slug]


# Loading again -----------------------------------------------------------------------------------------


def test_loading_again_changes_nothing() -> None:
    before = register()
    report = load_facts(SHIPPED, by=User.objects.get())
    assert register() == before
    assert not report.changed
    assert (dict(report.made), report.new_statements) == ({}, 0)
    assert report.known_statements == sum(
        len(rows) for t, rows in before.items() if t == "evidence.Statement"
    )


def test_loading_again_in_another_order_and_by_another_changes_nothing() -> None:
    officer = make_user()
    before = register()
    assert not load_facts(SHIPPED[::-1], by=officer).changed
    assert register() == before


def test_loading_again_leaves_what_a_person_has_rejected() -> None:
    told = on(network(CITY_TWINS), "founded")["valga-city-twins-association"]
    reject([told], by=make_user(), rank=precedence.rank)
    before = register()
    assert not load_facts(SHIPPED, by=User.objects.order_by("pk")[0]).changed
    assert register() == before
    assert str(network(CITY_TWINS).founded) == "2006-12"


def test_a_dry_run_of_what_is_known_changes_nothing() -> None:
    before = register()
    load_facts(SHIPPED, by=User.objects.get(), dry_run=True)
    assert register() == before
