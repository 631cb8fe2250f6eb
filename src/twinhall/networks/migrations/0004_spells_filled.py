"""Work out what 0003 made room for, in a database that has memberships already."""

from collections import defaultdict

from django.db import migrations

from twinhall.core.spells import Step, since, spans
from twinhall.networks.models import MEMBERSHIP_RULES

BATCH = 2000


def fill(apps, schema_editor):
    Membership = apps.get_model("networks", "Membership")
    pks = list(Membership.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        fill_batch(apps, pks[start : start + BATCH])


def fill_batch(apps, pks):
    Membership, Spell = (apps.get_model("networks", name) for name in ("Membership", "MembershipSpell"))
    steps = steps_of(apps, pks)
    memberships = list(Membership.objects.filter(pk__in=pks))
    for membership in memberships:
        kept = since(steps[membership.pk], MEMBERSHIP_RULES)
        membership.since, membership.since_kind, membership.undated = kept
    Membership.objects.bulk_update(memberships, ["since", "since_kind", "undated"], batch_size=200)
    Spell.objects.bulk_create(
        Spell(membership_id=pk, **span._asdict()) for pk in pks for span in spans(steps[pk], MEMBERSHIP_RULES)
    )


def steps_of(apps, pks):
    Act = apps.get_model("networks", "MembershipAct")
    found = defaultdict(list)
    acts = Act.every.filter(membership__in=pks, withdrawn_at__isnull=True).order_by("number")
    for pk, *told in acts.values_list("membership_id", "kind", "date", "valid_until"):
        found[pk].append(Step(*told))
    return found


class Migration(migrations.Migration):

    dependencies = [
        ('networks', '0003_spells'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
