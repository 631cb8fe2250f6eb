from django.urls import path

from twinhall.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("sessions/<int:pk>/end/", views.end_session, name="end-session"),
]
