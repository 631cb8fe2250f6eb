from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "twinhall.projects"
    label = "projects"
