"""Sizes that sources state, put into words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twinhall.networks.models import NetworkSize
from twinhall.projects.models import ProjectSize
from twinhall.web import say


def stated_size(size: NetworkSize | ProjectSize) -> str:
    """“more than 50 members, 26 countries”."""
    counted = []
    if isinstance(size, NetworkSize) and size.members is not None:
        counted.append(
            ngettext("%(n)s member", "%(n)s members", size.members) % {"n": say.number(size.members)}
        )
    if isinstance(size, ProjectSize) and size.partners is not None:
        words = ngettext("%(n)s partner", "%(n)s partners", size.partners)
        counted.append(words % {"n": say.number(size.partners)})
    if size.countries is not None:
        words = ngettext("%(n)s country", "%(n)s countries", size.countries)
        counted.append(words % {"n": say.number(size.countries)})
    said = ", ".join(counted)
    return _("more than %(size)s") % {"size": said} if size.at_least else said
