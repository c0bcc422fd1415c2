"""How a table fits the screen: as it is, with less, or row by row.

Too wide a table first loses its bars and the columns that are empty in every row, then
wraps its cells between words. If its words do not fit uncut, or a sentence has too
little room, each row becomes a paragraph in which every cell follows its heading.
"""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from movplan.reports.table import Table

# A sentence is read in lines of at least this many letters, and of this many times
# as many as other cells.
SENTENCE_WIDTH = 30
SENTENCE_SHARE = 3
# Of cells that follow each other.
BETWEEN = " · "
INDENT = 2


def laid_out(table: Table, width: int) -> RenderableType:
    """The table as it reads best within so many letters."""
    shown = _shown(table, width)
    room = width - _frame(shown)
    for least in (_whole_numbers(table, shown), _words_only(table, shown)):
        if sum(least) <= room:
            return _grid(table, shown, _widths(table, shown, least, room))
    return _paragraphs(table, shown, width)


def _shown(table: Table, width: int) -> list[int]:
    columns = range(len(table.columns))
    if sum(_natural(table, k) for k in columns) + _frame(columns) <= width:
        return list(columns)
    return [
        k
        for k in columns
        if not table.columns[k].bar
        and (any(row[k] for row in table.rows) or not table.rows)
    ]


def _frame(columns: Sequence[int]) -> int:
    """Letters of borders and blanks."""
    return 3 * len(columns) + 1


def _natural(table: Table, k: int) -> int:
    """Letters of the longest line in a column."""
    return max(len(line) for cell in _cells(table, k) for line in cell.split("\n"))


def _whole_numbers(table: Table, shown: Sequence[int]) -> list[int]:
    """Letters each column cannot do without, amounts with their units on one line."""
    return [
        max(low, *(len(row[k]) for row in table.rows if table.columns[k].right), 0)
        for k, low in zip(shown, _words_only(table, shown), strict=True)
    ]


def _words_only(table: Table, shown: Sequence[int]) -> list[int]:
    """Letters each column cannot do without: its longest word, some of a sentence."""
    return [_least(table, k) for k in shown]


def _least(table: Table, k: int) -> int:
    word = max(len(word) for cell in _cells(table, k) for word in _words(cell))
    if table.columns[k].wide:
        return max(word, min(_natural(table, k), SENTENCE_WIDTH))
    return word


def _words(cell: str) -> list[str]:
    return cell.split() or [""]


def _cells(table: Table, k: int) -> list[str]:
    return [table.columns[k].title, *(row[k] for row in table.rows)]


def _widths(
    table: Table, shown: Sequence[int], least: list[int], room: int
) -> list[int]:
    """Letters per column: all they need, or as evenly less as fits."""
    natural = [_natural(table, k) for k in shown]
    shares = [SENTENCE_SHARE if table.columns[k].wide else 1 for k in shown]
    widths = least
    for most in range(1, max(natural, default=0) + 1):
        wider = [
            max(low, min(high, most * share))
            for low, high, share in zip(least, natural, shares, strict=True)
        ]
        if sum(wider) > room:
            break
        widths = wider
    return widths


def _grid(table: Table, shown: Sequence[int], widths: Sequence[int]) -> RichTable:
    rich = RichTable(title=table.title, title_justify="left", title_style="bold")
    for k, width in zip(shown, widths, strict=True):
        column = table.columns[k]
        rich.add_column(
            column.title,
            justify="right" if column.right else "left",
            overflow="fold",
            width=width,
            style="green" if column.bar else "",
        )
    for row in table.rows:
        rich.add_row(*(Text(row[k]) for k in shown))
    return rich


def _paragraphs(table: Table, shown: Sequence[int], width: int) -> Group:
    parts: list[RenderableType] = [Text(table.title, style="bold")]
    first, *others = shown
    for row in table.rows:
        cells = [k for k in others if row[k]]
        sentences = [k for k in cells if table.columns[k].wide]
        short = [k for k in cells if k not in sentences]
        lines = _filled([_headed(table, row, k) for k in short], width - INDENT)
        lines += [_headed(table, row, k) for k in sentences]
        parts.append(Text(row[first], style="bold"))
        parts += [Padding(line, (0, 0, 0, INDENT)) for line in lines]
    return Group(*parts)


def _filled(cells: Sequence[Text], width: int) -> list[Text]:
    """The cells in lines, none of them broken unless it is longer than a line."""
    lines: list[Text] = []
    for cell in cells:
        if lines and len(lines[-1]) + len(BETWEEN) + len(cell) <= width:
            lines[-1] = Text(BETWEEN).join([lines[-1], cell])
        else:
            lines.append(cell)
    return lines


def _headed(table: Table, row: Sequence[str], k: int) -> Text:
    cell = row[k].replace("\n", ", ")
    return Text.assemble((f"{table.columns[k].title}: ", "dim"), cell)
