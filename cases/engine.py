"""How a case moves: the engine under every verb of `cases.transitions`.

A verb locks the row, re-reads it, checks version, state and person, runs the effect, writes the event and sends
the one signal, all in one transaction. The same request sent twice (same `key`) is answered by the event it made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import load_calendar
from cases.errors import NotAllowed, Stale, WrongState
from cases.models import Case, Event, Notice
from cases.rules import Rule
from cases.signals import case_moved
from cases.states import ENDED, Status
from cases.timekeeping import due_on


@dataclass
class Outcome:
    """What an effect hands to the engine: the event's data, a notice to write, a notice now answered."""

    data: dict[str, Any] = field(default_factory=dict)
    notice: Notice | None = None
    answers: Notice | None = None


@dataclass(frozen=True)
class Move:
    """A move under way: the locked case, who makes it, and when."""

    case: Case
    by: User
    at: datetime


Effect = Callable[..., Outcome]
"""What a verb does to the locked case of a `Move`; it may refuse by raising a CaseError."""


@dataclass(frozen=True)
class Transition:
    """A verb. Calling it makes the move; `target` None leaves the state as it is."""

    name: str
    label: str | Promise
    sources: frozenset[Status]
    target: Status | None
    rule: Rule
    side: Event.Side
    effect: Effect
    do_not_call_in_templates: ClassVar[bool] = True

    def possible(self, user: User, case: Case) -> bool:
        """Whether this person may make this move now."""
        return case.status in self.sources and self.rule.allows(user, case)

    def __call__(
        self,
        case: Case,
        *,
        by: User,
        version: int | None = None,
        key: str = "",
        at: datetime | None = None,
        **details: Any,
    ) -> Event:
        """Make the move. Raises WrongState, Stale, NotAllowed, Incomplete or Invalid; then nothing has changed.

        `at` is for moves that happened elsewhere earlier (an import, the demo); pages and programs never give it.
        """
        with transaction.atomic():
            locked = Case.objects.select_for_update().get(pk=case.pk)
            event = locked.events.filter(key=key, by=by, verb=self.name).first() if key else None
            if event is None:
                self.ensure_possible(locked, by, version)
                event = self._move(Move(locked, by, at or timezone.now()), key, details)
        for column in Case._meta.concrete_fields:
            setattr(case, column.attname, getattr(locked, column.attname))
        return event

    def ensure_possible(self, case: Case, by: User, version: int | None = None) -> None:
        """Refuse first: raises WrongState, NotAllowed or Stale."""
        if case.status not in self.sources:
            raise WrongState(
                _("“%(move)s” is not possible while the case stands at “%(state)s”.")
                % {
                    "move": self.label,
                    "state": case.public_status.label if not by.is_staff else case.get_status_display(),
                }
            )
        if not self.rule.allows(by, case):
            raise NotAllowed(self.rule.why_not(by, case))
        if version is not None and version != case.version:
            raise Stale(case.version)

    def _move(self, move: Move, key: str, details: dict[str, Any]) -> Event:
        case, before = move.case, move.case.status
        outcome = self.effect(move, **details)
        case.status = self.target or case.status
        case.version += 1
        if case.status in ENDED:
            case.closed_at = case.closed_at or move.at
        event = Event.objects.create(
            case=case, verb=self.name, from_status=before, to_status=case.status, by=move.by, side=self.side,
            at=move.at, version=case.version, key=key, data=_as_json(outcome.data),
        )  # fmt: skip
        case.due_on = due_on(case, load_calendar())
        case.save()
        if outcome.notice:
            outcome.notice.event, outcome.notice.case = event, case
            outcome.notice.save()
        if outcome.answers:
            outcome.answers.answered_by = event
            outcome.answers.save(update_fields=["answered_by"])
        case_moved.send(sender=Case, case=case, event=event)
        return event


def _as_json(data: dict[str, Any]) -> dict[str, Any]:
    """The data as it will read when loaded again, so that listeners and later readers see the same."""
    loaded: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return loaded


VERBS: dict[str, Transition] = {}


def transition(
    label: str | Promise, *, source: Sequence[Status], target: Status | None, rule: Rule, side: Event.Side
) -> Callable[[Effect], Transition]:
    """Declare a verb: its label, where it may start, where it leads, who may make it."""

    def declare(effect: Effect) -> Transition:
        verb = Transition(effect.__name__, label, frozenset(source), target, rule, side, effect)
        VERBS[verb.name] = verb
        return verb

    return declare


def actions_for(user: User, case: Case) -> list[Transition]:
    """The moves this person may make on this case now, in the order of the procedure."""
    return [verb for verb in VERBS.values() if verb.possible(user, case)]
