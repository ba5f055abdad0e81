"""What the figures of a briefing share: colours that differ in black and white too, letters, the frame of an SVG."""

from __future__ import annotations

from html import escape

WIDTH = 1000
"""Units of a figure from left to right; on paper 170 mm."""

DEEP, EDGE, QUIET, LINE, PALE, OWN = "#17466b", "#5d7f9a", "#4a5a68", "#9aa5ae", "#f4f4f1", "#d9730d"
FONT = "Libertinus Serif, Georgia, Liberation Serif, serif"


def figure(height: float, parts: list[str], hatch: str) -> str:
    """The SVG document of ``parts``, with hatching of the id ``hatch`` to fill with, which no other figure has."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" font-family="{FONT}" font-size="17">'
        f'<defs><pattern id="{hatch}" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<rect width="7" height="7" fill="#e3edf4"/>'
        f'<path d="M-1 8L8 -1M-1 1L1 -1M6 8L8 6" stroke="{DEEP}" stroke-width="1.1"/></pattern></defs>'
        f"{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "#1b2733", bold: bool = False) -> str:
    """Words at a place; a halo keeps them readable on what is below."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" stroke="#fff" stroke-width="4" '
        f'stroke-linejoin="round" paint-order="stroke"{weight}>{escape(words)}</text>'
    )
