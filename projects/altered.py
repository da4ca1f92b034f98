"""Which field of an event was altered: the one that, put back, explains the hash again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from projects.capital import CENTS, CURRENCIES, PARTS, WHOLE_DONG
from projects.chain_form import encode
from projects.register import CapitalEvent, Project

MARK: Final = "\x00"  # stands for the value that is being looked for; no database text can hold it
SHORT: Final = 80  # longer texts are notes: not figures, and far too many variants
DIGITS: Final = "0123456789"  # of figures and moments
LETTERS: Final = f"{DIGITS}abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-./:_ "
FIRST_DAY, LAST_DAY = date(1986, 1, 1), date(2086, 1, 1)  # Viet Nam licenses foreign capital since 1988
ELSEWHERE: Final = {"project", "seq", "prev_hash"}  # these are compared with the events around, not guessed
DAYS: Final = ("effective_on", "rate_on")
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "kind": tuple(CapitalEvent.Kind.values),
    "effective_precision": tuple(Project.Precision.values),
}


def altered_field(content: dict[str, Any], expected: str) -> str:
    """The field whose alteration explains the broken hash; "hash" when no such field is found.

    Tried are: every other choice of a kind, every day of a century, yes for no, the amount that total and parts leave,
    no value at all, and every value one character away. So a changed digit is named whatever else it says, and of an
    amount whose total and parts are known, any change.
    """
    for name in sorted(content, key=DAYS.__contains__):  # a century of days takes longest, so it comes last
        if name not in ELSEWHERE and _explains(content, name, expected):
            return name
    return "hash"


def _explains(content: dict[str, Any], name: str, expected: str) -> bool:
    """Whether some other value of the field gives the hash; all but the field is encoded once."""
    before, after = encode(content | {name: MARK}).split(encode(MARK))
    start, end = hashlib.sha256(before.encode()), after.encode()
    for candidate in _candidates(content, name):
        tried = start.copy()
        tried.update(encode(candidate).encode() + end)
        if tried.hexdigest() == expected:
            return True
    return False


def _candidates(content: dict[str, Any], name: str) -> Iterator[Any]:
    """What the field may have said before."""
    value = content[name]
    if name in CHOICES:
        yield from CHOICES[name]
    elif isinstance(value, bool):
        yield not value
    elif name in DAYS:
        yield None
        yield from ((FIRST_DAY + timedelta(days=day)).isoformat() for day in range((LAST_DAY - FIRST_DAY).days))
    else:
        yield from _emptied(name)
        yield from _reckoned(content, name)
        yield from _one_character_away(value)


def _emptied(name: str) -> Iterator[Any]:
    """No value, as the field writes it."""
    if name in ("actor", "rate", *WHOLE_DONG, *CENTS):
        yield None
    elif name in ("certificate_number", "note", "source_url"):
        yield ""


def _reckoned(content: dict[str, Any], name: str) -> Iterator[str]:
    """The amount that the other three of its currency leave."""
    part, _, currency = name.rpartition("_")
    if currency not in CURRENCIES or part not in (*PARTS, "total"):
        return
    others = [content[f"{other}_{currency}"] for other in (*PARTS, "total") if other != part]
    if None in others:
        return
    *parts, last = (Decimal(other) for other in others)
    left = sum(parts, last) if part == "total" else last - sum(parts, Decimal(0))
    yield f"{left:.{0 if name in WHOLE_DONG else 2}f}"


def _one_character_away(value: Any) -> Iterator[Any]:
    """Every value in which one character is another one, one more or one less."""
    text = str(value)
    if value is None or len(text) > SHORT:
        return
    number = isinstance(value, int)
    figure = text.lstrip("-").replace(".", "", 1).isdigit()
    letters = DIGITS if figure or text.endswith("Z") else LETTERS
    for index in range(len(text) + 1):
        for other in letters:
            yield from _as(number, text[:index] + other + text[index + 1 :])
            yield from _as(number, text[:index] + other + text[index:])
        yield from _as(number, text[:index] + text[index + 1 :])
    if figure:
        yield from _as(number, text[1:] if text[:1] == "-" else f"-{text}")


def _as(number: bool, text: str) -> Iterator[Any]:
    """A text as the field writes it: a number where it was one."""
    if not number:
        yield text
    elif text.lstrip("-").isdigit():
        yield int(text)
