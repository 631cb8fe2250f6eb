from django.db import models
from django.utils.translation import gettext_lazy as _

from twinhall.finder.keys import KEY_LENGTH

# What LIKE 'x%' is answered from on PostgreSQL; SQLite compares bytes anyhow.
BY_BYTES = "varchar_pattern_ops"


class Entry(models.Model):
    """A place in the index: one name of one record, from one of its words on. Derived; made anew at will.

    “Union of the Baltic Cities” has entries that begin with *union*, *of*, *the*, *baltic* and *cities*,
    so that the beginning of any word finds it through an ordinary index, on every database.

    One or two letters begin the names of thousands. So of the entries of a record that begin with the same
    letter, the best says so in ``one``, and of those with the same two letters, the best in ``two``.
    """

    subject_type = models.CharField(_("kind of record"), max_length=1)
    subject_id = models.PositiveBigIntegerField(_("record"))
    text = models.CharField(_("name"), max_length=500)
    language = models.CharField(_("language"), max_length=12, blank=True)
    key = models.CharField(_("folded key"), max_length=KEY_LENGTH)
    word = models.CharField(_("first word of the key"), max_length=KEY_LENGTH, blank=True)
    is_head = models.BooleanField(_("begins with the first word"))
    weight = models.PositiveIntegerField(_("weight"), default=0)
    one = models.CharField(_("first letter"), max_length=1, null=True)  # noqa: DJ001 - NULL is in no index
    two = models.CharField(_("first two letters"), max_length=2, null=True)  # noqa: DJ001 - likewise

    class Meta:
        indexes = [
            models.Index(  # all that a search by beginnings asks before it knows which names to show
                fields=["key", "is_head", "weight", "subject_type", "subject_id", "id"],
                opclasses=[BY_BYTES, "bool_ops", "int4_ops", BY_BYTES, "int8_ops", "int8_ops"],
                name="finder_entry_key",
            ),
            models.Index(
                fields=["subject_type", "subject_id", "key"],
                opclasses=[BY_BYTES, "int8_ops", BY_BYTES],
                name="finder_entry_subject",
            ),
            models.Index(fields=["word"], name="finder_entry_word"),
            models.Index(
                fields=["one", "-is_head", "-weight"],
                condition=models.Q(one__isnull=False),
                name="finder_entry_one",
            ),
            models.Index(
                fields=["two", "-is_head", "-weight"],
                condition=models.Q(two__isnull=False),
                name="finder_entry_two",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Word(models.Model):
    """A word of the names in the index, to find what was meant by a misspelt one. Derived, likewise.

    A word that no name has any more stays until the whole index is made anew; it leads nowhere.
    """

    text = models.CharField(_("word"), max_length=KEY_LENGTH)
    reverse = models.CharField(_("the word from its end"), max_length=KEY_LENGTH)
    length = models.PositiveSmallIntegerField(_("letters"))
    weight = models.PositiveIntegerField(_("weight"), default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["length", "text", "weight"],
                opclasses=["int2_ops", BY_BYTES, "int4_ops"],
                name="finder_word_text",
            ),
            models.Index(
                fields=["length", "reverse", "text", "weight"],
                opclasses=["int2_ops", BY_BYTES, BY_BYTES, "int4_ops"],
                name="finder_word_reverse",
            ),
        ]

    def __str__(self) -> str:
        return self.text
