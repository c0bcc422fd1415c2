"""A sheet of SVG: rectangles, lines and text, nothing else."""

from xml.etree import ElementTree

FONT = "DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif"
COLOUR = {
    "flight": "#2f6db3",
    "convoy": "#cf7a1c",
    "used": "#3f8f5f",
    "stays": "#a8524f",
}
EMPTY = "fill:#eef1f4"
BOLD = "font-weight:bold"
SMALL = "font-size:11px;fill:#616e7c"


class Sheet:
    """An SVG drawing that grows downwards; x to the right, y down, in pixels."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._shapes: list[ElementTree.Element] = []

    def rect(self, x: float, y: float, size: tuple[float, float], style: str) -> None:
        """A rectangle with its upper left corner at (x, y); ``style`` is CSS."""
        self._add(
            "rect", {"x": x, "y": y, "width": size[0], "height": size[1]}, style=style
        )

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A thin grey line."""
        ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self._add("line", ends, style="stroke:#d5d9de;stroke-width:1")

    def text(self, x: float, y: float, words: str, style: str = "") -> None:
        """Words with their baseline starting at (x, y)."""
        self._add("text", {"x": x, "y": y}, style=style, words=words)

    def tip(self, words: str) -> None:
        """What a browser shows when the pointer rests on the last shape."""
        title = ElementTree.SubElement(self._shapes[-1], "title")
        title.text = words

    def to_svg(self, height: float) -> str:
        """The drawing as one self-contained document."""
        root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_number(self.width)} {_number(height)}",
                "width": _number(self.width),
                "height": _number(height),
                "font-family": FONT,
                "font-size": "12",
                "fill": "#1f2933",
            },
        )
        background = {"width": "100%", "height": "100%", "fill": "#ffffff"}
        ElementTree.SubElement(root, "rect", background)
        root.extend(self._shapes)
        ElementTree.indent(root)
        return ElementTree.tostring(root, encoding="unicode") + "\n"

    def _add(
        self, tag: str, numbers: dict[str, float], *, style: str, words: str = ""
    ) -> None:
        attributes = {name: _number(value) for name, value in numbers.items()}
        if style:
            attributes["style"] = style
        shape = ElementTree.Element(tag, attributes)
        shape.text = words or None
        self._shapes.append(shape)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
