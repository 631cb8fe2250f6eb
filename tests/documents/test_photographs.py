"""A photograph that is kept is its pixels, upright, and nothing else."""

import warnings
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from tests.factories.documents import BLUE, RED, make_photo_bytes
from twinhall.documents import photographs
from twinhall.documents.models import MediaType
from twinhall.documents.photographs import LONG_SIDE, made_anew

PHOTOGRAPHS = [MediaType.JPEG, MediaType.PNG, MediaType.WEBP]
DAMAGED = (
    "This photograph cannot be opened: it is damaged or was cut off on its way. "
    "Send it again, or save it anew and send that."
)
SECRET = b"Kadri's phone"


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def saved(picture: Image.Image, kind: MediaType, **how: object) -> bytes:
    file = BytesIO()
    picture.save(file, format=kind.name, **how)
    return file.getvalue()


def refusal(content: bytes, kind: MediaType) -> str:
    with pytest.raises(ValidationError) as refused:
        made_anew(content, kind)
    return refused.value.messages[0]


def colour(picture: Image.Image, x: int, y: int) -> str:
    """Which of the two colours of a photograph of ours stands there."""
    pixel = picture.convert("RGB").getpixel((x, y))
    assert isinstance(pixel, tuple)
    return min(
        ("red", RED), ("blue", BLUE), key=lambda c: sum(abs(a - b) for a, b in zip(c[1], pixel, strict=True))
    )[0]


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_where_and_with_what_it_was_taken_is_gone(kind: MediaType) -> None:
    before = make_photo_bytes(kind)
    gps = opened(before).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert gps[ExifTags.GPS.GPSLatitudeRef] == "N"
    anew = made_anew(before, kind).content
    assert dict(opened(anew).getexif()) == {}
    assert b"Kaamera" in before
    assert not any(word in anew for word in (b"Kaamera", b"Exif", b"EXIF", b"eXIf"))


def _png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return saved(Image.new("RGB", (8, 8)), MediaType.PNG, pnginfo=words)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (saved(Image.new("RGB", (8, 8)), MediaType.JPEG, comment=SECRET, xmp=SECRET), MediaType.JPEG),
        (saved(Image.new("RGB", (8, 8)), MediaType.WEBP, xmp=SECRET), MediaType.WEBP),
        (_png_with_words(), MediaType.PNG),
        (make_photo_bytes() + SECRET, MediaType.JPEG),
        (make_photo_bytes(MediaType.PNG) + SECRET, MediaType.PNG),
    ],
)
def test_comments_and_what_hangs_on_behind_are_gone(content: bytes, kind: MediaType) -> None:
    assert SECRET in content
    assert SECRET not in made_anew(content, kind).content


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
@pytest.mark.parametrize(
    ("orientation", "size", "first", "last"),
    [
        (1, (64, 48), "red", "blue"),
        (2, (64, 48), "blue", "red"),
        (3, (64, 48), "blue", "red"),
        (6, (48, 64), "red", "blue"),
        (8, (48, 64), "blue", "red"),
    ],
)
def test_it_is_turned_upright(
    kind: MediaType, orientation: int, size: tuple[int, int], first: str, last: str
) -> None:
    """``first`` and ``last``: the colours of the corners at the top left and at the bottom right."""
    anew = made_anew(make_photo_bytes(kind, orientation=orientation), kind)
    picture = opened(anew.content)
    assert (anew.width, anew.height) == picture.size == size
    assert (colour(picture, 2, 2), colour(picture, size[0] - 3, size[1] - 3)) == (first, last)


@pytest.mark.parametrize(
    ("size", "smaller"), [((5000, 100), (4096, 82)), ((100, 5000), (82, 4096)), ((4096, 10), (4096, 10))]
)
def test_its_long_side_is_brought_down(size: tuple[int, int], smaller: tuple[int, int]) -> None:
    anew = made_anew(make_photo_bytes(size=size), MediaType.JPEG)
    assert (anew.width, anew.height) == smaller
    assert max(smaller) == LONG_SIDE


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_it_stays_what_it_was(kind: MediaType) -> None:
    assert opened(made_anew(make_photo_bytes(kind), kind).content).format == kind.name


@pytest.mark.parametrize("kind", [MediaType.PNG, MediaType.WEBP])
def test_what_can_be_seen_through_stays_so(kind: MediaType) -> None:
    content = saved(Image.new("RGBA", (8, 8), (*RED, 100)), kind)
    assert opened(made_anew(content, kind).content).convert("RGBA").getpixel((0, 0)) == pytest.approx(
        (*RED, 100), abs=4
    )


