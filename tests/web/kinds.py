"""One address of each kind of page, on the shipped facts; without the language that it begins with."""

KINDS = {
    "home": "",
    "parties": "parties/",
    "party": "parties/valmiera/",
    "party of networks": "parties/stara-zagora/",
    "party in error": "parties/frankfurt-oder/",
    "party on a day": "parties/valmiera/?on=2010-01-01",
    "partnerships": "partnerships/",
    "partnership": "partnerships/solna-valmiera/",
    "partnership of three": "partnerships/vallefoglia-valmiera-vodnjan-dignano/",
    "pair": "partnerships/valga-valka/",
    "networks": "networks/",
    "network": "networks/city-twins-association/",
    "network of children": "networks/cities-for-children/",
    "projects": "projects/",
    "project": "projects/cities-of-change/",
    "project of an association": "projects/city-twins-cooperation-network/",
    "meetings": "meetings/",
    "sources": "sources/",
    "disagreements": "disagreements/",
    "search": "search/?q=val",
    "nothing found": "search/?q=atlantis",
    "privacy": "privacy/",
    "accessibility": "accessibility/",
    "components": "components/",
    "empty list": "projects/?on=1900-01-01",
}
REFUSED = {"not found": ("parties/atlantis/", 404), "not understood": ("parties/?on=yesterday", 400)}
LANGUAGES = ("en", "et", "lv", "bg")
