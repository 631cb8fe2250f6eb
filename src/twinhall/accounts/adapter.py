from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from twinhall.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth deals with accounts here; signing up by a provider asks it too."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts come by invitation only."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **login: object) -> HttpResponse | None:
        """Nobody signs in as a system actor, by whatever way, and even if one was made active by mistake."""
        refused: HttpResponse | None = super().pre_login(request, user, **login)
        if isinstance(user, User) and user.is_system:
            refused = self.respond_user_inactive(request, user)
        return refused
