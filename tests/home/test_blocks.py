"""The parts of pages: what editors may put in them, what they are told, and what readers then see."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks import Block

from home.blocks import BodyBlock, CallOutBlock, LineBlock, TextBlock, WordsBlock
from home.models import DoorPage, GuidancePage, HomePage, Sign

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def refusal(block: Block, stored: Any) -> str:
    """The sentences an editor reads when this value is refused; empty if it is accepted."""
    try:
        block.clean(block.to_python(stored))
    except ValidationError as error:
        return " ".join(sentences(error))
    return ""


def sentences(error: ValidationError) -> list[str]:
    """Every sentence of an error, however deep it lies in blocks."""
    inner = getattr(error, "block_errors", None)
    if inner:
        children = inner.values() if isinstance(inner, dict) else inner
        return [sentence for child in children if child for sentence in sentences(child)]
    return list(error.messages)


# --- Numbers in texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Call [[childline]].", "Call [[ childline ]] or [[police-999]].", "No number."])
def test_a_text_may_name_contacts(text: str) -> None:
    assert refusal(LineBlock(), text) == ""
    assert refusal(WordsBlock(), f"<p>{text}</p>") == ""


def test_a_text_may_name_a_contact_that_is_still_a_draft() -> None:
    assert refusal(LineBlock(), "Call [[emerald]].") == ""


@pytest.mark.parametrize("block", [LineBlock(), WordsBlock()])
@pytest.mark.parametrize("key", ["nobody", "Childline", "child line", "chíldline", "0800 1111"])
def test_an_unknown_contact_is_refused_and_named(block: Block, key: str) -> None:
    said = refusal(block, f"Call [[{key}]] or [[childline]].")
    assert said == f"There is no contact with the key “{key}”. Look it up under Contacts."


def test_all_unknown_contacts_are_named_at_once() -> None:
    assert "“nobody”, “somebody”" in refusal(LineBlock(), "[[somebody]] [[nobody]] [[childline]]")


@pytest.mark.parametrize(
    "block",
    [
        {"type": "text", "value": {"heading": "Call [[nobody]]", "anchor": "", "text": "<p>Words</p>"}},
        {"type": "text", "value": {"heading": "", "anchor": "", "text": "<p>Call [[nobody]]</p>"}},
        {"type": "true_things", "value": {"heading": "True", "things": [{"lead": "It", "text": "[[nobody]]"}]}},
        {
            "type": "questions",
            "value": {"heading": "", "questions": [{"question": "Who?", "answer": "<p>[[nobody]]</p>"}]},
        },
        {"type": "call_out", "value": {"heading": "Call", "text": "<p>[[nobody]]</p>", "actions": []}},
        {"type": "steps", "value": {"heading": "", "steps": [{"heading": "First", "text": "[[nobody]]"}]}},
        {"type": "points", "value": {"heading": "It helps", "style": "do", "items": ["Call [[nobody]]"]}},
    ],
)
def test_a_page_refuses_an_unknown_contact_wherever_it_stands(block: dict[str, Any]) -> None:
    assert "“nobody”" in refusal(BodyBlock(), [block])


def test_the_line_under_a_heading_refuses_an_unknown_contact() -> None:
    page = DoorPage.objects.first()
    page.lede = "Call [[nobody]]."
    with pytest.raises(ValidationError, match="“nobody”"):
        page.full_clean()


# --- What editors are kept from ---------------------------------------------------------------------------------


def test_a_call_out_leads_to_at_most_two_things() -> None:
    panel = {"heading": "Tell us", "text": "<p>Words</p>"}
    assert refusal(CallOutBlock(), panel | {"actions": []}) == ""
    assert refusal(CallOutBlock(), panel | {"actions": ["tell-us", "call-team"]}) == ""
    three = panel | {"actions": ["tell-us", "call-team", "find-help"]}
    assert refusal(CallOutBlock(), three) == "Choose at most two: more is no choice at all."


def test_a_section_that_others_link_to_needs_a_heading() -> None:
    text = {"text": "<p>Words</p>"}
    assert refusal(TextBlock(), text | {"anchor": "", "heading": ""}) == ""
    assert refusal(TextBlock(), text | {"anchor": "someone-online", "heading": "Someone online"}) == ""
    said = refusal(TextBlock(), text | {"anchor": "someone-online", "heading": ""})
    assert said == "A section that others link to needs a heading."


@pytest.mark.parametrize("anchor", ["Someone", "someone online", "1st", "-online", "online!", "a_b"])
def test_an_anchor_is_small_letters_and_hyphens(anchor: str) -> None:
    said = refusal(TextBlock(), {"text": "<p>Words</p>", "anchor": anchor, "heading": "Someone online"})
    assert said == "Small letters and hyphens only, for example: someone-online"


def test_no_block_takes_raw_html_colour_or_size() -> None:
    unwanted = {"RawHTMLBlock", "EmbedBlock", "StaticBlock", "TableBlock"}

    def kinds(block: Any) -> set[str]:
        children = list(getattr(block, "child_blocks", {}).values())
        children += [block.child_block] if hasattr(block, "child_block") else []
        return {type(block).__name__}.union(*map(kinds, children))

    found = kinds(BodyBlock())
    assert {"WordsBlock", "LineBlock", "SentenceLinkBlock"} <= found
    assert not found & unwanted


def test_every_block_has_a_template_of_its_own_name() -> None:
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.template == f"blocks/{name}.html"
        assert (ROOT / "templates" / block.meta.template).exists()


# --- What a young person's page may be called --------------------------------------------------------------------

TELLING = ["sex", "abuse", "exploitation", "report-it", "grooming", "rape"]


@pytest.mark.parametrize("word", TELLING)
@pytest.mark.parametrize("field", ["slug", "seo_title", "title"])
def test_a_young_persons_page_gives_nothing_away(word: str, field: str) -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    page.seo_title = "" if field == "title" else page.seo_title
    setattr(page, field, f"about-{word}" if field == "slug" else f"About {word.upper()}")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    [(name, [said])] = refused.value.message_dict.items()
    assert name == ("slug" if field == "slug" else "seo_title")
    assert said == "Someone could see this over a young person’s shoulder. Choose words that tell nothing."


def test_the_words_of_the_tab_save_a_title_that_tells_more() -> None:
    page = GuidancePage.objects.get(slug="is-this-ok")
    page.title, page.seo_title = "What grooming is", "is this OK"
    page.full_clean()


def test_the_young_persons_door_gives_nothing_away_either() -> None:
    door = DoorPage.objects.get(audience="young")
    door.seo_title = "report abuse"
    with pytest.raises(ValidationError, match="shoulder"):
        door.full_clean()


def test_pages_for_others_may_say_what_they_are_about() -> None:
    page = GuidancePage.objects.get(slug="signs-to-look-for")
    page.slug, page.seo_title = "signs-of-grooming", "signs of grooming"
    page.full_clean()


def test_a_new_page_behind_the_young_persons_door_can_be_checked_before_it_is_saved() -> None:
    door = DoorPage.objects.get(audience="young")
    page = door.add_child(instance=GuidancePage(title="Someone is being nice", slug="being-nice"))
    page.full_clean()


# --- The ten signs ----------------------------------------------------------------------------------------------

PAGES = {
    "young": "/young-people/is-this-ok/",
    "parents": "/parents-and-carers/signs-to-look-for/",
    "professionals": "/professionals/what-to-do-now/",
}


def shipped_signs() -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load((ROOT / "home/content/signs.yaml").read_text())
    return loaded


def shown_signs(client: Client, address: str) -> list[tuple[str, str]]:
    """Name and words of each sign on a page, in order."""
    page = html.unescape(client.get(address).content.decode())
    [block] = re.findall(r'<ul class="signs.*?</ul>', page, re.S)
    return [(name, words.strip()) for name, words in re.findall(r"<b>(.*?)</b>(.*?)</span></li>", block, re.S)]


@pytest.mark.parametrize("voice", list(PAGES))
def test_the_ten_signs_stand_complete_and_in_the_right_voice(client: Client, voice: str) -> None:
    shipped = [(sign["name"], sign[voice]) for sign in shipped_signs()]
    assert len(shipped) == 10
    assert shown_signs(client, PAGES[voice]) == shipped


def test_no_voice_is_another_ones() -> None:
    for sign in shipped_signs():
        assert len({sign[voice] for voice in PAGES}) == len(PAGES), sign["key"]


def test_to_a_young_person_somebody_does_it_and_it_is_about_you() -> None:
    for sign in shipped_signs():
        assert re.search(r"\byou\b", sign["young"], re.I), sign["key"]
        assert not re.search(r"\b(the child|your child|they may look)\b", sign["young"], re.I), sign["key"]


def test_every_part_of_a_source_sign_is_told_to_parents_and_professionals() -> None:
    # The parts that the source document names; leaving one out would be leaving out a sign.
    parts = {
        "missing": ["missing", "home", "school", "all night"],
        "behaviour": ["disruptive", "quiet", "withdrawn"],
        "gifts": ["clothes", "jewellery", "phones", "money"],
        "phone": ["phone", "second phone"],
        "drugs-alcohol": ["dr"],
        "cars": ["picked up|pick the child up", "dropped off|drop the child off", "cars", "adults"],
        "older-friend": ["older", "“boyfriend”", "“friend”", "lots of new friends"],
        "online": ["online", "secre"],
        "crime": ["sudden", "more"],
        "health": ["sexual health problems"],
    }
    signs = {sign["key"]: sign for sign in shipped_signs()}
    assert set(parts) == set(signs)
    for key, words in parts.items():
        for voice in ("parents", "professionals"):
            for word in words:
                assert re.search(word, signs[key][voice], re.I), (key, voice, word)


def test_a_sign_that_editors_change_is_changed_on_the_page(client: Client) -> None:
    Sign.objects.filter(key="gifts").update(young="Words that an editor chose.")
    assert ("Gifts and new things", "Words that an editor chose.") in shown_signs(client, PAGES["young"])


# --- Where pages may stand --------------------------------------------------------------------------------------


def test_the_tree_has_four_doors_and_guidance_stands_behind_them() -> None:
    assert list(DoorPage.objects.order_by("path").values_list("audience", flat=True)) == [
        "young",
        "parents",
        "professionals",
        "councillors",
    ]
    assert not HomePage.can_create_at(HomePage.objects.get())
    assert not GuidancePage.can_create_at(HomePage.objects.get())
    assert GuidancePage.can_create_at(DoorPage.objects.first())
