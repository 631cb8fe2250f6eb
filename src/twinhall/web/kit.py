"""What the scripts of the maps are given: addresses of their files, and words in the reader's language."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

LIBRARY = "vendor/maplibre-gl-6.17.0"


def map_kit() -> dict[str, object]:
    """Addresses and words for ``web/maps/stage.js``; ``style`` is empty where our own base map is drawn."""
    return {
        "library": static(f"{LIBRARY}/maplibre-gl.mjs"),
        "worker": static(f"{LIBRARY}/maplibre-gl-worker.mjs"),
        "styles": [static(f"{LIBRARY}/maplibre-gl.css"), static("web/maps/maps.css")],
        "ground": static("core/basemap.svg"),
        "style": settings.MAP_STYLE,
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """What MapLibre's controls are called, under its own keys."""
    return {
        "AttributionControl.ToggleAttribution": _("Show or hide where the map comes from"),
        "FullscreenControl.Enter": _("Show the map on the whole screen"),
        "FullscreenControl.Exit": _("Leave the whole screen"),
        "NavigationControl.ZoomIn": _("Come closer"),
        "NavigationControl.ZoomOut": _("Go further away"),
        "CooperativeGesturesHandler.WindowsHelpText": _("Hold Ctrl while you scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": _("Hold ⌘ while you scroll to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": _("Move the map with two fingers"),
    }
