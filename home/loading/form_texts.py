"""The texts of the concern form: a record for each that the form says it has, with the words that are shipped."""

from home.loading.ledger import Outcome, load_once
from home.loading.search import saver
from home.models import FormText
from resources.form_texts import ShippedText


def load_form_texts(texts: list[ShippedText]) -> list[Outcome]:
    """Load all texts. Words that somebody changed stay; name and place are the form's own and always follow it."""
    outcomes = []
    for place, text in enumerate(texts, start=1):
        existing = FormText.objects.filter(key=text.key).first()
        labels = {"name": text.name, "sort_order": place * 10}
        save = saver(FormText, key=text.key, words=text.words, **labels)
        outcomes.append(load_once(f"form text {text.key}", text.words, existing, save))
        FormText.objects.filter(key=text.key).update(**labels)
    return outcomes
