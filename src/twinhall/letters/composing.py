"""A letter as a mail: its headers, its text with the way to stop such letters, its enclosures."""

import re
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from twinhall.letters.addresses import unsubscribe_address
from twinhall.letters.models import Enclosure, Letter, MediaType

_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def compose(letter: Letter) -> EmailMessage:
    """The mail. Its Message-ID follows from the key, so that a mailbox knows a second copy of it."""
    headers = {
        "Message-ID": message_id(letter),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
    }
    body = letter.body
    if not letter.is_duty:
        address = unsubscribe_address(letter)
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        body = f"{body.rstrip()}\n\n-- \n{_way_out(letter, address)}\n"
    mail = EmailMessage(subject=letter.subject, body=body, to=[letter.to], headers=headers)
    for enclosure in letter.enclosures.all():
        _enclose(mail, enclosure)
    return mail


def message_id(letter: Letter) -> str:
    """Like ``<meeting-12/invitation/345@hall.example.org>``."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{letter.key}@{address.rpartition('@')[2]}>"


def _way_out(letter: Letter, address: str) -> str:
    with translation.override(letter.language):
        words = {"kind": letter.get_kind_display(), "address": address}
        return _("If you want no more letters of this kind (%(kind)s), say so here:\n%(address)s") % words


def _enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    content, media_type = bytes(enclosure.content), enclosure.media_type
    if media_type != MediaType.CALENDAR:
        mail.attach(enclosure.name, content, media_type)
        return
    # A calendar takes up a change only where the mail names its method too: RFC 6047, 2.4.
    method = _METHOD.search(content)
    named = f"{media_type}; method={method[1].decode()}" if method else media_type
    mail.attach(enclosure.name, content.decode(), named)