def test_a_palette_with_a_transparent_colour_is_understood() -> None:
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([*RED, *BLUE])
    anew = opened(made_anew(saved(picture, MediaType.PNG, transparency=0), MediaType.PNG).content)
    assert (anew.mode, anew.getpixel((0, 0))) == ("RGBA", (*RED, 0))


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (Image.new("L", (4, 4), 128), MediaType.JPEG),
        (Image.new("LA", (4, 4), (128, 255)), MediaType.PNG),
        (Image.new("I;16", (4, 4), 128 * 256), MediaType.PNG),
    ],
)
def test_shades_of_grey_keep_their_shade(picture: Image.Image, kind: MediaType) -> None:
    anew = opened(made_anew(saved(picture, kind), kind).content).convert("RGB")
    assert anew.getpixel((0, 0)) == pytest.approx((128, 128, 128), abs=2)


def test_black_and_white_and_the_inks_of_printers_are_understood() -> None:
    white = made_anew(saved(Image.new("1", (4, 4), 1), MediaType.PNG), MediaType.PNG)
    cyan = made_anew(saved(Image.new("CMYK", (4, 4), (255, 0, 0, 0)), MediaType.JPEG), MediaType.JPEG)
    assert opened(white.content).getpixel((0, 0)) == (255, 255, 255)
    assert opened(cyan.content).getpixel((0, 0)) == pytest.approx((0, 255, 255), abs=4)


def _profile(name: str) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


def test_colours_are_read_by_their_own_profile_which_is_then_dropped() -> None:
    content = saved(Image.new("RGB", (8, 8), RED), MediaType.PNG, icc_profile=_turning_profile())
    anew = opened(made_anew(content, MediaType.PNG).content)
    assert "icc_profile" in opened(content).info
    assert "icc_profile" not in anew.info
    assert anew.getpixel((0, 0)) != RED


def _turning_profile() -> bytes:
    """sRGB with the tags of its red and its green light exchanged."""
    srgb = _profile("sRGB")
    return srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


@pytest.mark.parametrize("mode", ["L", "P", "RGB", "RGBA", "LA"])
def test_the_common_profile_changes_no_colour(mode: str) -> None:
    picture = Image.new("RGB", (8, 8), RED).convert(mode)
    expected = picture.convert("RGBA").getpixel((0, 0))
    content = saved(picture, MediaType.PNG, icc_profile=_profile("sRGB"))
    anew = opened(made_anew(content, MediaType.PNG).content).convert("RGBA")
    assert anew.getpixel((0, 0)) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_a_broken_profile_says_nothing_of_the_colours(profile: bytes) -> None:
    content = saved(Image.new("RGB", (8, 8), RED), MediaType.PNG, icc_profile=profile)
    assert opened(made_anew(content, MediaType.PNG).content).getpixel((0, 0)) == RED


def test_of_a_cameras_several_pictures_the_first_is_the_photograph() -> None:
    file = BytesIO()
    Image.new("RGB", (16, 16), RED).save(
        file, format="MPO", save_all=True, append_images=[Image.new("RGB", (8, 8), BLUE)]
    )
    assert opened(file.getvalue()).format == "MPO"
    anew = opened(made_anew(file.getvalue(), MediaType.JPEG).content)
    assert (anew.format, anew.size, colour(anew, 4, 4)) == ("JPEG", (16, 16), "red")


@pytest.mark.parametrize("kind", [MediaType.PNG, MediaType.WEBP])
def test_a_picture_that_moves_is_refused(kind: MediaType) -> None:
    still = Image.new("RGB", (8, 8), RED)
    content = saved(still, kind, save_all=True, append_images=[Image.new("RGB", (8, 8), BLUE)])
    assert refusal(content, kind) == "This picture moves. Send one still photograph."


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_photograph_that_was_cut_off_is_refused(kind: MediaType, part: float) -> None:
    content = make_photo_bytes(kind, size=(640, 480))
    assert refusal(content[: int(len(content) * part)], kind) == DAMAGED


def test_another_format_than_was_told_is_not_opened() -> None:
    assert refusal(make_photo_bytes(MediaType.PNG), MediaType.JPEG) == DAMAGED


def _claiming(width: int, height: int) -> bytes:
    """A small PNG whose head claims another size."""
    content = make_photo_bytes(MediaType.PNG, gps=False)
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + content[24:29]
    return content[:12] + head + zlib.crc32(head).to_bytes(4, "big") + content[33:]


@pytest.mark.parametrize(("width", "height"), [(5001, 10_000), (10_000, 10_000), (60_000, 60_000)])
@pytest.mark.parametrize("warned", ["error", "ignore"])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    width: int, height: int, warned: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(warned)  # type: ignore[arg-type]
        said = refusal(_claiming(width, height), MediaType.PNG)
    assert said == "This photograph has more than 50 million pixels. Save it smaller and send that."


def test_the_limit_of_pixels_is_written_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photographs, "MOST_MEGAPIXELS", 0.001)
    with translation.override("et"):
        assert "0,001" in refusal(make_photo_bytes(), MediaType.JPEG)
