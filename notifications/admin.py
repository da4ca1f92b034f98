"""The officials' view of the outbox: read-only, with what needs a person one click away."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.errors import CaseError
from cases.models import Case
from notifications.models import Message
from notifications.outbox import send_again
from notifications.states import Audience
from notifications.writing import case_path


class NeedsAPerson(admin.SimpleListFilter):
    """Letters that nobody will send again by itself, and that nobody has sent again yet."""

    title = _("what is to be done")
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, _model_admin: admin.ModelAdmin[Message]) -> list[tuple[str, str]]:
        """The one choice beside all."""
        return [("person", str(_("Not delivered, please look")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """The letters in trouble, or all."""
        if self.value() == "person":
            return queryset.filter(pk__in=Message.objects.needing_a_person().values("pk"))
        return queryset


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    """All letters; nothing can be edited, `send again` is the only act."""

    list_display = ("subject", "to", "state_tag", "created_at")
    list_filter = (NeedsAPerson, "state", "audience", "language", "template")
    list_select_related = False
    list_per_page = 50
    search_fields = ("to", "case__search_text")  # opens the box; see get_search_results
    show_full_result_count = False
    ordering = ("-pk",)
    actions = ("resend",)
    fields = (
        "subject", "to", "case_link", "state_tag", "template", "audience", "language", "created_at", "sent_at",
        "next_try_at", "error", "message_id", "again_of", "words", "log",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """What the official may see; the words are only loaded where they are shown."""
        found = Message.objects.visible_to(request.user)
        match = request.resolver_match
        in_list = match is not None and str(match.url_name).endswith("_changelist")
        return found.defer("text", "html") if in_list else found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        """By whole address, Message-ID or project code (DA-…), or by what finds the case: reference, company, ..."""
        words = search_term.strip()
        if not words:
            return queryset, False
        if "@" in words:
            return queryset.filter(Q(to__iexact=words) | Q(message_id=f"<{words.strip('<>')}>")), False
        of_project = Q(case__isnull=True, key__startswith=f"{words.upper()}:")
        return queryset.filter(Q(case__in=Case.objects.matching(words)) | of_project), False

    @admin.display(description=_("case"))
    def case_link(self, letter: Message) -> str:
        """The reference of the case, leading to its page."""
        if letter.case is None:
            return self.get_empty_value_display()
        return format_html('<a href="{}">{}</a>', case_path(letter.case, Audience.OFFICIAL), letter.case.reference)

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, letter: Message) -> SafeString:
        """The state as text, icon and colour."""
        return render_to_string(
            "includes/status_tag.html", {"status": letter.sign, "label": letter.get_state_display()}
        )

    @admin.display(description=_("text as sent"))
    def words(self, letter: Message) -> SafeString:
        """The plain text of the letter."""
        return render_to_string("notifications/words.html", {"letter": letter})

    @admin.display(description=_("What became of it"))
    def log(self, letter: Message) -> SafeString:
        """Every attempt to send the letter."""
        return render_to_string("notifications/log.html", {"log": letter.log.all(), "detailed": True})

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
