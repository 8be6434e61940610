"""Three faces of one code base: what each path may use, and what each process serves.

`public` serves readers and the concern form: no sign-in, no session, no cookie of any kind. `cms` serves editors,
`desk` serves officers. `all` serves everything on one machine, with the same rules per path. What a process does not
serve does not exist there (404). Anonymity is a property that raises an error when it is broken, not a habit.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import patch_cache_control

from config.headers import CSP_CMS, CSP_PREVIEW, PERMISSIONS_POLICY

GetResponse = Callable[[HttpRequest], HttpResponse]


class Face(StrEnum):
    """A process serves one face, or all of them on one machine."""

    PUBLIC = "public"
    CMS = "cms"
    DESK = "desk"
    ALL = "all"


#: Paths that belong to staff; every other path is public.
STAFF_PATHS = {Face.CMS: "/cms/", Face.DESK: "/mash/"}


class FaceError(Exception):
    """A public path used something that is kept from it: a programming error, never a visitor's."""


def face_of(path: str) -> Face:
    """Which face a path belongs to: `/cms/…` editors, `/mash/…` officers, everything else readers."""
    for face, prefix in STAFF_PATHS.items():
        if path.startswith(prefix):
            return face
    return Face.PUBLIC


def is_served(path: str) -> bool:
    """Whether this process answers a path; every process answers for its own health."""
    return path.startswith("/health/") or settings.PHOENIX_FACE in (face_of(path), Face.ALL)


def face_here(path: str) -> Face:
    """The face of a path in this process: a staff path that is served elsewhere is like any unknown public page."""
    return face_of(path) if is_served(path) else Face.PUBLIC


class NoSession:
    """Stands where a session would be on public paths. Touching it is an error."""

    def _refuse(self, *args: object) -> Any:
        raise FaceError("A public path has no session: nothing may be kept about a reader.")

    __getattr__ = __setattr__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = __iter__ = _refuse


class FaceMiddleware:
    """Sets the face of a request, and holds a public answer to the public rules."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        face = face_here(request.path)
        request.face = face  # type: ignore[attr-defined]
        if face is Face.PUBLIC:
            from django.contrib.auth.models import AnonymousUser

            request.session = NoSession()  # type: ignore[assignment]
            request.user = AnonymousUser()
        else:
            request.urlconf = settings.STAFF_URLCONFS[face]
        if face is Face.CMS:
            # A photo or a document may be larger than memory should hold; what readers send never touches a disk.
            request.upload_handlers = [MemoryFileUploadHandler(request), TemporaryFileUploadHandler(request)]
        response = self.answer(request, face)
        if face is Face.PUBLIC and response.cookies:
            raise FaceError("A public path tried to set a cookie.")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if face is Face.CMS:
            response._csp_replace = CSP_CMS  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response.headers["X-Frame-Options"] = "DENY"
        if is_preview(request):
            response._csp_replace = CSP_PREVIEW  # type: ignore[attr-defined]
        if face is not Face.PUBLIC:
            # With `no-referrer` browsers send `Origin: null`, and every form of staff would be refused.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            # No page of another host, the other staff face's among them, loads an answer as a picture or a script.
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        set_caching(face, response)
        return response

    def answer(self, request: HttpRequest, face: Face) -> HttpResponse:
        """The view's answer, unless this process does not serve the path or the body is too large to be read."""
        if not is_served(request.path) and not is_preview(request):
            return HttpResponseNotFound()
        if face is Face.PUBLIC and is_too_large(request):
            return HttpResponse(status=413)
        return self.get_response(request)


def is_preview(request: HttpRequest) -> bool:
    """Whether Wagtail made this request itself, to show a page in its editor; no visitor can."""
    return getattr(request, "is_dummy", False)


def is_too_large(request: HttpRequest) -> bool:
    """Whether a body is said to be larger than a person can have written. It is then never read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def set_caching(face: Face, response: HttpResponse) -> None:
    """Pages are always asked for anew (a corrected number shows at once); staff pages are never stored."""
    if response.headers.get("Cache-Control"):
        return
    if face is Face.PUBLIC and response.status_code in (200, 304):
        patch_cache_control(response, no_cache=True)
    else:
        patch_cache_control(response, no_store=True)


def only_for(staff: bool, dotted_path: str) -> Callable[[GetResponse], GetResponse]:
    """A middleware that runs on staff paths only (or on public ones only), and is passed by on the others."""
    from django.utils.module_loading import import_string

    def middleware(get_response: GetResponse) -> GetResponse:
        inner = import_string(dotted_path)(get_response)

        def choose(request: HttpRequest) -> HttpResponse:
            is_staff = request.face is not Face.PUBLIC  # type: ignore[attr-defined]
            return inner(request) if is_staff is staff else get_response(request)

        # Django looks for these on the outside.
        for name in ("process_view", "process_exception"):
            if hook := getattr(inner, name, None):
                setattr(choose, name, only(hook))
        return choose

    def only(hook: Callable[..., HttpResponse | None]) -> Callable[..., HttpResponse | None]:
        def called(request: HttpRequest, *args: object) -> HttpResponse | None:
            is_staff = request.face is not Face.PUBLIC  # type: ignore[attr-defined]
            return hook(request, *args) if is_staff is staff else None

        return called

    return middleware


staff_session = only_for(True, "config.sign_in.session.StaffSession")
staff_csrf = only_for(True, "django.middleware.csrf.CsrfViewMiddleware")
staff_authentication = only_for(True, "django.contrib.auth.middleware.AuthenticationMiddleware")
staff_accounts = only_for(True, "allauth.account.middleware.AccountMiddleware")
staff_second_factor = only_for(True, "config.sign_in.session.SecondFactor")
staff_messages = only_for(True, "django.contrib.messages.middleware.MessageMiddleware")
compress_public = only_for(False, "django.middleware.gzip.GZipMiddleware")
conditional_public = only_for(False, "django.middleware.http.ConditionalGetMiddleware")
