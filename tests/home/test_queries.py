"""What pages ask of the database: few queries, no write, and no more however much there is to read."""

import copy
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from home.models import DoorPage, GuidancePage, InfoPage
from home.page_book import PageBook
from resources.models import Contact

pytestmark = pytest.mark.django_db
GUIDANCE = "/young-people/is-this-ok/"

#: The site, the pages around this one, the page itself, the contacts, the alerts; and the signs where they are told.
COSTS = {
    "/": 5,
    "/young-people/": 5,
    GUIDANCE: 6,
    "/young-people/what-it-is/": 5,
    "/parents-and-carers/what-to-do-today/": 5,
    "/councillors/local-picture-2015/": 5,
    "/councillors/local-picture-2015/figures.csv": 3,
    "/find-help/": 5,
    # The page it links to, the authorities, and the places with theirs.
    "/who-to-contact/": 8,
    "/privacy/": 4,
    # What is drawn from records is read in one query a kind; leaflets with their files.
    "/leaflets/": 7,
    "/leaflets/make/": 6,
    "/leaflets/make/?size=card": 7,
    "/leaflets/dates/": 6,
    "/leaflets/link-to-us/": 6,
    "/councillors/pack/": 6,
    # The board, the two pages that it draws from, and the words of the poster.
    "/councillors/pack/salisbury/": 9,
    # The keys say whether the form is open; the footer needs the site and its pages.
    "/tell-us/": 5,
    "/tell-us/before-you-start/": 4,
    "/tell-us/questions/": 7,
    "/tell-us/reply/": 5,  # whether anything can be added is said before anyone types
    # A page that moved would have left a redirect.
    "/there-is-no-such-page/": 3,
    "/young-people/there-is-no-such-page/": 3,
}


