from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from twinhall.accounts.models import User


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What protects an account beside its password; ``codes`` are the recovery codes that are left."""

    app: bool
    keys: int
    codes: int


def second_factors(user: User) -> SecondFactors:
    kinds = Authenticator.Type
    of: dict[str, list[Authenticator]] = {kind: [] for kind in kinds}
    for factor in Authenticator.objects.filter(user=user):
        of[factor.type].append(factor)
    return SecondFactors(
        app=bool(of[kinds.TOTP]),
        keys=len(of[kinds.WEBAUTHN]),
        codes=sum(len(factor.wrap().get_unused_codes()) for factor in of[kinds.RECOVERY_CODES]),
    )


def other_sessions(user: User, session_key: str | None) -> QuerySet[UserSession]:
    """Where somebody has signed in, but for the session that asks."""
    others: QuerySet[UserSession] = UserSession.objects.filter(user=user).exclude(session_key=session_key)
    return others
