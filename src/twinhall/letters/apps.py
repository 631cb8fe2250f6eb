from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "twinhall.letters"
    label = "letters"
