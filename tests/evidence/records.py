"""Records with sourced fields of every sort, for facts to be stated of."""

from itertools import count

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from twinhall.partnerships.actions import add_act, found_partnership
from twinhall.partnerships.models import Act, ActKind, Partnership, PartnershipKind
from twinhall.projects.models import Programme, Project

_numbers = count(1)


def a_partnership() -> Partnership:
    return found_partnership(
        kind=PartnershipKind.TWINNING,
        parties=[make_party(name="Valga"), make_party(name="Valka", country="LV")],
        by=make_user(),
    )


def a_signing() -> Act:
    return add_act(a_partnership(), kind=ActKind.SIGNED, by=make_user())


def a_project() -> Project:
    return Project.objects.create(slug=f"project-{next(_numbers)}")


def a_programme(*, slug: str = "urbact") -> Programme:
    return Programme.objects.create(slug=slug)
