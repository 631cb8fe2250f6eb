"""The signed lists and letters of meetings that are here already go to those who speak for the organiser."""

from django.db import migrations


def keep_close(apps, schema_editor):
    Filing = apps.get_model("parties", "Filing")
    Filing.objects.filter(document__papers__is_attendance=True).update(is_close=True)


def name_sender(apps, schema_editor):
    Mailing, MeetingLetter = apps.get_model("parties", "Mailing"), apps.get_model("meetings", "MeetingLetter")
    known = set(Mailing.objects.values_list("letter", flat=True))
    letters = MeetingLetter.objects.exclude(letter__in=known).values_list("letter", "meeting__organiser")
    Mailing.objects.bulk_create(
        [Mailing(letter_id=letter, party_id=organiser) for letter, organiser in letters], batch_size=500
    )


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0003_kept_quorum_and_not_yet'),
        ('parties', '0006_kept_close_and_letters_of_parties'),
    ]

    operations = [
        migrations.RunPython(keep_close, migrations.RunPython.noop),
        migrations.RunPython(name_sender, migrations.RunPython.noop),
    ]
