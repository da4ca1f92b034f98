"""The rows that a draft would write: built once here, so that replay and publication judge and write the very same.

A draft keeps its proposed row as plain JSON, field by field; dates and choices are checked by the model itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incentives.confidence import Confidence
from incentives.eligibility.facts import BY_NAME
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.models import RuleDraft, RuleRevision

Row = PolicyRule | SupportedProduct
MODELS: Final[dict[str, type[Row]]] = {"rule": PolicyRule, "product": SupportedProduct}

CONFIRMATION: Final = ("confidence", "confirmed_by", "confirmed_on")
RULE_CONTENT: Final = (
    "version", "position", "valid_to", "clock_basis", "stack_group", "choose", "decided_by", "needs", "scope", "limits",
    "clause_vi", "clause_en", "name_vi", "name_en", "text_vi", "text_en", "amount_vi", "amount_en", "source",
    *CONFIRMATION,
)  # fmt: skip
PRODUCT_CONTENT: Final = ("list_version", "group", "name_vi", "name_en", "decree", "valid_to", "note", *CONFIRMATION)
CONTENT: Final[dict[str, tuple[str, ...]]] = {"rule": RULE_CONTENT, "product": PRODUCT_CONTENT}
IDENTITY: Final[dict[str, tuple[str, ...]]] = {"rule": ("code", "kind"), "product": ("code",)}
"""What a new version takes over from the row it replaces; only a wholly new row names it."""


@dataclass(frozen=True)
class Written:
    """What publishing a draft writes: a row that is there already, changed, and perhaps one that is new."""

    changed: Row | None = None
    added: Row | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows to be saved, the ended one first."""
        return tuple(row for row in (self.changed, self.added) if row is not None)


def fields_of(act: str, target: str) -> tuple[str, ...]:
    """The fields a draft proposes; ending a row proposes nothing but the day before the revision's."""
    if act == RuleDraft.Act.END:
        return ()
    if act == RuleDraft.Act.CONFIRM:
        return CONFIRMATION
    return CONTENT[target] if act == RuleDraft.Act.REPLACE else IDENTITY[target] + CONTENT[target]


def as_json(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a row as they are kept in a draft."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def starting_row(draft: RuleDraft) -> dict[str, Any]:
    """What a new draft says before anybody types: a copy of the row it is about.

    The confirmation is not copied: the words of the new version have not been read by anybody yet.
    """
    if draft.base is None:
        return {}
    found = as_json(draft.base, fields_of(draft.act, draft.target))
    if draft.act == RuleDraft.Act.REPLACE:
        found |= {"confirmed_by": "", "confirmed_on": None, "valid_to": None}
    return found


def written(draft: RuleDraft, effective_on: date) -> Written:
    """The rows of a draft, unsaved and unchecked; raises ValidationError for a value that is none."""
    base = draft.base
    if base is None:
        new = MODELS[draft.target](valid_from=effective_on)
        return Written(added=_filled(new, draft.row))
    old = copy(base)
    if draft.act == RuleDraft.Act.CONFIRM:
        return Written(changed=_filled(old, draft.row))
    old.valid_to = effective_on - timedelta(days=1)
    if draft.act == RuleDraft.Act.END:
        return Written(changed=old)
    kept = {name: getattr(base, name) for name in IDENTITY[draft.target]}
    return Written(old, _filled(MODELS[draft.target](valid_from=effective_on, **kept), draft.row))


def _filled(row: Row, values: Mapping[str, Any]) -> Row:
    for name, value in values.items():
        field = row._meta.get_field(name)
        setattr(row, name, field.to_python(value))  # type: ignore[union-attr]
    return row


def check(draft: RuleDraft, revision: RuleRevision, among: Iterable[Row] | None = None) -> Written:
    """The rows of a draft, checked as the catalogue will check them; raises ValidationError with every fault.

    `among` are the rows there are, if somebody has read them already: then nothing is asked of the database, whose
    own constraints were asked when the draft was written and are asked again when it is published.
    """
    done, asks = written(draft, revision.effective_on), among is None
    faults: dict[str, list[Any]] = {}
    _note(faults, lambda: _about_the_base(draft, revision.effective_on))
    new = done.added or (done.changed if draft.act == RuleDraft.Act.CONFIRM else None)
    if new is not None:
        _note(faults, lambda: new.full_clean(validate_unique=asks, validate_constraints=asks))
    if done.added is not None:
        added = done.added
        others = type(added)._default_manager.filter(code=added.code) if among is None else among
        _note(faults, lambda: _no_overlap(draft, added, others))
        _note(faults, lambda: _scope_is_asked(added))
    elif new is not None:
        _note(faults, lambda: _confirms(new))
    if faults:
        raise ValidationError(faults)
    return done


def _note(faults: dict[str, list[Any]], question: Any) -> None:
    try:
        question()
    except ValidationError as problem:
        found = problem.error_dict if hasattr(problem, "error_dict") else {"__all__": problem.error_list}
        for name, errors in found.items():
            faults.setdefault(name, []).extend(errors)


def _about_the_base(draft: RuleDraft, effective_on: date) -> None:
    """A row can be ended or replaced only between its first day and its last."""
    base = draft.base
    if base is None or draft.act == RuleDraft.Act.CONFIRM:
        return
    if base.valid_from >= effective_on:
        raise ValidationError(_("The row begins on the day of the revision or later: it cannot end before it began."))
    if base.valid_to is not None and base.valid_to < effective_on:
        raise ValidationError(_("The row has ended before the day of the revision."))


def _no_overlap(draft: RuleDraft, added: Row, rows: Iterable[Row]) -> None:
    """On no day are two rows of one code law; and a list names a product once."""
    base = draft.base.pk if draft.base is not None else None
    others = [one for one in rows if type(one) is type(added) and one.code == added.code]
    if isinstance(added, SupportedProduct):
        others = [one for one in others if getattr(one, "list_version", "") == added.list_version]
        if others:
            raise ValidationError({"list_version": _("This version of the list already has a line of this code.")})
    until = added.valid_to or date.max
    if until < added.valid_from:
        raise ValidationError({"valid_to": _("It would end before it begins.")})
    if any(
        one.valid_from <= until and (one.valid_to or date.max) >= added.valid_from for one in others if one.pk != base
    ):
        raise ValidationError(_("Another row of this code is in force in these days: replace or end that one."))


def _scope_is_asked(added: Row) -> None:
    """A rule is limited only by questions that are asked, to answers that can be given."""
    if not isinstance(added, PolicyRule):
        return
    for name in ("scope", "limits"):
        if not isinstance(getattr(added, name), dict):
            raise ValidationError({name: _('Write names with their values, as {"name": "value"}.')})
    answers: dict[str, set[Any]] = {name: {value for value, _label in one.choices} for name, one in BY_NAME.items()}
    answers["group"] = set(SupportedProduct.Group.values)
    for name, allowed in added.scope.items():
        if name not in answers:
            raise ValidationError({"scope": _("“%(name)s” is not a question of the check.") % {"name": name}})
        if not isinstance(allowed, list) or not allowed or not set(map(_plain, allowed)) <= answers[name]:
            said = {"name": name, "answers": ", ".join(sorted(map(str, answers[name])))}
            raise ValidationError({"scope": _("“%(name)s” takes a list of these answers: %(answers)s.") % said})


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool) else repr(value)


def _confirms(row: Row) -> None:
    if not row.confirmed and row.confidence == Confidence.UNSURE:
        raise ValidationError({"confirmed_by": _("Say who read the original text, or how sure the wording is now.")})
