"""Which line of the list a product is: by code, by name, or by words in either language, without accents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final

from accounts.folding import fold
from incentives.products import SupportedProduct

NEAREST: Final = 3
LONGEST: Final = 400
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """What was typed and what it leads to: one line; or several to choose from; or none, and the nearest three."""

    text: str
    product: SupportedProduct | None = None
    matches: tuple[SupportedProduct, ...] = ()
    nearest: tuple[SupportedProduct, ...] = ()

    @property
    def unlisted(self) -> bool:
        """Whether something was named that is no line of the list."""
        return bool(self.text) and self.product is None and not self.matches


def words(text: str) -> tuple[str, ...]:
    """The words of a text without accents, case and punctuation."""
    return tuple(_WORD.findall(fold(text)))


def find(text: str, products: Iterable[SupportedProduct], on: date) -> Found:
    """The line meant by a code, a name or some words, among the lines in force that day.

    A code of a line that is no longer (or not yet) in force is found too, so that its dates can be told.
    """
    text = text.strip()[:LONGEST]
    typed = words(text)
    if not typed:
        return Found("")
    known = list(products)
    listed = [one for one in known if in_force(one, on)]
    exact = [one for one in listed if typed in _names(one)] or [one for one in known if typed == words(one.code)]
    if exact:
        return Found(text, product=exact[-1])
    matches = tuple(one for one in listed if _holds(one, typed))
    if len(matches) == 1:
        return Found(text, product=matches[0])
    return Found(text, matches=matches, nearest=() if matches else nearest(typed, listed))


def in_force(product: SupportedProduct, on: date) -> bool:
    """Whether the line was on the list that day."""
    return product.valid_from <= on and (product.valid_to is None or on <= product.valid_to)


def nearest(typed: Sequence[str], listed: Sequence[SupportedProduct]) -> tuple[SupportedProduct, ...]:
    """The three lines that share most with the words: rare words count more, then pieces of words."""
    spoken = {one.code: set(_spoken(one)) for one in listed}
    often = Counter(word for own in spoken.values() for word in own)
    pieces = _pieces(typed)

    def likeness(product: SupportedProduct) -> tuple[float, float]:
        own = spoken[product.code]
        shared = sum(log(1 + len(listed) / often[word]) for word in set(typed) & own)
        theirs = _pieces(tuple(own))
        return shared, len(pieces & theirs) / (len(pieces | theirs) or 1)

    return tuple(sorted(listed, key=likeness, reverse=True)[:NEAREST])


def _names(product: SupportedProduct) -> tuple[tuple[str, ...], ...]:
    return words(product.code), words(product.name_vi), words(product.name_en)


def _spoken(product: SupportedProduct) -> tuple[str, ...]:
    return tuple(word for name in _names(product) for word in name)


def _holds(product: SupportedProduct, typed: Sequence[str]) -> bool:
    """Every typed word begins a word of the line."""
    own = _spoken(product)
    return all(any(word.startswith(start) for word in own) for start in typed)


def _pieces(texts: Sequence[str]) -> set[str]:
    """Three letters in a row, of every word."""
    return {padded[at : at + 3] for text in texts for padded in (f" {text} ",) for at in range(len(padded) - 2)}
