from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "twinhall.exchange"
    label = "exchange"
