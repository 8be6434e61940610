"""What others need to make this site known, made from records: one module a thing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from home.models import MaterialPage
from home.publicise import dates, leaflets, link, maker

#: What each kind of page adds to its template.
CONTEXTS: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    MaterialPage.Shows.LEAFLETS: leaflets.context,
    MaterialPage.Shows.MAKER: maker.context,
    MaterialPage.Shows.DATES: dates.context,
    MaterialPage.Shows.LINK: link.context,
}
