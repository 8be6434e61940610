"""Easy Read: a page of its own, that others name, and that leads back to them."""

import html
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import EasyReadPage, GetHelpPage, HomePage, InfoPage
from tests.home.editing import edit_address, errors_on, text_of
from tests.pseudo import publish_translation

pytestmark = pytest.mark.django_db
TO_EASY, TO_STANDARD = "Easy Read version", "Standard version"


@pytest.fixture
def easy() -> EasyReadPage:
    """A published Easy Read page that nobody names yet."""
    body = [
        ("heading", "If you are in danger"),
        ("line", {"picture": "phone", "text": "Call [[police-999]]."}),
    ]
    page = EasyReadPage(title="Getting help", slug="getting-help-easy", body=body)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return EasyReadPage.objects.get(pk=page.pk)


@pytest.fixture
def privacy(easy: EasyReadPage) -> Page:
    """A page that names it."""
    page = Page.objects.get(slug="privacy").specific
    page.easy_read = easy
    page.save_revision().publish()
    return page


def test_the_two_versions_lead_to_each_other(client: Client, easy: EasyReadPage, privacy: Page) -> None:
    assert f'href="{easy.get_url()}"' in text_of(client.get("/privacy/"))
    assert TO_EASY in text_of(client.get("/privacy/"))
    back = text_of(client.get(easy.get_url()))
    assert f"{TO_STANDARD}: {privacy.title}" in back
    assert 'href="/privacy/"' in back
    assert TO_EASY not in back


@pytest.mark.parametrize("address", ["/", "/find-help/", "/young-people/", "/young-people/is-this-ok/"])
def test_every_kind_of_page_can_have_one(client: Client, easy: EasyReadPage, address: str) -> None:
    [page] = [page for page in Page.objects.live() if page.get_url() == address]
    page.specific_class.objects.filter(pk=page.pk).update(easy_read=easy)
    assert TO_EASY in text_of(client.get(address))
    assert f"{TO_STANDARD}: {page.title}" in html.unescape(text_of(client.get(easy.get_url())))


def test_a_draft_is_not_offered(client: Client, easy: EasyReadPage, privacy: Page) -> None:
    easy.unpublish()
    assert TO_EASY not in text_of(client.get("/privacy/"))
    assert client.get(easy.get_url()).status_code == 404


def test_a_standard_version_that_is_off_is_not_offered(client: Client, easy: EasyReadPage, privacy: Page) -> None:
    Page.objects.get(pk=privacy.pk).unpublish()
    assert TO_STANDARD not in text_of(client.get(easy.get_url()))


def test_a_page_in_another_language_is_no_standard_version(client: Client, easy: EasyReadPage) -> None:
    english = GetHelpPage.objects.get()
    english.easy_read = easy
    english.save_revision().publish()
    foreign = publish_translation("en-xa")
    assert text_of(client.get(easy.get_url())).count(TO_STANDARD) == 1
    assert TO_EASY not in text_of(client.get(foreign.get_url()))


def test_a_deleted_version_leaves_its_page_as_it_was(client: Client, easy: EasyReadPage, privacy: Page) -> None:
    easy.delete()
    assert TO_EASY not in text_of(client.get("/privacy/"))
    assert InfoPage.objects.get(pk=privacy.pk).easy_read is None


def test_a_sentence_has_a_picture_that_says_nothing_more_and_a_number_from_the_record(
    client: Client, easy: EasyReadPage
) -> None:
    shown = client.get(easy.get_url()).content.decode()
    line = shown.partition('class="easy-line"')[2].partition("</div>")[0]
    assert 'aria-hidden="true"' in line
    assert 'href="tel:999"' in line


def test_it_has_no_easy_read_version_itself() -> None:
    with pytest.raises(FieldDoesNotExist):
        EasyReadPage._meta.get_field("easy_read")


def test_only_an_easy_read_page_can_be_chosen(editor: Any, easy: EasyReadPage) -> None:
    page = Page.objects.get(slug="privacy").specific
    assert "home.easyreadpage" in text_of(editor.get(edit_address(page)))
    form = editor.form(edit_address(page), page, "title")
    response = editor.save(edit_address(page), form, easy_read=str(page.pk))
    assert response.status_code == 200
    assert errors_on(response)
    response = editor.save(edit_address(page), form, easy_read=str(easy.pk))
    assert response.status_code == 302, errors_on(response)
    assert InfoPage.objects.get(pk=page.pk).easy_read == easy


def test_an_unknown_number_in_a_sentence_is_refused(editor: Any, easy: EasyReadPage) -> None:
    form = editor.form(edit_address(easy), easy, "title")
    form["body-1-value-text"] = "Call [[nobody]]."
    assert "There is no contact with the key “nobody”." in " ".join(errors_on(editor.save(edit_address(easy), form)))


def test_it_costs_nothing_where_there_is_none_and_one_query_where_there_is(client: Client, easy: EasyReadPage) -> None:
    def cost() -> int:
        client.get("/privacy/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/privacy/")
        return len([query for query in queries if "easyread" in query["sql"]])

    assert cost() == 0
    InfoPage.objects.filter(slug="privacy").update(easy_read=easy)
    assert cost() == 1
