"""What the ends of a tie tell of it: where its partner lies, and whether a county makes it a region's."""

from twinhall.reader.extract.naming import is_region
from twinhall.reader.extract.scene import Scene
from twinhall.reader.facts import Named

_SURE_OF_COUNTRY = 0.4  # of a place whose country is taken as told


def told_country(named: Named) -> str:
    """The country of a party that the page does not print, where the place is likely enough."""
    best = named.candidates[:1]
    return best[0].country if best and best[0].confidence > _SURE_OF_COUNTRY else ""


def kind_between(scene: Scene, kind: str, a: Named, b: Named) -> str:
    """The kind of a tie, by its ends too: a county is a region's tie."""
    if kind == "border":
        return "border-twin"
    for end in (a, b):
        if "municipality" in end.written.casefold():
            continue
        if is_region(scene, end.written):
            return "region"
    return kind or "partner"
