"""Only ``evidence.settling`` writes a sourced field: proven over the source code."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.apps import apps
from django.db.models import ManyToManyField

import twinhall
from tests.house.sourced_writes import UNKNOWN, Sourced, sourced_writes

ROOT = Path(twinhall.__path__[0])
ALLOWED = ROOT / "evidence" / "settling.py"


def the_register() -> Sourced:
    """What the models themselves say; a reference also counts by the column that holds it."""
    columns: dict[str, frozenset[str]] = {}
    sets: set[str] = set()
    for model in apps.get_models():
        if names := getattr(model, "sourced_fields", None):
            kept = [model._meta.get_field(name) for name in names]
            sets |= {column.name for column in kept if isinstance(column, ManyToManyField)}
            attributes = {getattr(column, "attname", column.name) for column in kept}
            # Where models are a package, they are known by its name as well as by their module's.
            package = model.__module__.partition(".models.")[0].removesuffix(".models")
            for module in (model.__module__, f"{package}.models"):
                columns[f"{module}.{model.__name__}"] = frozenset({*names, *attributes})
    return Sourced(columns, frozenset(sets))


def writes_in(path: Path) -> list[str]:
    module = ".".join(["twinhall", *path.relative_to(ROOT).with_suffix("").parts])
    found = sourced_writes(path.read_text("utf-8"), module=module, sourced=the_register())
    return [f"{path.relative_to(ROOT)}:{line} writes {what}" for line, what in found]


def sources() -> list[Path]:
    """All but migrations, and the reader: it knows no model, so what it sets is its own."""
    left = {"migrations", "reader"}
    return [path for path in sorted(ROOT.rglob("*.py")) if not left & set(path.relative_to(ROOT).parts)]


def test_nothing_but_accepting_writes_a_sourced_field() -> None:
    assert [line for path in sources() if path != ALLOWED for line in writes_in(path)] == []


def test_the_whole_house_is_read() -> None:
    read = {path.relative_to(ROOT).parts[0] for path in sources()}
    assert {"core", "accounts", "evidence", "parties", "partnerships", "exchange", "web"} <= read


def test_the_writing_where_it_is_allowed_is_seen() -> None:
    assert writes_in(ALLOWED) != []


def test_the_models_name_their_sourced_fields() -> None:
    register = the_register()
    assert register.columns["twinhall.parties.models.Contact"] == {"office", "address", "website"}
    assert register.columns["twinhall.partnerships.models.Partnership"] == {"fields", "history"}
    assert "programme_id" in register.columns["twinhall.projects.models.Project"]
    assert {"fields", "sectors"} <= register.sets


SNIPPETS = {
    "an attribute": ("party.name = 'Valga'", "name"),
    "an attribute of a parameter": ("def rename(party: Party):\n    party.name = 'Valga'", "name"),
    "one of several attributes": ("party.slug, party.population = 'valga', 12000", "population"),
    "an attribute of what a call gives": ("the(party).website = ''", "website"),
    "an attribute that is added to": ("party.population += 1", "population"),
    "an annotated attribute": ("party.population: int = 1", "population"),
    "an attribute that is deleted": ("del party.name", "name"),
    "an attribute that a loop sets": ("for party.name in names:\n    pass", "name"),
    "the column of a reference": ("project.programme_id = 'urbact'", "programme_id"),
    "a text in one language": ("partnership.history['lv'] = ''", "history"),
    "an act by its base": ("def put(act: BaseAct):\n    act.date = None", "date"),
    "a method of a record": (
        "class Town(models.Model):\n    def call(self, name):\n        self.name = name",
        "name",
    ),
    "a variable that is used again": ("user = User()\nuser = party\nuser.name = 'Valga'", "name"),
    "one of two variables": ("user = User()\nboth = party or user\nboth.name = 'Valga'", "name"),
    "what a query gives": ("party = Party.objects.first()\nparty.name = 'Valga'", "name"),
    "a constructor": ("Party(slug='valga', name='Valga')", "name"),
    "a constructor under another name": ("Town(country='EE')", "country"),
    "a constructor of a module": ("party_models.Party(country='EE')", "country"),
    "a constructor with what stands elsewhere": ("Party(**row)", UNKNOWN),
    "a constructor in order": ("Party(1, 'valga')", UNKNOWN),
    "create": ("Party.objects.create(name='Valga')", "name"),
    "create on related rows": ("party.contacts.create(website='')", "website"),
    "get or create": ("Party.objects.get_or_create(slug='v', defaults={'name': 'Valga'})", "name"),
    "update or create": ("Party.objects.update_or_create(slug='v', defaults=row)", UNKNOWN),
    "update": ("Party.objects.filter(slug='valga').update(population=1)", "population"),
    "update on rows of unknown kind": ("rows.filter(pk=1).update(population=1)", "population"),
    "update with what stands elsewhere": ("rows.update(**row)", UNKNOWN),
    "update of many": ("Party.objects.bulk_update(parties, ['slug', 'name'])", "name"),
    "update of many by a variable": ("rows.bulk_update(parties, columns)", UNKNOWN),
    "update of many where they clash": (
        "Party.objects.bulk_create(parties, update_conflicts=True, update_fields=['name'])",
        "name",
    ),
    "setattr": ("setattr(party, 'name', 'Valga')", "name"),
    "setattr with a computed name": ("setattr(party, column, 'Valga')", UNKNOWN),
    "setattr below": ("object.__setattr__(party, 'name', 'Valga')", "name"),
    "a set": ("partnership.fields.set([youth])", "fields"),
    "a member of a set": ("partnership.fields.add(youth)", "fields"),
    "a set by its table": (
        "Partnership.fields.through.objects.create(partnership_id=1)",
        "a set, by its table",
    ),
}
IMPORTS = """
from django.db import models
from twinhall.accounts.models import LogEntry, User
from twinhall.core.acts import Act as BaseAct
from twinhall.parties import models as party_models
from twinhall.parties.models import Party, Party as Town, Publication
from twinhall.partnerships.models import Partnership
"""


def found_in(snippet: str) -> list[str]:
    text = IMPORTS + dedent(snippet)
    return [what for _, what in sourced_writes(text, module="twinhall.web.views", sourced=the_register())]


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_write_is_seen(name: str) -> None:
    snippet, what = SNIPPETS[name]
    assert found_in(snippet) == [what]


@pytest.mark.parametrize(
    "snippet",
    [
        "Party(slug='valga', kind='municipality')",
        "Party.objects.filter(name='Valga', country='EE')",
        "Party.objects.create(slug='valga')",
        "party.slug = 'valga'",
        "party.withdrawn_why = ''",
        "name = party.name",
        "User.objects.create(name='Kadri')",
        "User.objects.get_or_create(email='', defaults={'name': 'Kadri'})",
        "LogEntry.objects.filter(by=user).update(label='')",
        "def call(user: User):\n    user.name = 'Kadri'",
        "user = User()\nuser.name = 'Kadri'",
        "class Reader:\n    def __init__(self, name):\n        self.name = name",
        "user = User.objects.filter(pk=1).first() or User()\nuser.name = 'Kadri'",
        "class Reader:\n    name: str = ''",
        "def move(act: BaseAct):\n    act.number += 1",
        "counts.update(words)",
        "setattr(party, 'slug', 'valga')",
        "partnership.fields.all()",
        "Partnership.fields.through.objects.filter(partnership_id=1)",
        "Publication.objects.update_or_create(source=source, defaults={'publisher': party})",
    ],
)
def test_what_writes_no_sourced_field_is_left_alone(snippet: str) -> None:
    assert found_in(snippet) == []
