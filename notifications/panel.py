"""The box “Messages” on a case's page: an investor sees the letters to them, an official all of the case."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel
from notifications.models import Message
from notifications.states import NEEDS_A_PERSON, State

SHOWN: Final = 6


def contents(case: Case, user: User) -> dict[str, Any] | None:
    """The letters of the case that the person may see, those in trouble first, then the newest; no box without one."""
    trouble = Q(state__in=[*NEEDS_A_PERSON, State.FAILED])
    found = Message.objects.visible_to(user).filter(case=case).select_related("person").defer("text", "html")
    rows = list(found.alias(trouble=trouble).order_by("-trouble", "-pk")[: SHOWN + 1])
    if not rows:
        return None
    ledger = "admin:notifications_message_changelist" if user.is_staff else "message-list"
    return {
        "letters": rows[:SHOWN],
        "all_url": f"{reverse(ledger)}?{'q' if user.is_staff else 'case'}={case.reference}" if rows[SHOWN:] else "",
        "official": user.is_staff,
        "may_send_again": not user.is_staff or user.has_perm("notifications.resend_message"),
    }


PANEL: Final = Panel(
    key="messages", title=_("Messages"), template="notifications/panel.html", context=contents, order=60
)
