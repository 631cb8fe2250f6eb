"""What a person may do with a word: who asks, and whose word it is."""

import pytest

from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_own_page, make_own_words
from tests.factories.partnerships import make_act, make_partnership
from tests.parties.rules.cast import Parties, parties, people, table
from twinhall.evidence.models import Source, Statement
from twinhall.parties import rules
from twinhall.parties.rules import Person, Word, may, words
from twinhall.partnerships.models import Act

pytestmark = pytest.mark.django_db

# On the signing of Valga and Valka; Ape's on that of Valga and Ape, where nobody speaks for Ape.
ACCEPT = table("""
                       | Valga's | Valka's | Tartu's | nobody's | Ape's
anonymous              | –       | –       | –       | –        | –
signed in              | –       | –       | –       | –        | –
inactive officer       | –       | –       | –       | –        | –
former officer         | –       | –       | –       | –        | –
officer of Walk        | –       | –       | –       | –        | –
officer of Tartu       | –       | –       | –       | –        | –
officer                | yes     | –       | yes     | yes      | yes
secretary              | yes     | –       | yes     | yes      | yes
coordinator            | –       | –       | –       | –        | –
editor                 | –       | –       | –       | –        | –
officer of Valka       | –       | yes     | yes     | yes      | –
network secretary      | –       | –       | –       | –        | –
administrator          | yes     | yes     | yes     | yes      | yes
inactive administrator | –       | –       | –       | –        | –
""")

REJECT = table("""
                       | Valga's | Valka's | Tartu's | nobody's | Ape's
anonymous              | –       | –       | –       | –        | –
signed in              | –       | –       | –       | –        | –
inactive officer       | –       | –       | –       | –        | –
former officer         | –       | –       | –       | –        | –
officer of Walk        | –       | –       | –       | –        | –
officer of Tartu       | –       | –       | –       | –        | –
officer                | yes     | –       | yes     | yes      | –
secretary              | yes     | –       | yes     | yes      | –
coordinator            | –       | –       | –       | –        | –
editor                 | –       | –       | –       | –        | –
officer of Valka       | –       | yes     | yes     | yes      | –
network secretary      | –       | –       | –       | –        | –
administrator          | yes     | yes     | yes     | yes      | yes
inactive administrator | –       | –       | –       | –        | –
""")

# A third party's word, to stand in place of what stands now.
PREFER_OVER = table("""
                       | Valga's | Valka's | Tartu's | nobody's | Ape's
anonymous              | –       | –       | –       | –        | –
signed in              | –       | –       | –       | –        | –
inactive officer       | –       | –       | –       | –        | –
former officer         | –       | –       | –       | –        | –
officer of Walk        | –       | –       | –       | –        | –
officer of Tartu       | –       | –       | –       | –        | –
officer                | yes     | –       | yes     | yes      | –
secretary              | yes     | –       | yes     | yes      | –
coordinator            | –       | –       | –       | –        | –
editor                 | –       | –       | –       | –        | –
officer of Valka       | –       | yes     | yes     | yes      | –
network secretary      | –       | –       | –       | –        | –
administrator          | yes     | yes     | yes     | yes      | yes
inactive administrator | –       | –       | –       | –        | –
""")

PREDICATES = {
    "is_heard_on": table("""
                     | Valga's | Valka's | Tartu's | nobody's | Ape's
    anonymous        | –       | –       | –       | –        | –
    officer          | yes     | yes     | yes     | yes      | yes
    officer of Valka | yes     | yes     | yes     | yes      | –
    officer of Tartu | –       | –       | –       | –        | –
    """),
    "is_not_the_others_word": table("""
                     | Valga's | Valka's | Tartu's | nobody's | Ape's
    anonymous        | –       | –       | yes     | yes      | –
    officer          | yes     | –       | yes     | yes      | –
    officer of Valka | –       | yes     | yes     | yes      | –
    officer of Tartu | –       | –       | yes     | yes      | –
    """),
    "is_nobodys_to_decide": table("""
                     | Valga's | Valka's | Tartu's | nobody's | Ape's
    anonymous        | –       | –       | –       | yes      | yes
    officer          | –       | –       | –       | yes      | yes
    officer of Valka | –       | –       | –       | yes      | yes
    officer of Tartu | –       | –       | –       | yes      | yes
    """),
}


def the_word(statement: Statement) -> Word:
    (word,) = words([statement])
    return word


def sources(of: Parties) -> dict[str, tuple[Act, Source]]:
    """Whose word it is: the signing that it is about, and where it stands."""
    signing = make_act(partnership=make_partnership(parties=[of.valga, of.valka]))
    with_ape = make_act(partnership=make_partnership(parties=[of.valga, of.ape]))
    return {
        "Valga's": (signing, make_own_page(of.valga)),
        "Valka's": (signing, make_own_words(of.valka)),
        "Tartu's": (signing, make_own_page(of.tartu)),
        "nobody's": (signing, make_source()),
        "Ape's": (with_ape, make_own_page(of.ape)),
    }


def waiting(of: Parties) -> dict[str, Word]:
    """A word of each on the date of its signing, that nobody has decided on."""
    return {
        whose: the_word(make_statement(subject=act, field="date", stated="1991", source=source))
        for whose, (act, source) in sources(of).items()
    }


def asked(person: Person, permission: str, of: dict[str, Word]) -> dict[str, bool]:
    return {whose: may(person, permission, word) for whose, word in of.items()}


@pytest.mark.parametrize("who", ACCEPT)
def test_who_accepts_and_who_rejects_a_word(who: str) -> None:
    of = parties()
    person, found = people(of)[who], waiting(of)
    assert asked(person, "parties.accept_word", found) == ACCEPT[who]
    assert asked(person, "parties.reject_word", found) == REJECT[who]


@pytest.mark.parametrize("who", PREFER_OVER)
def test_who_chooses_a_third_partys_word_over_the_one_that_stands(who: str) -> None:
    of = parties()
    person, found = people(of)[who], {}
    for whose, (signing, source) in sources(of).items():
        act = make_act(partnership=signing.partnership)
        stands = make_accepted(subject=act, field="date", stated="1991", source=source)
        third = make_statement(subject=act, field="date", stated="1992", source=make_own_page(of.tartu))
        found[whose] = words([stands, third])[1]
    assert asked(person, "parties.prefer_word", found) == PREFER_OVER[who]


@pytest.mark.parametrize("predicate", PREDICATES)
def test_what_a_person_is_to_a_word(predicate: str) -> None:
    of = parties()
    everybody, found = people(of), waiting(of)
    answers = {
        who: {whose: getattr(rules, predicate)(everybody[who], word) for whose, word in found.items()}
        for who in PREDICATES[predicate]
    }
    assert answers == PREDICATES[predicate]


def test_where_nothing_stands_nobody_is_overruled() -> None:
    of = parties()
    person, found = people(of)["officer"], waiting(of)
    assert all(rules.overrules_no_other_side(person, word) for word in found.values())
    assert asked(person, "parties.prefer_word", found) == dict.fromkeys(found, True)


def test_every_person_stands_in_every_table() -> None:
    assert list(people(parties())) == list(ACCEPT) == list(REJECT) == list(PREFER_OVER)
