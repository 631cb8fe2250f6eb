from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "twinhall.parties"
    label = "parties"
