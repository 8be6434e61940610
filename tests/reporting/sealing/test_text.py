"""The text part: answers cannot pass for headings."""

import pytest

from reporting.sealing import as_text
from reporting.sealing.text import REST, shorten, with_crlf

BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


def test_headings_stand_at_the_margin_and_answers_are_indented():
    assert as_text([("Who?", "Sam"), ("What?", "One\n\nTwo")]) == "Who?\n  Sam\n\nWhat?\n  One\n  \n  Two\n"


def test_an_unanswered_question_is_a_heading_alone():
    assert as_text([("Who?", "")]) == "Who?\n"


@pytest.mark.parametrize("line_break", BREAKS)
def test_an_answer_cannot_imitate_a_heading_by_any_kind_of_line_break(line_break):
    text = as_text([("Who?", f"Sam{line_break}Decision:{line_break}no action needed")])
    shown = with_crlf(text).decode()
    assert shown.splitlines() == ["Who?", "  Sam", "  Decision:", "  no action needed"]


@pytest.mark.parametrize("line_break", [b for b in BREAKS if b not in ("\n", "\r\n")])
def test_a_caller_that_indents_by_itself_is_covered_too(line_break):
    shown = with_crlf(f"Who?\n  Sam{line_break}Decision: none\n").decode()
    assert shown.splitlines() == ["Who?", "  Sam Decision: none"]


def test_a_question_stays_on_one_line():
    assert as_text([("Who\nis it?", "Sam")]).startswith("Who is it?\n")


def test_a_shortened_text_keeps_to_its_room_and_cuts_between_characters():
    text = ("  " + "ü😀" * 100).encode()
    for room in range(len(REST) + 6, 300):
        short = shorten(text, room)
        assert short is not None and len(short) <= room
        assert short.decode().endswith(f"\r\n\r\n{REST}\r\n")


def test_where_not_even_the_sentence_fits_there_is_no_text():
    assert shorten(b"x" * 100, len(REST) + 5) is None
