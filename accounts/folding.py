"""Search that does not mind accents or case: "dinh vu" finds "Đình Vũ", however the marks were typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# The letter đ has no decomposition in Unicode, so it is mapped by hand.
_WITHOUT_STROKE: Final = str.maketrans({"đ": "d"})
# What a company is, as opposed to what it is called; folded, longest first.
_LEGAL_FORMS: Final = re.compile(
    r"\b(?:cong ty trach nhiem huu han|cong ty tnhh|cong ty co phan|cong ty cp|cong ty|mot thanh vien|mtv|tnhh"
    r"|joint stock company|limited liability company|company limited|co ltd|corporation|company|limited"
    r"|jsc|llc|ltd|inc|corp|co)\b"
)


def fold(text: str) -> str:
    """The text lower-case, without marks, đ as d, with single spaces; composed and decomposed input fold alike."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_WITHOUT_STROKE)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def company_key(name: str) -> str:
    """What two spellings of one company's name have in common: no marks, no punctuation, no legal form."""
    words = re.sub(r"[^\w\s]", " ", fold(name)).replace("viet nam", "vietnam")
    return " ".join(_LEGAL_FORMS.sub(" ", " ".join(words.split())).split())
