"""Big documents are read and written in small pieces, and come out the same."""

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movplan_api.views import gently
from movplan_api.views.shelf import Shelf

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
documents = st.recursive(
    (scalars.filter(lambda x: x not in (float("inf"), -float("inf"))) | st.text()),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=30,
)


@given(documents, st.sampled_from([None, 1]))
def test_what_is_read_and_written_is_the_same(document, indent):
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    assert gently.loads(text) == document
    assert json.loads(gently.dumps(document)) == document
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    assert gently.dumps(document) == compact.encode()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[", '{"a" 1}', '{"a":1,}', "[1,]", "[1 2]", "{1:2}", "[] x", '{"a"'],
)
def test_what_is_no_json_is_refused(text):
    for read in (json.loads, gently.loads):
        with pytest.raises(json.JSONDecodeError):
            read(text)


def test_the_decoder_never_gets_more_than_a_row(monkeypatch):
    """A table of 20,000 rows of about 100 characters: 2 MB, a row at a time."""
    rows = [{"family_id": f"F{n}", "fact": "x" * 70} for n in range(20_000)]
    text = json.dumps({"schedule": rows, "certificate": {"levels": [1, 2]}}, indent=1)
    longest = 0
    decode = gently._DECODER.raw_decode

    class Watched:
        def raw_decode(self, text, at):
            nonlocal longest
            value, end = decode(text, at)
            longest = max(longest, end - at)
            return value, end

    monkeypatch.setattr(gently, "_DECODER", Watched())
    document = gently.loads(text)
    assert document["schedule"] == rows
    assert longest < 200
    assert max(len(piece) for piece in gently.pieces(document)) < 200


def test_who_asks_at_once_for_the_same_gets_what_the_first_made():
    """Ten ask while the first still makes it: it is made once."""
    shelf, made, begun, go_on = Shelf(), [], threading.Event(), threading.Event()

    def make():
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        return "plan", 1

    found = []
    asking = [
        threading.Thread(target=lambda: found.append(shelf.get("plan", make)))
        for _ in range(10)
    ]
    for thread in asking:
        thread.start()
    assert begun.wait(10)
    go_on.set()
    for thread in asking:
        thread.join(10)
    assert (found, made) == (["plan"] * 10, [1])


def test_what_was_forgotten_is_made_anew():
    shelf = Shelf()
    shelf.get("plan", lambda: ("old", 5))
    shelf.clear()
    assert shelf.get("plan", lambda: ("new", 5)) == "new"
