"""Search that does not mind accents or case: "dinh vu" finds "Đình Vũ", however the marks were typed."""

from __future__ import annotations

import unicodedata

# The letter đ has no decomposition in Unicode, so it is mapped by hand.
_WITHOUT_STROKE = str.maketrans({"đ": "d"})


def fold(text: str) -> str:
    """The text lower-case, without marks, đ as d, with single spaces; composed and decomposed input fold alike."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_WITHOUT_STROKE)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).split())
