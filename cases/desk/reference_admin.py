"""Reference data for administrators: who changed what stays in the history, and nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import User
from cases.models import CalendarDay
from cases.restating import Restated, restate_due_dates

if TYPE_CHECKING:

    class HistoryAdmin(admin.ModelAdmin[Any]):
        """What the checker knows of `SimpleHistoryAdmin`, which has no types."""

else:
    HistoryAdmin = SimpleHistoryAdmin


class ReferenceAdmin(HistoryAdmin):
    """Rows are added, changed and dated; never deleted, for a case may rest on them."""

    show_full_result_count = False
    list_per_page = 50
    history_list_display = ("history_change_reason",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, not even an operator."""
        return False


class AuthorityAdmin(ReferenceAdmin):
    """Offices that receive and decide dossiers."""

    list_display = ("code", "name_vi", "name_en", "dossier_code_prefix", "phone", "email", "mark")
    search_fields = ("code", "name_vi", "name_en")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Dossiers find their authority by its code."""
        return ("code",) if obj else ()


class ProcedureVersionAdmin(ReferenceAdmin):
    """Procedures under each version of the law. A case keeps the version it was accepted under."""

    list_display = ("code", "law", "name_vi", "valid_from", "valid_to", "working_days", "completeness_days", "mark")
    list_filter = ("code", "law")
    search_fields = ("code", "law", "name_vi", "name_en")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A new start of validity is a new version, not another date on an old one."""
        return ("code", "kind", "valid_from") if obj else ()


class PaperRuleAdmin(ReferenceAdmin):
    """The papers the law lists."""

    list_display = ("procedure", "position", "code", "name_vi", "need", "clause")
    list_display_links = ("procedure", "code", "name_vi")
    list_filter = ("procedure", "need")
    search_fields = ("code", "name_vi", "name_en")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Papers in the files carry these codes."""
        return ("procedure", "code") if obj else ()


class CalendarYearAdmin(ReferenceAdmin):
    """Years whose days off have been entered; a deadline never runs into another one."""

    list_display = ("year", "basis", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The year names the row."""
        return ("year",) if obj else ()


class CalendarDayAdmin(ReferenceAdmin):
    """Days off and make-up working days. Every change counts the deadlines of the open cases again."""

    list_display = ("date", "kind", "name_vi", "name_en", "source", "mark")
    list_filter = ("kind",)
    search_fields = ("name_vi", "name_en")
    date_hierarchy = "date"

    def save_model(self, request: HttpRequest, obj: CalendarDay, form: Any, change: bool) -> None:
        """Save the day and reckon every open deadline again, in the same transaction."""
        super().save_model(request, obj, form, change)
        if change and not form.changed_data:
            return
        why = f"{obj.date:%d/%m/%Y}: {obj.get_kind_display()}, {obj.name_vi}"
        user = request.user if isinstance(request.user, User) else None
        self._tell(request, restate_due_dates(why=why, by=user))

    def _tell(self, request: HttpRequest, done: Restated) -> None:
        moved = len(done.moved)
        words = ngettext(
            "The deadline of %(cases)s open case moved.", "The deadlines of %(cases)s open cases moved.", moved
        )
        messages.info(request, words % {"cases": moved} if moved else _("No deadline of an open case moved."))
        if done.unreckoned:
            lost = _("These cases reach into a year that has not been entered, so their old deadline stays: %(cases)s.")
            messages.warning(request, lost % {"cases": ", ".join(done.unreckoned[:20])})
