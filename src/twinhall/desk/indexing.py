"""Keeping the index of names in step with what is done at the desk."""

from django.db.models import Model

from twinhall.finder.actions import index_records
from twinhall.parties.models import Name, Party
from twinhall.projects.models import Project


def index_subject(record: Model) -> None:
    """Index a record anew whose names may have changed."""
    if isinstance(record, Name):
        record = record.party
    if isinstance(record, Party | Project):
        index_records([record])
