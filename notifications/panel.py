"""The box “Messages” on a case's page: an investor sees the letters to them, an official all of the case."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel
from notifications.models import Message

SHOWN: Final = 20


def contents(case: Case, user: User) -> dict[str, Any] | None:
    """The newest letters of the case that the person may see; no box while there are none (1 query)."""
    found = Message.objects.visible_to(user).filter(case=case).select_related("person").defer("text", "html")
    rows = list(found.order_by("-pk")[: SHOWN + 1])
    if not rows:
        return None
    return {
        "letters": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "official": user.is_staff,
        "may_send_again": not user.is_staff or user.has_perm("notifications.resend_message"),
    }


PANEL: Final = Panel(
    key="messages", title=_("Messages"), template="notifications/panel.html", context=contents, order=60
)
