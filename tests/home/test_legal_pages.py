"""The pages about this site: plain, honest about what nobody has confirmed, and no place to send a worry by mistake."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks import StreamValue

from home.blocks import AccessibilityStatusBlock
from home.checks import nothing_is_left_to_confirm
from home.models import InfoPage
from home.reading_age import grade, lines_of_page
from resources.book import ContactBook
from resources.models import Contact
from tests.home.test_reading_age import PROMISE

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
#: What section 7 of the plan asks for.
ADDRESSES = [
    "using-this-site-safely",
    "your-privacy",
    "privacy",
    "cookies",
    "how-we-protect-what-you-tell-us",
    "accessibility",
    "contact-about-this-site",
    "terms",
]
FOR_CHILDREN = ["using-this-site-safely", "your-privacy"]
WHO = {"dpo": "your data protection officer", "it": "your IT team", "council": "the council"}


def main_of(client: Client, slug: str) -> str:
    """The HTML of a page's own part."""
    page = html.unescape(client.get(f"/{slug}/").content.decode())
    return page[page.index("<main") : page.index("</main>")]


def words_of(client: Client, slug: str) -> str:
    return " ".join(lines_of_page(main_of(client, slug)))


def shipped(kind: str) -> list[dict[str, str]]:
    """Every block of a kind in the page files."""
    files = [yaml.safe_load(file.read_text()) for file in sorted((ROOT / "home/content/pages").glob("*.yaml"))]
    return [block[kind] for entry in files for block in entry.get("body", []) if kind in block]


# --- All of them ------------------------------------------------------------------------------------------------


def test_the_pages_are_there_with_their_review_dates() -> None:
    pages = InfoPage.objects.live().order_by("path")
    assert [page.slug for page in pages] == ADDRESSES
    for page in pages:
        assert page.written < page.review, page.slug


@pytest.mark.parametrize("slug", ADDRESSES)
def test_they_are_plain(client: Client, slug: str) -> None:
    assert grade(lines_of_page(main_of(client, slug))) <= (5 if slug in FOR_CHILDREN else 9)


@pytest.mark.parametrize("slug", FOR_CHILDREN)
def test_no_line_for_children_is_hard_and_no_law_is_quoted(client: Client, slug: str) -> None:
    for line in lines_of_page(main_of(client, slug)):
        if len(line.split()) >= 25 and line != PROMISE:
            assert grade([line]) <= 7, line
        assert not re.search(r"\bArticle \d|\bAct \d{4}|GDPR|Regulations", line), line


@pytest.mark.parametrize("slug", ADDRESSES)
def test_the_promise_stands_whole_and_nothing_beside_it_promises_more(client: Client, slug: str) -> None:
    said = words_of(client, slug)
    if "spare key" in said:
        assert PROMISE in said
        # The hours of a team are no promise.
        said = said.replace("only if a child is at risk tonight", "")
        assert not re.search(r"\b(only|no one else|nobody else|completely|guarantee)", said, re.I)


def test_every_page_leads_to_all_of_them_and_the_form_to_a_few(client: Client, keys_in_use: None) -> None:
    def linked(address: str) -> list[str]:
        page = client.get(address).content.decode()
        return re.findall(r'href="/([a-z-]+)/"', page[page.index('<ul class="about') :])

    assert linked("/young-people/is-this-ok/") == [*ADDRESSES, "help-in-other-languages", "leaflets"]
    few = ["using-this-site-safely", "your-privacy", "how-we-protect-what-you-tell-us", "accessibility"]
    for address in ("/tell-us/", "/tell-us/questions/", "/tell-us/reply/"):
        assert linked(address) == few


# --- What nobody has confirmed yet ------------------------------------------------------------------------------


def test_every_default_is_marked_on_its_page(client: Client) -> None:
    seen = "".join(main_of(client, slug) for slug in ADDRESSES)
    marked = re.findall(r'<p class="tag">For (.*?) to confirm</p>\s*<p><b>(.*?)</b></p>', seen)
    assert sorted(marked) == sorted((WHO[block["who"]], block["heading"]) for block in shipped("to_confirm"))
    assert len(marked) >= 12


def test_every_default_stands_in_the_list_of_what_to_do_before_launch() -> None:
    readme = (ROOT / "README.md").read_text()
    before_launch = readme[readme.index("## Before launch") : readme.index("## Licences of others")]
    headings = [block["heading"] for block in shipped("to_confirm")]
    assert [heading for heading in headings if f"“{heading}”" not in before_launch] == []


def test_what_is_not_settled_is_said_inside_a_mark_and_nowhere_else(client: Client) -> None:
    marks = re.compile(r'<section class="note.*?</section>', re.S)
    unsettled = r"Article 6|Schedule 1|controller|impact assessment|law of 2025"
    assert re.search(unsettled, main_of(client, "privacy"))
    assert not re.search(unsettled, marks.sub("", main_of(client, "privacy")))


def test_check_deploy_names_what_is_left() -> None:
    assert nothing_is_left_to_confirm() == []
    said = [warning.msg for warning in nothing_is_left_to_confirm(databases=["default"])]
    assert len(said) == len(shipped("to_confirm")) + len(shipped("plain_contact"))
    assert "The page “Privacy in full” is not finished: somebody has to confirm “The legal basis”." in said
    site_team = "The page “Accessibility statement” is not finished: nobody is named under “How to reach them”."
    assert site_team in said


def test_check_deploy_is_content_when_everything_is_confirmed(site_team: Contact) -> None:
    for page in InfoPage.objects.all():
        page.body = [(block.block_type, block.value) for block in page.body if block.block_type != "to_confirm"]
        page.save()
    assert nothing_is_left_to_confirm(databases=["default"]) == []


