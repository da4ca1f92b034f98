"""The two days one may ask about: when something was in force, and when it was known here."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
UNREADABLE: Final = _("This is not a date: write it as 2021-03-31 or 31/03/2021.")


def _day_field(label: Any) -> forms.DateField:
    box = forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"})
    return forms.DateField(
        label=label, required=False, input_formats=FORMATS, widget=box, error_messages={"invalid": UNREADABLE}
    )


class AsOfForm(forms.Form):
    """Both days typed, both may stay empty: in force today, as is known now."""

    as_of = _day_field(_("In force on"))
    known_at = _day_field(_("As known at the end of"))

    @property
    def day(self) -> date | None:
        """The day asked about."""
        found: date | None = self.cleaned_data.get("as_of")
        return found

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge is asked for."""
        found: date | None = self.cleaned_data.get("known_at")
        return found


class DayForm(forms.Form):
    """One day, for totals."""

    as_of = _day_field(_("As of"))
