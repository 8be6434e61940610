"""Addresses of the concern form and of the way back, in the order in which a person meets them."""

from django.urls import path

from reporting.concern import distress, messages, reply, views
from reporting.concern.sealed import keys, receive_sealed

app_name = "concern"
urlpatterns = [
    path("", views.start, name="tell_us"),
    path("before-you-start/", views.before_you_start, name="before_you_start"),
    path("questions/", views.ask, name="questions"),
    path("send/", views.send, name="send"),
    # For browsers that seal by themselves:
    path("keys/", keys, name="keys"),
    path("distress/", distress.lists, name="distress"),
    path("sealed/", receive_sealed, name="sealed"),
    # The way back, with code words:
    path("reply/", reply.reply, name="reply"),
    path("reply/add/", reply.add_more, name="add_more"),
    # For browsers that open and seal by themselves:
    path("reply/messages/", messages.messages, name="messages"),
    path("reply/sealed/", messages.add_sealed, name="add_sealed"),
]
