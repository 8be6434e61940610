"""Records of who can help, of the places they look after, and of what there is to hand out or to learn."""

from resources.models.area_board import AreaBoard
from resources.models.authority import Authority
from resources.models.contact import Confidence, Contact
from resources.models.leaflet import Leaflet
from resources.models.place import Place
from resources.models.training_date import TrainingDate

__all__ = ["AreaBoard", "Authority", "Confidence", "Contact", "Leaflet", "Place", "TrainingDate"]
