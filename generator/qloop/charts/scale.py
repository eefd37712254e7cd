"""Axes: round ticks, numbers as text, how wide a text is, which labels fit."""

import math
import re
import unicodedata
from collections.abc import Sequence

TEXT_SIZE = 14.0  # units of the drawing; the page shows between 0.8 and 1.25 px for each
PIECES = re.compile(
    r"[!-~\u00a1-\u024f]+?[-/]|[!-~\u00a1-\u024f]+|.\s*", re.DOTALL
)  # where a label may break


def ticks(top: float, whole: bool = False, wanted: int = 4) -> tuple[float, ...]:
    """Round values from 0 to at least `top`, 1, 2 or 5 times a power of ten apart; integers when `whole`."""
    if top <= 0:
        return (0.0, 1.0)
    rough = top / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    step = max(step, 1.0) if whole else step
    return tuple(round(step * count, 10) for count in range(math.ceil(top / step - 1e-9) + 1))


def number(value: float) -> str:
    """A number as a reader writes it: 1,840 · 2.5 · 0.04."""
    text = f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
    return text if text != "-0" else "0"


def text_width(text: str) -> float:
    """The width of a text in units of the drawing: Chinese characters are square, others 0.56 of that."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return TEXT_SIZE * (wide + 0.56 * (len(text) - wide))


def thinned(labels: Sequence[str], step: float) -> tuple[int, ...]:
    """The places of the labels that can be written at `step` units from each other without touching."""
    widest = max((text_width(label) for label in labels), default=0.0) + TEXT_SIZE / 2
    every = max(1, math.ceil(widest / step))
    return tuple(range(0, len(labels), every))


def wrapped(label: str, width: float, rows: int = 3) -> tuple[str, ...]:
    """A label cut into at most `rows` lines, between Chinese characters and after a space or hyphen.

    What is left over becomes "…"; a single word wider than `width` stays whole.
    """
    lines = [""]
    for piece in PIECES.findall(label):
        if lines[-1] and text_width((lines[-1] + piece).strip()) > width:
            lines.append("")
        lines[-1] += piece
    if len(lines) > rows:
        lines = [*lines[: rows - 1], lines[rows - 1][:-1] + "…"]
    return tuple(line.strip() for line in lines)
