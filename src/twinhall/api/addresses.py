"""Addresses that answers name: of records in the API, and of their pages for people.

Written out rather than reversed, as a page of two hundred records names a thousand of them; a test holds
them against the patterns.
"""

from dataclasses import dataclass

from django.http import HttpRequest

ROOT = "/api/v1"


@dataclass(frozen=True)
class Addresses:
    """Addresses at the site's own name, as the request used it: ``https://twinhall.example``."""

    site: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Addresses":
        """Those for the answer to a request; DisallowedHost where it names a host that is not ours."""
        return cls(f"{request.scheme}://{request.get_host()}")

    def of_record(self, collection: str, key: object) -> str:
        """Of one record of a collection, in the API."""
        return f"{self.site}{ROOT}/{collection}/{key}/"

    def of_page(self, collection: str, key: object) -> str:
        """Of the page for people, in English; it leads to the other languages."""
        return f"{self.site}/en/{collection}/{key}/"

    def of_list(self, path: str, query: str = "") -> str:
        """Of a list of the API: ``of_list("partnerships", "party=valga")``."""
        return f"{self.site}{ROOT}/{path}/" + (f"?{query}" if query else "")

    def of_file(self, name: str) -> str:
        """Of a file of the API: ``of_file("openapi.json")``."""
        return f"{self.site}{ROOT}/{name}"

    def of_problem(self, kind: str) -> str:
        """Of the words on a kind of problem, in the description of the API."""
        return f"{self.site}{ROOT}/docs#{kind}"
