"""Editors find their own sign-in in the menu of the CMS."""

from django.conf import settings
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from config.faces import Face


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail has none
def sign_in_in_menu() -> MenuItem:
    address = reverse("mfa_index", urlconf=settings.STAFF_URLCONFS[Face.CMS])
    return MenuItem("Your sign-in", address, name="sign-in", icon_name="key", order=9500)
