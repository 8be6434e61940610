"""Which account belongs to which face: an officer's to the desk, an editor's to the CMS, and none to both."""

from django.contrib.auth.models import User
from django.http import HttpRequest

from config.faces import STAFF_PATHS, Face
from reporting.inbox.models import Officer


def belongs(user: User, face: Face) -> bool:
    """Whether this account may be used there. An administrator of the CMS is no exception, in either direction."""
    if not user.is_active:
        return False
    is_officer = Officer.objects.filter(user_id=user.pk).exists()
    if face is Face.DESK:
        return is_officer
    return not is_officer and user.has_perm("wagtailadmin.access_admin")


def home_of(request: HttpRequest) -> str:
    """The first page of the face that a request is for."""
    face: Face = request.face  # type: ignore[attr-defined]
    return STAFF_PATHS[face]
