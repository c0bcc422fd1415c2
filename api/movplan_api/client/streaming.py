"""Server-sent events, read line by line."""

import json
from collections.abc import Iterable, Iterator

from movplan_api.client.answers import News


def news_in(lines: Iterable[str]) -> Iterator[News]:
    """The events in an event stream; comments (pings) say nothing."""
    kind, number = "", 0
    data: list[str] = []
    for line in lines:
        if not line:
            if data:
                yield News(kind, number, json.loads("\n".join(data)))
            kind, data = "", []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            kind = value
        elif name == "id":
            number = int(value)
        elif name == "data":
            data.append(value)
