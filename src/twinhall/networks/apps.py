from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "twinhall.networks"
    label = "networks"
