"""What is asked: months and a procedure, in the address of the page and of the interface for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.procedures import ProcedureVersion
from cases.service.figures import UNSETTLED
from cases.service.months import Month, between

USUAL: Final = 12
REACH: Final = 36
"""Months that may be asked for, counted back from this one."""


class MonthsForm(forms.Form):
    """`from` and `to` (as 2026-11, the last twelve months if left out) and `procedure` (all if left out)."""

    procedure = forms.ChoiceField(label=_("Procedure"), required=False)

    def __init__(self, data: Mapping[str, Any], *, procedures: Mapping[str, ProcedureVersion], today: Month) -> None:
        self.today = today
        asked = {name: data[name] for name in ("from", "to", "procedure") if data.get(name)}
        super().__init__({"from": str(today.after(1 - USUAL)), "to": str(today), "procedure": "", **asked})
        months = [
            (str(month), date_format(month.first_day, "YEAR_MONTH_FORMAT"))
            for month in reversed(list(between(today.after(1 - REACH), today)))
        ]
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=months,
                error_messages={"invalid_choice": _("Please choose one of the last 36 months, for example 2026-11.")},
            )  # fmt: skip
        self.fields["procedure"].choices = named(procedures)  # type: ignore[attr-defined]
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """The first month may not come after the last."""
        said: dict[str, Any] = super().clean() or {}
        if "from" in said and "to" in said and said["from"] > said["to"]:
            self.add_error("to", _now("The last month comes before the first."))
        return said

    @property
    def months(self) -> list[Month]:
        """The months asked for, newest first. Only after `is_valid`."""
        first, last = (Month.parse(self.cleaned_data[name]) for name in ("from", "to"))
        return sorted(between(first, last), reverse=True) if first and last else []

    @property
    def chosen(self) -> str:
        """The procedure asked for: its code, ALL or UNSETTLED."""
        code: str = self.cleaned_data["procedure"]
        return code


def named(procedures: Mapping[str, ProcedureVersion]) -> list[tuple[str, str]]:
    """Every procedure with its name in the reader's language, all together first."""
    language = get_language() or "vi"
    own = sorted(((code, row.name(language)) for code, row in procedures.items()), key=lambda pair: pair[1])
    return [("", _now("All procedures")), *own, (UNSETTLED, _now("Not accepted: procedure not settled"))]
