"""What a migration does to rows that are there already."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.factories.documents import document_folder, make_document
from tests.factories.letters import make_letter
from tests.factories.meetings import make_meeting
from tests.factories.parties import make_filing
from twinhall.meetings.models import MeetingLetter, Paper
from twinhall.parties.models import Filing, Mailing

__all__ = ["document_folder"]
pytestmark = pytest.mark.django_db

kept_close = import_module("twinhall.meetings.migrations.0004_signed_lists_kept_close")


@pytest.mark.usefixtures("document_folder")
def test_signed_lists_that_are_here_already_are_kept_close() -> None:
    meeting = make_meeting()
    for is_attendance in (True, False):
        document = make_filing(document=make_document()).document
        Paper.objects.create(meeting=meeting, document=document, is_attendance=is_attendance)
    kept_close.keep_close(apps, None)
    assert list(Filing.objects.order_by("pk").values_list("is_close", flat=True)) == [True, False]


def test_letters_of_meetings_that_are_here_already_are_the_organisers() -> None:
    meeting, letter = make_meeting(), make_letter()
    MeetingLetter.objects.create(meeting=meeting, letter=letter)
    make_letter()
    for _twice in range(2):
        kept_close.name_sender(apps, None)
    assert list(Mailing.objects.values_list("letter", "party")) == [(letter.pk, meeting.organiser_id)]
