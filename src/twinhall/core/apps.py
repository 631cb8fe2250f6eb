from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "twinhall.core"
    label = "core"
