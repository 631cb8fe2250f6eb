from django.urls import path

from twinhall.letters import views

app_name = "letters"

urlpatterns = [path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe")]
