"""What a paper of the library is: which paper, which file, until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from cases.library import known_papers

ACCEPT = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"


class LibraryForm(forms.Form):
    """A paper to keep; the file is examined when it is kept."""

    paper = forms.ChoiceField(label=_("Which paper it is"))
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=None,
        allow_empty_file=True,
        help_text=_("PDF, JPG, PNG, XLSX or DOCX, at most 50 MB."),
    )
    title = forms.CharField(
        label=_("In your words (optional)"),
        required=False,
        max_length=200,
        help_text=_("How your colleagues will know it, for example “Audited accounts of 2025”."),
    )
    valid_until = forms.DateField(
        label=_("Valid until (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day it is shown as expired and no longer attached."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a paper")), *known_papers().items()]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]

    def clean_valid_until(self) -> date | None:
        """A paper that has expired already helps nobody."""
        until: date | None = self.cleaned_data.get("valid_until")
        if until and until < local_date():
            raise forms.ValidationError(_("This day has passed."))
        return until
