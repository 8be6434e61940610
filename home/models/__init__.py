"""What people read."""

from home.models.alert import Alert
from home.models.base import Audience
from home.models.easy_read import EasyReadPage
from home.models.find_help import FindHelpPage
from home.models.form_text import FormText
from home.models.get_help import GetHelpPage
from home.models.ledger import LoadedContent
from home.models.link_check import LinkCheck
from home.models.material import MaterialPage, PackPage
from home.models.pages import DoorPage, GuidancePage, HomePage, InfoPage
from home.models.poster import PosterWords
from home.models.publishing import EmergencyPublishing, LastReminder, SecondPairOfEyes
from home.models.search_index import IndexEdition, IndexedPage, IndexedStem, IndexedWord
from home.models.search_words import DistressWords, PromotedPage, SearchWords
from home.models.sign import Sign
from home.models.who_to_contact import WhoToContactPage

__all__ = [
    "Alert",
    "Audience",
    "DistressWords",
    "DoorPage",
    "EasyReadPage",
    "EmergencyPublishing",
    "FindHelpPage",
    "FormText",
    "GetHelpPage",
    "GuidancePage",
    "HomePage",
    "IndexEdition",
    "IndexedPage",
    "IndexedStem",
    "IndexedWord",
    "InfoPage",
    "LastReminder",
    "LinkCheck",
    "LoadedContent",
    "MaterialPage",
    "PackPage",
    "PosterWords",
    "PromotedPage",
    "SearchWords",
    "SecondPairOfEyes",
    "Sign",
    "WhoToContactPage",
]
