"""How a sourced field holds what is said of it. A model names its sourced fields and their sort:

``sourced_fields = {"date": ONE, "fields": MANY, "history": PER_LANGUAGE}``

Besides, every record can be said to exist (``EXISTS``), which writes no column.

Where a value says when a source saw something, sources that say different ones do not contradict each other.
A model names such fields with the rows that they are so of, by what a column of these holds:

``uncompared = {"date": ("kind", frozenset({"attested"}))}``

Of a field that is a figure of its day and its method, ``None`` says that no two words on it are compared:

``uncompared = {"population": None}``

Where data sets give a field only as their labels of the record, each in a spelling or a language of its own,
that these differ is no contradiction; what anybody else says is compared with them as with all. Such a field
is one whose values agree only if they are equal:

``labels = frozenset({"name"})``
"""

from enum import Enum, auto


class Sort(Enum):
    ONE = auto()
    """One value is in force, and the column equals it."""
    MANY = auto()
    """Each accepted value is a member of the column's set."""
    PER_LANGUAGE = auto()
    """One text is in force for each language."""


ONE, MANY, PER_LANGUAGE = Sort.ONE, Sort.MANY, Sort.PER_LANGUAGE
EXISTS = "exists"
EXISTS_VALUES = ("yes", "no")
