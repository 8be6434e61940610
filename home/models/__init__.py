"""What people read."""

from home.models.base import Audience
from home.models.find_help import FindHelpPage
from home.models.ledger import LoadedContent
from home.models.pages import DoorPage, GuidancePage, HomePage, InfoPage
from home.models.publishing import EmergencyPublishing, LastReminder, SecondPairOfEyes
from home.models.sign import Sign

__all__ = [
    "Audience",
    "DoorPage",
    "EmergencyPublishing",
    "FindHelpPage",
    "GuidancePage",
    "HomePage",
    "InfoPage",
    "LastReminder",
    "LoadedContent",
    "SecondPairOfEyes",
    "Sign",
]
