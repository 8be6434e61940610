"""Two languages that nobody speaks, to see what a translation would break; never shown to readers.

`en-xa` has accents and longer words, `ar-xb` runs from right to left.
"""

import re
from datetime import date

from wagtail.models import Locale
from wagtail.rich_text import RichText

from home.models import GetHelpPage, HomePage
from home.models.get_help import WORDS_AROUND

LEFT, RIGHT = "en-xa", "ar-xb"
ACCENTS = str.maketrans("aeioucnsyzAEIOUCNSYZ", "åéîöûçñšýžÅÉÎÖÛÇÑŠÝŽ")
#: Tags, tokens and the name that a sentence has a gap for stay as they are.
KEPT = re.compile(r"(<[^>]*>|\[\[[^\]]*\]\]|\s+)")


def accented(word: str) -> str:
    """A word as long as its translation may be, and not in ASCII."""
    return f"{word.translate(ACCENTS)}~" if len(word) > 3 else word.translate(ACCENTS)


def turned(word: str) -> str:
    """A word that reads from right to left: RIGHT-TO-LEFT OVERRIDE around it."""
    return f"\u202e{word}\u202c"


WAYS = {LEFT: accented, RIGHT: turned}


def pseudo(text: str, code: str) -> str:
    """A text in a pseudo-language, its tags and tokens untouched."""
    return "".join(part if KEPT.fullmatch(part) or not part else WAYS[code](part) for part in KEPT.split(text))


def translate_home(code: str) -> HomePage:
    """The root of a language’s tree, a draft as the editor makes it."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    english = HomePage.objects.get(locale=Locale.get_default())
    return english.get_translation_or_none(locale) or english.copy_for_translation(locale)


def begin_translation(code: str) -> GetHelpPage:
    """What “Translate” makes in the CMS: a draft, all in English."""
    translate_home(code)
    english = GetHelpPage.objects.get(locale=Locale.get_default())
    return english.copy_for_translation(Locale.objects.get(language_code=code))


def translated(page: GetHelpPage) -> GetHelpPage:
    """All its words in its pseudo-language, not saved."""
    code = page.locale.language_code
    for name in ("title", "seo_title", "lede", *WORDS_AROUND):
        setattr(page, name, pseudo(getattr(page, name), code))
    for part in page.body:
        part.value["heading"] = pseudo(part.value["heading"], code)
        part.value["text"] = RichText(pseudo(part.value["text"].source, code))
    return page


def publish_translation(code: str) -> GetHelpPage:
    """A public get-help page in a pseudo-language, by a translator of a made-up name."""
    page = translated(begin_translation(code))
    page.translator, page.translated_on, page.checked_by = "Ada Example", date(2026, 3, 4), "Bo Sample"
    page.save_revision().publish()
    return GetHelpPage.objects.get(pk=page.pk)
