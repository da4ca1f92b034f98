"""Reading papers back: their text, their fonts, their pages as images."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import zxingcpp
from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """The text as a screen reader meets it, with runs of white space as one space."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font of the file: name, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            for descendant in font.get_object()["/DescendantFonts"]:
                descriptor = descendant.get_object()["/FontDescriptor"].get_object()
                found[str(descriptor["/FontName"])] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found


def codes_of(pdf: bytes) -> list[str]:
    """What the QR codes on the printed pages say, read from an image of each page."""
    images = [page.render(scale=2).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [
        code.text for image in images for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    ]
