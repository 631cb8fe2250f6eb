from django.urls import path

from twinhall.api import views
from twinhall.api.api import api

app_name = "api"

_operations = api.urls[0][:-1]  # the last is Ninja's own way in
urlpatterns = [
    path("", views.home, name="home"),
    path("openapi.json", views.openapi, name="openapi"),
    path("docs", views.docs, name="docs"),
    *_operations,
    path("<path:rest>", views.nothing, name="nothing"),
]
