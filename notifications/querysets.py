"""Every read of letters that is used twice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from cases.models import Case
from cases.news import READ, READ_PETITIONS
from notifications.letters import LIFE, PETITION_ADOPTED
from notifications.states import NEEDS_A_PERSON, State

if TYPE_CHECKING:
    from notifications.models import Message  # noqa: F401 (named in the base class, a plain string to the linter)


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads of letters; every page and admin list starts from `visible_to`."""

    def to_person(self, user: Any) -> MessageQuerySet:
        """The letters addressed to somebody."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def visible_to(self, user: Any) -> MessageQuerySet:
        """One's own letters; for officials who may, also those of every case and project whose acts they may see."""
        own = self.to_person(user)
        if not user.is_authenticated or not (user.is_staff and user.has_perm("notifications.view_message")):
            return own
        seen = Q(person=user) | Q(case__in=Case.objects.visible_to(user))
        if user.has_perm(READ):
            seen |= Q(case__isnull=True, template__startswith=LIFE)
        if user.has_perm(READ_PETITIONS):
            seen |= Q(case__isnull=True, template=PETITION_ADOPTED)
        return self.filter(seen)

    def due(self, now: datetime) -> MessageQuerySet:
        """Letters that wait for an attempt now: new ones, and failed ones whose time has come."""
        return self.filter(Q(state=State.QUEUED) | Q(state=State.FAILED, next_try_at__lte=now))

    def claimed_before(self, moment: datetime) -> MessageQuerySet:
        """Letters in the hands of a worker that has been silent since `moment`: it is gone."""
        return self.filter(state=State.SENDING, claimed_at__lt=moment)

    def needing_a_person(self) -> MessageQuerySet:
        """Letters that nobody will send again by itself: a task for an official."""
        return self.filter(state__in=NEEDS_A_PERSON, sent_again__isnull=True)
