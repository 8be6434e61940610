"""Every address, as the CMS sees it: allauth's names lead to its own sign-in."""

from allauth.account.views import login
from django.urls import include, path

from config.urls import urlpatterns as everywhere

urlpatterns = [
    path("cms/login/", login, name="account_login"),
    path("cms/security/", include("config.sign_in.urls")),
    *everywhere,
]
