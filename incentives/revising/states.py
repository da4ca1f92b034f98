"""Where a revision and its replay stand, and which act leads from where to where."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionState(models.TextChoices):
    """A revision is written by one person and published by another."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Handed to a second person")
    PUBLISHED = "published", _("Published by a second person")
    DISCARDED = "discarded", _("Discarded")


class ReplayState(models.TextChoices):
    """The progress of judging the past cases again."""

    QUEUED = "queued", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: Final[dict[str, tuple[frozenset[RevisionState], RevisionState]]] = {
    "hand_over": (frozenset({RevisionState.DRAFT}), RevisionState.READY),
    "send_back": (frozenset({RevisionState.READY}), RevisionState.DRAFT),
    "publish": (frozenset({RevisionState.READY}), RevisionState.PUBLISHED),
    "discard": (frozenset({RevisionState.DRAFT, RevisionState.READY}), RevisionState.DISCARDED),
}
"""Every act on a revision: the states it starts from, and where it ends."""

ENDED: Final = frozenset({RevisionState.PUBLISHED, RevisionState.DISCARDED})
UNFINISHED: Final = frozenset({ReplayState.QUEUED, ReplayState.RUNNING})
