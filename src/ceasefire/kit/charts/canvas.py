"""A sheet to draw on: SVG elements with a role each, coloured by the page or, for print, inline."""

from dataclasses import dataclass, field
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Palette = Literal["screen", "print"]

FONT = "Source Sans Pro, Source Sans 3, Arial, sans-serif"
_TEXT = {"font-family": FONT, "fill": "#000000"}
_LEVELS = ("#ffffff", "#e3e3e3", "#bdbdbd", "#8f8f8f", "#4f4f4f")

# What each role looks like on paper. The style sheet web/charts.css says the same for the screen.
PRINT: dict[str, dict[str, str]] = {
    "text": {**_TEXT},
    "soft": {**_TEXT, "fill": "#333333"},
    "strong": {**_TEXT, "font-weight": "600"},
    # Words on top of a line; only the screen can clear a little room around them.
    "over": {},
    "axis": {"stroke": "#555555", "stroke-width": "1", "fill": "none"},
    "rule": {"stroke": "#cccccc", "stroke-width": "1", "fill": "none"},
    "bar": {"fill": "#707070"},
    "bar-now": {"fill": "#000000"},
    "before": {"fill": "#ffffff", "stroke": "#000000", "stroke-width": "1"},
    "band": {"fill": "#d9d9d9"},
    "expected": {"stroke": "#000000", "stroke-width": "1.5", "stroke-dasharray": "3 2"},
    "flag": {"fill": "#000000"},
    "line": {"stroke": "#000000", "stroke-width": "2", "fill": "none"},
    "whisker": {"stroke": "#000000", "stroke-width": "2", "fill": "none"},
    "point": {"fill": "#000000"},
    "reference": {"stroke": "#000000", "stroke-width": "1", "stroke-dasharray": "4 3"},
    "tie": {"stroke": "#555555", "stroke-width": "1"},
    # Told apart by the stroke too; the dark red and green of print keep apart in grey.
    "rival": {"stroke": "#b3261e", "fill": "none"},
    "ally": {"stroke": "#1b7f3b", "fill": "none", "stroke-dasharray": "7 5"},
    "mark": {"fill": "#000000"},
    **{shape: {"fill": "#000000"} for shape in ("box", "diamond", "triangle")},
    "hit": {"fill": "none"},
    "cell": {"stroke": "#999999", "stroke-width": "0.5"},
    **{f"level-{step}": {"fill": fill} for step, fill in enumerate(_LEVELS)},
    **{f"on-{step}": {**_TEXT, "fill": "#ffffff" if step > 3 else "#000000"} for step in range(5)},
}


def number(value: float) -> str:
    """A coordinate as short as it can be: 12, 12.5, 12.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def attributes(values: dict) -> SafeString:
    """Python names to SVG attributes: text_anchor -> text-anchor; None is left out."""
    # A picture may have ten thousand of them: what is a number needs no escaping.
    return mark_safe(
        "".join(
            f' {name.rstrip("_").replace("_", "-")}="{number(v) if _drawn(v) else escape(v)}"'
            for name, v in values.items()
            if v is not None
        )
    )


def _drawn(value) -> bool:
    return isinstance(value, int | float)


@dataclass
class Canvas:
    """width, height in the picture's own units, near to pixels at the size it is mostly shown."""

    width: float
    height: float
    palette: Palette = "screen"
    roles: dict[str, dict[str, str]] = field(default_factory=lambda: PRINT)
    parts: list[str] = field(default_factory=list)
    has_links: bool = False

    def look(self, role: str) -> dict[str, str]:
        """The attributes that colour an element: a class on the screen, everything on paper.

        Several roles may be joined by a space, as in a class attribute.
        """
        if self.palette == "screen":
            return {"class": role}
        return {key: value for one in role.split() for key, value in self.roles[one].items()}

    def add(self, tag: str, role: str, /, *, title: str = "", **values) -> None:
        """One element; `title` is what a pointer over it shows and a screen reader says."""
        looks = attributes({**self.look(role), **values})
        body = f"<title>{escape(title)}</title>" if title else ""
        self.parts.append(f"<{tag}{looks}>{body}</{tag}>" if body else f"<{tag}{looks}/>")

    def text(self, words, x: float, y: float, role: str = "text", *, size: float = 13, **values):
        looks = attributes({**self.look(role), "x": x, "y": y, "font-size": size, **values})
        self.parts.append(f"<text{looks}>{escape(words)}</text>")

    def open_link(self, href: str | None, label: str) -> None:
        if href:
            self.has_links = True
            self.parts.append(f"<a{attributes({'href': href, 'aria_label': label})}>")

    def close_link(self, href: str | None) -> None:
        if href:
            self.parts.append("</a>")

    def svg(self, title: str, sentence: str, *, css: str = "") -> SafeString:
        """The finished picture. One that holds links is a group, since an image hides them."""
        head = attributes(
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {number(self.width)} {number(self.height)}",
                "class": f"chart {css}".strip() if self.palette == "screen" else None,
                "width": None if self.palette == "screen" else self.width,
                "height": None if self.palette == "screen" else self.height,
                "role": "group" if self.has_links else "img",
                "aria_label": title,
            }
        )
        told = f"<title>{escape(title)}</title><desc>{escape(sentence)}</desc>"
        return mark_safe(f"<svg{head}>{told}{''.join(self.parts)}</svg>")
