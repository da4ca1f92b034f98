"""People, companies and rights, for the administrators among the officials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import people
from accounts.errors import AccountError
from accounts.folded_search import FoldedSearch, NothingDeleted, ReadOnly
from accounts.models import Invitation, Membership, MembershipEvent, Organisation, User
from accounts.roles import LABELS
from accounts.tax_code import normalise_tax_code

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[User]
    RoleForm = forms.ModelForm[Membership]
    Groups = forms.ModelMultipleChoiceField[Group]
else:  # Django's own classes take no type arguments when they run
    PersonForm = RoleForm = forms.ModelForm
    Groups = forms.ModelMultipleChoiceField

OWN_RIGHTS = ("is_staff", "is_active", "groups")


class OfficeRolesField(Groups):
    """The officials' roles as boxes to tick, in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, role: Group) -> str:
        """The role in words; a group of another origin by its name."""
        return str(LABELS.get(role.name, role.name))


class PersonAdminForm(PersonForm):
    """An official holds office roles and acts for no company; anyone else holds none."""

    def clean(self) -> dict[str, Any]:
        """Keep the two worlds apart."""
        data = super().clean() or self.cleaned_data
        official = data.get("is_staff", self.instance.is_staff)
        if official and self.instance.pk and self.instance.memberships.exists():
            self.add_error("is_staff", _("This person acts for a company: take those roles away first."))
        if data.get("groups") and not official:
            self.add_error("groups", _("Only officials hold office roles."))
        return data

    def clean_email(self) -> str:
        """One account an address, also among the further addresses of other people."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if EmailAddress.objects.filter(email__iexact=email).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this address."))
        return email


def roles_in_words(rows: QuerySet[Membership]) -> SafeString:
    """One line a role: whose, where, which, and until when for a consultant."""
    lines = ((str(row), row.authority_until or "") for row in rows.select_related("user", "organisation"))
    return format_html_join("", "<p>{} {}</p>", lines)


@admin.register(User)
class UserAdmin(FoldedSearch, NothingDeleted):
    """Officials are made here; investors make themselves. Nobody changes their own rights."""

    form = PersonAdminForm
    fields = ("email", "full_name", "job_title", "language", "is_staff", "is_active", "groups", "addresses", "roles")
    list_display = ("email", "full_name", "job_title", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    ordering = ("email",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is changed by its owner, with a code; one's own rights by somebody else."""
        if obj is None:
            return ("addresses", "roles")
        return ("email", "addresses", "roles", *(OWN_RIGHTS if obj.pk == request.user.pk else ()))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes to tick for the officials' roles."""
        if db_field.name == "groups":
            return OfficeRolesField(
                label=_("Office roles"), queryset=Group.objects.order_by("pk"), required=False, help_text=""
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An operator's account is out of reach of the administrators."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new person sets a first password by "Forgotten your password?"; the address counts as verified."""
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)

    @admin.display(description=gettext_lazy("e-mail addresses"))
    def addresses(self, person: User) -> SafeString:
        """Every address of the account: an invitation to one that is missing here is the usual cause of a call."""
        rows = EmailAddress.objects.filter(user=person.pk).order_by("-primary", "email")
        states = ((row.email, _("verified") if row.verified else _("not verified")) for row in rows)
        return format_html_join(", ", "{} ({})", states)

    @admin.display(description=gettext_lazy("roles in companies"))
    def roles(self, person: User) -> SafeString:
        """What the person may do for which company."""
        return roles_in_words(Membership.objects.filter(user=person.pk))


@admin.register(Organisation)
class OrganisationAdmin(FoldedSearch, NothingDeleted):
    """Companies; they register themselves."""

    list_display = ("name", "tax_code", "country", "representative_name", "created_at")
    list_filter = ("origin",)
    readonly_fields = ("created_at", "roles", "changes")

    @admin.display(description=gettext_lazy("people and roles"))
    def roles(self, organisation: Organisation) -> SafeString:
        """Who works for the company."""
        return roles_in_words(Membership.objects.filter(organisation=organisation.pk))

    @admin.display(description=gettext_lazy("changes"))
    def changes(self, organisation: Organisation) -> SafeString:
        """When the particulars were changed, and by whom."""
        rows = organisation.history.select_related("history_user")[:20]
        lines = ((row.history_date.strftime("%Y-%m-%d %H:%M"), row.history_user or "–") for row in rows)
        return format_html_join("", "<p>{} · {}</p>", lines)


