"""CSV, entity tags, pages, filters and the shelf, by themselves."""

import csv
import io

import pytest

from movplan_api.problems import BadRequestError
from movplan_api.views.filters import filtered
from movplan_api.views.paging import page_of_rows
from movplan_api.views.shelf import Shelf
from movplan_api.views.table import as_csv
from movplan_api.views.tags import known_already, tag_of


def table(rows, columns):
    return list(csv.reader(io.StringIO(as_csv(rows, columns))))


def test_cells_as_they_are_read_back():
    row = {"a": None, "b": True, "c": ["x", "y"], "d": 5, "e": 'a "b", c\nd', "f": -3}
    said = table([row], "abcdef")
    assert said == [list("abcdef"), ["", "true", "x;y", "5", 'a "b", c\nd', "-3"]]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("\tx", "'\tx"),
        ("+93 000 000 001", "+93 000 000 001"),
        ("a=b", "a=b"),
    ],
)
def test_spreadsheets_find_no_formulas(text, cell):
    assert table([{"a": text}], "a")[1] == [cell]


def test_pages_cut_anywhere_hold_every_row_once():
    rows = [{"n": n} for n in range(23)]
    for limit in (1, 5, 22, 23, 24):
        found, cursor = [], None
        while True:
            page = page_of_rows(rows, limit, cursor)
            found += page.items
            cursor = page.next_cursor
            if cursor is None:
                break
        assert found == rows
    assert page_of_rows(rows, None, None).next_cursor is None


@pytest.mark.parametrize("cursor", ["LTE", "MS41", "4oKs", "OTk5OTk5OTk5OTk5OTk5OQ"])
def test_cursors_of_nobody_are_refused(cursor):
    with pytest.raises(BadRequestError):
        page_of_rows([], 5, cursor)


def test_every_filter_must_hold():
    rows = [
        {"case_ids": ["A", "B"], "travels": True},
        {"case_ids": ["B"], "travels": False},
    ]
    assert list(filtered(rows, {"case": "B", "travels": None})) == rows
    assert list(filtered(rows, {"case": "B", "travels": False})) == rows[1:]
    assert list(filtered(rows, {"case": "AB"})) == []


def test_tags_are_compared_weakly():
    tag = tag_of(["a", "b"])
    assert tag != tag_of(["ab"]) != tag_of(["a", "b", ""])
    assert known_already(tag, tag)
    assert known_already(tag.removeprefix("W/"), tag)
    assert known_already(f'"x" , {tag}', tag)
    assert known_already(" * ", tag)
    assert not known_already(None, tag)
    assert not known_already('"x"', tag)
    assert not known_already(tag.strip('W/"'), tag)


def test_the_shelf_keeps_the_last_used_up_to_its_weight():
    made = []

    def make(name, weight):
        def really():
            made.append(name)
            return name, weight

        return really

    shelf = Shelf(most_weight=10)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert shelf.get(name, make(name, 4)) == name
    assert made == ["a", "b", "c", "b"]
    assert shelf.get("huge", make("huge", 99)) == "huge"
    assert shelf.get("huge", make("huge", 99)) == "huge"
    assert made.count("huge") == 1
    shelf.get("a", make("a", 4))
    assert made[-1] == "a"


def test_what_fails_to_be_made_is_not_kept():
    shelf = Shelf()

    def fail():
        raise ValueError("no such file")

    with pytest.raises(ValueError, match="no such file"):
        shelf.get("x", fail)
    assert shelf.get("x", lambda: (1, 1)) == 1
