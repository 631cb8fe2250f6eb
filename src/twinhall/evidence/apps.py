from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "twinhall.evidence"
    label = "evidence"
