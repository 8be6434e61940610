"""Records of who can help."""

from resources.models.contact import Confidence, Contact

__all__ = ["Confidence", "Contact"]
