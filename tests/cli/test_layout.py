"""How tables fit screens of different widths."""

from io import StringIO

import pytest
from rich.console import Console

from movplan.cli.layout import laid_out
from movplan.reports.table import Column, Table, left, right, wide

FACT = "needs 6 seats on flight QR491-0427, 2 are free; 4 more would do"
LEFT_OUT = Table(
    "Families that stay",
    (
        *left("Family", "Escort"),
        *right("Amount"),
        Column("", bar=True),
        *wide("What binds"),
        *left("Departures"),
    ),
    (
        ("F1", "", "USD 1,250.00", "██░░░░░░", FACT, "TK871-0512\nTK872-0514"),
        ("F2", "", "USD 90.00", "░░░░░░░░", "medical hold", ""),
    ),
)


def printed(table, width):
    screen = Console(width=width, file=StringIO())
    screen.print(laid_out(table, width))
    return screen.file.getvalue()


@pytest.mark.parametrize("width", range(30, 160, 7))
def test_no_line_is_longer_than_the_screen(width):
    assert all(len(line) <= width for line in printed(LEFT_OUT, width).splitlines())


@pytest.mark.parametrize("width", range(30, 160, 7))
def test_no_word_is_cut(width):
    words = printed(LEFT_OUT, width).replace("│", " ").replace(",", " ").split()
    assert {"QR491-0427", "TK871-0512", "TK872-0514", "USD", "90.00"} <= set(words)


def test_a_table_that_fits_is_shown_whole():
    text = printed(LEFT_OUT, 140)
    assert FACT in text
    assert "██░░░░░░" in text
    assert "Escort" in text


def test_bars_and_empty_columns_go_first():
    """Natural: 6 + 6 + 12 + 8 + 63 + 10 and 6 x 3 + 1 are 124; without two, 104."""
    text = printed(LEFT_OUT, 110)
    assert "█" not in text
    assert "Escort" not in text
    assert FACT in text


def test_sentences_take_the_room_that_others_leave():
    """Of 80 letters 13 are frame, 6, 12 and 10 go to the others, 39 to the fact."""
    lines = printed(LEFT_OUT, 80).splitlines()
    assert "│ F1     │ USD 1,250.00 │ needs 6 seats on flight QR491-0427, 2" in lines[4]


def test_too_narrow_a_screen_gets_paragraphs():
    lines = [line.rstrip() for line in printed(LEFT_OUT, 50).splitlines()]
    assert lines == [
        "Families that stay",
        "F1",
        "  Amount: USD 1,250.00",
        "  Departures: TK871-0512, TK872-0514",
        "  What binds: needs 6 seats on flight QR491-0427,",
        "  2 are free; 4 more would do",
        "F2",
        "  Amount: USD 90.00",
        "  What binds: medical hold",
    ]


def test_short_cells_follow_each_other():
    """The word of 20 letters leaves no room for a table on 40."""
    row = ("F1", "3", "2", "operational-roster/1")
    table = Table("T", left("Id", "Persons", "Seats", "Escort"), (row,))
    assert printed(table, 40).splitlines()[2:] == [
        f"{'  Persons: 3 · Seats: 2':40}",
        f"{'  Escort: operational-roster/1':40}",
    ]
