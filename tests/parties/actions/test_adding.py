from collections.abc import Mapping, Sequence

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source, place_of
from tests.factories.parties import make_identifier, make_name, make_own_page, make_party
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import RefusedError
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.actions import PartyDraft, add_name, add_party, withdraw
from twinhall.parties.models import Identifier, Name, NameKind, Party, PartyKind

pytestmark = pytest.mark.django_db


def a_draft(
    *,
    name: str = "Stara Zagora",
    kind: str = PartyKind.MUNICIPALITY,
    language: str = "",
    english: str = "",
    facts: Mapping[str, object] | None = None,
    names: Sequence[tuple[str, str, str]] = (),
    identifiers: Mapping[str, str] | None = None,
) -> PartyDraft:
    return PartyDraft(
        kind=kind,
        name=name,
        language=language,
        english=english,
        facts=facts or {},
        names=names,
        identifiers=identifiers or {},
    )


# Parties ---------------------------------------------------------------------------------------------------


def test_a_party_is_added_with_what_a_source_says_of_it() -> None:
    person, source = make_user(), make_source()
    party = add_party(
        a_draft(
            name="Стара Загора",
            language="bg",
            english="Stara Zagora",
            facts={"country": "BG", "population": 121582, "population_year": "2021", "latitude": 42.43},
            identifiers={"wikidata": "Q173474", "geonames": "726848"},
        ),
        source=source,
        by=person,
    )
    assert (party.slug, party.name, party.language, party.kind, party.country) == (
        "stara-zagora",
        "Стара Загора",
        "bg",
        "municipality",
        "BG",
    )
    assert (party.population, party.population_year, party.latitude) == (121582, PartialDate(2021), 42.43)
    assert [str(identifier) for identifier in party.identifiers.all()] == [
        "geonames:726848",
        "wikidata:Q173474",
    ]
    said = Statement.objects.filter(subject_type="parties.party", subject_id=party.pk)
    assert {(s.field, s.source, s.decided_by, s.in_force) for s in said} == {
        (field, source, person, True)
        for field in ("name", "country", "population", "population_year", "latitude")
    }


def test_the_log_says_who_added_which_party() -> None:
    person = make_user()
    party = add_party(a_draft(), source=make_source(), by=person)
    line = LogEntry.objects.get(deed="party added")
    assert (line.label, line.by, line.record_type, line.record_id) == (
        "Stara Zagora",
        person,
        "parties.party",
        str(party.pk),
    )


@pytest.mark.parametrize("empty", [None, ""])
def test_what_is_not_known_is_not_stated(empty: object) -> None:
    party = add_party(
        a_draft(facts={"website": empty, "country": empty, "latitude": 0.0}),
        source=make_source(),
        by=make_user(),
    )
    said = Statement.objects.filter(subject_type="parties.party", subject_id=party.pk)
    assert sorted(said.values_list("field", flat=True)) == ["latitude", "name"]
    assert (party.website, party.country, party.latitude) == ("", "", 0)


def test_other_names_are_added_with_the_party() -> None:
    party = add_party(
        a_draft(names=[("Eski Zağra", "tr", NameKind.EXONYM), ("Beroe", "", NameKind.FORMER)]),
        source=make_source(),
        by=make_user(),
    )
    assert [(name.text, name.language, name.kind) for name in party.names.order_by("pk")] == [
        ("Eski Zağra", "tr", "exonym"),
        ("Beroe", "", "former"),
    ]


def test_an_address_that_is_taken_gets_the_country_then_a_number() -> None:
    slugs = [
        add_party(a_draft(name="Halle", facts={"country": "DE"}), source=make_source(), by=make_user()).slug
        for _ in range(3)
    ]
    assert slugs == ["halle", "halle-de", "halle-de-2"]