class RoleAdminForm(RoleForm):
    """A role given by the office, for a company that has lost its Owner; the reason goes into the log."""

    company = forms.CharField(
        label=gettext_lazy("Company"), help_text=gettext_lazy("Its tax code, or the number of its record here.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address of the person"))
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = Membership
        fields = ("role",)

    def clean_company(self) -> Organisation:
        """The company by tax code or record number."""
        typed = normalise_tax_code(self.cleaned_data["company"])
        by_number = Q(pk=int(typed)) if typed.isdigit() and len(typed) < 10 else Q()
        found = Organisation.objects.filter(Q(tax_code=typed) | by_number).first() if typed else None
        if found is None:
            raise forms.ValidationError(_("No company has this tax code or record number."))
        return found

    def clean_email(self) -> User:
        """The person by any verified address; an official acts for no company."""
        address = self.cleaned_data["email"]
        row = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
        if row is None:
            raise forms.ValidationError(_("No account has this address."))
        if row.user.is_staff:
            raise forms.ValidationError(_("An official cannot act for a company."))
        person: User = row.user
        return person

    def clean(self) -> dict[str, Any]:
        """Nothing to give where the role is held already."""
        data = super().clean() or self.cleaned_data
        if {"company", "email", "role"} <= data.keys():
            self.instance.organisation, self.instance.user = data["company"], data["email"]
            held = Membership.objects.filter(organisation=data["company"], user=data["email"], role=data["role"])
            if held.exists():
                self.add_error("role", _("This person holds this role already."))
        return data


@admin.register(Membership)
class MembershipAdmin(NothingDeleted):
    """Roles in companies: given with a reason, taken away by an action, never edited."""

    form = RoleAdminForm
    list_display = ("user", "organisation", "role", "is_consultant", "authority_until")
    list_filter = ("role", "is_consultant")
    list_select_related = ("user", "organisation")
    search_fields = ("user__search_text", "organisation__search_text")
    show_full_result_count = False
    actions = ("take_away",)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """What is typed to give a role; all of it once it is given."""
        if obj is None:
            return ("company", "email", "role", "reason")
        return ("organisation", "user", "role", "is_consultant", "authority_until", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role is given or taken, not edited."""
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Give the role through the one door that writes the log."""
        by = author(request)
        given = people.add_role(obj.organisation, obj.user, obj.role, by, reason=form.cleaned_data["reason"])
        obj.pk = given.pk

    @admin.action(description=gettext_lazy("Take the chosen roles away"), permissions=["add"])
    def take_away(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Remove roles one by one; the last Owner stays."""
        by = author(request)
        for row in queryset.select_related("organisation", "user"):
            try:
                people.remove_role(row, by, reason=_("taken away by the office"))
            except AccountError as refusal:
                self.message_user(request, f"{row}: {refusal.message}", messages.ERROR)
            else:
                self.message_user(request, _("%(role)s: taken away.") % {"role": row}, messages.SUCCESS)


def author(request: HttpRequest) -> User:
    """The official who acts."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    """Invitations, with the one that was opened by an account without the invited address."""

    list_display = ("email", "organisation", "role", "state", "expires_at", "sent_at", "opened_by_other")
    list_filter = ("state",)
    list_select_related = ("organisation", "opened_by_other")
    search_fields = ("email", "organisation__search_text")
    show_full_result_count = False
    exclude = ("authority_letter",)


@admin.register(MembershipEvent)
class MembershipEventAdmin(ReadOnly):
    """The log of rights."""

    list_display = ("at", "act", "email", "role", "organisation", "by")
    list_filter = ("act",)
    list_select_related = ("organisation", "by")
    search_fields = ("email", "organisation__search_text")
    show_full_result_count = False
    date_hierarchy = "at"
