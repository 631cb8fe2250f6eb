from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "twinhall.api"
    label = "api"
