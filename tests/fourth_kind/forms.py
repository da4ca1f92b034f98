"""The petition's one section."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from cases.drafting import may_change
from tests.fourth_kind.models import Petition


class PetitionForm(forms.ModelForm[Petition]):
    """Subject, amount and place."""

    class Meta:
        model = Petition
        fields = ["subject", "amount", "in_zone"]

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Any, open_paths: frozenset[str] | None = None
    ) -> None:
        super().__init__(data, instance=dossier)
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, name)

    @property
    def error_list(self) -> list[tuple[str, str]]:
        return [(f"id_{name}", str(error)) for name, errors in self.errors.items() for error in errors]
