"""The questions and where each choice leads: `portal/data/which.json`, walked with the answers of an address.

A choice says what it means for the dossier: `sets` are answers of the dossier (of the project before a change), `after`
what differs once it is changed, `said` what the investor says besides. A question that leaves only one choice open is
not asked. Nothing here knows a number of days, a paper or an authority.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from portal.which import choosing
from portal.which.given import Given

DATA: Final = Path(__file__).parent.parent / "data" / "which.json"
FIRST: Final = "want"
MOST: Final = 6
"""No path asks more questions than this."""


@dataclass(frozen=True)
class Choice:
    """One possible answer. Without `next` the question after it is the question's own; without any, the end."""

    code: str
    vi: str
    en: str
    next: str = ""
    kind: str = ""
    note: str = ""
    sets: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    only_if: tuple[str, ...] = ()

    def text(self, language: str, on: date) -> str:
        """The words, with the figures of the law of that day in their holes."""
        words = self.vi if language == "vi" else self.en
        return words % choosing.figures(on) if "%(" in words else words


@dataclass(frozen=True)
class Question:
    """A page of the questionnaire."""

    code: str
    vi: str
    en: str
    help_vi: str = ""
    help_en: str = ""
    next: str = ""
    lists_cases: bool = False
    choices_from: str = ""
    choices: tuple[Choice, ...] = ()

    def text(self, language: str) -> str:
        """The question in the reader's language."""
        return self.vi if language == "vi" else self.en

    def help(self, language: str) -> str:
        """What helps to answer it."""
        return self.help_vi if language == "vi" else self.help_en

    def open_choices(self, given: Given, on: date) -> list[Choice]:
        """The choices that what was answered so far leaves open under the law of a day."""
        offered = [Choice(**row) for row in choosing.SOURCES[self.choices_from](on)] if self.choices_from else []
        return [
            choice
            for choice in (*self.choices, *offered)
            if all(choosing.holds(condition, given, on) for condition in choice.only_if)
        ]


@dataclass(frozen=True)
class Step:
    """A question that was answered, and how."""

    question: Question
    choice: Choice


@dataclass(frozen=True)
class Walk:
    """How far the answers lead: the steps, and the question that comes next; None at the end.

    `wrong`: the next question was answered with something that is not open.
    """

    steps: tuple[Step, ...]
    given: Given
    question: Question | None
    wrong: bool = False

    @property
    def answers(self) -> dict[str, str]:
        """The answers that count, by question."""
        return {step.question.code: step.choice.code for step in self.steps}


@cache
def questions() -> dict[str, Question]:
    """Every question by its code."""
    rows = json.loads(DATA.read_text())
    return {row["code"]: _question(row) for row in rows}


def _question(row: dict[str, Any]) -> Question:
    choices = (Choice(**choice | {"only_if": tuple(choice.get("only_if", ()))}) for choice in row.get("choices", ()))
    return Question(**row | {"choices": tuple(choices)})


def walk(answers: Mapping[str, str], on: date, *, stop_at: str = "") -> Walk:
    """Follow the answers from the first question; `stop_at` asks that one again, answered or not."""
    steps: list[Step] = []
    given, code = Given(), FIRST
    while code:
        question = questions()[code]
        choices = question.open_choices(given, on)
        if len(choices) > 1:
            choice = next((one for one in choices if one.code == answers.get(code)), None)
            if choice is None or code == stop_at:
                return Walk(tuple(steps), given, question, wrong=choice is None and bool(answers.get(code)))
            steps.append(Step(question, choice))
        else:
            choice = choices[0]
        given = given.with_choice(choice)
        code = choice.next or question.next
    return Walk(tuple(steps), given, None)
