"""Who may see a letter and decide on it: who wrote it, and who runs the register."""

import rules
from django.contrib.auth.models import AnonymousUser

from twinhall.accounts.models import User
from twinhall.letters.models import Letter


@rules.predicate
def wrote(user: User | AnonymousUser, letter: Letter) -> bool:
    """The letter went out at this person's word."""
    return letter.by_id == user.pk


rules.add_perm("letters.keep_letter", rules.is_active & (rules.is_superuser | wrote))
