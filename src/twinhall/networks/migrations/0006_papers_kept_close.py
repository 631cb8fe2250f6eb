"""The papers and letters of applications that are here already go to those who speak for the network."""

import re

from django.db import migrations, models

OF_APPLICATION = re.compile(r"\Aapplication-([0-9]+)/")


def keep_close(apps, schema_editor):
    Filing = apps.get_model("parties", "Filing")
    Filing.objects.filter(document__enclosure__isnull=False).update(is_close=True)


def name_sender(apps, schema_editor):
    Letter, Mailing = apps.get_model("letters", "Letter"), apps.get_model("parties", "Mailing")
    networks = dict(apps.get_model("networks", "Application").objects.values_list("pk", "network__party"))
    known = set(Mailing.objects.values_list("letter", flat=True))
    letters = Letter.objects.filter(key__startswith="application-").exclude(pk__in=known)
    found = ((pk, OF_APPLICATION.match(key)) for pk, key in letters.values_list("pk", "key"))
    parties = ((pk, networks.get(int(match[1]))) for pk, match in found if match)
    Mailing.objects.bulk_create(
        [Mailing(letter_id=pk, party_id=party) for pk, party in parties if party], batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0001_initial'),
        ('networks', '0005_members'),
        ('parties', '0006_kept_close_and_letters_of_parties'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='added_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='added to'),
        ),
        migrations.RunPython(keep_close, migrations.RunPython.noop),
        migrations.RunPython(name_sender, migrations.RunPython.noop),
    ]
