"""What the public check asks: a number, or a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from certificates.verifying import MAX_BYTES


class NumberForm(forms.Form):
    """The number printed on the certificate."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        help_text=_("Printed at the top left, for example HP-2026-000123."),
        error_messages={"required": _("Enter the number of the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """Numbers are written in capitals, without spaces."""
        return "".join(str(self.cleaned_data["number"]).split()).upper()


class FileForm(forms.Form):
    """The signed PDF itself."""

    file = forms.FileField(
        label=_("PDF of the certificate"),
        help_text=_("The file as you received it, up to 10 MB. It is checked and not kept."),
        error_messages={"required": _("Choose the PDF of the certificate."), "empty": _("The file is empty.")},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> Any:
        """No certificate is larger than the limit."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_now("The file is larger than 10 MB: no certificate is that large."))
        return file
