from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "twinhall.work"
    label = "work"
