"""Our own style sheets and scripts without comments and spaces, as they are collected: a first visit stays light.

What stands in static/ is written for people; what a slow phone fetches need not be. Files of others stay as they came.
"""

from collections.abc import Callable, Iterator
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: By the beginning and the end of a name.
MINIFIERS: dict[tuple[str, str], Callable[[str], str]] = {
    ("css/", ".css"): rcssmin.cssmin,
    ("js/", ".js"): rjsmin.jsmin,
    ("js/", ".mjs"): rjsmin.jsmin,
}


def minifier_of(name: str) -> Callable[[str], str] | None:
    """What makes a file small; None for a file of others."""
    found = (minify for (start, end), minify in MINIFIERS.items() if name.startswith(start) and name.endswith(end))
    return next(found, None)


class SmallStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no annotations
    """WhiteNoise's storage; hashes and compressed copies are made of the small files."""

    def save(self, name: str, content: Any, max_length: int | None = None) -> str:
        if minify := minifier_of(name):
            content = ContentFile(minify(content.read().decode()).encode())
        saved: str = super().save(name, content, max_length)
        return saved

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Hashed names for all files: those that were made small are read where they were saved."""
        small = {name: (self, name) for name in paths if minifier_of(name)}
        yield from super().post_process(paths | small, *args, **options)
