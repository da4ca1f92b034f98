"""Template words of the desk's landing page."""

from __future__ import annotations

from typing import Any, Final

from django import template

from accounts.models import User
from cases.desk.filters import MINE, Filters
from cases.desk.lines import Line
from cases.desk.queue import Queue
from cases.desk.tiles import Tile, tiles_for

register = template.Library()

FIRST: Final = 10
"""Lines of "mine" on the landing page."""


@register.simple_tag(takes_context=True)
def desk_tiles(context: dict[str, Any]) -> list[Tile]:
    """What waits on the reader's desk; nothing for officials who do not see cases."""
    user = context["request"].user
    return tiles_for(user) if isinstance(user, User) and user.has_perm("cases.view_case") else []


@register.simple_tag(takes_context=True)
def desk_mine(context: dict[str, Any]) -> list[Line]:
    """The most urgent of the reader's own open cases."""
    user = context["request"].user
    if not isinstance(user, User) or not user.has_perm("cases.view_case"):
        return []
    return Queue(user, Filters(whose=MINE), size=FIRST).lines
