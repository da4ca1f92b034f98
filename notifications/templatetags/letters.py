"""Template words for letters: the tile of the officials' desk that counts letters in trouble."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from accounts.models import User
from notifications.models import Message

register = template.Library()


@register.inclusion_tag("notifications/desk_tile.html")
def letters_in_trouble(user: User) -> dict[str, Any]:
    """How many letters nobody will send again by itself, and where they are; nothing for those who may not see them."""
    if not user.has_perm("notifications.view_message"):
        return {}
    return {
        "figure": Message.objects.visible_to(user).needing_a_person().count(),
        "url": f"{reverse('admin:notifications_message_changelist')}?needs=person",
    }
