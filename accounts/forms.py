"""What people type about themselves, their organisation and those who work for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import filetype
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.folding import company_key
from accounts.models import Membership, Organisation, User, language_choices
from accounts.people import Authority, masked
from accounts.tax_code import normalise_tax_code

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[User]
    CompanyForm = forms.ModelForm[Organisation]
else:  # Django's own forms take no type arguments when they run
    PersonForm = CompanyForm = forms.ModelForm


class PdfField(forms.FileField):
    """An uploaded PDF of at most `settings.UPLOAD_MAX_BYTES`; what it is, is read from the file, not from its name."""

    widget = forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is too big, empty or no PDF, in words that say so."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
                raise forms.ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit})
            start = file.read(261)
            file.seek(0)
            if filetype.guess_mime(start) != "application/pdf":
                raise forms.ValidationError(_("The file is not a PDF."))
        return file


class SettingsForm(PersonForm):
    """Name, position and language of the person."""

    class Meta:
        model = User
        fields = ("full_name", "job_title", "language")
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }


class OrganisationForm(CompanyForm):
    """A company's particulars. Finds the company that is registered already: by tax code, then by name."""

    another = forms.BooleanField(
        label=_("None of these: it is another company"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Organisation
        fields = (
            "origin",
            "country",
            "name",
            "short_name",
            "tax_code",
            "registration_number",
            "address",
            "phone",
            "email",
            "website",
            "representative_name",
            "representative_title",
        )
        widgets = {
            "origin": forms.RadioSelect,
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "tax_code": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "name": _("In full, as on the certificate of registration."),
            "short_name": _("Shown in lists; may stay empty."),
            "country": _("A Vietnamese organisation may leave this as it is."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.similar: list[Organisation] = []
        self.fields["country"].required = False
        origin = self.fields["origin"]
        if isinstance(origin, forms.TypedChoiceField):
            origin.choices = Organisation.Origin.choices

    def clean(self) -> dict[str, Any]:
        """Stop before a second record of the same company is made."""
        data = super().clean() or self.cleaned_data
        others = Organisation.objects.exclude(pk=self.instance.pk)
        code = normalise_tax_code(data.get("tax_code") or "")
        same = others.filter(tax_code=code).first() if code else None
        if same:
            self.add_error("tax_code", self._already_there(same))
        elif not self.instance.pk and not data.get("another"):
            self._ask_about_similar(company_key(data.get("name") or ""))
        return data

    def _ask_about_similar(self, key: str) -> None:
        self.similar = list(Organisation.objects.filter(name_key=key)[:5]) if key else []
        if self.similar:
            self.fields["another"].widget = forms.CheckboxInput()
            self.add_error("another", _("A company with this name is registered already. Is it this one?"))

    def _already_there(self, organisation: Organisation) -> str:
        owner = Membership.objects.filter(organisation=organisation).an_owner()
        if owner is None:
            return str(_("An organisation with this tax code is registered already."))
        return _("This company is registered already. Its Owner (%(address)s) can invite you.") % {
            "address": masked(owner.user.email)
        }


class AuthorityForm(forms.Form):
    """An authority letter and its last day."""

    authority_until = forms.DateField(
        label=_("Authority ends on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    authority_letter = PdfField(label=_("Authority letter"), help_text=_("PDF, at most 50 MB."))

    def clean_authority_until(self) -> Any:
        """A letter that has ended gives no authority."""
        until = self.cleaned_data.get("authority_until")
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return until

    def authority(self) -> Authority:
        """What was typed, for `accounts.people`."""
        return Authority(self.cleaned_data["authority_until"], self.cleaned_data["authority_letter"])


class InvitationForm(AuthorityForm):
    """Whom to invite, to which role, and for a consultant under which letter."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=language_choices)
    is_consultant = forms.BooleanField(
        label=_("A consultant from outside, who acts under an authority letter"), required=False
    )

    field_order = ["email", "role", "language", "is_consultant", "authority_until", "authority_letter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority_until"].required = self.fields["authority_letter"].required = False
        self.fields["authority_until"].help_text = _("Only for a consultant.")
        self.fields["authority_letter"].help_text = _("Only for a consultant. PDF, at most 50 MB.")

    def clean(self) -> dict[str, Any]:
        """A consultant needs a letter, and cannot be the Owner."""
        data = super().clean() or self.cleaned_data
        if not data.get("is_consultant"):
            return data
        if not data.get("authority_until") and "authority_until" not in self.errors:
            self.add_error("authority_until", _("Enter the day on which the authority letter ends."))
        if not data.get("authority_letter") and "authority_letter" not in self.errors:
            self.add_error("authority_letter", _("Choose the authority letter."))
        if data.get("role") == Membership.Role.OWNER:
            self.add_error("role", _("A consultant from outside cannot be the Owner."))
        return data


class RolesForm(forms.Form):
    """The roles one person holds; none of them means that the person leaves."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Membership.Role.choices, required=False)
