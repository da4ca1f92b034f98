"""Writing a dossier before (and, where pinned, after) it is handed in. Every write locks, checks and counts up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.membership import roles_of
from accounts.models import Organisation, User
from cases.calendar import local_date
from cases.errors import NotAllowed, Stale, WrongState
from cases.kinds import kind_of
from cases.models import Case
from cases.notices import unanswered
from cases.rules import is_preparer
from cases.states import EDITABLE, Status


def create(kind: str, *, organisation: Organisation, by: User, key: str = "", reference: str = "") -> Case:
    """Open a draft. The same `key` from the same person for the same kind and company answers with the draft it made.

    Raises NotAllowed. `reference` is for cases that have one already (an import, the demo); others get a new one.
    """
    model = kind_of(kind).model
    if by.is_staff or not roles_of(by, organisation, local_date()) & {"owner", "preparer", "signer"}:
        raise NotAllowed(_("You may not open applications for this company."))
    try:
        with transaction.atomic():
            made = _scoped(kind, organisation, key)
            case = Case(kind=kind, organisation=organisation, created_by=by, create_key=made, reference=reference)
            case.save()
            model._default_manager.create(case=case)
            case.index()
            case.save()
    except IntegrityError:
        known = made_with(kind, organisation=organisation, by=by, key=key)
        if known is None:
            raise
        return known
    return case


def made_with(kind: str, *, organisation: Organisation, by: User, key: str) -> Case | None:
    """The draft of this kind and company that the person opened with a key."""
    return Case.objects.filter(created_by=by, create_key=_scoped(kind, organisation, key)).first() if key else None


def _scoped(kind: str, organisation: Organisation, key: str) -> str:
    """The key as it is kept: one that was used for another kind or company is another key."""
    return hashlib.sha256(f"{kind}\n{organisation.pk}\n{key}".encode()).hexdigest() if key else ""


def open_paths(case: Case) -> frozenset[str] | None:
    """Which fields may be changed now: None means all of them, a set means those pinned in the open request."""
    if case.status in EDITABLE:
        return None
    if case.status == Status.AWAITING_INVESTOR:
        notice = unanswered(case)
        return frozenset(pin["path"] for pin in notice.pins) if notice else frozenset()
    return frozenset()


def may_change(paths: frozenset[str] | None, path: str) -> bool:
    """Whether a field (or a field inside a pinned list) is open."""
    return paths is None or any(path == pin or path.startswith(pin + ".") for pin in paths)


def can_edit(user: User, case: Case) -> bool:
    """Whether this person may change something in the dossier now."""
    return open_paths(case) != frozenset() and is_preparer.allows(user, case)


@contextmanager
def editing(case: Case, *, by: User, version: int | None = None) -> Iterator[Case]:
    """Lock a case for changing its dossier or papers; on leaving, its index and version move on.

    Yields the locked case. Raises WrongState, NotAllowed or Stale before anything is changed.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if open_paths(locked) == frozenset():
            raise WrongState(_("The dossier cannot be changed while the office has it."))
        if not is_preparer.allows(by, locked):
            raise NotAllowed(is_preparer.why_not(by, locked))
        if version is not None and version != locked.version:
            raise Stale(locked.version)
        yield locked
        locked.version += 1
        locked.index()
        locked.save()
    for column in Case._meta.concrete_fields:
        setattr(case, column.attname, getattr(locked, column.attname))
    case._state.fields_cache.pop(case.kind, None)
