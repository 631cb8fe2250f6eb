"""Why two records are not merged, or a merge is not undone, in words."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.exchange.merge.journal import touched
from twinhall.exchange.models.merges import Merge
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party, Succession
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Project


def check_both(kept: Party | Partnership, gone: Party | Partnership, *, why: str) -> None:
    """Refuse what no two records are merged for."""
    if not why.strip():
        raise ValidationError({"why": _("A merge needs its reason.")})
    if kept.pk == gone.pk:
        raise ValidationError(_("A record is not merged with itself."))
    for record in (kept, gone):
        if record.withdrawn_at is not None:
            raise ValidationError(_("“%(record)s” is withdrawn."), params={"record": record})


def check_parties(kept: Party, gone: Party) -> None:
    """Refuse parties that are two."""
    if kept.kind != gone.kind:
        raise ValidationError(
            _("Only parties of one kind are merged; these are of the kinds “%(kept)s” and “%(gone)s”."),
            params={"kept": kept.get_kind_display(), "gone": gone.get_kind_display()},
        )
    _check_networks(kept, gone)
    _check_sides(kept, gone)


def _check_networks(kept: Party, gone: Party) -> None:
    networks = set(Network.objects.filter(pk__in=[kept.pk, gone.pk]).values_list("pk", flat=True))
    if networks == {kept.pk, gone.pk}:
        raise ValidationError(_("Both are networks, and networks are not merged."))
    if gone.pk in networks:
        raise ValidationError(
            _("“%(gone)s” is a network: keep it, and merge the other into it."), params={"gone": gone}
        )
    if Membership.objects.standing().filter(network=kept.pk, party=gone).exists():
        raise ValidationError(_("The one is a member of the other: they are two."))


def _check_sides(kept: Party, gone: Party) -> None:
    """Refuse parties that stand side by side, or one after the other."""
    tie = Partnership.objects.standing().filter(signatories__party=kept).filter(signatories__party=gone)
    if tie.exists():
        raise ValidationError(
            _("They are two sides of one partnership, “%(record)s”."), params={"record": tie[0]}
        )
    project = Project.objects.standing().filter(participations__party=kept).filter(participations__party=gone)
    if project.exists():
        raise ValidationError(
            _("They are two partners of one project, “%(record)s”."), params={"record": project[0]}
        )
    both = [kept, gone]
    if Succession.objects.standing().filter(predecessor__in=both, successor__in=both).exists():
        raise ValidationError(_("The one took the other's place: they are two, one after the other."))


def check_partnerships(kept: Partnership, gone: Partnership) -> None:
    """Refuse partnerships of different parties."""
    if kept.parties_key != gone.parties_key:
        raise ValidationError(_("Their parties differ, so they are two partnerships."))


def check_undo(merge: Merge) -> None:
    """Refuse to undo what is undone, or what a later merge builds on."""
    if merge.undone_at is not None:
        raise ValidationError(_("This merge is undone already."))
    mine = touched(merge.moved)
    for later in Merge.objects.filter(pk__gt=merge.pk, undone_at__isnull=True).order_by("-pk").iterator():
        if not mine.isdisjoint(touched(later.moved)):
            raise ValidationError(
                _("Undo first what was merged later: “%(merge)s”."), params={"merge": later}
            )
