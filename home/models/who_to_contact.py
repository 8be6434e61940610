"""Who to contact: whom to call first when a county border lies between a child's home, school and what happened."""

from http import HTTPMethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from wagtail.models import Page

from home.models.base import PhoenixPage
from resources.book import ContactBook
from resources.first_call import Team, advise, ask

#: The boxes: what each asks for, and what stands below it.
BOXES = (
    ("lives", "Where does the child live?", "Where they sleep most nights"),
    ("school", "Where do they go to school?", "Or college, training or work"),
    ("happened", "Where did it happen?", "Leave it empty if you do not know"),
)


class WhoToContactPage(PhoenixPage):
    """The councils around us with their numbers, and an answer for places that somebody types.

    What is typed is posted and answered in memory: where a child lives stands in no address, and is kept nowhere.
    """

    allowed_http_methods = [*PhoenixPage.allowed_http_methods, HTTPMethod.POST]
    template = "home/who_to_contact_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1  # type: ignore[assignment]  # the base class says None

    class Meta:
        verbose_name = "who to contact"

    @method_decorator(sensitive_variables())
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        book = ContactBook.current()
        gazetteer = book.gazetteer
        # Whatever stands in the address is not read.
        posted = request.POST if request.method == "POST" else {}
        questions = {
            key: ask(gazetteer, key, posted.get(key, ""), posted.get(f"{key}-choice", "")) for key, _, _ in BOXES
        }
        context |= {
            "contacts": book,
            "boxes": [(questions[key], label, hint) for key, label, hint in BOXES],
            "is_answer": request.method == "POST",
            "is_empty": not any(question.found.typed for question in questions.values()),
            "is_open": any(question.is_open for question in questions.values()),
            "advice": advise(questions, book),
            "ours": Team.of(gazetteer.ours, book) if gazetteer.ours else None,
            "table": [(Team.of(area, book), towns, districts) for area, towns, districts in gazetteer.table()],
        }
        return context

    @method_decorator(sensitive_variables())
    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = Page.serve(self, request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        if request.method == "POST":
            response.headers["Cache-Control"] = "no-store"
        return response
