"""Letters as they come to be: written, and waiting to be sent."""

from itertools import count

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
from twinhall.letters.actions import Enclosed, write_letter
from twinhall.letters.models import Kind, Letter

_numbers = count(1)
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
PDF = b"%PDF-1.7\n%%EOF\n"


def make_letter(
    *,
    key: str = "",
    kind: Kind = Kind.NOTICE,
    to: User | str = "kadri@valga.example",
    subject: str = "Teie teade",
    body: str = "Tänan!\n",
    by: User | None = None,
    language: str = "et",
    duty: bool = False,
    passing: bool = False,
    enclosed: tuple[Enclosed, ...] = (),
) -> Letter:
    """A letter in Estonian, under a key of its own."""
    return write_letter(
        key=key or f"letter-{next(_numbers)}",
        kind=kind,
        to=to,
        subject=subject,
        body=body,
        by=by or make_user(),
        language=language,
        duty=duty,
        passing=passing,
        enclosed=enclosed,
    )
