from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "twinhall.accounts"
    label = "accounts"
