"""Every address, as the desk sees it: allauth's names lead to its own sign-in."""

from allauth.account.views import login
from django.urls import include, path

from config.urls import urlpatterns as everywhere

urlpatterns = [
    path("mash/sign-in/", login, name="account_login"),
    path("mash/security/", include("config.sign_in.urls")),
    *everywhere,
]
