"""A second look at rich text before it is kept: bleach, on the CMS face only.

Wagtail's editor already allows a list of tags. This is defence in depth at one narrow place; nothing relies on it
alone, and public and desk processes never import bleach (docs/decisions/bleach.md says how to swap it).
"""

#: What the editor offers, and nothing else.
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br"}
#: `linktype` and `id` are how Wagtail stores a link to a page, so that it survives a move.
ATTRIBUTES = {"a": ["href", "linktype", "id"], "p": ["data-block-key"], "h2": ["data-block-key"]}
ATTRIBUTES |= {tag: ["data-block-key"] for tag in ("h3", "li")}
PROTOCOLS = {"http", "https", "mailto", "tel"}


def clean_html(html: str) -> str:
    """The same text with every tag, attribute and address that is not on the lists taken out."""
    import bleach  # here, so that a process which cleans nothing never loads it

    return str(bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True))
