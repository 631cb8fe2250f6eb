from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "twinhall.finder"
    label = "finder"
