"""Work out what 0003 made room for, in a database that has partnerships already."""

from collections import defaultdict

from django.db import migrations
from django.db.models import Count

from twinhall.core.spells import Step, since, spans
from twinhall.partnerships.models import RULES

BATCH = 2000


def fill(apps, schema_editor):
    Partnership = apps.get_model("partnerships", "Partnership")
    pks = list(Partnership.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        fill_batch(apps, pks[start : start + BATCH])


def fill_batch(apps, pks):
    Partnership, Spell = (apps.get_model("partnerships", name) for name in ("Partnership", "Spell"))
    steps, parties, sources = steps_of(apps, pks), parties_of(apps, pks), sources_of(apps, pks)
    ties = list(Partnership.objects.filter(pk__in=pks))
    for tie in ties:
        tie.since, tie.since_kind, tie.undated = since(steps[tie.pk], RULES)
        tie.source_count = sources.get(tie.pk, 0)
    columns = ["since", "since_kind", "undated", "source_count"]
    Partnership.objects.bulk_update(ties, columns, batch_size=200)
    Spell.objects.bulk_create(
        Spell(partnership_id=pk, **span._asdict())
        for pk in pks
        for span in spans(steps[pk], RULES, parties[pk])
    )


def steps_of(apps, pks):
    Act = apps.get_model("partnerships", "Act")
    found = defaultdict(list)
    acts = Act.every.filter(partnership__in=pks, withdrawn_at__isnull=True).order_by("number")
    for pk, *told in acts.values_list("partnership_id", "kind", "date", "valid_until", "party_id"):
        found[pk].append(Step(*told))
    return found


def parties_of(apps, pks):
    Signatory = apps.get_model("partnerships", "Signatory")
    found = defaultdict(list)
    for pk, party in Signatory.objects.filter(partnership__in=pks).values_list("partnership_id", "party_id"):
        found[pk].append(party)
    return found


def sources_of(apps, pks):
    Statement = apps.get_model("evidence", "Statement")
    said = Statement.objects.filter(
        subject_type="partnerships.partnership", subject_id__in=pks, field="exists", verdict="accepted", value="yes"
    )
    return dict(said.order_by().values_list("subject_id").annotate(Count("source", distinct=True)))


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0002_workroom'),
        ('partnerships', '0003_spells'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
