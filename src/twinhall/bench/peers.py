"""The addresses of Datasette that answer the same questions on the same tables."""

import json
from urllib.parse import urlencode

from django.db.models import Model

from twinhall.bench.driving import Question
from twinhall.finder.models import Entry
from twinhall.parties.models import Party


class Datasette:
    """The addresses of a file that Datasette serves: its database is called as the file is."""

    def __init__(self, database: str) -> None:
        self.database = database

    def row(self, party: int, slug: str) -> Question:
        """The page of a party's row."""
        return Question(f"{self._table(Party)}/{party}", slug)

    def row_json(self, party: int, slug: str) -> Question:
        """A party's row as JSON."""
        return Question(f"{self._table(Party)}/{party}.json", json.dumps(slug))

    def table(self, country: str, size: int) -> Question:
        """The page of the parties' table, narrowed to a country: as many rows as our list has, so sorted."""
        asked = {"country": country, "_sort": "slug", "_size": size}
        return Question(f"{self._table(Party)}?{urlencode(asked)}", "parties_party")

    def between(self, begins: str, size: int) -> Question:
        """Names that begin so, the heaviest first, as a range of keys: the index of ours answers it.

        It asks for no count. This is the quickest way that we know to ask Datasette this.
        """
        after = begins[:-1] + chr(ord(begins[-1]) + 1)
        asked = {"key__gte": begins, "key__lt": after}
        return Question(f"{self._table(Entry)}.json?{urlencode(asked | self._best(size))}", '{"id":')

    def beginning(self, begins: str, size: int) -> Question:
        """The same as its users would write it, ``startswith``: no index helps, as its LIKE folds case."""
        asked = {"key__startswith": begins}
        return Question(f"{self._table(Entry)}.json?{urlencode(asked | self._best(size))}", '{"id":')

    def _table(self, model: type[Model]) -> str:
        return f"/{self.database}/{model._meta.db_table}"

    @staticmethod
    def _best(size: int) -> dict[str, str]:
        return {"_sort_desc": "weight", "_size": str(size), "_shape": "array", "_nocount": "1"}
