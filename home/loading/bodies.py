"""Turns the body of a page in a data file into the blocks that the CMS keeps. Texts are Markdown."""

import re
from collections.abc import Callable
from typing import Any

import markdown
from wagtail.models import Page

from home.cleaning import clean_html
from resources.models import Contact

LINK = re.compile(r'<a href="/([^"#]*?)/?">')
Value = dict[str, Any]


class Bodies:
    """Knows the pages and contacts that a body may name, by address and by key. What an editor deleted is left out."""

    def __init__(self, pages: dict[str, Page]) -> None:
        self.pages = pages
        self.contacts = {contact.key: contact.pk for contact in Contact.objects.all()}
        self.makers: dict[str, Callable[[Any], Value]] = {
            "signs": lambda voice: {"voice": voice},
            "sentence_links": self.sentence_links,
            "true_things": self.true_things,
            "questions": self.questions,
            "call_out": self.call_out,
            "steps": lambda steps: steps,
            "talk_to": self.talk_to,
            "quote": lambda quote: quote,
            "points": lambda points: points,
            "figures": lambda figures: figures,
            "bars": lambda bars: bars,
            "table": self.table,
            "to_confirm": lambda marked: marked | {"text": self.rich(marked["text"])},
            "plain_contact": lambda panel: panel | {"contact": self.contacts.get(panel["contact"])},
            "accessibility_status": lambda status: {"tested_by": ""} | status,
            "code_words": lambda words: words,
            "part": self.part,
        }

    def rich(self, text: str) -> str:
        """Markdown as rich text; links to our own pages as page links, so that they survive a move."""

        def page_link(found: re.Match[str]) -> str:
            page = self.pages.get(found[1])
            return f'<a linktype="page" id="{page.pk}">' if page else found[0]

        return LINK.sub(page_link, clean_html(markdown.markdown(text)))

    def block(self, entry: dict[str, Any]) -> dict[str, Any]:
        """One block of the file as one stored block."""
        [(kind, value)] = entry.items()
        if kind == "text":
            return {"type": "text", "value": {"heading": "", "anchor": "", "text": self.rich(value)}}
        if kind == "anchor_text":
            return {"type": "text", "value": value | {"text": self.rich(value["text"])}}
        return {"type": kind, "value": self.makers[kind](value)}

    def sentence_links(self, links: list[dict[str, str]]) -> Value:
        made = []
        for link in links:
            address, _, anchor = link["to"].partition("#")
            if page := self.pages.get(address):
                made.append({"text": link["text"], "page": page.pk, "anchor": anchor})
        return {"links": made}

    def true_things(self, things: list[dict[str, str]]) -> Value:
        return {"heading": "Things that are true", "things": things}

    def questions(self, questions: list[dict[str, str]]) -> Value:
        made = [{"question": q["question"], "answer": self.rich(q["answer"])} for q in questions]
        return {"heading": "", "questions": made}

    def call_out(self, panel: dict[str, Any]) -> Value:
        actions = ["call-team" if action == "call-mash" else action for action in panel.get("actions", [])]
        return {"heading": panel["heading"], "text": self.rich(panel["text"]), "actions": actions}

    def table(self, table: dict[str, Any]) -> Value:
        lines = [" | ".join(str(cell) for cell in row) for row in table["rows"]]
        return table | {"columns": " | ".join(table["columns"]), "rows": "\n".join(lines)}

    def talk_to(self, panel: dict[str, Any]) -> Value:
        return {"heading": panel["heading"], "contacts": self.chosen(panel)}

    def part(self, part: dict[str, Any]) -> Value:
        return {
            "heading": part["heading"],
            "text": self.rich(part["text"]),
            "say": part.get("say", ""),
            "contacts": self.chosen(part),
        }

    def chosen(self, entry: dict[str, Any]) -> list[int]:
        """The contacts that an entry names and that are still there."""
        return [self.contacts[key] for key in entry.get("contacts", []) if key in self.contacts]
