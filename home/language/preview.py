"""A page's preview beside the editor carries what the checks found. Readers' pages never do."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import json_script


class CheckedInPreview:
    """Mixin of a page type."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        response = super().serve_preview(request, mode_name)  # type: ignore[misc]
        if getattr(request, "in_preview_panel", False) and isinstance(response, TemplateResponse):
            response.add_post_render_callback(self.add_checks)
        return response

    def add_checks(self, response: TemplateResponse) -> None:
        """Lay the findings and Wagtail's checker at the end of the page."""
        # Here, so that a process for readers never loads what only editors need.
        from wagtail.admin.userbar import Userbar

        from home.language.findings import look_at

        html = response.content.decode()
        found = look_at(html, self.audience_code, self.title, self.tab_words)  # type: ignore[attr-defined]
        checker = Userbar(object=self).render_html({"request": response._request})
        end = json_script(found.to_json(), "writing-findings") + checker
        response.content = html.replace("</body>", f"{end}</body>")
