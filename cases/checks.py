"""`manage.py check` names whatever a kind of dossier forgot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from cases.kinds import KINDS
from cases.models import Dossier

REQUIRED = (
    "title", "amount_usd", "procedure_code", "authority_code", "findings", "sheet", "as_data", "grant",
    "certificate_content", "take_effect",
)  # fmt: skip


def register_checks() -> None:
    """Register the checks of this module (called once, from `ready`)."""
    register(kinds_are_whole)


def dossier_models() -> list[type[Dossier]]:
    """Every concrete dossier of the project."""
    return [model for model in apps.get_models() if issubclass(model, Dossier)]


def kinds_are_whole(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """One error for each thing a dossier model or its kind lacks."""
    del app_configs
    problems: list[CheckMessage] = []
    for model in dossier_models():
        slug = model._meta.get_field("case").remote_field.get_accessor_name() or ""
        if slug not in KINDS:
            problems.append(Error(f"{model.__name__} has no Kind: register one in {model._meta.app_label}/kind.py."))
            continue
        problems += [
            Error(f"{model.__name__} does not say {name}().", obj=model)
            for name in REQUIRED
            if getattr(model, name) is getattr(Dossier, name)
        ]
        kind = KINDS[slug]
        if not kind.sections:
            problems.append(Error(f"{model.__name__} has no sections to fill in.", obj=model))
        if not kind.procedures:
            problems.append(Error(f"{model.__name__} names no procedure.", obj=model))
    return problems
