"""`manage.py check` names every verb whose letter was forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.template import Engine, TemplateDoesNotExist

from cases.transitions import VERBS
from notifications.letters import LETTERS

PARTS: Final = ("subject.txt", "body.txt", "body.html")


def register_checks() -> None:
    """Register the check of this module (called once, from `ready`)."""
    register(every_verb_has_its_letter)


def every_verb_has_its_letter(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """One error for each verb without a line in the table, and for each template that is missing."""
    del app_configs
    told = {letter.verb for letter in LETTERS}
    problems: list[CheckMessage] = [
        Error(f"The verb “{verb}” has no line in notifications.letters.LETTERS.", id="notifications.E001")
        for verb in VERBS
        if verb not in told
    ]
    for verb in sorted(told | set(VERBS)):
        problems += [
            Error(f"The template emails/{verb}/{part} is missing.", id="notifications.E002")
            for part in PARTS
            if not _exists(f"emails/{verb}/{part}")
        ]
    return problems


def _exists(name: str) -> bool:
    try:
        Engine.get_default().find_template(name)
    except TemplateDoesNotExist:
        return False
    return True
