"""`manage.py check` names every verb, and every act in the life of a project, whose letter was forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.template import Engine, TemplateDoesNotExist

from cases.chasing import CHAINS
from cases.news import ACTS, GRANTS
from cases.transitions import VERBS
from notifications.letters import CHASER, GRANT, LETTERS, LIFE, LIFE_LETTERS, PETITION_ADOPTED

PARTS: Final = ("subject.txt", "body.txt", "body.html")


def register_checks() -> None:
    """Register the check of this module (called once, from `ready`)."""
    register(every_verb_has_its_letter)


def every_verb_has_its_letter(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """One error for each verb or act without a line in its table, and for each template that is missing."""
    del app_configs
    told = {letter.verb for letter in LETTERS}
    told_of_life = {letter.verb for letter in LIFE_LETTERS}
    acts = {f"{LIFE}{act}" for act in ACTS}
    grants = {f"{GRANT}{kind}" for kind in GRANTS}
    chasers = {f"{CHASER}{chain}" for chain in CHAINS}
    problems: list[CheckMessage] = [
        Error(f"The verb “{verb}” has no line in notifications.letters.LETTERS.", id="notifications.E001")
        for verb in VERBS
        if verb not in told
    ]
    problems += [
        Error(f"The act “{act}” has no line in notifications.letters.LIFE_LETTERS.", id="notifications.E001")
        for act in sorted(acts - told_of_life)
    ]
    problems += [
        Error(f"The template emails/{folder}/{part} is missing.", id="notifications.E002")
        for folder in sorted(told | set(VERBS) | told_of_life | acts | {PETITION_ADOPTED} | grants | chasers)
        for part in PARTS
        if not _exists(f"emails/{folder}/{part}")
    ]
    return problems


def _exists(name: str) -> bool:
    try:
        Engine.get_default().find_template(name)
    except TemplateDoesNotExist:
        return False
    return True
