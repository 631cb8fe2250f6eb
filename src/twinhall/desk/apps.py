from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "twinhall.desk"
    label = "desk"
