"""The officials' view of the outbox: read-only, with what needs a person one click away."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.errors import CaseError
from notifications.models import DeliveryAttempt, Message
from notifications.outbox import send_again


class DeliveryAttemptInline(admin.TabularInline[DeliveryAttempt, Message]):
    """Every attempt to send the letter."""

    model = DeliveryAttempt
    fields = readonly_fields = ("number", "at", "outcome", "detail")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody writes into the log."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes the log."""
        return False


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """All letters; nothing can be edited, `send again` is the only act."""

    list_display = ("subject", "to", "case_link", "state_tag", "attempts", "created_at", "sent_at", "next_try_at")
    list_display_links = ("subject",)
    list_filter = ("state", "audience", "language", "template")
    list_select_related = ("case",)
    list_per_page = 50
    search_fields = ("=to", "=case__reference", "=message_id")
    search_help_text = _("Whole e-mail address, reference of a case, or Message-ID.")
    show_full_result_count = False
    date_hierarchy = None
    ordering = ("-pk",)
    actions = ("resend",)
    fields = (
        "subject", "to", "case_link", "state_tag", "template", "audience", "language", "created_at", "sent_at",
        "next_try_at", "attempts", "error", "message_id", "again_of", "words",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (DeliveryAttemptInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """What the official may see; the words are only loaded where they are shown."""
        found = Message.objects.visible_to(request.user)
        match = request.resolver_match
        in_list = match is not None and str(match.url_name).endswith("_changelist")
        return found.defer("text", "html") if in_list else found

    @admin.display(description=_("case"), ordering="case__reference")
    def case_link(self, letter: Message) -> str:
        """The reference of the case."""
        return letter.case.reference if letter.case else ""

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, letter: Message) -> SafeString:
        """The state as text, icon and colour."""
        return render_to_string(
            "includes/status_tag.html", {"status": letter.sign, "label": letter.get_state_display()}
        )

    @admin.display(description=_("text as sent"))
    def words(self, letter: Message) -> SafeString:
        """The plain text of the letter."""
        return format_html('<pre class="letter-text">{}</pre>', letter.text)

    @admin.action(description=_("Send again"), permissions=["resend"])
    def resend(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Send the chosen letters again; those that must wait are named with the reason."""
        sent = 0
        for letter in queryset.select_related("person")[:200]:
            try:
                send_again(letter)
                sent += 1
            except CaseError as refusal:
                self.message_user(request, f"{letter.to}: {refusal.message}", messages.WARNING)
        if sent:
            words = ngettext("%(n)s letter is being sent again.", "%(n)s letters are being sent again.", sent)
            self.message_user(request, words % {"n": sent}, messages.SUCCESS)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        """Whether the official may send letters again."""
        return bool(request.user.has_perm("notifications.resend_message"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Letters are written by events only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Letters are never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """Letters are never deleted."""
        return False
