"""The index behind the search, in ordinary tables, so that it is the same on every database. `home.search` keeps it.

It repeats published pages and nothing else: no word that a reader looked for comes near it.
"""

from django.db import models
from wagtail.models import Page

#: Longer words are cut, in the index and in what people type alike.
LONGEST_WORD = 40


class IndexedPage(models.Model):
    """The lines of a live page as readers see them: its title, its lede (may be empty), then its body."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField()

    # Else editors would read on each page that something uses it.
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.text.partition("\n")[0]


class IndexedStem(models.Model):
    """That a word, in any of its forms, stands on a page, and how much it says about that page.

    For titles, ledes, headings and questions there is a row for each two words in a row, too: whoever types the
    question of a page finds that page, even if all its words are small ones.
    """

    page = models.ForeignKey(IndexedPage, models.CASCADE, related_name="stems")
    stem = models.CharField(max_length=2 * LONGEST_WORD + 1)
    weight = models.FloatField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem", "page"], name="one_row_for_each_stem_of_a_page")]

    def __str__(self) -> str:
        return self.stem


class IndexedWord(models.Model):
    """A word as it is written, and on how many pages: what slips of the finger are compared with."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    stem = models.CharField(max_length=LONGEST_WORD)
    pages = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class IndexEdition(models.Model):
    """One row. Its token changes with the index and with editors' words: processes then read these anew.

    The token is random and not counted up, so that a database that was restored never looks like a later one.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
