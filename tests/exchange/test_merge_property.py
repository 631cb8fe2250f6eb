"""Whatever two parties have, merging them and undoing it leaves the register as it was."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.accounts import make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.evidence import make_source, make_statement
from tests.factories.networks import make_membership, make_membership_act, make_network, make_post
from tests.factories.parties import (
    make_affiliation,
    make_filing,
    make_identifier,
    make_invitation,
    make_name,
    make_own_page,
    make_own_words,
    make_party,
    make_succession,
)
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation
from twinhall.accounts.models import LogEntry, User
from twinhall.evidence import values
from twinhall.evidence.actions import accept, prefer, reject
from twinhall.evidence.models import Decision, Source, SourceKind, Statement, Verdict
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE
from twinhall.exchange.merge import merge_parties, undo
from twinhall.exchange.models.merges import Merge
from twinhall.finder.actions import index_all
from twinhall.finder.models import Entry, Word
from twinhall.networks.models import MembershipSpell
from twinhall.parties import precedence
from twinhall.parties.actions import withdraw
from twinhall.parties.models import Contact, Party
from twinhall.partnerships.models import ActKind, Partnership, PartnershipKind, Spell
from twinhall.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]

__all__ = ["document_folder"]

NOT_COMPARED = {Merge, LogEntry, Decision, Word}
# Made anew: compared without their numbers, as links between tables are.
PASSING = {Entry, Spell, MembershipSpell}


# The register as it stands -----------------------------------------------------------------------------


def every_table() -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """Every row of every table but those that only grow."""
    tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return {m._meta.label: every_row(m) for m in tables if m not in NOT_COMPARED}


def every_row(model: type[models.Model]) -> list[tuple[tuple[str, str], ...]]:
    is_remade = model in PASSING or bool(model._meta.auto_created)
    rows = [
        {k: v for k, v in row.items() if not (is_remade and k == "id")}
        for row in model._base_manager.order_by().values()
    ]
    return sorted(tuple((k, _text(v)) for k, v in sorted(row.items())) for row in rows)


def _text(value: object) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)


def columns_without_their_words() -> list[str]:
    """Sourced fields that do not hold what is in force, and nothing where nothing is."""
    in_force: dict[tuple[str, int, str], list[Statement]] = defaultdict(list)
    for statement in Statement.objects.filter(in_force=True):
        in_force[statement.subject_type, statement.subject_id, statement.field].append(statement)
    return [
        f"{record._meta.label} {record.pk}: {field}"
        for model in apps.get_models()
        for field in getattr(model, "sourced_fields", {})
        for record in model._base_manager.all()
        if _held(record, field) != _said(model, field, in_force[model._meta.label_lower, record.pk, field])
    ]


def _held(record: models.Model, field: str) -> object:
    value = getattr(record, field)
    if values.sort_of(type(record), field) is MANY:
        return set(value.values_list("pk", flat=True))
    return None if value in ("", {}) else value


def _said(model: type[models.Model], field: str, statements: list[Statement]) -> object:
    said = {s.language: values.python(model, field, s.value) for s in statements}
    if values.sort_of(model, field) is MANY:
        return {values.python(model, field, s.value) for s in statements}
    return (said or None) if values.sort_of(model, field) is PER_LANGUAGE else said.get("")


# A register for two parties that are one ---------------------------------------------------------------


@dataclass
class Scene:
    """Two records of one town, its partner, and people."""

    kept: Party
    gone: Party
    other: Party
    person: User

    def both(self) -> tuple[Party, Party]:
        return self.kept, self.gone


def a_town(address: str) -> Party:
    return make_party(name="", address=address, country="")


def tie(party: Party, other: Party, kind: str = PartnershipKind.TWINNING) -> Partnership:
    return make_partnership(parties=[party, other], kind=kind)


def a_tie_of_each(s: Scene) -> None:
    for party, kinds in ((s.kept, "contact signed ended"), (s.gone, "begun signed suspended signed")):
        made = tie(party, s.other)
        for kind in kinds.split():
            act = make_act(partnership=made, kind=kind)
            act.documents.add(make_document(by=s.person))


def a_tie_that_only_the_gone_one_has(s: Scene) -> None:
    make_act(partnership=tie(s.gone, s.other, PartnershipKind.FRIENDSHIP))


def a_tie_of_three_that_one_leaves(s: Scene) -> None:
    for party in s.both():
        made = make_partnership(parties=[party, s.other, a_town("third")], kind=PartnershipKind.REGIONAL)
        make_act(partnership=made, kind=ActKind.LEFT, party=party)
        Party.objects.filter(slug="third").update(slug=f"third-{made.pk}")


def a_tie_that_was_withdrawn(s: Scene) -> None:
    for party in s.both():
        withdraw(tie(party, s.other, PartnershipKind.CONTACT), why="Entered in error.", by=s.person)
    withdraw(tie(s.kept, s.gone, PartnershipKind.CONTACT), why="Entered in error.", by=s.person)


def a_tie_that_lives_on(s: Scene) -> None:
    for party in s.both():
        made = tie(party, s.other, PartnershipKind.CITY_TWINS)
        make_partnership(parties=[party, a_town(f"fourth-{party.pk}")], continues=made)


def memberships_of_one_network(s: Scene) -> None:
    network = make_network(party=make_party(name="", kind="association", country=""))
    for party, kinds in ((s.kept, "applied admitted"), (s.gone, "attested admitted left")):
        pair = tie(party, s.other, PartnershipKind.COOPERATION)
        membership = make_membership(network=network, party=party, category="", pair=pair)
        for kind in kinds.split():
            act = make_membership_act(membership=membership, kind=kind)
            act.documents.add(make_document(by=s.person))


def a_membership_that_only_the_gone_one_has(s: Scene) -> None:
    network = make_network(party=make_party(name="", kind="association", country=""))
    membership = make_membership(network=network, party=s.gone, category="", via=s.other)
    make_membership_act(membership=membership)
    make_membership(network=network, party=s.other, category="", via=s.gone)
    for party in s.both():
        make_post(network=network, party=party)
    make_post(network=network, party=s.gone, role="host")


def names_and_identifiers(s: Scene) -> None:
    for party in s.both():
        make_name(party=party)
    make_name(party=s.gone, text="Valga linn", language="et")
    withdraw(make_name(party=s.gone, text="Walga", language=""), why="Entered in error.", by=s.person)
    make_identifier(party=s.gone)


def contacts(s: Scene) -> None:
    for party in s.both():
        Contact.objects.create(party=party, key="office")
    Contact.objects.create(party=s.gone, key="mayor")


def people(s: Scene) -> None:
    for party in s.both():
        make_affiliation(user=s.person, party=party)
        make_invitation(party=party, by=s.person)
    make_affiliation(user=make_user(), party=s.gone)
    make_filing(document=make_document(by=s.person), party=s.gone)


def successions(s: Scene) -> None:
    for party in s.both():
        make_succession(predecessor=s.other, successor=party)
    make_succession(predecessor=s.gone, successor=a_town("successor"))


def a_project(s: Scene) -> None:
    make_participation(project=Project.objects.create(slug="green-border"), party=s.gone)


def an_earlier_merge(s: Scene) -> None:
    merge_parties(s.gone, a_town("earlier"), why="Entered twice.", by=s.person)


THINGS: tuple[Callable[[Scene], None], ...] = (
    a_tie_of_each,
    a_tie_that_only_the_gone_one_has,
    a_tie_of_three_that_one_leaves,
    a_tie_that_was_withdrawn,
    a_tie_that_lives_on,
    memberships_of_one_network,
    a_membership_that_only_the_gone_one_has,
    names_and_identifiers,
    contacts,
    people,
    successions,
    a_project,
    an_earlier_merge,
)

# What is said in it ------------------------------------------------------------------------------------

SAID: Mapping[str, tuple[str, ...]] = {
    "PartialDateField": ("1992", "1992-05", "1993-01-31"),
    "GradedField": ("member", "founding member", "observer"),
    "ManyToManyField": ("culture", "youth", "sport"),
    "TranslatedField": ("Two towns", "One town"),
    "FloatField": ("57.7", "57.8"),
    "PositiveIntegerField": ("12000", "13000"),
    "URLField": ("https://valga.example/", "https://walk.example/"),
    "WebsiteField": ("https://valga.example/", "https://walk.example/"),
    "country": ("EE", "LV"),
    "CharField": ("Valga", "Walk"),
}
Saying = tuple[int, int, int, int, str]
"""Which record, field, value and source, and what is decided on it."""
SAYINGS = st.tuples(
    st.integers(0, 99),
    st.integers(0, 9),
    st.integers(0, 2),
    st.integers(0, 6),
    st.sampled_from(["accept", "accept", "accept", "prefer", "propose", "reject"]),
)


def told_of(scene: Scene) -> list[models.Model]:
    """All records that something can be said of, those of the two parties first."""
    found = [
        record
        for model in apps.get_models()
        if hasattr(model, "sourced_fields") and model._meta.app_label != "projects"
        for record in model._base_manager.order_by("pk")
    ]
    return [scene.kept, scene.gone, *found]


def sources(scene: Scene) -> list[Source]:
    own = [make_own_page(scene.kept), make_own_page(scene.gone), make_own_page(scene.other)]
    words = [make_own_words(scene.kept), make_own_words(scene.gone)]
    return [*own, *words, make_source(kind=SourceKind.SIGNED_DOCUMENT), make_source(kind=SourceKind.DATASET)]


def choices(model: type[models.Model], field: str) -> tuple[str, ...]:
    if field == EXISTS:
        return ("yes", "no")
    kind = type(values.holder(model, field)).__name__
    return SAID["country"] if field == "country" else SAID[kind]


def say(records: list[models.Model], said_by: list[Source], saying: Saying, by: User) -> None:
    record_at, field_at, value_at, source_at, deed = saying
    subject = records[record_at % len(records)]
    model = type(subject)
    fields = [EXISTS, *getattr(model, "sourced_fields", {})]
    field = fields[field_at % len(fields)]
    found = choices(model, field)
    is_text = values.sort_of(model, field) is PER_LANGUAGE
    statement = make_statement(
        subject=subject,
        field=field,
        stated=found[value_at % len(found)],
        source=said_by[source_at],
        language="en" if is_text else "",
    )
    decide(statement, deed, by)


def decide(statement: Statement, deed: str, by: User) -> None:
    if deed == "reject":
        reject([statement], by=by, rank=precedence.rank)
    elif deed == "prefer" and not statement.is_member:
        prefer(statement, by=by, rank=precedence.rank, why="The council has said so.")
    elif deed != "propose":
        accept([statement], by=by, rank=precedence.rank)


# The properties ----------------------------------------------------------------------------------------


def verdicts() -> Counter[tuple[int, str]]:
    return Counter(Statement.objects.filter(verdict=Verdict.ACCEPTED).values_list("source", "stated"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(things=st.sets(st.sampled_from(THINGS)), sayings=st.lists(SAYINGS, max_size=20))
def test_undoing_a_merge_leaves_everything_as_it_was(
    things: set[Callable[[Scene], None]], sayings: list[Saying]
) -> None:
    with transaction.atomic():
        _merge_and_undo([thing for thing in THINGS if thing in things], sayings)
        transaction.set_rollback(True)


def test_everything_at_once_comes_back() -> None:
    sayings = [(n, n // 3, n % 2, n % 7, "prefer" if n % 9 == 0 else "accept") for n in range(120)]
    _merge_and_undo(list(THINGS), sayings)


def _merge_and_undo(things: list[Callable[[Scene], None]], sayings: list[Saying]) -> None:
    scene = Scene(a_town("valga"), a_town("walk"), a_town("valka"), make_user())
    for thing in things:
        thing(scene)
    records, said_by = told_of(scene), sources(scene)
    for saying in sayings:
        say(records, said_by, saying, scene.person)
    index_all()
    before, said = every_table(), verdicts()
    assert columns_without_their_words() == []
    merge = merge_parties(scene.kept, scene.gone, why="Entered twice.", by=scene.person)
    assert columns_without_their_words() == []
    assert verdicts() == said
    undo(merge, by=scene.person)
    assert columns_without_their_words() == []
    assert every_table() == before
