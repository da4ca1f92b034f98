"""The typeface as the web wants it, made from the installed one: compressed, and with figures of one width.

Be Vietnam Pro draws Vietnamese marks well but has no tabular figures (its 1 is little more than half as wide as its
0), so columns of money would not line up. The second set made here holds the ten digits only, each centred on one
width; `unicode-range` in tokens.css mixes it in where figures stand under one another.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

DIGITS = range(ord("0"), ord("9") + 1)
GAP = 50  # thousandths of an em between two of the widest figures; the face's own spacing would look letterspaced


def text_face(source: Path, target: Path) -> Path:
    """Write the whole face as WOFF2 (a third of the size of the installed file)."""
    return _save(TTFont(source), target)


def figures_face(source: Path, target: Path) -> Path:
    """Write the ten digits of the face as WOFF2, all of one width."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = []
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=DIGITS)
    subsetter.subset(font)
    metrics, outlines = font["hmtx"], font["glyf"]
    drawings = [(digit, outlines[digit]) for digit in font.getBestCmap().values()]
    width = max(drawing.xMax - drawing.xMin for _digit, drawing in drawings) + GAP
    for digit, drawing in drawings:
        bearing = (width - (drawing.xMax - drawing.xMin)) // 2
        drawing.coordinates.translate((bearing - drawing.xMin, 0))
        drawing.recalcBounds(outlines)
        metrics[digit] = (width, bearing)
    return _save(font, target)


def _save(font: TTFont, target: Path) -> Path:
    """Write beside the target and move into place, so that two processes may do it at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = "woff2"
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        font.save(part)
    Path(name).chmod(0o644)
    Path(name).replace(target)
    return target
