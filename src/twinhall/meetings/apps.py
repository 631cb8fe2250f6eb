from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "twinhall.meetings"
    label = "meetings"
