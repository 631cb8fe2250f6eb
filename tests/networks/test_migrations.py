"""What a migration does to rows that are there already."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tests.factories.documents import document_folder, make_document
from tests.factories.evidence import make_accepted
from tests.factories.letters import make_letter
from tests.factories.networks import make_application, make_membership, make_network
from tests.factories.parties import make_filing
from twinhall.evidence.models import Statement
from twinhall.networks.models import Enclosure, Membership
from twinhall.parties.models import Filing, Mailing

__all__ = ["document_folder"]
pytestmark = pytest.mark.django_db

free_numbers = import_module("twinhall.networks.migrations.0005_members").free_numbers
kept_close = import_module("twinhall.networks.migrations.0006_papers_kept_close")


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


@pytest.mark.usefixtures("document_folder")
def test_papers_of_applications_that_are_here_already_are_kept_close() -> None:
    filings = [make_filing(document=make_document()) for _ in range(2)]
    Enclosure.objects.create(application=make_application(), document=filings[0].document)
    kept_close.keep_close(apps, None)
    assert list(Filing.objects.order_by("pk").values_list("is_close", flat=True)) == [True, False]


def test_letters_to_applicants_that_are_here_already_are_the_networks() -> None:
    application = make_application()
    letters = [
        make_letter(key=key)
        for key in (f"application-{application.pk}/received", f"application-{application.pk + 1}/received")
    ]
    make_letter(key="finding-1/answer")
    for _twice in range(2):
        kept_close.name_sender(apps, None)
    assert list(Mailing.objects.values_list("letter", "party")) == [(letters[0].pk, application.network.pk)]
