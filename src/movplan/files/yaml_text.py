"""YAML as officers write it: a name twice in one mapping is found, not overwritten."""

from collections.abc import Iterator

import yaml


def load_yaml(text: str) -> tuple[object, list[tuple[int, str]]]:
    """What a text holds, and names that stand twice in a mapping, with their line.

    Raises ``yaml.YAMLError``, or ``ValueError`` for dates that there are not.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    twice = [] if root is None else sorted(_twice(root, set()))
    return yaml.safe_load(text), twice


def _twice(node: yaml.Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    """Names that a mapping has again, at any depth; an alias is looked at once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _twice(item, seen)
    if isinstance(node, yaml.MappingNode):
        names = set[tuple[str, str]]()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in names:
                    yield key.start_mark.line + 1, key.value
                names.add((key.tag, key.value))
            yield from _twice(value, seen)
