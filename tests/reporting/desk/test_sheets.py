"""What is copied out of the desk: in the order of a contact record, dead, and without how to reach the sender."""

import hashlib
import json
from typing import Any

import pytest

from config.demo.node import node
from reporting.concern.questions import fields

OWN = {"contact-name": "Robin Marsh", "contact-how": "01632 960123"}
GIVEN = OWN | {
    "story": "I am Robin  Marsh. See https://bad.example/x and www.pictures.example. A van, ab12 cde.",
    "person": "Tall, @Night_Rider, +44 1632 960456, drives AB12CDE",
    "child-name": "Ellie\u202egnp",
    "wishes": "Please do not tell mum",
    "contact": "yes",
    "new-question": "An answer of a later form",
}
REPLY_KEY = "canary-reply-key"


def answer(key: str, question: str) -> dict[str, Any]:
    return {"key": key, "question": question, "words": GIVEN.get(key, ""), "isAsked": True}


@pytest.fixture(scope="module")
def sheets() -> dict[str, Any]:
    """The sheets and the bundle of a report with everything in it."""
    answers = [answer(field.key, field.summary) for field in fields()] + [answer("new-question", "Something new")]
    hour, sent = "2026-03-03T21:00:00Z", "2026-03-03T21:42:00Z"
    added = {"answers": [{"key": "addition", "question": "", "words": "Ring 01632 960123 at five.", "isAsked": True}]}
    decided = {"reason": "A strategy meeting.", "case_number": "C-77", "sent": sent}
    opened = {
        "envelope": {"reference": "K7-402", "hour": hour, "urgency": "red", "state": "closed", "outcome": "strategy"},
        "told": {"report": {"answers": answers, "sent": sent, "reply_key": REPLY_KEY}},
        "additions": [{"id": "1", "hour": hour, "sealed": "AAAA", "inside": {"report": added | {"sent": None}}}],
        "replies": [{"id": "2", "hour": hour, "officer": "R. Osei", "inside": {"text": "Thank you.", "sent": sent}}],
        "notes": [
            {
                "id": "3",
                "hour": hour,
                "officer": "R. Osei",
                "inside": {"report": {"note": "Rang the school.", "sent": sent}},
            }
        ],
        "decisions": [
            {
                "hour": hour,
                "officer": "R. Osei",
                "state": "closed",
                "outcome": "strategy",
                "inside": {"report": decided},
            }
        ],
    }
    lines = [{"number": 7, "at": hour, "action": "shown", "officer": "R. Osei", "details": {}}]
    made: dict[str, Any] = json.loads(
        node("tests/reporting/desk/sheets.mjs", given=json.dumps({"opened": opened, "lines": lines}))
    )
    return made


def in_order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_it_stands_in_the_order_of_a_contact_record(sheets: dict[str, Any]) -> None:
    assert in_order(
        sheets["contact"],
        *("K7-402", "3 March 2026", "THE CHILD", "WHO IS WORRIED", "WHAT WAS SEEN OR HEARD", "WHEN", "WHERE"),
        *("WHO MAY BE DOING IT", "SIGNS", "ONLINE", "FAMILY", "DANGER", "OTHER AGENCIES", "OTHER ANSWERS"),
        *("Something new: An answer of a later form", "CONVERSATION", "Thank you.", "URGENCY", "urgency red"),
        *(
            "NOTES OF THE TEAM",
            "Rang the school.",
            "DECISIONS",
            "closed strategy",
            "Case number: C-77",
            "Why: A strategy meeting.",
        ),
    )


def test_every_question_stands_in_it_once(sheets: dict[str, Any]) -> None:
    lines = sheets["reachable"].splitlines()
    for field in fields():
        asked = [line for line in lines if line.startswith(f"{field.summary}: ")]
        assert len(asked) == 1, field.key


@pytest.mark.parametrize("sheet", ["contact", "intelligence"])
def test_how_to_reach_the_sender_is_left_out_wherever_they_wrote_it(sheets: dict[str, Any], sheet: str) -> None:
    for words in ("Robin", "960123", "How to reach you"):
        assert words not in sheets[sheet]
    assert "I am [left out]." in sheets[sheet]
    assert "How to reach you: 01632 960123" in sheets["reachable"]


def test_links_are_dead_and_nothing_turns_the_text(sheets: dict[str, Any]) -> None:
    for sheet in ("contact", "reachable", "intelligence"):
        assert "hxxps://bad[.]example/x" in sheets[sheet]
        assert "www[.]pictures[.]example" in sheets[sheet]
        assert "Ellie[U+202E]gnp" in sheets[sheet]
        assert "https:" not in sheets[sheet]


def test_the_police_get_leads_and_fill_in_the_grading(sheets: dict[str, Any]) -> None:
    sheet = sheets["intelligence"]
    assert "GRADING (3X5X2), TO FILL IN\nSource, 1 to 3: \n" in sheet
    assert "VEHICLES\nab12 cde\n\nPHONES\n+44 1632 960456\n\nUSER NAMES\nNight_Rider\n" in sheet
    assert "Please do not tell mum" not in sheet
    assert "A strategy meeting" not in sheet
    assert "Rang the school" not in sheet


def test_the_bundle_has_everything_but_the_key_to_the_conversation(sheets: dict[str, Any]) -> None:
    file, digest = sheets["bundle"]["file"], sheets["bundle"]["digest"]
    for words in (
        GIVEN["person"],
        OWN["contact-how"],
        "Thank you.",
        "Rang the school.",
        "C-77",
        "7  2026-03-03T21:00:00Z  shown  R. Osei",
    ):
        assert words in file
    assert GIVEN["story"] in file, "word for word"
    assert REPLY_KEY not in file
    above, last = file[:-1].rsplit("\n", 1)
    assert last == f"SHA-256 of everything above this line: {digest}"
    assert hashlib.sha256(f"{above}\n".encode()).hexdigest() == digest
