"""The search page. Words are posted, so that no address, history or log ever holds them, and nothing is kept of them.

Anybody may post here: a search changes nothing and its answer cannot be read from another site, so there is no token
and no look at where the post came from.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from home.search.answer import answer
from home.search.lexicon import Lexicon

#: Longer than this is no search; only what may be a cry for help is looked for in it, and not without end.
LONGEST = 200
LONGEST_READ = 5_000


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables()
def search(request: HttpRequest) -> HttpResponse:
    """The box (GET; whatever stands in the address behind it is not read) or the results (POST)."""
    context: dict[str, object] = {}
    if request.method == "POST":
        # NUL stands for nothing that a person types, and has no place in a page.
        typed = " ".join(request.POST.get("words", "").replace("\0", " ").split())
        lexicon = Lexicon.current()
        book = lexicon.book()
        context = {
            "contacts": book,
            "typed": typed[:LONGEST],
            "is_too_long": len(typed) > LONGEST,
            "answer": answer(typed[:LONGEST_READ], lexicon, book),
        }
    response = render(request, "search/search.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response