# --- Whom to tell about the website -----------------------------------------------------------------------------


@pytest.fixture
def site_team() -> Contact:
    """The record as a council fills it in."""
    contact = Contact.objects.get(key="site-team")
    contact.about = "Web team, 1 Example Street"
    contact.ways = [("email", "web@phoenix.example"), ("call", "01632 960123")]
    contact.number_confidence, contact.live = "H", True
    contact.full_clean()
    contact.save()
    return contact


def test_nobody_can_send_a_worry_to_the_site_team_by_mistake(client: Client, site_team: Contact) -> None:
    main = main_of(client, "contact-about-this-site")
    main = main.replace('<button type="button" class="link">Print this page</button>', "")
    assert not re.search(r"<(form|input|textarea|button)\b|mailto:", main)
    first = [main.index(words) for words in ("tel:999", "tel:03004560108", 'href="/tell-us/"')]
    assert first == sorted(first)
    assert first[-1] < main.index(site_team.name)


@pytest.mark.parametrize("slug", ["contact-about-this-site", "accessibility"])
def test_the_site_team_is_words_without_a_link(client: Client, site_team: Contact, slug: str) -> None:
    main = main_of(client, slug)
    for words in (site_team.name, "1 Example Street", "web@phoenix.example", "01632 960123"):
        assert words in main
    assert not re.search(r'href="[^"]*(01632|web@)', main)
    assert "has not said yet" not in main


@pytest.mark.parametrize("slug", ["contact-about-this-site", "accessibility"])
def test_until_the_council_fills_it_in_the_page_says_so(client: Client, settings: Any, slug: str) -> None:
    assert not Contact.objects.get(key="site-team").live
    assert f"{settings.COUNCIL} has not said yet how to reach the people" in words_of(client, slug)


def test_the_site_team_is_nobody_to_talk_to(client: Client, site_team: Contact) -> None:
    assert site_team.key in ContactBook.load().services
    assert site_team.key not in {listed.service.key for listed in ContactBook.load().everyone()}
    assert site_team.name not in client.get("/find-help/").content.decode()


# --- Using this site safely -------------------------------------------------------------------------------------


def test_the_first_line_warns_of_school_and_work(client: Client) -> None:
    [lede] = re.findall(r'<p class="lede">(.*?)</p>', main_of(client, "using-this-site-safely"))
    assert lede.startswith("Don’t use this site on a school or work phone")


@pytest.mark.parametrize(
    "words",
    ["in its call list: delete it", "Shift three times", "phone bill", "shared accounts", "printer", "Incognito"],
)
def test_each_trace_is_named(client: Client, words: str) -> None:
    assert words in words_of(client, "using-this-site-safely")


# --- Privacy and cookies ----------------------------------------------------------------------------------------


def test_people_who_were_reported_and_people_who_complain_are_told_how(client: Client) -> None:
    said = words_of(client, "privacy")
    for words in ("If somebody told us about you", "you have rights over those facts", "Make a complaint to the ICO"):
        assert words in said
    assert "Not happy with us?" in words_of(client, "your-privacy")


def test_every_cookie_that_staff_get_is_named(by_hand: Any, client: Client) -> None:
    editor = by_hand
    page = InfoPage.objects.get(slug="cookies")
    address = f"/cms/pages/{page.pk}/edit/"
    editor.save(address, editor.form(address, page, "title"))
    client.get("/mash/sign-in/")
    # The one that knows a device ends in something else for each person.
    given = {name.partition("-")[0] for name in [*editor.client.cookies, *client.cookies]}
    assert {"sessionid", "csrftoken", "known"} <= given
    named = set(re.findall(r"<(?:b|strong)>(\w+)</(?:b|strong)>", main_of(client, "cookies")))
    assert given <= named


# --- The accessibility statement --------------------------------------------------------------------------------


def statement(**changes: Any) -> Any:
    block = AccessibilityStatusBlock()
    return block.clean(block.to_python({"complies": "partially", "tested_by": ""} | changes))


def test_it_is_partly_tested_until_people_tested_it(client: Client) -> None:
    assert "Partly tested. Disabled people have not tested this website yet." in words_of(client, "accessibility")
    page = InfoPage.objects.get(slug="accessibility")
    tested = statement(people_tested="2027-03-01", tested_by="five people, with NVDA and TalkBack")
    page.body = StreamValue(
        page.body.stream_block,
        [(b.block_type, tested if b.block_type == "accessibility_status" else b.value) for b in page.body],
    )
    page.save()
    said = words_of(client, "accessibility")
    assert "Tested with people on 1 March 2027: five people, with NVDA and TalkBack." in said
    assert "Partly tested." not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people_tested": "2027-03-01"}, "needs both"),
        ({"tested_by": "five people"}, "needs both"),
        ({"complies": "fully"}, "before disabled people have tested"),
    ],
)
def test_nobody_can_claim_a_test_that_was_not(changes: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        statement(**changes)
    assert said in str(refused.value.as_json_data())


@pytest.mark.parametrize(
    "words",
    [
        "This accessibility statement applies to",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, "
        "due to the non-compliances listed below.",
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies "
        "(Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
        "is committed to making its website accessible, in accordance with",
        "This statement was prepared on",
    ],
)
def test_the_parts_that_the_law_fixes_are_there(client: Client, words: str) -> None:
    assert words in words_of(client, "accessibility")


@pytest.mark.parametrize(("complies", "said"), [("not", "is not compliant"), ("fully", "is fully compliant")])
def test_the_other_two_sentences_of_the_law(complies: str, said: str) -> None:
    value = statement(complies=complies, people_tested="2027-03-01", tested_by="five people")
    assert said in AccessibilityStatusBlock().render(value, context={"contacts": ContactBook()})
