"""Easy Read: short sentences, each with a picture beside it, as a page of its own that belongs to others."""

from django.apps import apps
from django.db.models import Q
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import LineBlock
from home.models.base import PhoenixPage

#: Pictures that there are: the drawings in templates/icons/.
PICTURES = [
    ("phone", "Phone"),
    ("text", "Text message"),
    ("chat", "People talking"),
    ("screen", "Screen"),
    ("mail", "Letter"),
    ("heart", "Heart"),
    ("two", "Two people"),
    ("family", "Family"),
    ("young", "Young person"),
    ("badge", "Person with a badge"),
    ("hall", "Council"),
    ("mood", "Face"),
    ("gift", "Present"),
    ("car", "Car"),
    ("moon", "Night"),
    ("clock", "Clock"),
    ("glass", "Drink"),
    ("bolt", "Danger"),
    ("lock", "Lock"),
    ("key", "Key"),
    ("check", "Tick"),
    ("exit", "Way out"),
]


class EasyLineBlock(blocks.StructBlock):
    """One thought, and a picture of it. The picture says nothing that the words do not say."""

    picture = blocks.ChoiceBlock(choices=PICTURES)
    text = LineBlock(max_length=120)

    class Meta:
        icon = "image"
        template = "blocks/easy_line.html"
        description = "A short sentence with a picture"


class EasyBlock(blocks.StreamBlock):
    """The body of an Easy Read page."""

    heading = LineBlock(max_length=60, icon="title", template="blocks/easy_heading.html")
    line = EasyLineBlock()


class EasyReadPage(PhoenixPage):
    """An Easy Read version. Make it together with people with learning disabilities, and say so in "Checked by"."""

    body = StreamField(EasyBlock(), blank=True)
    # It is the Easy Read version, and has none.
    easy_read = None

    template = "home/easy_read_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("body"),
        *PhoenixPage.review_panels,
    ]

    class Meta:
        verbose_name = "Easy Read page"

    @property
    def standard_versions(self) -> list[Page]:
        """The public pages of its language that name it as their Easy Read version (translations name it too)."""
        types = [model for model in apps.get_models() if issubclass(model, PhoenixPage) and model.easy_read]
        named = Q()
        for model in types:
            named |= Q(**{f"{model._meta.model_name}__easy_read": self})
        return list(Page.objects.live().filter(named, locale_id=self.locale_id).order_by("path"))
