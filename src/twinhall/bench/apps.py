from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "twinhall.bench"
    label = "bench"
