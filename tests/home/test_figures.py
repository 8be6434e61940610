"""Figures, bars and tables: what editors may put in them, what readers see, and the file for spreadsheets."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from wagtail.models import Page

from home.blocks import BarsBlock, BodyBlock, FiguresBlock, PlainTableBlock
from home.models import GuidancePage
from home.tables import as_csv, safe_cell
from tests.home.test_blocks import refusal

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PICTURE = "/councillors/local-picture-2015/"
TABLE = {"caption": "Some figures", "columns": "Figure | Number", "rows": "Offences | 63", "source": "A profile"}


def picture() -> GuidancePage:
    page: GuidancePage = GuidancePage.objects.get(slug="local-picture-2015")
    return page


def blocks_of(page: GuidancePage, kind: str) -> list[Any]:
    return [block.value for block in page.body if block.block_type == kind]


def rendered(block: Any, stored: Any) -> str:
    return str(block.render(block.to_python(stored)))


def every_table() -> list[Any]:
    return [table for page in GuidancePage.objects.live() for table in page.tables]


# --- What editors may put in them -------------------------------------------------------------------------------


def test_a_number_without_a_period_or_a_source_is_refused() -> None:
    figure = {"number": "63", "label": "offences", "period": "2015", "note": ""}
    block = {"heading": "At a glance", "source": "A profile", "figures": [figure]}
    assert refusal(FiguresBlock(), block) == ""
    assert refusal(FiguresBlock(), block | {"figures": [figure | {"period": ""}]}) == "This field is required."
    assert refusal(FiguresBlock(), block | {"source": ""}) == "This field is required."


@pytest.mark.parametrize("percent", [-1, 101, "many"])
def test_a_bar_stays_between_nothing_and_all(percent: object) -> None:
    bar = {"label": "In care", "percent": 22, "note": ""}
    block = {"heading": "Care", "text": "", "period": "2015", "source": "A profile", "bars": [bar]}
    assert refusal(BarsBlock(), block) == ""
    assert refusal(BarsBlock(), block | {"period": ""}) == "This field is required."
    if isinstance(percent, int):
        assert "value is" in refusal(BarsBlock(), block | {"bars": [bar | {"percent": percent}]})


def test_a_row_has_as_many_cells_as_there_are_headings() -> None:
    assert refusal(PlainTableBlock(), TABLE) == ""
    said = refusal(PlainTableBlock(), TABLE | {"rows": "Offences | 63\nChildren | 82 | 2015\nReports"})
    assert said == "Each row needs 2 cells, like the headings. Look at: Children, Reports."
    assert refusal(PlainTableBlock(), TABLE | {"columns": "Figure | "}) == "Each column needs a heading."
    assert refusal(PlainTableBlock(), TABLE | {"caption": ""}) == "This field is required."
    assert refusal(PlainTableBlock(), TABLE | {"source": ""}) == "This field is required."


def test_a_table_takes_no_phone_number() -> None:
    assert refusal(PlainTableBlock(), TABLE | {"rows": "Childline | [[childline]]"}).startswith("Phone numbers do not")


def test_an_editor_can_save_a_page_that_has_them(editor: Any) -> None:
    page = picture()
    address = f"/cms/pages/{page.pk}/edit/"
    assert editor.save(address, editor.form(address, page, name="title")).status_code == 302
    after = picture()
    assert after.tables == page.tables
    assert after.get_latest_revision().created_at > page.get_latest_revision().created_at


# --- What readers see -------------------------------------------------------------------------------------------


def test_a_bar_says_in_words_what_it_draws_and_needs_no_style() -> None:
    bar = {"label": "In care", "percent": 22, "note": ""}
    html = rendered(
        BarsBlock(), {"heading": "Care", "text": "", "period": "2015", "source": "A profile", "bars": [bar]}
    )
    assert "In care: <b>22%</b>" in html
    assert 'width="22"' in html and 'aria-hidden="true"' in html
    assert "style=" not in html


def test_cells_are_text_whatever_an_editor_types() -> None:
    html = rendered(PlainTableBlock(), TABLE | {"rows": "<b>Offences</b> | <script>"})
    assert '<th scope="row">&lt;b&gt;Offences&lt;/b&gt;</th><td>&lt;script&gt;</td>' in html
    assert re.search(r"<caption[^>]*>Some figures</caption>", html)
    assert '<th scope="col">Number</th>' in html


# --- The local picture ------------------------------------------------------------------------------------------


def test_each_figure_of_the_local_picture_has_its_period_and_source() -> None:
    page = picture()
    periods = {"2015", "2015, 12 months", "January to November 2015", "January to November 2015, 11 months"}
    for block in blocks_of(page, "figures"):
        assert block["source"] and {figure["period"] for figure in block["figures"]} <= periods
    for block in blocks_of(page, "bars"):
        assert block["source"] and block["period"] in periods
    for table in page.tables:
        assert table["source"] and {line[-1] for line in table.lines} <= periods


def test_every_table_of_figures_has_a_period_in_each_row() -> None:
    for table in every_table():
        assert table.header[-1] == "Period", table["caption"]
        assert all(line[-1] for line in table.lines), table["caption"]


def test_missing_children_are_never_counted_over_the_whole_year() -> None:
    [table] = picture().tables
    for figure, number, period in table.lines:
        if number in ("1,056", "454", "£1.4 million") or "missing episodes" in figure.lower():
            assert period == "January to November 2015", figure


def test_whatever_is_drawn_stands_in_the_table_as_well() -> None:
    page = picture()
    [table] = page.tables
    numbers = {line[1] for line in table.lines}
    assert {figure["number"] for block in blocks_of(page, "figures") for figure in block["figures"]} <= numbers
    assert {f"{bar['percent']}%" for block in blocks_of(page, "bars") for bar in block["bars"]} <= numbers


def test_no_town_of_the_old_profile_is_named(client: Client) -> None:
    # The towns that the form offers; naming one beside these figures would shame it.
    places = yaml.safe_load((ROOT / "resources/content/places.yaml").read_text())
    page = client.get(PICTURE).content.decode()
    towns = [place["name"] for place in places if place["name"] != "Swindon"]  # the police force’s area
    assert [town for town in towns if re.search(rf"\b{re.escape(town)}\b", page)] == []
    assert "three towns" in page


# --- The file for spreadsheets ----------------------------------------------------------------------------------


def test_the_file_holds_the_page_table(client: Client) -> None:
    assert f'href="{PICTURE}figures.csv"' in client.get(PICTURE).content.decode()
    answer = client.get(f"{PICTURE}figures.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="local-picture-2015.csv"'
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    [table] = picture().tables
    assert lines == [[table["caption"]], table.header, *table.lines, [f"Source: {table['source']}"]]
    assert ["Missing or absent episodes", "1,056", "January to November 2015"] in lines


def test_the_file_obeys_the_rules_of_public_pages(client: Client) -> None:
    answer = client.get(f"{PICTURE}figures.csv")
    assert not answer.cookies
    assert "no-cache" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.post(f"{PICTURE}figures.csv").status_code == 405


def test_a_page_without_a_table_has_no_file(client: Client) -> None:
    assert client.get("/councillors/your-part/figures.csv").status_code == 404
    assert client.get("/there/is/none/figures.csv").status_code == 404
    assert "figures.csv" not in client.get("/councillors/your-part/").content.decode()


def test_an_unpublished_page_has_no_file(client: Client) -> None:
    Page.objects.get(slug="local-picture-2015").unpublish()
    assert client.get(f"{PICTURE}figures.csv").status_code == 404


def test_the_file_costs_few_queries_and_the_tables_cost_the_page_none(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(PICTURE)
    with django_assert_max_num_queries(10):
        client.get(f"{PICTURE}figures.csv")
    with django_assert_max_num_queries(18):
        client.get(PICTURE)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t", "\r"])
def test_a_spreadsheet_runs_no_cell(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    assert safe_cell(f"1{start}") == f"1{start}"


def test_captions_headings_and_sources_are_kept_harmless_as_well() -> None:
    table = PlainTableBlock().to_python(
        {"caption": "=a", "columns": "+b | @c", "rows": "-d | =e\n\nf | g", "source": "=h"}
    )
    lines = list(csv.reader(io.StringIO(as_csv([table, table]))))
    once = [["'=a"], ["'+b", "'@c"], ["'-d", "'=e"], ["f", "g"], ["Source: =h"]]
    assert lines == [*once, [], *once]


def test_the_new_parts_are_offered_to_editors() -> None:
    assert {"figures", "bars", "table"} <= set(BodyBlock().child_blocks)
