"""Indented JSON has the bytes of the standard library's."""

import json

from hypothesis import given
from hypothesis import strategies as st

from movplan.files.indented import indented

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
)
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def standard(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1)


@given(DOCUMENTS)
def test_any_document_reads_as_the_standard_library_writes_it(value: object) -> None:
    assert indented(value) == standard(value)


def test_rows_with_lists_and_without() -> None:
    rows = [{"b": 1, "a": 'x"\n'}, {}, {"list": ["é", []], "c": {"d": None}}, [], ""]
    assert indented({"rows": rows}) == standard({"rows": rows})
