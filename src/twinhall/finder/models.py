from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A place in the index: one name of one record, from one of its words on. Derived; made anew at will.

    “Union of the Baltic Cities” has entries that begin with *union*, *of*, *the*, *baltic* and *cities*,
    so that the beginning of any word finds it through an ordinary index, on every database.
    """

    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("record"))
    text = models.CharField(_("name"), max_length=500)
    language = models.CharField(_("language"), max_length=12, blank=True)
    key = models.CharField(_("folded key"), max_length=500, db_index=True)
    is_head = models.BooleanField(_("begins with the first word"))

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="finder_entry_subject")]

    def __str__(self) -> str:
        return self.key
