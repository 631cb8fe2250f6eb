from twinhall.api.addresses import Addresses
from twinhall.api.schemas.base import Answer


class Home(Answer):
    """The collections of the API, with their addresses."""

    parties: str
    partnerships: str
    networks: str
    memberships: str
    projects: str
    sources: str
    disagreements: str
    search: str
    openapi: str
    docs: str

    @classmethod
    def at(cls, at: Addresses) -> "Home":
        lists = [name for name in cls.model_fields if name not in {"search", "openapi", "docs"}]
        return cls(
            **{name: at.of_list(name) for name in lists},
            search=at.of_list("search", "q={words}"),
            openapi=at.of_file("openapi.json"),
            docs=at.of_file("docs"),
        )
