"""What a report of reading Wikidata says: why a statement is not used, and what was seen on the way."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why a statement of a tie is not used."""

    SELF = "self", _("The item names itself as its twin.")
    COUNTRY = "country", _("One of the two is a whole country.")
    DEPRECATED = "deprecated", _("Wikidata marks the statement as wrong.")
    UNKNOWN = "unknown", _("Wikidata does not say who the twin is.")
    NO_TWIN = "no twin", _("Wikidata says that there is no twin.")
    MISSING = "missing", _("One of the two is no longer in Wikidata.")


class Note(TextChoices):
    """What was left out, filled in or noticed; a report counts each."""

    ONE_END = "one end", _("Ties stated at one end only.")
    BOTH_ENDS = "both ends", _("Ties stated at both ends.")
    DATE_TOO_COARSE = "coarse date", _("Dates less exact than a year, left out.")
    DATE_BEFORE_CHRIST = "date before christ", _("Dates before the year 1, left out.")
    DATE_IMPOSSIBLE = "impossible date", _("Dates that do not exist, left out.")
    DATE_JULIAN = "julian date", _("Dates of the Julian calendar, converted.")
    END_BEFORE_START = "end before start", _("Ties that ended before they began; both dates are kept.")
    NO_NAME = "no name", _("Items without a name in any language that was asked for.")
    NO_COUNTRY = "no country", _("Items without a present country.")
    SEVERAL_COUNTRIES = "countries", _("Items with several present countries; none was chosen.")
    SEVERAL_POSITIONS = "positions", _("Items with several positions; one was chosen.")
    SEVERAL_GEONAMES = "geonames", _("Items with several GeoNames ids; none was chosen.")
    NOT_IN_FILES = "not in files", _("Items that the files only name; nothing else is known of them.")
    KIND_UNKNOWN = "kind", _("Items of an unknown kind, taken for municipalities.")
    REFERENCE_WITHOUT_URL = "reference", _("References without an address, left out.")
    REDIRECTED = "redirected", _("Items that were merged into another in Wikidata.")
