"""Keeps the index in step with what is published, inside the transaction that changes it, whatever way it came by."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from home.models import DistressWords, IndexedPage, PromotedPage, SearchWords, Sign
from home.models.base import PhoenixPage
from home.search import index
from resources.models import Contact
from resources.signals import refresh_snapshot

#: Saving a draft writes other fields of the page than these.
PUBLISHED = {"live", "title", "lede", "body"}
#: All that saving a draft writes of a record which is not a page.
DRAFTED = {"latest_revision", "has_unpublished_changes"}


@receiver(post_save)
def follow_page(sender: type, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Publishing, taking off the site, a copy, a script: each saves the page. Drafts live in revisions."""
    if isinstance(instance, Page) and not raw and (update_fields is None or PUBLISHED & set(update_fields)):
        index.update(instance.pk)


@receiver(pre_delete, sender=IndexedPage)
def follow_deletion(instance: IndexedPage, **kwargs: Any) -> None:
    """A page that is deleted takes its row and its stems along; its words are left to us."""
    index.new_edition()
    index.count_words(gone=index.vocabulary(instance.text), come=set())


@receiver([post_save, post_delete], sender=PageViewRestriction)
def follow_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    """What not everyone may read, nobody finds."""
    for page in instance.page.get_descendants(inclusive=True):
        index.update(page.pk)


@receiver([post_save, post_delete], sender=Sign)
def follow_signs(**kwargs: Any) -> None:
    """The signs are told on pages; there are few of these, and signs seldom change."""
    for page in Page.objects.live().type(PhoenixPage).specific():
        if any(block.block_type == "signs" for block in page.body):
            index.update(page.pk)


@receiver([post_save, post_delete], sender=DistressWords)
def follow_distress(**kwargs: Any) -> None:
    """The form looks for these words too, without the database."""
    refresh_snapshot()


@receiver([post_save, post_delete], sender=Contact)
@receiver([post_save, post_delete], sender=SearchWords)
@receiver([post_save, post_delete], sender=PromotedPage)
@receiver([post_save, post_delete], sender=DistressWords)
@receiver(post_page_move)
def follow_words(update_fields: Any = None, **kwargs: Any) -> None:
    """Names, editors' words, and which door a page stands behind are kept by each process until the next edition."""
    if update_fields is None or not DRAFTED.issuperset(update_fields):
        index.new_edition()
