import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.actions.asking import refused
from tests.evidence.records import a_partnership, a_signing
from tests.factories.evidence import (
    make_proposal,
    make_source,
    make_statement,
    place_of,
)
from tests.factories.parties import make_party
from twinhall.evidence.actions import (
    RefusedError,
    propose,
)
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def test_every_refused_proposal_is_named_with_its_reason_and_nothing_is_written() -> None:
    party = make_party()
    good = make_proposal(subject=party, field="name", stated="Valga")
    country = make_proposal(subject=party, field="country", stated="XX")
    slug = make_proposal(subject=party, field="slug", stated="valga")
    assert refused(good, country, slug) == [
        (country, "“XX” is not a country code of ISO 3166-1, such as LV or BG."),
        (slug, "“slug” of a party is no fact that takes a source."),
    ]
    assert Statement.objects.count() == 0


def test_a_refusal_reads_as_a_list_of_reasons() -> None:
    proposal = make_proposal(subject=make_party(name="Valga"), field="population", stated="many")
    with pytest.raises(RefusedError) as refusal:
        propose([proposal])
    assert str(refusal.value) == "Valga – population: “many” value must be an integer."


def test_a_correction_is_cleaned_as_what_is_stated_is() -> None:
    proposal = make_proposal(subject=make_party(), field="population", stated=1, value="many", why="A slip.")
    assert refused(proposal) == [(proposal, "“many” value must be an integer.")]


def test_a_correction_needs_its_reason() -> None:
    proposal = make_proposal(subject=a_signing(), field="date", stated="1993", value="1992")
    assert refused(proposal) == [(proposal, "The value differs from what the source states: say why.")]


def test_a_correction_that_changes_nothing_needs_no_reason() -> None:
    statement = make_statement(subject=make_party(), field="population", stated="12000", value=12000)
    assert not statement.printed_in_error


@pytest.mark.parametrize(
    ("field", "language", "reason"),
    [
        ("history", "", "This text needs its language."),
        ("history", "qq", "“qq” is not a language code."),
        ("fields", "lv", "This field has no language."),
        (EXISTS, "lv", "This field has no language."),
    ],
)
def test_only_a_text_has_a_language_and_it_is_one(field: str, language: str, reason: str) -> None:
    proposal = make_proposal(subject=a_partnership(), field=field, stated="yes", language=language)
    assert refused(proposal) == [(proposal, reason)]


def test_a_record_that_is_not_kept_yet_has_no_facts() -> None:
    proposal = make_proposal(subject=Partnership(), field=EXISTS, stated="yes")
    assert refused(proposal) == [(proposal, "This field cannot be null.")]


def test_what_does_not_fit_beside_the_value_is_refused_too() -> None:
    party = make_party()
    long = make_proposal(subject=party, field="name", stated="Valga", as_printed="V" * 501)
    nul = make_proposal(subject=party, field="name", stated="Valga", quote="Val\0ga")
    nameless = make_proposal(subject=party, field="name", stated="Valga", origin="")
    assert refused(long, nul, nameless) == [
        (long, "Ensure this value has at most 500 characters (it has 501)."),
        (nul, "The text holds characters that cannot be kept, such as NUL."),
        (nameless, "This field cannot be blank."),
    ]


def cannot_be_a_name(text: str) -> bool:
    composed = unicodedata.normalize("NFC", text).strip()
    return not composed or "\0" in composed or len(composed) > 200


@given(texts=st.lists(st.text(max_size=220), max_size=6), quote=st.text(max_size=50))
def test_any_text_is_kept_or_refused_and_never_half_of_a_batch(texts: list[str], quote: str) -> None:
    party, source = make_party(), make_source()
    proposals = [
        make_proposal(subject=party, field="name", stated=text, source=source, quote=quote) for text in texts
    ]
    kept = Statement.objects.filter(place_of(party, "name")).values_list("stated", flat=True)
    statements: list[Statement] = []
    refusals: list[str] = []
    try:
        statements = propose(proposals)
    except RefusedError as error:
        refusals = [reason for _, reason in error.refusals]
    assert bool(refusals) == any(cannot_be_a_name(text) or "\0" in quote for text in texts)
    assert all(refusals)
    assert len(statements) == (0 if refusals else len(texts))
    assert sorted(kept) == sorted({s.stated for s in statements})
