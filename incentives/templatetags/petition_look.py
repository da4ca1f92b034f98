"""How the state of a petition looks: never in the colour of something granted."""

from __future__ import annotations

from typing import Final

from django import template

from incentives.petitions.models import Petition

register = template.Library()

State = Petition.State
SIGNS: Final = {
    State.DRAFTED: ("neutral", "pen"), State.SENT: ("info", "mail"), State.ANSWERED: ("info", "return"),
    State.ADOPTED: ("info", "flag"), State.DECLINED: ("warn", "close"), State.WITHDRAWN: ("neutral", "stop"),
}  # fmt: skip


@register.inclusion_tag("includes/tag.html")
def petition_state(petition: Petition) -> dict[str, str]:
    """The state as text, icon and colour."""
    tone, icon = SIGNS[Petition.State(petition.state)]
    return {"tone": tone, "icon": icon, "label": petition.get_state_display()}
