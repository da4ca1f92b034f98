"""Official papers as PDF: Typst templates in `certificates/typst`, filled with data that is always text, never code.

The same data gives the same bytes: the clock of the PDF is the data's own `at`, fonts come from pinned wheels, system
fonts are ignored. Whatever Typst only warns about (an unknown font, for example) is an error here.
"""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import segno
import typst

Template = Literal["certificate", "slip"]

TEMPLATES: Final = Path(__file__).resolve().parent / "typst"
# Official papers are set in a face with serifs (Decree 30/2020/ND-CP); the others draw what it lacks: signs, Korean,
# Japanese and Chinese.
FAMILIES: Final = ("Noto Serif", "Noto Sans", "Noto Sans CJK KR")
FONT_PACKAGES: Final = ("fontpkg_noto_serif", "fontpkg_noto_sans", "manimgx_fonts_cjk")
# Archivable, with the structure a screen reader needs, and checked by Typst against both standards.
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]

UNDRAWABLE: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
BOX: Final = "□"
MAX_ATTEMPTS: Final = 5

_of_this_thread = threading.local()


class RenderError(Exception):
    """The paper cannot be made from this data; the message says why, in the words of the typesetter.

    `undrawable` are the pieces of text that no font can draw, if that is why.
    """

    def __init__(self, message: str, undrawable: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.undrawable = undrawable


def render(template: Template, data: Mapping[str, Any]) -> bytes:
    """The paper as PDF/A-2a. `data["at"]` (ISO, with offset) is the moment written into the file.

    Raises RenderError, also for a mere warning: nothing may vanish from an official paper.
    """
    moment = datetime.fromisoformat(data["at"]).replace(microsecond=0)
    words = json.dumps(printable(dict(data) | {"fonts": FAMILIES}), ensure_ascii=False, sort_keys=True)
    try:
        pdf, warnings = _compiler(template).compile_with_warnings(
            format="pdf", sys_inputs={"data": words}, pdf_standards=STANDARDS, timestamp=moment
        )
    except typst.TypstError as error:
        raise RenderError(error.message, frozenset(UNDRAWABLE.findall(error.diagnostic))) from error
    if warnings:
        raise RenderError("; ".join(warning.message for warning in warnings))
    if not isinstance(pdf, bytes):
        raise RenderError("The typesetter gave no file.")
    return pdf


def render_whatever(template: Template, data: Mapping[str, Any]) -> bytes:
    """Like `render`, but what no font can draw is printed as □. For slips: they go out whatever people typed."""
    for _attempt in range(MAX_ATTEMPTS):
        try:
            return render(template, data)
        except RenderError as error:
            if not error.undrawable:
                raise
            data = _boxed(data, error.undrawable)
    return render(template, data)


def printable(value: Any) -> Any:
    """The same data with composed letters (NFC) and without control and invisible direction characters."""
    if isinstance(value, str):
        if value.isprintable() and unicodedata.is_normalized("NFC", value):
            return value
        return "".join(letter for letter in unicodedata.normalize("NFC", value) if _visible(letter))
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value


def qr_svg(content: str) -> str:
    """A QR code as SVG with its quiet zone, error correction M.

    The mask is fixed: trying all eight takes five times as long, and the text of a seal is as good as random anyway.
    """
    drawing = BytesIO()
    segno.make(content, error="m", micro=False, mask=3).save(drawing, kind="svg", border=2, xmldecl=False, nl=False)
    return drawing.getvalue().decode()


def _boxed(value: Any, undrawable: frozenset[str]) -> Any:
    """The same data with boxes where nothing can be drawn."""
    if isinstance(value, str):
        for piece in undrawable:
            value = value.replace(piece, BOX)
        return value
    if isinstance(value, Mapping):
        return {key: _boxed(item, undrawable) for key, item in value.items()}
    return [_boxed(item, undrawable) for item in value] if isinstance(value, (list, tuple)) else value


def _visible(letter: str) -> bool:
    return letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the wheels, read once per process."""
    folders = [str(files(package)) for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compiler(template: Template) -> typst.Compiler:
    """This thread's compiler: `typst.Compiler` must not be shared between threads."""
    compilers: dict[str, typst.Compiler] = _of_this_thread.__dict__.setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = typst.Compiler(
            str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True
        )
    return compilers[template]
