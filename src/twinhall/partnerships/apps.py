from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _keep_fields(using: str, **_: Any) -> None:
    from twinhall.partnerships.actions import keep_fields  # noqa: PLC0415 - models are ready only now

    keep_fields(using=using)


class PartnershipsConfig(AppConfig):
    name = "twinhall.partnerships"
    label = "partnerships"

    def ready(self) -> None:
        """Keep the vocabulary of fields in step with the data that ships."""
        post_migrate.connect(_keep_fields, sender=self)
