"""The outbox: every letter is first a row, written with the decision it tells of, and only then a mail."""

from __future__ import annotations

import uuid
from email.utils import parseaddr
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, language_choices
from cases.models import Case, Event
from notifications.querysets import MessageQuerySet
from notifications.states import ON_ITS_WAY, Audience, Outcome, State

__all__ = ["DeliveryAttempt", "Message"]


def new_message_id() -> str:
    """A Message-ID for one row: the same at every attempt, so that a doubled delivery can be recognised."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{host}>"


class Message(models.Model):
    """One letter to one person, rendered when it was written: what is shown is what was sent.

    What it says never changes (the database refuses it); `state` and the other columns of its journey do. `key` names
    event, person and template, so that an event can be told only once; a letter sent again has a key of its own.
    """

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("event")
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("case")
    )
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("person")
    )
    template = models.CharField(_("template"), max_length=40)
    audience = models.CharField(_("written for"), max_length=10, choices=Audience.choices)
    key = models.CharField(_("key"), max_length=120, unique=True)
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sent_again", verbose_name=_("sent again")
    )
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True, default=new_message_id)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("taken by a worker at"), null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True, help_text="The task that has the letter in hand.")
    handed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the mail server had all of the letter but the line that ends it."
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("what went wrong last"), blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-id",)
        permissions: ClassVar = [("resend_message", _("Can send a message again"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="known_message_state"),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="sent_message_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False), name="message_in_hand_has_moment"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("person", "-id"), name="message_of_person"),
            models.Index(fields=("case", "-id"), name="message_of_case"),
            models.Index(
                fields=("state", "next_try_at"),
                condition=Q(state__in=[State.QUEUED, State.FAILED, State.SENDING]),
                name="message_on_its_way",
            ),
            models.Index(
                fields=("-id",),
                condition=Q(state__in=[State.GIVEN_UP, State.UNCONFIRMED]),
                name="message_needs_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """The page that shows the letter as it was sent."""
        return reverse("message-detail", args=[self.pk])

    @property
    def sign(self) -> str:
        """The word under which the look knows the state's colour and icon."""
        return {State.GIVEN_UP.value: "failed", State.UNCONFIRMED.value: "unknown"}.get(self.state, self.state)

    @property
    def is_on_its_way(self) -> bool:
        """Whether it will go out without anybody doing anything."""
        return self.state in ON_ITS_WAY


class DeliveryAttempt(models.Model):
    """How one attempt to send a letter ended. Append-only: the database refuses to change or delete a row."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="log")
    number = models.PositiveSmallIntegerField(_("attempt"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("delivery attempt")
        verbose_name_plural = _("delivery attempts")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"
