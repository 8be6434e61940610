"""What browsers are told beside the pages: the content security policies and what a page may use.

Readers and officers get the strict policy: nothing but our own style sheets, scripts and pictures, no inline script,
no string that a script turns into script (Trusted Types), nobody who frames us. The CMS needs more
(docs/decisions/csp.md).
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

#: Public pages and the desk.
CSP_STRICT: dict[str, object] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [NONE],
}

#: The CMS under /cms/: Wagtail's editor starts its widgets with inline scripts.
CSP_CMS: dict[str, object] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "require-trusted-types-for": None,
    "trusted-types": None,
}

#: A page's preview beside the editor: still no inline script, but the editor frames it, and Wagtail's checker works in
#: it, which writes HTML by script.
CSP_PREVIEW: dict[str, object] = {
    "frame-ancestors": [SELF],
    "require-trusted-types-for": None,
    "trusted-types": None,
}

#: Nothing on a public page asks for a place, a camera or a microphone, and no script may.
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
