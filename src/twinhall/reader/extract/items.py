"""What a line lists: parties, with what stands beside each."""

from dataclasses import dataclass, field

from twinhall.reader.dates import Told
from twinhall.reader.extract.scene import Scene
from twinhall.reader.facts import Named


@dataclass(slots=True)
class Item:
    """A party in a list, with what stands beside it. ``other`` is the second end of "Place – Place"."""

    start: int
    end: int
    written: str
    country: str = ""
    sign: str = ""
    dates: list[Told] = field(default_factory=list)
    starred: bool = False
    other: "Item | None" = None

    def named(self, scene: Scene) -> Named:
        """The party that is meant, with the country that stands beside it."""
        return scene.named(self.written, self.country)


@dataclass(slots=True)
class Listed:
    """What a line lists. ``rest`` is where prose begins after the names, or the line's end.

    ``country`` is set where the line names a country and nothing else; ``date`` where nothing but a date.
    """

    start: int
    end: int
    rest: int
    items: list[Item]
    country: str = ""
    date: bool = False
    is_pairs: bool = False

    @property
    def with_country(self) -> bool:
        return any(item.country for item in self.items)
