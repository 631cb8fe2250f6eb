from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "twinhall.documents"
    label = "documents"
