"""Papers for the demo: small real PDFs that say what they stand for."""

from __future__ import annotations

import unicodedata


def demo_pdf(title: str, lines: list[str]) -> bytes:
    """A one-page PDF with a title and lines, in Helvetica (accents are dropped: the built-in font has none)."""
    words = [f"BT /F1 16 Tf 60 770 Td ({_ascii(title)}) Tj ET"]
    words += [f"BT /F1 11 Tf 60 {735 - 18 * row} Td ({_ascii(line)}) Tj ET" for row, line in enumerate(lines)]
    words.append("BT /F1 9 Tf 60 60 Td (DEMO - no legal value) Tj ET")
    stream = "\n".join(words)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("ascii")


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return plain.replace("\\", "/").replace("(", "[").replace(")", "]")
