"""What a migration does to rows that are there already."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.factories.evidence import make_accepted
from tests.factories.networks import make_membership, make_network
from twinhall.evidence.models import Statement
from twinhall.networks.models import Membership

pytestmark = pytest.mark.django_db

free_numbers = import_module("twinhall.networks.migrations.0005_members").free_numbers


def numbers() -> list[int | None]:
    return list(Membership.objects.order_by("pk").values_list("number", flat=True))


def test_of_two_with_the_same_number_the_older_keeps_it() -> None:
    with connection.cursor() as cursor:  # as it was before the rule; the test's end rolls it back
        cursor.execute("DROP INDEX networks_membership_number_once")
    league, other = make_network(), make_network()
    for network in (league, league, other):
        make_accepted(subject=make_membership(network=network), field="number", stated=1)
    make_membership(network=league, number=2)
    assert numbers() == [1, 1, 1, 2]
    free_numbers(apps, None)
    assert numbers() == [1, None, 1, 2]
    assert list(Statement.objects.order_by("pk").values_list("in_force", flat=True)) == [True, False, True]
    free_numbers(apps, None)
    assert numbers() == [1, None, 1, 2]
