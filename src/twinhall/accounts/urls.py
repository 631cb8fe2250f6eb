from django.urls import path

from twinhall.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("login/", views.SignIn.as_view(), name="sign-in"),  # allauth's address: what it calls account_login
    path("language/", views.choose_language, name="language"),
    path("sessions/<int:pk>/end/", views.end_session, name="end-session"),
]
