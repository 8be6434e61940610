"""What people read."""

from home.models.base import Audience
from home.models.find_help import FindHelpPage
from home.models.ledger import LoadedContent
from home.models.pages import DoorPage, GuidancePage, HomePage, InfoPage
from home.models.search_index import IndexEdition, IndexedPage, IndexedStem, IndexedWord
from home.models.search_words import DistressWords, PromotedPage, SearchWords
from home.models.sign import Sign

__all__ = [
    "Audience",
    "DistressWords",
    "DoorPage",
    "FindHelpPage",
    "GuidancePage",
    "HomePage",
    "IndexEdition",
    "IndexedPage",
    "IndexedStem",
    "IndexedWord",
    "InfoPage",
    "LoadedContent",
    "PromotedPage",
    "SearchWords",
    "Sign",
]
