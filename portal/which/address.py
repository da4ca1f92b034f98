"""An address of the questionnaire: answers by question, the day of the law, and the links that keep them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from cases.calendar import local_date
from portal.which.tree import Walk, questions, walk

ON = "on"
AT = "at"
ASKED = "asked"


@dataclass(frozen=True)
class Asked:
    """What an address asks: the answers as typed, the day of the law, the question to show again, the one submitted."""

    answers: Mapping[str, str]
    on: date
    dated: bool
    wrong_day: bool
    at: str
    asked: str

    def walk(self) -> Walk:
        """Follow the answers."""
        return walk(self.answers, self.on, stop_at=self.at)

    def url(self, answers: Mapping[str, str], *, at: str = "") -> str:
        """The address with these answers, of the same day."""
        query = {**answers, **({ON: self.on.isoformat()} if self.dated else {}), **({AT: at} if at else {})}
        path = reverse("which-procedure")
        return f"{path}?{urlencode(query)}" if query else path


def read(data: Mapping[str, str]) -> Asked:
    """Read an address; a day that cannot be read counts as today, and is said."""
    typed = data.get(ON, "").strip()
    day = _day(typed)
    at = data.get(AT, "")
    return Asked(
        answers={code: data[code] for code in questions() if data.get(code)},
        on=day or local_date(), dated=day is not None, wrong_day=bool(typed) and day is None,
        at=at if at in questions() else "", asked=data.get(ASKED, ""),
    )  # fmt: skip


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
