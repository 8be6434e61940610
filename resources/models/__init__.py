"""Records of who can help, and of the places they look after."""

from resources.models.area_board import AreaBoard
from resources.models.authority import Authority
from resources.models.contact import Confidence, Contact
from resources.models.place import Place

__all__ = ["AreaBoard", "Authority", "Confidence", "Contact", "Place"]