def queries(client: Client, address: str) -> list[str]:
    """What the database is asked for one answer by a process that has just started."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("address", COSTS)
def test_a_cold_answer_costs_so_many_queries_and_no_write(client: Client, keys_in_use: None, address: str) -> None:
    asked = queries(client, address)
    assert len(asked) == COSTS[address], "\n".join(asked)
    assert {sql.split()[0] for sql in asked} <= {"SELECT"}


def test_no_guidance_page_costs_more_than_eight(client: Client) -> None:
    costs = {page.url: len(queries(client, page.url)) for page in GuidancePage.objects.live()}
    assert len(costs) >= 50
    assert {url: cost for url, cost in costs.items() if cost > 8} == {}


def link_to(page: Page) -> str:
    return f'<a linktype="page" id="{page.pk}">{page.title}</a>'


def blocks_full_of_links(pages: list[Page], contacts: list[Contact]) -> list[dict[str, Any]]:
    """One block of every kind that links to pages or names contacts, with a link to each."""
    text = "".join(f"<p>{link_to(page)}</p>" for page in pages) + "<p>Call [[childline]].</p>"
    bubbles = [{"text": page.title[:90], "page": page.pk, "anchor": ""} for page in pages]
    return [
        {"type": "text", "value": {"heading": "", "anchor": "", "text": text}},
        {"type": "sentence_links", "value": {"links": bubbles}},
        {"type": "questions", "value": {"heading": "", "questions": [{"question": "Who?", "answer": text}]}},
        {"type": "call_out", "value": {"heading": "Call", "text": text, "actions": ["call-team"]}},
        {"type": "talk_to", "value": {"heading": "Talk", "contacts": [contact.pk for contact in contacts]}},
    ]


def test_five_times_as_many_pages_contacts_blocks_and_links_cost_no_query_more(client: Client) -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    others = list(GuidancePage.objects.live().exclude(pk=page.pk))
    few, many = others[:3], others[:15]
    contacts = list(Contact.objects.filter(live=True))

    def cost(blocks: list[dict[str, Any]]) -> int:
        page.body = [{"type": "signs", "value": {"voice": "young"}}, *blocks]
        page.save()
        return len(queries(client, GUIDANCE))

    # Some of the links lead behind other doors: these pages are read together.
    elsewhere = list(GuidancePage.objects.live().exclude(pk__in=page.get_siblings()))
    before = cost(blocks_full_of_links([*few, elsewhere[-1]], contacts[:2]))
    for door in DoorPage.objects.all():
        for number in range(60):
            door.add_child(instance=GuidancePage(title=f"More {number}", slug=f"more-{number}"))
    for contact in list(Contact.objects.all()):
        for number in range(4):
            double = copy.copy(contact)
            double.pk, double.key, double._state.adding = None, f"{contact.key}-{number}", True
            double.save()
    home = Page.objects.get(pk=page.get_ancestors()[1].pk)
    for number in range(20):
        home.add_child(instance=InfoPage(title=f"About {number}", slug=f"about-{number}"))
    after = cost(blocks_full_of_links([*many, *elsewhere[-15:]], list(Contact.objects.filter(live=True))) * 5)
    assert before == after == 7


# --- The page book says what is true --------------------------------------------------------------------------------


def main_of(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("gone", ["unpublished", "deleted"])
def test_a_link_to_a_page_that_is_gone_becomes_plain_words(client: Client, gone: str) -> None:
    page, target = (GuidancePage.objects.get(slug=slug) for slug in ("is-this-ok", "signs-to-look-for"))
    page.body = blocks_full_of_links([target], [])
    page.save()
    assert main_of(client, GUIDANCE).count(f'href="{target.url}"') == 4
    target.unpublish() if gone == "unpublished" else target.delete()
    main = main_of(client, GUIDANCE)
    assert target.url not in main
    assert main.count(f"<a>{target.title}</a>") == 3
    assert 'class="say' in main and main.count(target.title) == 3


def test_an_editor_still_sees_which_page_and_contact_a_block_names(editor: Any) -> None:
    page, target = (GuidancePage.objects.get(slug=slug) for slug in ("is-this-ok", "signs-to-look-for"))
    childline = Contact.objects.get(key="childline")
    page.body = blocks_full_of_links([target], [childline])
    page.save_revision().publish()
    form = editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert target.title in form and childline.name in form
    target.delete()
    assert editor.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    first, last = page.revisions.order_by("pk")[0].pk, page.revisions.order_by("-pk")[0].pk
    assert editor.get(f"/cms/pages/{page.pk}/revisions/compare/{first}...{last}/").status_code == 200


def test_pages_and_contacts_know_where_they_are_named() -> None:
    page, target = (GuidancePage.objects.get(slug=slug) for slug in ("is-this-ok", "signs-to-look-for"))
    page.body = blocks_full_of_links([target], [Contact.objects.get(key="emerald")])
    ReferenceIndex.create_or_update_for_object(page)
    for named in (target, Contact.objects.get(key="emerald")):
        assert str(page.pk) in ReferenceIndex.get_references_to(named).values_list("object_id", flat=True)


def test_a_page_behind_a_restriction_is_not_shown(client: Client) -> None:
    """The CMS offers none. If one was made all the same, nobody could sign in to pass it."""
    page = GuidancePage.objects.get(slug="is-this-ok")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(GUIDANCE).status_code == 404
    assert client.get("/privacy/").status_code == 200


def test_addresses_are_those_that_wagtail_gives(rf: Any) -> None:
    request = rf.get("/")
    page = GuidancePage.objects.get(slug="is-this-ok")
    book = PageBook.of(request, page)
    assert {entry.pk: entry.url for entry in book} == {
        found.pk: found.get_url(request) for found in Page.objects.filter(pk__in=[entry.pk for entry in book])
    }
    assert len(list(book)) > 20


def test_reading_on_goes_round_in_a_circle(rf: Any) -> None:
    door = DoorPage.objects.get(audience="young")
    pages = list(door.get_children().live())
    book = PageBook.of(rf.get("/"), pages[-1])
    assert [entry.pk for entry in book.after(pages[-1], 4)] == [page.pk for page in pages[:4]]
    assert [entry.pk for entry in book.after(pages[1], 4)] == [page.pk for page in pages[2:6]]
    assert book.after(pages[0], 100) == [entry for entry in book.below(door.path) if entry.pk != pages[0].pk]
