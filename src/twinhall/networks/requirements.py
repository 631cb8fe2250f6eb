"""What a network asks of whoever applies: a paper is asked for, and asked for no more."""

from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.networks.models import Network, Requirement


@transaction.atomic
def add_requirement(network: Network, *, name: str, language: str, is_needed: bool, by: User) -> Requirement:
    """Ask for a paper of whoever applies; it comes last in the list. Raises ValidationError."""
    last = network.requirements.order_by("-number").first()
    number = last.number + 1 if last else 1
    requirement = Requirement(network=network, number=number, name={language: name}, is_needed=is_needed)
    requirement.full_clean()
    requirement.save()
    log(gettext_noop("paper asked for"), f"{network}: {name}", by=by, record=network)
    return requirement


@transaction.atomic
def drop_requirement(requirement: Requirement, *, by: User) -> None:
    """Ask for a paper no more. Raises ProtectedError where it has come with an application."""
    log(gettext_noop("paper asked for no more"), str(requirement), by=by, record=requirement.network)
    requirement.delete()
