"""Photographs made anew from their pixels: upright, in sRGB, and without anything that is not seen."""

from io import BytesIO
from typing import NamedTuple

from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from twinhall.core.languages import here
from twinhall.documents.models import MediaType

MOST_MEGAPIXELS = 50
LONG_SIDE = 4096
"""In pixels; a larger photograph is made smaller."""

_SAVING: dict[MediaType, dict[str, int | bool]] = {
    MediaType.JPEG: {"quality": 90, "optimize": True, "progressive": True},
    MediaType.WEBP: {"quality": 90},
}
_TAKES_PROFILE = frozenset({"L", "RGB", "RGBA", "CMYK"})


class Photograph(NamedTuple):
    content: bytes
    width: int
    height: int


def made_anew(content: bytes, media_type: MediaType) -> Photograph:
    """The photograph without place, time, device, comments and colour profile.

    Raises ValidationError where it is damaged, too large, or moves.
    """
    try:
        with Image.open(BytesIO(content), formats=[media_type.name]) as image:
            _check(image)
            return _saved(_pixels(image), media_type)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow's decoders raise exceptions of any kind on broken files.
        message = _(
            "This photograph cannot be opened: it is damaged or was cut off on its way. "
            "Send it again, or save it anew and send that."
        )
        raise ValidationError(message, code="damaged") from error


def _check(image: Image.Image) -> None:
    """Before any pixel is read."""
    if image.width * image.height > MOST_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels()
    # A camera's JPEG may carry further pictures, smaller ones or depths (MPO); the first is the photograph.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise ValidationError(_("This picture moves. Send one still photograph."), code="moving")


def _pixels(image: Image.Image) -> Image.Image:
    ImageOps.exif_transpose(image, in_place=True)
    picture = _in_srgb(image)
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    picture.info = {}
    return picture


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours that every screen shows, by its own profile where that is sound."""
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling
        image = image.point(lambda value: value / 256).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert(mode)
    source = image if image.mode in _TAKES_PROFILE else image.convert(mode)
    try:
        return _converted(source, profile, mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image.convert(mode)


def _converted(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    own, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(own, srgb, image.mode, mode)
    return transform.apply(image)


def _saved(picture: Image.Image, media_type: MediaType) -> Photograph:
    anew = BytesIO()
    picture.save(anew, format=media_type.name, **_SAVING.get(media_type, {}))
    return Photograph(anew.getvalue(), picture.width, picture.height)


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This photograph has more than %(most)s million pixels. Save it smaller and send that."),
        code="too many pixels",
        params={"most": format_decimal(MOST_MEGAPIXELS, locale=here())},
    )
