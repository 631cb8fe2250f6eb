from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "twinhall.web"
    label = "web"
