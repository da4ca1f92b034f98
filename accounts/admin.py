"""People, companies and rights, for the administrators among the officials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import people
from accounts.errors import AccountError
from accounts.folded_search import FoldedSearch, NothingDeleted, ReadOnly
from accounts.models import Invitation, Membership, MembershipEvent, Organisation, User

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[User]
    RoleForm = forms.ModelForm[Membership]
    RoleInline = admin.TabularInline[Membership, Any]
else:  # Django's own classes take no type arguments when they run
    PersonForm = RoleForm = forms.ModelForm
    RoleInline = admin.TabularInline

OWN_RIGHTS = ("is_staff", "is_active", "groups")


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


class RolesInline(RoleInline):
    """The roles of a person or in a company, to look at."""

    model = Membership
    extra = 0
    can_delete = False
    fields = readonly_fields = ("user", "organisation", "role", "is_consultant", "authority_until")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles are given on their own page, with a reason."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles are not edited."""
        return False


@admin.register(User)
class UserAdmin(FoldedSearch, NothingDeleted):
    """Officials are made here; investors make themselves. Nobody changes their own rights."""

    form = PersonAdminForm
    fields = ("email", "full_name", "job_title", "language", "is_staff", "is_active", "groups", "addresses")
    list_display = ("email", "full_name", "job_title", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    filter_horizontal = ("groups",)
    ordering = ("email",)
    inlines = (RolesInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is changed by its owner, with a code; one's own rights by somebody else."""
        if obj is None:
            return ("addresses",)
        return ("email", "addresses", *(OWN_RIGHTS if obj.pk == request.user.pk else ()))

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


@admin.register(Organisation)
class OrganisationAdmin(FoldedSearch, NothingDeleted):
    """Companies; they register themselves."""

    list_display = ("name", "tax_code", "country", "representative_name", "created_at")
    list_filter = ("origin",)
    readonly_fields = ("created_at", "changes")
    inlines = (RolesInline,)

    @admin.display(description=gettext_lazy("changes"))
    def changes(self, organisation: Organisation) -> SafeString:
        """When the particulars were changed, and by whom."""
        rows = organisation.history.select_related("history_user")[:20]
        lines = ((row.history_date.strftime("%Y-%m-%d %H:%M"), row.history_user or "–") for row in rows)
        return format_html_join("", "<p>{} · {}</p>", lines)


class RoleAdminForm(RoleForm):
    """A role given by the office, for a company that has lost its Owner; the reason goes into the log."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = Membership
        fields = ("organisation", "user", "role")

    def clean_user(self) -> User:
        """An official acts for no company."""
        person: User = self.cleaned_data["user"]
        if person.is_staff:
            raise forms.ValidationError(_("An official cannot act for a company."))
        return person


@admin.register(Membership)
class MembershipAdmin(NothingDeleted):
    """Roles in companies: given with a reason, taken away by an action, never edited."""

    form = RoleAdminForm
    autocomplete_fields = ("organisation", "user")
    list_display = ("user", "organisation", "role", "is_consultant", "authority_until")
    list_filter = ("role", "is_consultant")
    list_select_related = ("user", "organisation")
    search_fields = ("user__search_text", "organisation__search_text")
    show_full_result_count = False
    actions = ("take_away",)

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
