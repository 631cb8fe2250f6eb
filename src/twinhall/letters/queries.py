from django.db.models import Count, QuerySet
from django.utils.translation import get_language

from twinhall.accounts.models import User
from twinhall.core.languages import FALLBACK
from twinhall.letters.models import Kind, Letter, State, Unsubscription, is_in


def language_of(to: User | str) -> str:
    """The language in which to write to somebody: a person's own, else the present one."""
    person = to if isinstance(to, User) else User.objects.filter(email=to.lower()).first()
    return person.language if person else get_language() or FALLBACK


def letter_list(state: State | None = None) -> "QuerySet[Letter]":
    """Letters, the latest first; of one state."""
    found = Letter.objects.select_related("person", "by")
    return found.filter(is_in(state)) if state else found


def undecided() -> "QuerySet[Letter]":
    """The letters of which somebody must say what becomes of them: in doubt or refused."""
    return Letter.objects.in_state(State.IN_DOUBT, State.REFUSED)


def counted_by_state(letters: "QuerySet[Letter]") -> dict[State, int]:
    """How many of the letters are in each state; one query."""
    told = letters.order_by().aggregate(**{state.value: Count("pk", filter=is_in(state)) for state in State})
    return {state: told[state.value] for state in State}


def is_unwanted(email: str, kind: str) -> bool:
    """Whether the reader at this address wants no letters of the kind."""
    return Unsubscription.objects.filter(email=email.lower(), kind=kind).exists()


def stopped_kinds(email: str) -> set[Kind]:
    """The kinds that the reader at this address wants no longer."""
    stopped = Unsubscription.objects.filter(email=email.lower()).values_list("kind", flat=True)
    return {Kind(kind) for kind in stopped}
