"""Addresses of the concern form, in the order in which a person meets them."""

from django.urls import path

from reporting.concern import views
from reporting.concern.sealed import keys, receive_sealed

app_name = "concern"
urlpatterns = [
    path("", views.start, name="tell_us"),
    path("before-you-start/", views.before_you_start, name="before_you_start"),
    path("questions/", views.ask, name="questions"),
    path("send/", views.send, name="send"),
    # For browsers that seal by themselves:
    path("keys/", keys, name="keys"),
    path("sealed/", receive_sealed, name="sealed"),
]
