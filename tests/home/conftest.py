"""What the tests of the pages share: an editor who works in the CMS as a browser would send it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from wagtail import blocks
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html, rich_text

from config.demo.accounts import code_now, make_accounts


class Editor:
    """Somebody who has signed in at /cms/ (with a password: by its form), in a browser that checks what browsers check.

    What they publish, their `colleague` publishes for them, as the house wants it.
    """

    def __init__(self, name: str, password: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.colleague: Editor | None = None
        if password:
            self.sign_in_by_hand(name, password)
        else:
            self.client.force_login(User.objects.get(username=name))

    def sign_in_by_hand(self, name: str, password: str) -> None:
        form = self.fields_of("/cms/login/", name="login")
        form["login"], form["password"] = name, password
        self.signed_in = self.post("/cms/login/", form)
        if self.signed_in.status_code == 302:
            form = self.fields_of(self.signed_in.headers["Location"], name="code")
            form["code"] = code_now(User.objects.get(username=name))
            self.signed_in = self.post(self.page.request["PATH_INFO"], form)

    def get(self, address: str, **options: Any) -> Any:
        """A page, as the browser fetches it; it remembers from where it will send the next form."""
        self.page = self.client.get(address, **options)
        return self.page

    def fields_of(self, address: str, name: str) -> QueryDict:
        """The fields of that form on a page which has a field of this name."""
        page = self.get(address)
        assert page.status_code == 200, address
        forms = page.content.decode().split("<form")
        [form] = [form for form in forms if f'name="{name}"' in form]
        fields = querydict_from_html(f"<form{form}", exclude_csrf=False)
        for box in re.findall(r"<input type=.checkbox.[^>]*>", form):
            # A ticked box without a value of its own says "on" (HTML, 4.10.5.1.15).
            if " checked" in box and " value=" not in box and (called := re.search(r'name="([^"]+)"', box)):
                fields[called[1]] = "on"
        return fields

    def form(self, address: str, record: Any, name: str) -> QueryDict:
        """What the browser would send if nothing was changed; stream fields, which a script fills, from the record."""
        form = self.fields_of(address, name)
        for field in record._meta.get_fields():
            if hasattr(field, "stream_block"):
                fill(form, field.name, field.stream_block, getattr(record, field.name))
        return form

    def post(self, address: str, form: QueryDict) -> Any:
        """Send a form. A page with the policy `no-referrer` keeps its origin to itself (Fetch, 3.2)."""
        policy = self.page.headers["Referrer-Policy"]
        origin = "null" if policy == "no-referrer" else "http://testserver"
        return self.client.post(address, dict(form.lists()), headers={"origin": origin})

    def save(self, address: str, form: QueryDict, publish: bool = True, **changes: str) -> Any:
        """Press "Save draft" on an edit page, with some fields changed; then let the colleague publish it."""
        sent = form.copy()
        for name, value in changes.items():
            sent[name] = value
        response = self.post(address, sent)
        if not publish or response.status_code != 302 or self.colleague is None:
            return response
        return self.colleague.publish(response.headers["Location"])

    def publish(self, address: str, rings: bool = True) -> Any:
        """Open an edit page, change nothing, and press "Publish"; ring first, if that is asked."""
        form = self.form(address, draft_at(address), "loaded_revision_id")
        form["action-publish"] = "action-publish"
        response = self.post(address, form)
        if rings and response.status_code == 302 and "/ring-first/" in response.headers["Location"]:
            return self.ring(response.headers["Location"])
        return response

    def ring(self, address: str) -> Any:
        """Say on the screen that asks for it: I rang it and it is right."""
        form = self.fields_of(address, "rung")
        form["rung"] = "on"
        return self.post(address, form)


def draft_at(address: str) -> Any:
    """What an edit page shows: the latest draft of the page or record with this address."""
    match address.strip("/").split("/"):
        case ["cms", "pages", key, "edit"]:
            record = Page.objects.get(pk=key).specific
        case ["cms", "snippets", app, model, "edit", key]:
            record = apps.get_model(app, model).objects.get(pk=key)
    return record.get_latest_revision_as_object()


def fill(form: QueryDict, name: str, block: Any, value: Any) -> None:
    """Put a block's value under the names that Wagtail's editor gives its fields."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value.bound_blocks if isinstance(block, blocks.ListBlock) else list(value)
        form[f"{name}-count"] = str(len(children))
        for place, child in enumerate(children):
            form[f"{name}-{place}-order"] = str(place)
            form[f"{name}-{place}-deleted"] = ""
            form[f"{name}-{place}-id"] = child.id or ""
            form[f"{name}-{place}-type"] = getattr(child, "block_type", "item")
            fill(form, f"{name}-{place}-value", child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            fill(form, f"{name}-{key}", child, value[key])
    elif isinstance(block, blocks.RichTextBlock):
        form[name] = rich_text(value.source, features=block.features)
    elif isinstance(block, blocks.MultipleChoiceBlock):
        form.setlist(name, value or [])
    elif isinstance(block, blocks.ChooserBlock):
        form[name] = str(value.pk) if value else ""
    else:
        form[name] = "" if value is None else str(value)


@pytest.fixture
def sign_in(db: None, tmp_path: Path) -> Callable[[str], Editor]:
    """A function that signs in one of the demonstration's accounts, by its name."""
    file = tmp_path / "accounts.txt"
    make_accounts(file)
    return Editor


@pytest.fixture
def by_hand(sign_in: Callable[[str], Editor], tmp_path: Path) -> Editor:
    """An editor who typed name, password and code."""
    passwords = dict(line.split()[:2] for line in (tmp_path / "accounts.txt").read_text().splitlines()[2:])
    return Editor("editor", passwords["editor"])


@pytest.fixture
def editor(sign_in: Callable[[str], Editor]) -> Editor:
    """An editor, and a colleague who looks at what they wrote and publishes it."""
    editor = sign_in("editor")
    editor.colleague = sign_in("colleague")
    return editor
