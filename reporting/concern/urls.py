"""Addresses of the concern form."""

from django.urls import path

from reporting.concern import views

app_name = "concern"
urlpatterns = [
    path("", views.tell_us, name="tell_us"),
    path("send/", views.send, name="send"),
]
