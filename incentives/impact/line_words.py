"""Which line of the list a project's own words name: an indication for totals, never a finding about a project."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from accounts.folding import fold
from incentives.products import SupportedProduct

CUT: Final = re.compile(r"[,;()]| - | – |\band\b|\bva\b|\bof all kinds\b|\bcac loai\b|\bincl\b")
WORD: Final = re.compile(r"\w+")
LONGEST: Final = 6
"""Words in a row that are looked up together."""
SHORTEST: Final = 6
"""Letters that a single word needs to name a product by itself."""
SHORT: Final = frozenset({"tyre"})
TOO_WIDE: Final = frozenset({
    "electronic", "electrical", "plastic", "rubber", "sensor", "mechatronic", "cooler", "filter", "piston", "bearing",
    "bushe", "thermostat", "steering", "gauge", "injection", "starter", "ignition", "connector", "controller",
    "chassi", "cylinder", "exhaust", "clutch", "gearbox", "system", "component", "microprocessor", "computer",
    "audiovisual", "peripheral", "transformer", "milling", "turning", "drill", "stamping", "casting", "auxiliarie",
    "button", "chemical", "elastic", "engine", "engineering", "finishing", "fixture", "knitted", "knitting", "laptop",
    "lighting", "machining", "manufacturing", "precision", "shipbuilding", "signalling", "synthetic", "technical",
    "home electronic", "vehicle electric", "solar cell", "cao su", "dien tu", "linh kien", "hoa chat", "gia dung",
    "may tinh", "dong co", "dong tau", "nghe nhin", "ngoai vi", "tin hieu", "khoi dong", "nguon dien", "pin mat troi",
    "dong ho", "may nong nghiep", "may han", "do chinh xac cao", "chiu mai mon", "may dong luc",
})  # fmt: skip
"""Words of the list that many projects use of something else."""


class LineWords:
    """The phrases of the list, looked up by words in a row; built once for all projects."""

    def __init__(self, lines: Iterable[SupportedProduct]) -> None:
        self._lines: dict[str, str] = {}
        for line in lines:
            for name in (line.name_vi, line.name_en):
                for phrase in _phrases(name):
                    self._lines.setdefault(phrase, line.code)

    def line_of(self, text: str) -> str:
        """The code of the line that the longest phrase in the text names; empty if none does."""
        words = _words(text)
        for length in range(min(LONGEST, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if code := self._lines.get(" ".join(words[start : start + length])):
                    return code
        return ""


def _phrases(name: str) -> Iterable[str]:
    for part in CUT.split(fold(name)):
        words = _words(part)
        phrase = " ".join(words)
        if phrase not in TOO_WIDE and (len(words) > 1 or len(phrase) >= SHORTEST or phrase in SHORT):
            yield phrase


def _words(text: str) -> list[str]:
    """Words without accents; the plural s of longer words is dropped on both sides."""
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in WORD.findall(fold(text))]
