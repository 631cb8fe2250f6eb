"""What a register holds, as one short text: the same for the same facts, whatever their keys."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from twinhall.evidence.models import Statement
from twinhall.networks.models import Membership, MembershipAct
from twinhall.parties.models import Identifier, Name, Party
from twinhall.partnerships.models import Act, Partnership, Signatory
from twinhall.projects.models import Participation, Project

Rows = Iterable[tuple[Any, ...]]

HELD: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "parties": (
        Party,
        ("slug", "kind", "name", "country", "region", "latitude", "longitude", "population", "withdrawn_why"),
    ),
    "names": (Name, ("party__slug", "text", "language", "kind")),
    "identifiers": (Identifier, ("party__slug", "scheme", "value")),
    "partnerships": (Partnership, ("slug", "kind", "since", "source_count", "withdrawn_why")),
    "sides": (Signatory, ("partnership__slug", "party__slug")),
    "acts": (Act, ("partnership__slug", "number", "kind", "date", "withdrawn_why")),
    "memberships": (Membership, ("network__party__slug", "party__slug", "category", "number", "since")),
    "acts of memberships": (
        MembershipAct,
        ("membership__network__party__slug", "membership__party__slug", "number", "kind", "date"),
    ),
    "projects": (Project, ("slug", "starts", "ends", "cost", "withdrawn_why")),
    "participations": (Participation, ("project__slug", "number", "party__slug", "country", "role")),
}
"""What is held, and by which columns it is told: none that depends on when it was loaded."""

STATED = ("field", "language", "as_printed", "stated", "value", "source__key", "verdict", "in_force")
NAMED: dict[type[Model], tuple[str, ...]] = {
    Act: ("partnership__slug", "number"),
    Membership: ("network__party__slug", "party__slug", "category"),
    MembershipAct: ("membership__network__party__slug", "membership__party__slug", "number"),
    Name: ("party__slug", "text", "language"),
    Participation: ("project__slug", "number"),
}
"""What the subject of a statement is told by where it has no address of its own."""


def counts(alias: str) -> dict[str, int]:
    """How many of each a database holds, statements included."""
    told = {name: model._base_manager.using(alias).count() for name, (model, _columns) in HELD.items()}
    return {**told, "statements": Statement.objects.using(alias).count()}


def digest(alias: str) -> str:
    """Twelve hexadecimal digits over all that a database holds, each kind in the order of its own words."""
    total = hashlib.sha256()
    for name, (model, columns) in HELD.items():
        rows = model._base_manager.using(alias).order_by().values_list(*columns)
        total.update(f"{name} {_digest_of(rows.iterator())}\n".encode())
    total.update(f"statements {_digest_of(_statements(alias))}\n".encode())
    return total.hexdigest()[:12]


def _digest_of(rows: Rows) -> str:
    """Sorted here and not by the database: each has an order of its own for letters."""
    lines = sorted("\x1f".join("" if value is None else str(value) for value in row) for row in rows)
    total = hashlib.sha256()
    for line in lines:
        total.update(line.encode())
        total.update(b"\x1e")
    return total.hexdigest()


def _statements(alias: str) -> Iterator[tuple[Any, ...]]:
    """All statements, each with its subject's address instead of its key."""
    asked = Statement.objects.using(alias).order_by()
    kinds = Counter(asked.values_list("subject_type", flat=True).distinct())
    for kind in sorted(kinds):
        subjects = _subjects(kind, alias)
        rows = asked.filter(subject_type=kind).values_list("subject_id", *STATED)
        for subject, *said in rows.iterator():
            yield (kind, subjects.get(subject, subject), *said)


def _subjects(kind: str, alias: str) -> dict[int, str]:
    """What the records of a kind are told by, by primary key; those without anything by the key itself."""
    model = apps.get_model(kind)
    names = {found.name for found in model._meta.get_fields()}
    columns = NAMED.get(model) or (("slug",) if "slug" in names else ("pk",))
    if "party" in names and "slug" not in names and model not in NAMED:
        columns = ("party__slug",)
    rows = model._base_manager.using(alias).order_by().values_list("pk", *columns)
    return {pk: " ".join(str(value) for value in told) for pk, *told in rows.iterator()}
