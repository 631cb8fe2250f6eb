"""Addresses of the site as letters name them, and the one behind which somebody stops letters."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from twinhall.letters.models import Letter

_signer = Signer(salt="twinhall.letters.unsubscribe", sep=".")


def absolute(path: str) -> str:
    """A path of the site with the site's own address before it."""
    return f"{settings.SITE.rstrip('/')}{path}"


def unsubscribe_address(letter: Letter) -> str:
    """Where the reader of a letter stops letters of its kind, without signing in."""
    with translation.override(letter.language):
        return absolute(reverse("letters:unsubscribe", args=[_signer.sign(str(letter.pk))]))


def letter_of(token: str) -> Letter | None:
    """The letter that an address of the kind above was made for; none where nobody made it."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Letter.objects.filter(pk=key, is_duty=False).exclude(to="").first()