def test_a_name_of_signs_alone_still_has_an_address() -> None:
    assert add_party(a_draft(name="—"), source=make_source(), by=make_user()).slug == "party"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (a_draft(kind="village"), "kind"),
        (a_draft(language="qq"), "language"),
        (a_draft(identifiers={"telephone": "112"}), "scheme"),
        (a_draft(identifiers={"wikidata": "173474"}), "__all__"),
        (a_draft(names=[("", "de", NameKind.EXONYM)]), "text"),
    ],
)
def test_of_a_party_that_cannot_be_nothing_is_kept(draft: PartyDraft, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_party(draft, source=make_source(), by=make_user())
    assert field in refusal.value.message_dict
    assert (Party.objects.count(), Statement.objects.count(), LogEntry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "facts", "field"),
    [("", {}, "name"), ("Halle", {"country": "XX"}, "country"), ("Halle", {"slug": "halle"}, "slug")],
)
def test_of_a_party_with_a_fact_that_cannot_be_nothing_is_kept(
    name: str, facts: Mapping[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        add_party(a_draft(name=name, facts=facts), source=make_source(), by=make_user())
    assert [proposal.field for proposal, _ in refusal.value.refusals] == [field]
    assert Party.objects.count() == 0


def test_an_identifier_that_another_party_has_is_refused() -> None:
    kept = make_identifier()
    with pytest.raises(ValidationError) as refusal:
        add_party(a_draft(identifiers={kept.scheme: kept.value}), source=make_source(), by=make_user())
    assert "Another party has this identifier." in refusal.value.messages
    assert list(Party.objects.all()) == [kept.party]
    assert list(Identifier.objects.all()) == [kept]


# Names -----------------------------------------------------------------------------------------------------


def test_a_name_is_added_and_its_source_says_that_it_exists() -> None:
    party, person = make_party(name="Valga"), make_user()
    source = make_own_page(party)
    name = add_name(party, text=" Walk ", language="de", kind=NameKind.EXONYM, source=source, by=person)
    assert (name.text, name.language, name.kind, name.key) == ("Walk", "de", "exonym", "walk")
    known = Statement.objects.get(place_of(name, EXISTS))
    assert (known.stated, known.source, known.in_force, known.decided_by) == ("yes", source, True, person)
    line = LogEntry.objects.get(deed="name added")
    assert (line.label, line.record_type, line.record_id) == ("Valga:  Walk ", "parties.name", str(name.pk))


@pytest.mark.parametrize(
    ("text", "language", "kind", "field"),
    [
        ("", "de", NameKind.EXONYM, "text"),
        ("  ", "de", NameKind.EXONYM, "text"),
        ("W" * 201, "de", NameKind.EXONYM, "text"),
        ("Walk", "qq", NameKind.EXONYM, "language"),
        ("Walk", "de", "nickname", "kind"),
    ],
)
def test_what_is_no_name_is_refused(text: str, language: str, kind: str, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_name(make_party(), text=text, language=language, kind=kind, source=make_source(), by=make_user())
    assert field in refusal.value.message_dict
    assert (Name.every.count(), Statement.objects.count(), LogEntry.objects.count()) == (0, 0, 0)


def test_a_name_that_the_party_has_is_refused() -> None:
    kept = make_name()
    with pytest.raises(ValidationError) as refusal:
        add_name(
            kept.party,
            text=kept.text,
            language=kept.language,
            kind=kept.kind,
            source=make_source(),
            by=make_user(),
        )
    assert refusal.value.messages == ["The party has this name already."]


def test_a_name_that_was_taken_back_is_refused_in_words_too() -> None:
    kept = make_name()
    withdraw(kept, why="A slip.", by=make_user())
    with pytest.raises(ValidationError):
        add_name(
            kept.party,
            text=kept.text,
            language=kept.language,
            kind=kept.kind,
            source=make_source(),
            by=make_user(),
        )
    assert list(Name.every.all()) == [kept]
    assert kept.withdrawn_at is not None
    assert kept.withdrawn_at <= timezone.now()
