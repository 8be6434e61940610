"""The same site as an onion service: Tor Browser offers it to whoever reads the ordinary address.

https://community.torproject.org/onion-services/advanced/onion-location/
"""

import base64
import hashlib
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.faces import Face, GetResponse, face_here

#: Scheme and host; of the host a key, a checksum and the version, in base32 (rend-spec-v3, section 6).
ADDRESS = re.compile(r"https?://(?P<host>(?P<coded>[a-z2-7]{56})\.onion)")
VERSION = b"\x03"


def host_of(address: str) -> str:
    """The host of an onion address, version 3. Empty if it is none, or has a slip in it."""
    found = ADDRESS.fullmatch(address)
    if not found:
        return ""
    octets = base64.b32decode(found["coded"].upper())
    key, checksum, version = octets[:32], octets[32:34], octets[34:]
    right = hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2]
    return found["host"] if version == VERSION and checksum == right else ""


def tell_tor_browsers(get_response: GetResponse) -> GetResponse:
    """Middleware: each public page names its twin. Nothing while `ONION_ADDRESS` is not set."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.ONION_ADDRESS and is_public_page(request, response):
            if request.get_host() == host_of(settings.ONION_ADDRESS):
                return response
            response.headers["Onion-Location"] = f"{settings.ONION_ADDRESS}{request.get_full_path()}"
        return response

    return answer


def is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    return face_here(request.path) is Face.PUBLIC and response.headers.get("Content-Type", "").startswith("text/html")
