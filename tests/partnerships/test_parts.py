import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.partnerships.models import ActKind, Partnership
from twinhall.partnerships.parts import parts_of, shown_parts
from twinhall.partnerships.queries import partnership_list, sides

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 5, 1)


def tell_of_two_and_of_three() -> list[Partnership]:
    valka, valga, solna = (make_party(name=name) for name in ("Valka", "Valga", "Solna"))
    twins = make_partnership(parties=[valka, valga])
    make_act(partnership=twins, kind=ActKind.SIGNED, date="1990")
    make_act(partnership=twins, kind=ActKind.ENDED, number=2, date="2001-05")
    three = make_partnership(parties=[valka, solna, valga])
    return [twins, three]


def test_parts_are_the_same_whether_they_were_prefetched_or_not() -> None:
    ties = tell_of_two_and_of_three()
    shown = shown_parts(partnership_list(TODAY, has_parts=False))
    assert shown == parts_of(partnership_list(TODAY))
    three = shown[ties[1].pk]
    assert [str(party) for party in three.parties] == ["Solna", "Valga", "Valka"]
    assert three.acts == []


def test_what_a_row_shows_is_read_with_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tell_of_two_and_of_three()
    bare = list(partnership_list(TODAY, has_parts=False))
    with django_assert_num_queries(2):
        parts = shown_parts(bare)
        told: list[object] = [
            (party.slug, party.name, party.language, party.country, party.kind)
            for each in parts.values()
            for party in each.parties
        ]
        told += [(act.kind, act.date, act.deed) for each in parts.values() for act in each.acts]
        told += [(tie.slug, tie.kind, tie.since, tie.since_kind, tie.status) for tie in bare]
    assert len(told) == 5 + 2 + 2


def test_sides_are_the_same_with_either() -> None:
    tell_of_two_and_of_three()
    bare, full = (list(partnership_list(TODAY, has_parts=asked)) for asked in (False, True))
    assert sides(bare, parts=shown_parts(bare)) == sides(full)
