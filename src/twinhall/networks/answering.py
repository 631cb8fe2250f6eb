"""Letters to those who apply to a network, in the language of their application."""

import datetime as dt
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.letters.actions import write_letter
from twinhall.letters.models import Kind
from twinhall.networks.models import Application
from twinhall.parties.actions import mail_for


def acknowledge(application: Application, *, kept: dt.timedelta, by: User) -> None:
    """Say that the application has come, what becomes of it, and how long its writer is known here."""
    with translation.override(application.language):
        body = [
            _("%(network)s has received your application for %(town)s.") % _names(application),
            _("The secretariat looks whether anything is missing and writes to you."),
            _("When it is complete, the network decides."),
            _(
                "Your name, office and e-mail address are kept for this application only. They are erased "
                "%(days)s days after the decision."
            )
            % {"days": kept.days},
        ]
    _write(application, "received", body, by=by)


def acknowledge_more(application: Application, *, at: dt.datetime, by: User) -> None:
    """Say that what was added has come."""
    with translation.override(application.language):
        body = [
            _("%(network)s has received what you add to your application for %(town)s.")
            % _names(application),
            _("The secretariat looks whether anything is missing and writes to you."),
        ]
    _write(application, f"added/{_key(at)}", body, by=by)


def write_what_is_missing(application: Application, *, at: dt.datetime, by: User) -> None:
    """Say what is missing, in the secretary's words."""
    with translation.override(application.language):
        body = [
            _("%(network)s has your application for %(town)s. This is still missing:") % _names(application),
            application.missing,
            _("Please answer this letter, or send what is missing to the secretariat."),
        ]
    _write(application, f"missing/{_key(at)}", body, by=by)


def _key(at: dt.datetime) -> int:
    return int(at.timestamp())


def _names(application: Application) -> dict[str, str]:
    return {"network": str(application.network), "town": application.town}


def _write(application: Application, what: str, paragraphs: Sequence[str], *, by: User) -> None:
    """Write to the applicant, if there is an address; the network’s people see what became of it."""
    if not application.email:
        return
    with translation.override(application.language):
        subject = _("Your application to %(network)s") % _names(application)
    letter = write_letter(
        key=f"application-{application.pk}/{what}",
        kind=Kind.ANSWER,
        to=application.email,
        subject=subject,
        body="\n\n".join(paragraphs) + "\n",
        by=by,
        language=application.language,
        duty=True,
        passing=True,
    )
    mail_for(application.network.party, letter)
