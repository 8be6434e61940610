"""Figures: big numbers, shares with bars, small tables. Each with its period or source, as text first."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from home.blocks.words import LineBlock, LinesBlock

PERIOD_HELP = "When this was counted: January to November 2015"


class FigureBlock(blocks.StructBlock):
    """One number, what it counts, and when it was counted: a number without a period says nothing."""

    number = LineBlock(max_length=20)
    label = LineBlock(max_length=120)
    period = LineBlock(max_length=60, help_text=PERIOD_HELP)
    note = LineBlock(required=False)


class FiguresBlock(blocks.StructBlock):
    """A few big numbers, each with its period."""

    heading = LineBlock(max_length=80, default="At a glance")
    figures = blocks.ListBlock(FigureBlock())
    source = LineBlock()

    class Meta:
        icon = "order"
        template = "blocks/figures.html"
        description = "A few big numbers"
        preview_value = {
            "heading": "At a glance",
            "figures": [
                {"number": "63", "label": "offences recorded", "period": "January to December 2015", "note": ""},
                {
                    "number": "15",
                    "label": "children who went missing",
                    "period": "January to November 2015",
                    "note": "",
                },
            ],
            "source": "A report that you name here",
        }


class BarBlock(blocks.StructBlock):
    """A share in words and as a percentage; the bar repeats what the words say."""

    label = LineBlock(max_length=120)
    percent = blocks.IntegerBlock(min_value=0, max_value=100)
    note = LineBlock(required=False)


class BarsBlock(blocks.StructBlock):
    """Shares of a whole, as text with a bar under each."""

    heading = LineBlock(max_length=80)
    text = LineBlock(required=False, help_text="What the bars show, in a sentence")
    bars = blocks.ListBlock(BarBlock())
    period = LineBlock(max_length=60, help_text=PERIOD_HELP)
    source = LineBlock()

    class Meta:
        icon = "bars"
        template = "blocks/bars.html"
        description = "Shares in per cent, with bars"
        preview_value = {
            "heading": "Where it happened",
            "text": "More than half happened in a home.",
            "bars": [
                {"label": "In a home", "percent": 55, "note": ""},
                {"label": "Outside", "percent": 20, "note": ""},
            ],
            "period": "January to December 2015",
            "source": "A report that you name here",
        }


def cells_of(line: str) -> list[str]:
    """The cells of one line, which a bar parts."""
    return [cell.strip() for cell in line.split("|")]


class TableValue(blocks.StructValue):
    """A table as its rows and cells."""

    @property
    def header(self) -> list[str]:
        return cells_of(self["columns"])

    @property
    def lines(self) -> list[list[str]]:
        return [cells_of(line) for line in self["rows"].splitlines() if line.strip()]


class PlainTableBlock(blocks.StructBlock):
    """A small table of plain text. The page offers all its tables as a file for spreadsheets, too."""

    caption = LineBlock(max_length=120)
    columns = LineBlock(help_text="The headings, parted by a bar: Figure | Number | Period")
    rows = LinesBlock(help_text="One row a line, its cells parted by a bar: Offences | 63 | 2015")
    source = LineBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        width = len(cleaned.header)
        if "" in cleaned.header:
            raise blocks.StructBlockValidationError(
                block_errors={"columns": ValidationError("Each column needs a heading.")}
            )
        if wrong := [line[0] for line in cleaned.lines if len(line) != width]:
            said = f"Each row needs {width} cells, like the headings. Look at: {', '.join(wrong)}."
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(said)})
        if "[[" in cleaned["rows"] + cleaned["columns"] + cleaned["caption"] + cleaned["source"]:
            said = "Phone numbers do not stand in tables: the file for spreadsheets would keep an old one."
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(said)})
        return cleaned

    class Meta:
        icon = "table"
        template = "blocks/table.html"
        value_class = TableValue
        description = "A small table"
        preview_value = {
            "caption": "What was counted, and when",
            "columns": "Figure | Number | Period",
            "rows": "Offences | 63 | 2015\nChildren who went missing | 15 | 2015",
            "source": "A report that you name here",
        }
