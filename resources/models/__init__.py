"""Records of who can help, and of the places they look after."""

from resources.models.contact import Confidence, Contact
from resources.models.place import Place

__all__ = ["Confidence", "Contact", "Place"]
