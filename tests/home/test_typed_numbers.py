"""A text that holds a phone number cannot be published, by whatever path; as a draft it is kept as it was typed."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from home.models import GuidancePage, Sign
from resources.models import Contact
from resources.typed_numbers import is_text, texts_in, typed_numbers
from tests.home.editing import edit_address, text_of
from tests.home.test_blocks import refusal

pytestmark = pytest.mark.django_db
TYPED = "Call 0800 1111 now."
ADVICE = "“0800 1111” is Childline: write [[childline]] and the number stays right."


@pytest.fixture
def page() -> GuidancePage:
    return GuidancePage.objects.get(slug="signs-to-look-for")


def block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


EVERYWHERE = [
    block("text", heading=TYPED, anchor="", text="<p>Words</p>"),
    block("text", heading="", anchor="", text=f"<p>Words</p><p>{TYPED}</p>"),
    block("text", heading="", anchor="", text='<p><a href="tel:08001111">Childline</a></p>'),
    block("true_things", heading="True", things=[{"lead": "It", "text": TYPED}]),
    block("questions", heading="", questions=[{"question": TYPED, "answer": "<p>Words</p>"}]),
    block("questions", heading="", questions=[{"question": "Who?", "answer": f"<p>{TYPED}</p>"}]),
    block("call_out", heading="Call", text=f"<p>{TYPED}</p>", actions=[]),
    block("steps", heading="", steps=[{"heading": "First", "text": TYPED}]),
    block("points", heading="It helps", style="do", items=[TYPED]),
    block("quote", text=TYPED, source="Somebody"),
    block(
        "figures", heading="", figures=[{"number": "0800 1111", "label": "x", "period": "x", "note": ""}], source="x"
    ),
    block("table", caption="x", columns="A | B", rows="Childline | 0800 1111", source="x"),
]


@pytest.mark.parametrize("stored", EVERYWHERE, ids=lambda stored: stored["type"])
def test_every_block_refuses_a_number_at_publishing_and_keeps_it_in_a_draft(stored: dict[str, Any]) -> None:
    body = GuidancePage._meta.get_field("body").stream_block
    assert "is Childline: write [[childline]]" in refusal(body, [stored])
    typed = body.to_python([stored])
    kept = body.clean_deferred(typed)
    assert [text for text in texts_in(body.get_prep_value(kept)) if typed_numbers(text)]


@pytest.mark.parametrize("name", ["title", "lede", "content_note", "search_description", "seo_title", "reviewed_by"])
def test_every_line_of_a_page_refuses_a_number(page: GuidancePage, name: str) -> None:
    setattr(page, name, TYPED)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.message_dict == {name: [ADVICE]}


@pytest.mark.parametrize("name", ["lede", "content_note"])
def test_an_editor_learns_which_contact_to_name_and_loses_nothing(editor: Any, page: GuidancePage, name: str) -> None:
    form = editor.form(edit_address(page), page, "lede")
    answer = editor.save(edit_address(page), form, **{name: TYPED})
    assert answer.status_code == 200
    assert ADVICE in text_of(answer)
    assert TYPED in text_of(answer)
    assert editor.save(edit_address(page), form, publish=False, **{name: TYPED}).status_code == 302
    kept = GuidancePage.objects.get(pk=page.pk)
    assert getattr(kept.get_latest_revision_as_object(), name) == TYPED
    assert getattr(kept, name) != TYPED


def test_a_number_in_the_body_is_refused_where_it_stands(editor: Any, page: GuidancePage) -> None:
    page.body = [*page.body.get_prep_value(), block("points", heading="It helps", style="do", items=[TYPED])]
    form = editor.form(edit_address(page), page, "lede")
    answer = editor.save(edit_address(page), form)
    assert answer.status_code == 200
    assert ADVICE in text_of(answer)
    assert editor.save(edit_address(page), form, publish=False).status_code == 302
    assert TYPED in json.dumps(GuidancePage.objects.get(pk=page.pk).get_latest_revision().content)


def draft_with_number(page: GuidancePage) -> Any:
    """A revision with a typed number, as the editor keeps it when a draft is saved."""
    page.body = [*page.body.get_prep_value(), block("quote", text=TYPED, source="Somebody")]
    return page.save_revision(clean=False)


def test_a_draft_is_not_published_by_code_either(page: GuidancePage) -> None:
    revision = draft_with_number(page)
    with pytest.raises(ValidationError, match="Childline"):
        revision.publish()
    assert TYPED not in json.dumps(GuidancePage.objects.get(pk=page.pk).body.get_prep_value())


def test_from_the_list_of_pages_nothing_is_published_and_the_reason_is_said(editor: Any, page: GuidancePage) -> None:
    draft_with_number(page)
    other = GuidancePage.objects.get(slug="what-to-do-today")
    other.lede = "A new line under the heading."
    other.save_revision()
    address = f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&id={other.pk}&next=/cms/pages/{page.get_parent().pk}/"
    form = editor.fields_of(address, "csrfmiddlewaretoken")
    answer = editor.post(address, form)
    assert answer.status_code == 302
    said = text_of(editor.get(answer.headers["Location"]))
    assert f"“{page.title}” was not published, nor the others. {ADVICE}" in said
    assert GuidancePage.objects.get(pk=other.pk).lede != other.lede


def test_from_the_list_of_pages_what_is_right_is_published(editor: Any) -> None:
    page = GuidancePage.objects.get(slug="what-to-do-today")
    page.lede = "A new line under the heading."
    page.save_revision()
    address = f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/"
    assert editor.post(address, editor.fields_of(address, "csrfmiddlewaretoken")).status_code == 302
    assert GuidancePage.objects.get(pk=page.pk).lede == page.lede


def test_a_sign_and_the_words_of_a_contact_refuse_a_number_too(editor: Any) -> None:
    sign = Sign.objects.first()
    sign.young = TYPED
    with pytest.raises(ValidationError, match="Childline"):
        sign.full_clean()
    contact = Contact.objects.get(key="samaritans")
    answer = editor.save(edit_address(contact), editor.form(edit_address(contact), contact, "for_whom"), about=TYPED)
    assert answer.status_code == 200
    assert Contact.NUMBER_IN_WORDS in text_of(answer)


def test_nothing_that_is_shipped_raises_an_alarm() -> None:
    records = [*Page.objects.live().specific(), *Sign.objects.all()]
    assert len(records) > 60
    alarms = [
        (str(record), field.name, typed_numbers(text))
        for record in records
        for field in record._meta.concrete_fields
        if is_text(field)
        for text in texts_in(field.get_prep_value(getattr(record, field.name)))
        if typed_numbers(text)
    ]
    assert alarms == []
